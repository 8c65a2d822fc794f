// @ts-check
/** The mouth from outside: the tutor's head in three dimensions, or drawn from the front. */

import { createMouthFront } from "./mouth_front.js";

/** @typedef {"front" | "side" | "inside"} FaceView */
/** @typedef {[string, number, number]} VisemeCue */

const VIEWS = /** @type {Record<FaceView, {shot: string, angle: number, cutaway: boolean}>} */ ({
  front: { shot: "mouth", angle: 0, cutaway: false },
  side: { shot: "mouth", angle: 78, cutaway: false },
  inside: { shot: "mouth", angle: 78, cutaway: true },
});

/**
 * @param {HTMLElement} place
 * @param {object} options
 * @param {string} options.model  address of the head, "" for none
 * @param {boolean} options.reducedMotion
 * @param {() => number | null} options.clock  on the time of the cues
 * @param {() => Promise<any>} [options.loadHead]
 * @param {(kind: "head" | "drawn") => void} [options.onKind]  told again when the head gives up
 */
export function createMouthFace(place, { model, reducedMotion, clock, loadHead = () => import("./avatar3d_view.js"), onKind = () => {} }) {
  /** @type {any} */
  let head = null;
  /** @type {ReturnType<typeof createMouthFront> | null} */
  let drawn = null;
  /** @type {VisemeCue[]} */
  let cues = [];
  /** @type {FaceView} */
  let view = "front";
  let isOver = false;

  function draw() {
    if (isOver) return;
    head = null;
    drawn ??= createMouthFront(place);
    onKind("drawn");
  }

  async function begin() {
    try {
      const library = model === "" ? null : await loadHead();
      if (isOver) return;
      if (!library?.isSupported()) {
        draw();
        return;
      }
      head = library.createAvatar3dView(place, { model, reducedMotion, onFailure: draw });
      head.setView(VIEWS[view]);
      head.setClock(clock);
      head.setCues(cues);
      onKind("head");
    } catch {
      draw();
    }
  }

  const ready = begin();

  return {
    ready,
    kind: () => (head ? "head" : "drawn"),
    /** @param {FaceView} next */
    setView(next) {
      view = next;
      head?.setView(VIEWS[next]);
    },
    /** @param {VisemeCue[]} next */
    setCues(next) {
      cues = next;
      head?.setCues(next);
    },
    /** A head follows the clock by itself. @param {import("./mouth_postures.js").Pose} pose */
    show: (pose) => drawn?.show(pose),
    destroy() {
      isOver = true;
      head?.destroy();
      drawn?.destroy();
    },
  };
}
