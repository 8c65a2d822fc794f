// @ts-check
/**
 * The place where the tutor is seen, whatever the face: one interface for the page, as of
 * `createAvatarView`, and faces that take each other's place with a short fade.
 */

import { createAvatarView } from "./avatar_view.js";
import { createVideoFace } from "./face_video.js";
import { createVoiceFace } from "./face_voice.js";

const FADE_MS = 120;
/** So many replies in a row whose pictures came too late, and the server is told. */
const LATE_REPLIES = 2;

/** @typedef {import("./face_ladder.js").FaceName} FaceName */

/**
 * @param {HTMLElement} container
 * @param {object} options
 * @param {boolean} [options.reducedMotion]
 * @param {(face: FaceName, lasting: boolean) => void} options.onFailed  it cannot be shown
 * @param {() => Promise<any>} [options.load3d]  brings the module of the 3D head
 */
export function createFaceStage(container, { reducedMotion = false, onFailed, load3d }) {
  /** @type {() => number | null} */
  let clock = () => null;
  let state = "idle";
  /** The cues of the reply at hand, for a face that comes in its middle. @type {any[]} */
  let cues = [];
  /** @type {{face: FaceName, idleUrl: string, states: string[]}} */
  let wanted = { face: "drawn", idleUrl: "", states: [] };
  /** @type {{name: FaceName, layer: HTMLElement, view: any} | null} */
  let front = null;
  /** @type {{layer: HTMLElement, view: ReturnType<typeof createVideoFace>, idleUrl: string} | null} */
  let video = null;
  let videoReady = false;
  let withoutPictures = false;
  /** Pictures were missed before the server said that there would be any. */
  let unannounced = false;
  let lateReplies = 0;
  let showing = 0;

  function newLayer() {
    const layer = document.createElement("div");
    layer.className = "face-layer";
    Object.assign(layer.dataset, container.dataset);
    container.append(layer);
    return layer;
  }

  /** @param {HTMLElement} layer @param {() => void} then */
  function fadeOut(layer, then) {
    layer.dataset.leaves = "1";
    setTimeout(() => {
      then();
      layer.remove();
    }, FADE_MS);
  }

  /** @param {FaceName} name @param {HTMLElement} layer */
  async function make(name, layer) {
    if (name === "voice") return createVoiceFace(layer);
    if (name === "3d" && load3d) {
      const { createAvatar3dView } = await load3d();
      return createAvatar3dView(layer, { reducedMotion, onFailure: () => onFailed("3d", true) });
    }
    return createAvatarView(layer, { reducedMotion });
  }

  /** Shows a face that the page draws by itself. @param {FaceName} name */
  async function bringFront(name) {
    if (front?.name === name) return;
    const order = ++showing;
    const layer = newLayer();
    let view;
    try {
      view = await make(name, layer);
      // The old face stays until one that has to load something can be seen.
      if ((await view.ready) === false) {
        // It has told of its failure itself.
        layer.remove();
        return;
      }
    } catch {
      layer.remove();
      onFailed(name, true);
      return;
    }
    if (order !== showing) {
      view.destroy();
      layer.remove();
      return;
    }
    view.setClock(() => clock());
    view.setState(state);
    if (cues.length > 0) view.setCues(cues);
    const old = front;
    front = { name, layer, view };
    if (old) fadeOut(old.layer, () => old.view.destroy());
  }

  function dropFront() {
    showing += 1;
    const old = front;
    front = null;
    if (old) fadeOut(old.layer, () => old.view.destroy());
  }

  function countLate() {
    lateReplies += 1;
    if (lateReplies < LATE_REPLIES) return;
    lateReplies = 0;
    onFailed("video", false);
  }

  /** @param {string} idleUrl */
  function makeVideo(idleUrl) {
    const layer = newLayer();
    const view = createVideoFace(layer, {
      idleUrl,
      states: wanted.states,
      reducedMotion,
      onReady() {
        videoReady = true;
        arrange();
      },
      onLate(announced) {
        withoutPictures = true;
        if (announced) countLate();
        else unannounced = true;
        arrange();
      },
      onProblem(problem) {
        withoutPictures = true;
        arrange();
        onFailed("video", problem !== "idle");
      },
    });
    view.setClock(() => clock());
    view.setState(state);
    video = { layer, view, idleUrl };
  }

  function dropVideo() {
    const old = video;
    video = null;
    videoReady = false;
    if (old) fadeOut(old.layer, () => old.view.destroy());
  }

  /** Brings what is seen in line with what is wanted and possible. */
  function arrange() {
    if (wanted.face !== "video" || !wanted.idleUrl) {
      dropVideo();
      void bringFront(wanted.face === "video" ? "drawn" : wanted.face);
      return;
    }
    if (video && video.idleUrl !== wanted.idleUrl) dropVideo();
    if (!video) makeVideo(wanted.idleUrl);
    if (videoReady && !withoutPictures) dropFront();
    else void bringFront("drawn");
  }

  arrange();

  return {
    /**
     * Which face, as the server says.
     * @param {FaceName} face
     * @param {string} idleUrl
     * @param {string[]} [states]  for which the server has other clips of not speaking
     */
    show(face, idleUrl, states = []) {
      wanted = { face, idleUrl, states };
      arrange();
    },
    /** @param {() => number | null} tell */
    setClock(tell) {
      clock = tell;
    },
    /** @param {any[]} given */
    setCues(given) {
      cues = [...given];
      front?.view.setCues(given);
    },
    /** @param {any[]} more */
    addCues(more) {
      cues.push(...more);
      front?.view.addCues(more);
    },
    clearCues() {
      cues = [];
      front?.view.clearCues();
      video?.view.clearCues();
      unannounced = false;
      if (!withoutPictures) return;
      withoutPictures = false;
      arrange();
    },
    /** @param {string} name */
    setState(name) {
      state = name;
      front?.view.setState(name);
      video?.view.setState(name);
    },
    /** A reply's video begins. @param {{codec: string}} announced */
    beginVideo(announced) {
      // Once another face has taken the reply over it keeps it.
      if (!withoutPictures) video?.view.begin(announced);
      else if (unannounced) countLate();
      unannounced = false;
    },
    /** @param {import("./wire_codec.js").TutorVideo} piece */
    videoPiece(piece) {
      if (piece.last && !withoutPictures) lateReplies = 0;
      video?.view.piece(piece);
    },
    snapshot: () => ({
      face: front?.name ?? "video",
      viseme: "",
      openness: 0,
      ...front?.view.snapshot(),
      video: video?.view.snapshot() ?? null,
    }),
    destroy() {
      dropFront();
      dropVideo();
    },
  };
}
