// @ts-check
/** Where the learner answers an exercise of a lesson, by kind. */

import { element } from "./elements.js";
import { drawMatch } from "./exercise_match.js";
import { countWords, fillIn } from "./exercise_told.js";
import { drawAnswer as drawShared } from "./practice_answers.js";

/** @typedef {import("./practice_answers.js").Answer} Answer */
/** @typedef {import("./exercise_run.js").Task} Task */
/** @typedef {{onChange: () => void, maxChars: number, words: Record<string, string>, onText?: (text: string) => void}} Options */

const SHARED = new Set(["gap_fill", "minimal_pair", "reorder", "transform", "dictation"]);

/** @param {Task} task @param {Options} options @returns {Answer} */
export function drawAnswer(task, options) {
  if (SHARED.has(task.kind)) return drawShared(task, { onChange: options.onChange, maxChars: options.maxChars });
  if (task.kind === "match") return drawMatch({ left: task.left, right: task.right }, { lang: task.l2, words: options.words, onChange: options.onChange });
  return nothing();
}

/** In place of speaking: one's own words, or the sentence from memory. @param {Task} task @param {Options} options @returns {Answer} */
export function drawWriting(task, { onChange, maxChars, words, onText = () => {} }) {
  const isTold = task.kind === "told";
  const label = isTold ? words.writeAnswer : words.writeSentence;
  const input = /** @type {HTMLTextAreaElement} */ (element("textarea", { lang: task.l2, dir: "auto", maxlength: maxChars, rows: isTold ? 3 : 2,
    autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", "aria-label": label, placeholder: label }));
  const count = element("p", { class: "small muted told__count", hidden: !isTold });
  const tell = () => {
    count.textContent = fillIn(words.countWords, { n: countWords(input.value), least: task.fewestWords });
    onText(input.value);
    onChange();
  };
  input.addEventListener("input", tell);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    input.form?.requestSubmit();
  });
  if (isTold) tell();
  return {
    node: element("div", { class: "field practice__field" }, input, count),
    value: () => input.value.trim(),
    isReady: () => input.value.trim() !== "",
    focus: () => input.focus(),
    lock: () => {
      input.readOnly = true;
    },
    fill(text) {
      input.value = text;
      tell();
    },
  };
}

/** @returns {Answer} */
const nothing = () => ({ node: element("div", { hidden: true }), value: () => "", isReady: () => false, focus: () => {}, lock: () => {} });
