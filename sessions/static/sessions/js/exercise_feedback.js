// @ts-check
/** What came out of an answer to an exercise of a lesson, and why. */

import { element, icon } from "./elements.js";
import { diffWords } from "./exercise_diff.js";
import { fillIn } from "./exercise_told.js";
import { drawFeedback } from "./practice_feedback.js";

/** @typedef {import("./exercise_run.js").Task} Task */
/** @typedef {import("./practice_words.js").Result & {answer: string, note?: {pattern: string, words: string}, pairs?: {left: string, right: string, chosen: string, isRight: boolean}[], told?: {nWords: number, used: string[], notUsed: string[], example: string}}} Result */

/** Kinds whose answer is laid beside the right one. */
const COMPARED = new Set(["dictation", "transform", "read"]);

/**
 * @param {Task} task
 * @param {Result} result
 * @param {object} more
 * @param {Record<string, string>} more.words
 * @param {import("./pronunciation.js").Pronunciation | null} [more.said]
 * @param {string} [more.heard]
 * @param {string} [more.note]  what to know about the marks of what was said
 * @param {import("./word_marks.js").OpenWord} [more.openWord]
 * @param {boolean} [more.comesAgain]
 */
export function drawVerdict(task, result, { words, said = null, heard = "", note = "", openWord, comesAgain = false }) {
  const isSpoken = heard !== "";
  // Without marks for the words the sentence itself shows which were missing.
  const diff = COMPARED.has(task.kind) && result.outcome !== "right" && !(said && openWord) ? diffWords(result.answer, result.whole) : [];
  // Two sentences with little in common are better read one after the other.
  const isCompared = diff.filter(({ kind }) => kind === "same").length * 2 >= diff.length && diff.length > 0;
  const node = drawFeedback({ ...task, kind: task.kind === "minimal_pair" ? "choice" : task.kind }, isCompared ? { ...result, whole: "" } : result,
    { said, heard: isCompared ? "" : heard, openWord });
  node.append(...[
    isCompared && drawDiff(task, diff, isSpoken ? words.iHeard : words.youWrote),
    result.pairs && result.outcome !== "right" && drawPairs(task, result.pairs),
    result.told && drawTold(task, result.told, words),
    task.kind === "told" && isSpoken && !(said && openWord) && element("p", { class: "small" }, element("span", { class: "muted" }, words.iHeard, " "), element("span", { lang: task.l2, dir: "auto" }, heard)),
    result.note && drawNote(task, result.note),
    note !== "" && element("p", { class: "small muted" }, note),
    comesAgain && element("p", { class: "small muted" }, words.comesAgain),
  ].filter((part) => part instanceof Node));
  return node;
}

/** @param {Task} task @param {import("./exercise_diff.js").DiffWord[]} diff @param {string} label */
function drawDiff(task, diff, label) {
  const parts = diff.map(({ text, kind, wanted }) => {
    if (kind === "same") return element("span", { class: "diff__word" }, wanted);
    return element("span", { class: `diff__word diff__word--${kind}` },
      text !== "" && element("del", {}, text), text !== "" && wanted !== "" && " ", wanted !== "" && element("ins", {}, wanted));
  });
  return element("div", { class: "diff" }, element("p", { class: "small muted" }, label),
    element("p", { class: "verdict__answer diff__line", lang: task.l2, dir: "auto" }, ...parts.flatMap((part, at) => (at === 0 ? [part] : [" ", part]))));
}

/** @param {Task} task @param {NonNullable<Result["pairs"]>} pairs */
function drawPairs({ l2 }, pairs) {
  return element("ul", { class: "verdict__pairs", lang: l2, dir: "auto" }, ...pairs.map(({ left, right, chosen, isRight }) =>
    element("li", { class: isRight ? "" : "verdict__pair--wrong" }, icon(isRight ? "tick" : "repeat"),
      element("span", {}, left, " – ", !isRight && chosen !== "" && element("del", {}, chosen), !isRight && chosen !== "" && " ", isRight ? right : element("ins", {}, right)))));
}

/** @param {Task} task @param {NonNullable<Result["told"]>} told @param {Record<string, string>} words */
function drawTold(task, { nWords, used, notUsed, example }, words) {
  return element("div", { class: "stack stack--tight" },
    element("p", { class: "practice__wanted small" }, element("span", { class: "muted" }, fillIn(words.saidWords, { n: nWords })),
      ...used.map((word) => element("span", { class: "chip told__word told__word--used", lang: task.l2 }, word)),
      ...notUsed.map((word) => element("span", { class: "chip told__word", lang: task.l2 }, word))),
    element("details", { class: "told__example" }, element("summary", { class: "small" }, words.example), element("p", { lang: task.l2, dir: "auto" }, example)));
}

/** @param {Task} task @param {{pattern: string, words: string}} note */
function drawNote({ l2 }, { pattern, words }) {
  return element("p", { class: "verdict__note small", lang: l2, dir: "auto" }, icon("bulb"), element("span", {}, element("strong", {}, pattern), " ", words));
}
