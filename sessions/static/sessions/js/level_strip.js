// @ts-check
/** The last moments of a recording as a strip of bars, newest at the end. */

import { element } from "./elements.js";

const BARS = 56;
/** One bar is this many frames of 20 ms. */
const FRAMES_PER_BAR = 4;
const LOWEST = 0.06;

/** @param {HTMLElement} place */
export function createLevelStrip(place) {
  const bars = Array.from({ length: BARS }, () => element("i"));
  place.replaceChildren(...bars);
  /** @type {number[]} */
  let heights = [];
  let loudest = 0;
  let frames = 0;

  function draw() {
    bars.forEach((bar, at) => {
      const height = heights[heights.length - BARS + at] ?? 0;
      bar.style.setProperty("--height", String(Math.max(LOWEST, height)));
    });
  }
  draw();

  return {
    /** @param {number} height  0..1 */
    push(height) {
      loudest = Math.max(loudest, height);
      frames += 1;
      if (frames % FRAMES_PER_BAR !== 0) return;
      heights = [...heights, loudest].slice(-BARS);
      loudest = 0;
      draw();
    },
    clear() {
      heights = [];
      loudest = 0;
      draw();
    },
  };
}
