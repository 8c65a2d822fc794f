/** The tutor's face in three dimensions: the boundary of `createAvatarView`, and a camera. */

import { CameraMove, standOf } from "./avatar3d_camera.js";
import { readHead } from "./avatar3d_file.js";
import { Life } from "./avatar3d_life.js";
import { QualityLadder } from "./avatar3d_quality.js";
import { isForced } from "./avatar3d_support.js";
import { followScheme, watchVisibility } from "./avatar3d_surroundings.js";
import { createRandom } from "./avatar_noise.js";
import { gettext } from "./i18n.js";

export { isSupported } from "./avatar3d_support.js";

/** Frames come a little early or late; this much earlier than planned still counts as due. */
const EARLY_MS = 4;
const NOBODY = { anchors: { mouth: [0, -0.06, 0.02], eyes: [0, 0, 0.02] } };

/**
 * Put a living head into `container`, filling it. `model` is the address of a tutor's GLB.
 *
 * `onFailure(reason)` is called once when there will be no more pictures, and the view is then as
 * good as destroyed: `unsupported`, `network`, `file`, `context` or `slow`. `view.ready` resolves
 * to whether the head stands. `seed` makes its movement the same each time, `force` draws without
 * a graphics card too, `ratio` fixes pixels per CSS pixel and leaves the quality alone.
 */
export function createAvatar3dView(container, {
  model = container.dataset.avatarModel,
  reducedMotion = false,
  onFailure = () => {},
  force = isForced(location.search),
  seed = null,
  ratio = null,
} = {}) {
  const life = new Life({ random: seed === null ? Math.random : createRandom(seed), reducedMotion });
  const ladder = new QualityLadder();
  const cancel = new AbortController();
  let camera = new CameraMove(standOf({}, NOBODY.anchors));
  let wanted = {};
  let anchors = null;
  let stage = null;
  let clock = () => null;
  let request = null;
  let visible = true;
  let stepped = null;
  let lastPicture = -Infinity;
  let over = false;
  let drawn = { viseme: "sil", openness: 0 };
  const cleanups = [];

  function fail(reason) {
    if (over) return;
    end();
    onFailure(reason);
  }

  function end() {
    over = true;
    cancel.abort();
    cancelAnimationFrame(request);
    for (const cleanup of cleanups) cleanup();
    stage?.dispose();
    stage = null;
  }

  /** Everything but the drawing: where the head is at wall time `now`. */
  function move(now) {
    const stand = camera.at(now);
    const { moves, shown } = life.step(now, clock(), stand.calm);
    drawn = shown;
    return { stand, moves };
  }

  function draw(now) {
    if (stage === null || anchors === null) return;
    const level = stepped === null && ratio === null ? ladder.level : { ratio: ratio ?? 1, shadows: true };
    const { clientWidth, clientHeight } = container;
    stage.resize(clientWidth, clientHeight, ratio ?? Math.min(level.ratio, devicePixelRatio));
    const { stand, moves } = move(now);
    stage.pose(moves);
    stage.draw(stand, { shadows: level.shadows });
  }

  function frame(now) {
    request = requestAnimationFrame(frame);
    if (now - lastPicture < ladder.level.everyMs - EARLY_MS) return;
    lastPicture = now;
    draw(now);
    if (ratio === null) ladder.shown(now);
    if (ladder.hopeless && !force) fail("slow");
  }

  function follow() {
    const wantsFrames = visible && anchors !== null && stepped === null && !over;
    if (!wantsFrames) {
      cancelAnimationFrame(request);
      request = null;
      ladder.pause();
    } else if (request === null) {
      request = requestAnimationFrame(frame);
    }
  }

  async function load() {
    const reading = fetchHead(model, cancel.signal);
    reading.catch(() => {});
    // The library is large and only browsers that draw the head need it.
    const { Stage } = await import("./avatar3d_stage.js").catch(() => reject("network"));
    if (over) return;
    try {
      stage = new Stage({ force });
    } catch {
      reject("unsupported");
    }
    const { canvas } = stage;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", container.dataset.avatarLabel || gettext("Your tutor"));
    canvas.style.cssText = "display:block;width:100%;height:100%";
    canvas.addEventListener("webglcontextlost", () => fail("context"));
    const file = await reading;
    if (over) return;
    const found = await stage.setFile(file).catch(() => reject("file"));
    if (over) return;
    anchors = found;
    camera.goTo(standOf(wanted, anchors), 0, { still: true });
    container.append(canvas);
    cleanups.push(
      followScheme(canvas, (scheme) => stage?.setScheme(scheme)),
      watchVisibility(container, (seen) => {
        visible = seen;
        follow();
      }),
    );
    draw(stepped ?? performance.now());
    follow();
  }

  const ready = load().then(
    () => !over,
    (odd) => {
      fail(odd instanceof Failure ? odd.message : "file");
      return false;
    },
  );

  return {
    ready,
    setClock(tell) {
      clock = tell;
    },
    setCues: (cues) => life.setCues(cues),
    addCues: (cues) => life.addCues(cues),
    clearCues: () => life.clearCues(),
    setState: (state) => life.setState(state),
    /**
     * Move the camera: `shot` is bust, face or mouth, `angle` degrees to the viewer's right (up to
     * 100 either way), `cutaway` opens the head in the middle. Throws RangeError.
     */
    setView(view) {
      const stand = standOf(view, anchors ?? NOBODY.anchors);
      wanted = { ...view };
      camera.goTo(stand, stepped ?? performance.now(), { still: reducedMotion || anchors === null });
    },
    /** What the last drawn picture shows: its viseme and its lip opening, 0..1. */
    snapshot() {
      return { ...drawn };
    },
    /** From now on draw only here: one picture of wall time `now` in ms, however long it takes. */
    step(now) {
      stepped = now;
      follow();
      draw(now);
    },
    /** Like `step` without a picture: time passes, as it does in pictures that nobody needs. */
    move(now) {
      stepped = now;
      follow();
      move(now);
    },
    /** The last picture anew, as RGBA bytes from the lower left: `{width, height, pixels}`. */
    readPixels: () => stage?.readPixels() ?? null,
    /** The last picture anew, as a Blob; null without a head. */
    toBlob: (type = "image/png", quality) => stage?.toBlob(type, quality) ?? Promise.resolve(null),
    destroy() {
      if (!over) end();
    },
  };
}

class Failure extends Error {}

function reject(reason) {
  throw new Failure(reason);
}

async function fetchHead(model, signal) {
  let bytes;
  try {
    const response = await fetch(model, { signal });
    if (!response.ok) reject("network");
    bytes = await response.arrayBuffer();
  } catch {
    reject("network");
  }
  try {
    return readHead(bytes);
  } catch {
    return reject("file");
  }
}
