// @ts-check
/** The readings of this visit in a row: what was better, the last time or this time. */

import { element } from "./elements.js";
import { fill, gettext, ngettext } from "./i18n.js";
import { drawScoreBar } from "./reading_result.js";
import { clockText } from "./status_words.js";

/** @typedef {{number: number, said: import("./pronunciation.js").Pronunciation, frames: Int16Array[], ms: number}} Attempt */

/** Sound of more readings than these is let go; their marks stay. */
const KEPT_SOUNDS = 6;

/** @param {Attempt} attempt */
const wordsToWorkOn = ({ said }) => said.words.filter((word) => word.verdict === "work" || word.verdict === "missed").length;

/**
 * @param {HTMLElement} place
 * @param {(attempt: Attempt) => void} onChosen
 */
export function createReadingAttempts(place, onChosen) {
  /** @type {Attempt[]} */
  let attempts = [];
  /** @type {Attempt | null} */
  let chosen = null;

  /** @param {Attempt} attempt */
  function card(attempt) {
    const { said, number, ms } = attempt;
    const toWorkOn = wordsToWorkOn(attempt);
    const bars = said.scores ? [said.scores.accuracy, said.scores.fluency, said.scores.prosody] : [];
    return element("button", { class: "attempt", type: "button", "aria-pressed": String(attempt === chosen), on: { click: () => choose(attempt) } },
      element("span", { class: "attempt__name" }, element("strong", {}, fill(gettext("Try %(n)s"), { n: number })), element("span", { class: "muted" }, clockText(ms))),
      element("span", { class: "attempt__bars" }, ...bars.map((score) => drawScoreBar(score, said.scores?.margin ?? 0))),
      element("span", { class: "attempt__words" }, toWorkOn === 0 ? gettext("no word to work on") : fill(ngettext("%(n)s word to work on", "%(n)s words to work on", toWorkOn), { n: toWorkOn })));
  }

  function draw() {
    place.hidden = attempts.length < 2;
    place.replaceChildren(...attempts.map(card));
  }

  /** @param {Attempt} attempt */
  function choose(attempt) {
    chosen = attempt;
    draw();
    onChosen(attempt);
  }

  return {
    /** @param {Omit<Attempt, "number">} made */
    add(made) {
      const before = attempts.at(-1);
      // Only readings of one text can be held against each other.
      if (before && (before.said.text !== made.said.text || before.said.language !== made.said.language)) attempts = [];
      const attempt = { ...made, number: (attempts.at(-1)?.number ?? 0) + 1 };
      attempts = [...attempts, attempt];
      for (const old of attempts.slice(0, -KEPT_SOUNDS)) old.frames = [];
      choose(attempt);
      place.lastElementChild?.scrollIntoView({ block: "nearest", inline: "end" });
    },
    /** @returns {Attempt | null} */
    chosen: () => chosen,
  };
}
