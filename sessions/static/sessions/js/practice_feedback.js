// @ts-check
/** What came out of an answer. */

import { element, icon } from "./elements.js";
import { gettext } from "./i18n.js";
import { isJudged, matchWords } from "./pronunciation.js";
import { OUTCOME_ICON, OUTCOME_TITLE, leadWords, markedAnswer } from "./practice_words.js";
import { drawFlaggedSounds, drawLegend, drawMarkedWords } from "./word_marks.js";

/** @typedef {import("./practice_words.js").Result} Result */
/** @typedef {import("./practice_run.js").Task} Task */

/**
 * @param {Task} task
 * @param {Result} result
 * @param {object} [more]
 * @param {import("./pronunciation.js").Pronunciation | null} [more.said]  how it was said
 * @param {string} [more.heard]
 * @param {import("./word_marks.js").OpenWord} [more.openWord]
 * @param {(word: string) => void} [more.hearWord]  both words of a pair
 * @param {boolean} [more.comesAgain]
 */
export function drawFeedback(task, result, { said = null, heard = "", openWord, hearWord, comesAgain = false } = {}) {
  const { outcome, whole } = result;
  return element("div", { class: `verdict verdict--${outcome}` },
    element("h2", { class: "verdict__head" }, icon(OUTCOME_ICON[outcome]),
      element("span", { class: "visually-hidden" }, `${OUTCOME_TITLE[outcome]}.`),
      element("span", { lang: task.l2, dir: "auto" }, leadWords(result))),
    outcome !== "right" && whole !== "" && !said && rightAnswer(task, result),
    said && openWord && saidWords(said, openWord),
    heard !== "" && outcome !== "right" && element("p", { class: "small" }, element("span", { class: "muted" }, gettext("I heard: ")), element("span", { lang: task.l2, dir: "auto" }, heard)),
    task.kind === "minimal_pair" && hearWord && bothWords(task, hearWord),
    comesAgain && element("p", { class: "small muted" }, gettext("It comes once more at the end.")));
}

/** @param {Task} task @param {Result} result */
function rightAnswer(task, result) {
  return element("p", { class: "verdict__answer", lang: task.l2, dir: "auto" },
    ...markedAnswer(result, task).map(({ text, differs }) => (differs ? element("ins", {}, text) : text)));
}

/** @param {import("./pronunciation.js").Pronunciation} said @param {import("./word_marks.js").OpenWord} open */
function saidWords(said, open) {
  if (!isJudged(said)) return null;
  const words = matchWords(said.text, said);
  return element("div", { class: "stack stack--tight" },
    element("p", { class: "verdict__answer", lang: said.language, dir: "auto" }, words && drawMarkedWords(words, open)),
    element("div", { class: "row row--between" }, drawFlaggedSounds(said, open), drawLegend()));
}

/** @param {Task} task @param {(word: string) => void} hearWord */
function bothWords(task, hearWord) {
  return element("div", { class: "row" }, element("span", { class: "small muted" }, gettext("Hear both:")),
    ...task.choices.map((/** @type {string} */ word) =>
      element("button", { class: "button button--quiet", type: "button", lang: task.l2, on: { click: () => hearWord(word) } }, icon("play"), word)));
}

/** @param {{task: Task, outcome: string}[]} results */
export function drawResults(results) {
  return element("ul", { class: "rows practice__results" }, ...results.map(({ task, outcome }) => {
    const shown = shownOf(task);
    return element("li", { class: `practice__result practice__result--${outcome}` }, icon(OUTCOME_ICON[outcome]),
      element("span", { class: "practice__result-text" },
        shown ? element("span", { lang: task.l2, dir: "auto" }, shown) : element("span", {}, task.title),
        shown && element("span", { class: "muted small" }, task.title)),
      element("span", { class: "small muted practice__result-word" }, OUTCOME_TITLE[outcome]));
  }));
}

/** What tells exercises of one kind apart. @param {Task} task */
function shownOf(task) {
  if (task.kind === "minimal_pair") return task.choices.join(" / ");
  if (task.kind === "reorder") return task.pieces.join(" · ");
  return task.prompt.replace("___", "…");
}
