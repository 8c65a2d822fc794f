// @ts-check
/** What came out of a reading: three bars, what was measured, the sounds to work on. */

import { element } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { bareWord, flaggedSounds } from "./pronunciation.js";
import { soundName } from "./sound_guide.js";
import { measureWords } from "./speech_measures.js";

/** @typedef {import("./pronunciation.js").Pronunciation} Pronunciation */

const ASPECTS = /** @type {["accuracy" | "fluency" | "prosody", string, string][]} */ ([
  ["accuracy", gettext("Accuracy"), gettext("how clear your sounds are")],
  ["fluency", gettext("Fluency"), gettext("how smoothly you read")],
  ["prosody", gettext("Melody and rhythm"), gettext("stress, pauses, ups and downs")],
]);

/** @param {number} score */
const inWords = (score) => (score >= 85 ? gettext("Very good") : score >= 70 ? gettext("Good") : score >= 50 ? gettext("On the way") : gettext("Needs work"));

/**
 * A bar that shows how far a score can be trusted: solid to its lower end, pale to its upper.
 * @param {number} score
 * @param {number} margin
 */
export function drawScoreBar(score, margin) {
  const bar = element("span", { class: "score-bar", "aria-hidden": "true" }, element("i", { class: "score-bar__band" }), element("i", { class: "score-bar__mark" }));
  bar.style.setProperty("--low", String(Math.max(0, score - margin) / 100));
  bar.style.setProperty("--high", String(Math.min(100, score + margin) / 100));
  bar.style.setProperty("--score", String(score / 100));
  return bar;
}

/** @param {Pronunciation} said */
export function drawScores({ scores }) {
  if (!scores) return element("p", { class: "muted small" }, gettext("There are no marks out of 100 here, only the words and sounds."));
  return element("ul", { class: "scores" }, ...ASPECTS.map(([key, name, meaning]) => {
    const score = Math.round(scores[key]);
    const margin = Math.round(scores.margin);
    return element("li", { class: "scores__row" },
      element("div", { class: "scores__name" }, element("strong", {}, name), element("span", { class: "muted" }, meaning)),
      drawScoreBar(score, margin),
      element("p", { class: "scores__value" }, element("strong", {}, inWords(score)), element("span", { class: "muted" }, ` ${score} ± ${margin}`)));
  }));
}

/** @param {Pronunciation} said */
export function drawMeasures({ measures }) {
  if (!measures) return null;
  return element("dl", { class: "measures" }, ...measureWords(measures).map(({ name, value, detail }) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, element("strong", {}, value), element("span", { class: "muted" }, detail)))));
}

/**
 * The sounds to work on, each with its words.
 * @param {Pronunciation} said
 * @param {import("./sound_guide.js").Guide} guide
 * @param {import("./word_marks.js").OpenWord} open
 */
export function drawTopSounds(said, guide, open) {
  /** @type {Map<string, ReturnType<typeof flaggedSounds>>} */
  const bySound = new Map();
  for (const found of flaggedSounds(said)) bySound.set(found.phoneme.ipa, [...(bySound.get(found.phoneme.ipa) ?? []), found]);
  if (bySound.size === 0) return element("p", { class: "muted" }, gettext("No sound stands out. Read something harder, or read it again faster."));
  return element("ul", { class: "top-sounds" }, ...[...bySound].map(([ipa, found]) =>
    element("li", {}, element("button", { class: "top-sounds__sound", type: "button", on: { click: () => open(found[0].word, found[0].at) } },
      element("span", { class: "top-sounds__ipa" }, ipa),
      element("span", { class: "top-sounds__text" },
        element("strong", {}, soundName(guide.sounds[ipa], ipa)),
        element("span", { class: "muted" }, fill(gettext("in %(words)s"), { words: [...new Set(found.map(({ word }) => bareWord(word.text)))].join(", ") })))))));
}
