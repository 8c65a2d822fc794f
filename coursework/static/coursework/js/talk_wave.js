// @ts-check
/** Draws the timeline of a talk: the learner above, the tutor below, and what is marked in it. */

import { svgElement } from "../../sessions/js/elements.js";
import { bars } from "./talk_times.js";

const BAR_PX = 3;
const SILENT_BAR = 0.06;

/**
 * @param {HTMLElement} track
 * @param {import("./talk_times.js").Timeline} timeline
 */
export function createWave(track, timeline) {
  const total = Math.max(1, timeline.total_ms);
  const svg = svgElement("svg", { "aria-hidden": "true", preserveAspectRatio: "none" });
  const now = svgElement("line", { class: "wave__now", y1: 0 });
  /** @type {{ms: number, kind: "mistake" | "comment"}[]} */
  let marks = [];
  let width = 0;
  track.append(svg);

  function draw() {
    const box = track.getBoundingClientRect();
    if (box.width === 0) return;
    width = box.width;
    const height = box.height;
    const middle = height / 2;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    now.setAttribute("y2", String(height));
    svg.replaceChildren(
      svgElement("line", { class: "wave__middle", x1: 0, x2: width, y1: middle, y2: middle }),
      ...timeline.stretches.flatMap((stretch) => drawStretch(stretch, middle)),
      ...marks.map(({ ms, kind }) => {
        const x = (ms / total) * width;
        return kind === "comment"
          ? svgElement("path", { class: "wave__comment", d: `M${x - 5} 0h10l-5 9z` })
          : svgElement("circle", { class: "wave__mistake", cx: x, cy: height - 5, r: 3 });
      }),
      now,
    );
  }

  /** @param {import("./talk_times.js").Stretch} stretch @param {number} middle */
  function drawStretch(stretch, middle) {
    const isLearner = stretch.speaker === "learner";
    const left = (stretch.start_ms / total) * width;
    const length = Math.max(2, (stretch.duration_ms / total) * width);
    if (stretch.peaks.length === 0) {
      const top = isLearner ? middle - 18 : middle + 6;
      return [svgElement("rect", { class: `wave__block--${stretch.speaker}`, x: left, y: top, width: length, height: 12, rx: 3 })];
    }
    const n = Math.max(1, Math.floor(length / BAR_PX));
    const lines = bars(stretch.peaks, n).map((peak, at) => {
      const x = (left + ((at + 0.5) * length) / n).toFixed(1);
      const size = (Math.max(SILENT_BAR, peak) * (middle - 8)).toFixed(1);
      return `M${x} ${middle + (isLearner ? -2 : 2)}v${isLearner ? `-${size}` : size}`;
    });
    return [svgElement("path", { class: `wave__${stretch.speaker}`, d: lines.join("") })];
  }

  new ResizeObserver(draw).observe(track);
  draw();

  return {
    /** @param {number} ms */
    showNow(ms) {
      const x = String((Math.min(total, Math.max(0, ms)) / total) * width);
      now.setAttribute("x1", x);
      now.setAttribute("x2", x);
    },
    /** @param {{ms: number, kind: "mistake" | "comment"}[]} next */
    showMarks(next) {
      marks = next;
      draw();
    },
    /** The moment under a pointer. @param {number} clientX */
    momentAt(clientX) {
      const box = track.getBoundingClientRect();
      const share = (clientX - box.left) / Math.max(1, box.width);
      return Math.round(Math.min(1, Math.max(0, share)) * total);
    },
  };
}
