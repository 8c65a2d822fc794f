// @ts-check
/** Two sounds drawn over one axis of time, the tutor's; mine is laid over it sound by sound. */

import { element, svgElement } from "./elements.js";
import { gettext } from "./i18n.js";

const COLUMNS = 360;
const HEIGHT = 64;

/**
 * The loudest samples of each column. Pure.
 * @param {Float32Array | Int16Array} samples
 * @param {number} rate  in Hz
 * @param {(share: number) => number} timeAt  of the sound in ms, for 0..1 of the axis
 * @param {number} [columns]
 * @returns {number[]} 0..1
 */
export function peaksOf(samples, rate, timeAt, columns = COLUMNS) {
  const scale = samples instanceof Int16Array ? 32768 : 1;
  return Array.from({ length: columns }, (_, column) => {
    const place = (/** @type {number} */ share) => Math.round((timeAt(share) * rate) / 1000);
    const from = Math.max(0, place(column / columns));
    const to = Math.min(samples.length, Math.max(place((column + 1) / columns), from + 1));
    let peak = 0;
    for (let i = from; i < to; i += 1) peak = Math.max(peak, Math.abs(samples[i]));
    return peak / scale;
  });
}

/** A mirrored outline of peaks, the loudest as high as there is room. Pure. @param {number[]} peaks @param {number} [height] */
export function outlineOf(peaks, height = HEIGHT) {
  const most = Math.max(0.02, ...peaks);
  const half = peaks.map((peak) => Math.max(0.6, (peak / most) * (height / 2 - 3)));
  const above = half.map((y, x) => `${x} ${(height / 2 - y).toFixed(1)}`);
  const below = half.map((y, x) => `${x} ${(height / 2 + y).toFixed(1)}`).reverse();
  return `M${[...above, ...below].join("L")}Z`;
}

/** @typedef {{samples: Float32Array | Int16Array, rate: number}} Sound */
/** @typedef {{ipa: string, start_ms: number, end_ms: number, mark?: "work" | "close" | null}} Lane */

/**
 * @param {HTMLElement} place
 * @param {(ms: number) => void} onSeek  a moment of the axis was pointed at
 */
export function createSoundTracks(place, onSeek) {
  const cursor = element("i", { class: "tracks__cursor", "aria-hidden": "true" });
  const lanes = element("div", { class: "tracks__lanes" });
  const node = element("div", { class: "tracks", "aria-hidden": "true" }, lanes, cursor);
  let axis = { from: 0, to: 1 };
  place.append(node);
  node.addEventListener("pointerdown", (event) => {
    const { left, width } = node.getBoundingClientRect();
    onSeek(axis.from + ((event.clientX - left) / width) * (axis.to - axis.from));
  });

  /** @param {string} name @param {string} label @param {Sound} sound @param {(ms: number) => number} timeOf @param {Lane[]} sounds  on the axis */
  function lane(name, label, sound, timeOf, sounds) {
    const at = (/** @type {number} */ ms) => (100 * (ms - axis.from)) / (axis.to - axis.from);
    const peaks = peaksOf(sound.samples, sound.rate, (share) => timeOf(axis.from + share * (axis.to - axis.from)));
    const names = sounds.filter(({ ipa }) => ipa !== "").map(({ ipa, start_ms, end_ms, mark }) => {
      const box = element("span", { class: `tracks__sound${mark ? ` tracks__sound--${mark}` : ""}` }, ipa);
      box.style.setProperty("left", `${at(start_ms)}%`);
      box.style.setProperty("width", `${Math.max(0, at(end_ms) - at(start_ms))}%`);
      return box;
    });
    return element("div", { class: `tracks__lane tracks__lane--${name}` },
      element("span", { class: "tracks__name" }, label),
      svgElement("svg", { class: "tracks__wave", viewBox: `0 0 ${COLUMNS} ${HEIGHT}`, preserveAspectRatio: "none" }, svgElement("path", { d: outlineOf(peaks) })),
      element("div", { class: "tracks__sounds" }, ...names));
  }

  return {
    node,
    /**
     * @param {{from: number, to: number}} span  of the tutor's time
     * @param {{sound: Sound, sounds: Lane[]} | null} tutor
     * @param {{sound: Sound, sounds: Lane[], toMine: (ms: number) => number} | null} mine  sounds: on the tutor's time
     */
    draw(span, tutor, mine) {
      axis = span;
      lanes.replaceChildren(
        ...(tutor ? [lane("tutor", gettext("Tutor"), tutor.sound, (ms) => ms, tutor.sounds)] : []),
        ...(mine ? [lane("mine", gettext("You"), mine.sound, mine.toMine, mine.sounds)] : []));
      node.hidden = !tutor && !mine;
    },
    /** @param {number} ms  of the tutor's time @param {"tutor" | "mine" | null} track  that is heard */
    follow(ms, track) {
      cursor.style.setProperty("left", `${Math.max(0, Math.min(100, (100 * (ms - axis.from)) / (axis.to - axis.from)))}%`);
      node.dataset.heard = track ?? "";
    },
  };
}
