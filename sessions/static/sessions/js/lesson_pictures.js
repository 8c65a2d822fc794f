// @ts-check
/** The two pictures of a mouth lesson: from outside and cut open, moved by one clock. */

import { createChoiceRow } from "./choice_row.js";
import { element } from "./elements.js";
import { gettext } from "./i18n.js";
import { createMouthFace } from "./mouth_face.js";
import { WORDS } from "./mouth_lesson_words.js";
import { createMouthSection } from "./mouth_section.js";

/** @typedef {import("./mouth_motion.js").Motion} Motion */

const FRAME_MS = 1000 / 40;
/** A held sound breathes on for so long after the last touch; then nothing is drawn any more. */
const LIVELY_MS = 9000;
const GLIDE_MS = 420;

const smooth = (/** @type {number} */ x) => x * x * (3 - 2 * x);

/**
 * @param {object} options
 * @param {string} options.model
 * @param {boolean} options.reducedMotion
 * @param {() => {motion: Motion, ms: number} | null} options.heard  what plays now
 * @param {(ms: number | null) => void} options.onFrame
 */
export function createLessonPictures({ model, reducedMotion, heard, onFrame }) {
  const outside = element("div", { class: "lesson-pictures__face" });
  const inside = element("div", { class: "lesson-pictures__section" });
  const note = element("p", { class: "lesson-pictures__note", hidden: true }, WORDS.drawnFace);
  const labels = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", on: { change: () => section.setLabels(labels.checked) } }));
  const views = createChoiceRow({
    legend: gettext("Look from"),
    choices: [{ value: "front", name: gettext("Front") }, { value: "side", name: gettext("Side") }, { value: "inside", name: gettext("Cut open") }],
    chosen: "front",
    onChoice: (/** @type {any} */ view) => face.setView(view),
  });
  views.node.hidden = true;
  const section = createMouthSection(inside);
  section.setLabels(false);
  /** @type {{motion: Motion, ms: number}} */
  let still = { motion: /** @type {any} */ (null), ms: 0 };
  let glide = { from: 0, to: 0, began: -Infinity };
  /** @type {import("./mouth_postures.js").Pose | null} */
  let ghost = null;
  let livelyUntil = 0;
  let last = -Infinity;
  let request = 0;

  const face = createMouthFace(outside, {
    model,
    reducedMotion,
    clock: () => (heard() ?? still).ms,
    onKind(kind) {
      note.hidden = kind === "head";
      views.node.hidden = kind !== "head";
      wake();
    },
  });
  const node = element("div", { class: "lesson-pictures" },
    element("figure", { class: "lesson-pictures__one" }, outside, element("figcaption", {}, views.node, note)),
    element("figure", { class: "lesson-pictures__one" }, inside,
      element("figcaption", {}, element("label", { class: "lesson-pictures__labels" }, labels, gettext("Names of the parts")))));

  /** @param {number} now */
  function frame(now) {
    const playing = heard();
    request = playing || now < livelyUntil ? requestAnimationFrame(frame) : 0;
    if (now - last < FRAME_MS - 4 && request !== 0) return;
    last = now;
    if (!playing && still.motion) {
      const share = reducedMotion ? 1 : Math.min(1, (now - glide.began) / GLIDE_MS);
      still.ms = glide.from + (glide.to - glide.from) * smooth(Math.max(0, share));
    }
    const { motion, ms } = playing ?? still;
    if (!motion) return;
    const moment = motion.at(ms);
    const airMs = playing ? ms : reducedMotion ? 0 : now / 2.5;
    section.show(moment, { airMs, ghost: playing ? null : ghost });
    face.show(moment.pose);
    onFrame(playing ? ms : null);
  }

  function wake() {
    livelyUntil = performance.now() + (reducedMotion ? GLIDE_MS : LIVELY_MS);
    if (request === 0) request = requestAnimationFrame(frame);
  }

  return {
    node,
    wake,
    describe: section.describe,
    /** @param {import("./mouth_face.js").VisemeCue[]} cues */
    setCues: (cues) => face.setCues(cues),
    /**
     * Goes to a moment and stays there.
     * @param {Motion} motion @param {number} ms
     * @param {{ghost?: import("./mouth_postures.js").Pose | null, glides?: boolean}} [options]
     */
    hold(motion, ms, { ghost: other = null, glides = true } = {}) {
      glide = { from: glides && still.motion === motion ? still.ms : ms, to: ms, began: performance.now() };
      still = { motion, ms: glide.from };
      ghost = other;
      wake();
    },
    destroy() {
      cancelAnimationFrame(request);
      face.destroy();
      section.destroy();
    },
  };
}
