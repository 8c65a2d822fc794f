// @ts-check
/** The part of an exercise in which the learner answers, by kind. */

import { element } from "./elements.js";
import { gettext } from "./i18n.js";
import { drawOrder } from "./practice_order.js";
import { choiceLabel } from "./practice_words.js";

/**
 * @typedef {object} Answer
 * @property {HTMLElement} node
 * @property {() => string} value
 * @property {() => boolean} isReady  whether there is something to check
 * @property {() => void} focus
 * @property {() => void} lock
 * @property {(text: string) => void} [fill]  with words that were heard
 */
/** @typedef {{onChange: () => void, maxChars: number}} Options */
/** @typedef {import("./practice_run.js").Task} Task */

/** @type {Record<string, (task: Task, options: Options) => Answer>} */
const DRAWN = {
  gap_fill: (task, options) => (task.choices.length ? chosenGap(task, options) : typedGap(task, options)),
  minimal_pair: (task, options) => choices(task, options, null),
  reorder: (task, options) => drawOrder(task.pieces, { lang: task.l2, onChange: options.onChange }),
  transform: (task, options) => written(task, options, { label: gettext("The sentence, put right"), value: task.prompt, rows: 2 }),
  dictation: (task, options) => written(task, options, { label: gettext("What you hear"), rows: 2 }),
  short_answer: (task, options) => written(task, options, { label: gettext("Your answer"), rows: task.long ? 3 : 1 }),
  shadowing: nothingToWrite,
  role_play: nothingToWrite,
};

/** @param {Task} task @param {Options} options @returns {Answer} */
export const drawAnswer = (task, options) => (DRAWN[task.kind] ?? nothingToWrite)(task, options);

/** What the learner reads, above the answer. @param {Task} task @returns {HTMLElement | null} */
export function drawPrompt(task) {
  const lang = { lang: task.l2, dir: "auto" };
  switch (task.kind) {
    case "transform":
      return element("blockquote", { class: "practice__said", ...lang }, task.prompt);
    case "shadowing":
      return element("p", { class: "practice__sentence", ...lang }, task.prompt);
    case "short_answer":
      return element("div", { class: "stack stack--tight" }, element("p", { class: "practice__sentence", ...lang }, task.prompt), wantedWords(task));
    case "role_play":
      return element("div", { class: "stack" }, element("p", { class: "practice__story", ...lang }, task.prompt),
        task.role && element("p", { class: "small" }, element("span", { class: "muted" }, gettext("Your tutor is: ")), element("span", lang, task.role)),
        element("ul", { class: "practice__goals", ...lang }, ...task.goals.map((/** @type {string} */ goal) => element("li", {}, goal))));
    default:
      return null;
  }
}

/** @param {Task} task */
function wantedWords({ wanted, l2 }) {
  if (!wanted?.length) return null;
  return element("p", { class: "practice__wanted small" }, element("span", { class: "muted" }, gettext("Use at least one of: ")),
    ...wanted.map((/** @type {string} */ word) => element("span", { class: "chip", lang: l2 }, word)));
}

/** @param {Task} task @param {Options} options @param {{label: string, value?: string, rows: number}} field @returns {Answer} */
function written(task, { onChange, maxChars }, { label, value = "", rows }) {
  const input = /** @type {HTMLTextAreaElement} */ (element("textarea", { ...typing(task, maxChars), rows, "aria-label": label, placeholder: label }));
  input.value = value;
  input.addEventListener("input", onChange);
  // One sentence: Enter sends it.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    input.form?.requestSubmit();
  });
  return {
    node: element("div", { class: "field practice__field" }, input),
    value: () => input.value.trim(),
    isReady: () => input.value.trim() !== "" && input.value.trim() !== value.trim(),
    focus() {
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
    },
    lock: () => {
      input.readOnly = true;
    },
    fill(text) {
      input.value = text;
      onChange();
    },
  };
}

/** @param {Task} task @param {Options} options @returns {Answer} */
function typedGap(task, { onChange, maxChars }) {
  const input = /** @type {HTMLInputElement} */ (element("input", { ...typing(task, maxChars), type: "text", class: "gap__input", size: 12, "aria-label": gettext("The missing word") }));
  input.addEventListener("input", onChange);
  return {
    node: element("p", { class: "practice__sentence gap", lang: task.l2, dir: "auto" }, task.before, input, task.after),
    value: () => input.value.trim(),
    isReady: () => input.value.trim() !== "",
    focus: () => input.focus(),
    lock: () => {
      input.readOnly = true;
    },
  };
}

/** @param {Task} task @param {Options} options @returns {Answer} */
function chosenGap(task, options) {
  const gap = element("span", { class: "gap__hole" }, "\u2007");
  const answer = choices(task, options, (choice) => {
    gap.textContent = choiceLabel(choice);
    gap.classList.add("gap__hole--filled");
  });
  return { ...answer, node: element("div", { class: "stack stack--loose" },
    element("p", { class: "practice__sentence gap", lang: task.l2, dir: "auto" }, task.before, element("span", { class: "visually-hidden" }, gettext("gap")), gap, task.after), answer.node) };
}

/** @param {Task} task @param {Options} options @param {((choice: string) => void) | null} onChoice @returns {Answer} */
function choices(task, { onChange }, onChoice) {
  const inputs = task.choices.map((/** @type {string} */ choice) => {
    const input = element("input", { type: "radio", name: "choice", value: choice, class: "choice__input" });
    input.addEventListener("change", () => {
      onChoice?.(choice);
      onChange();
    });
    return /** @type {HTMLInputElement} */ (input);
  });
  const chosen = () => inputs.find((/** @type {HTMLInputElement} */ input) => input.checked);
  return {
    node: element("fieldset", { class: "choices" }, element("legend", { class: "visually-hidden" }, task.title),
      ...inputs.map((/** @type {HTMLInputElement} */ input) => element("label", { class: "choice" }, input, element("span", { lang: task.l2 }, choiceLabel(input.value))))),
    value: () => chosen()?.value ?? "",
    isReady: () => chosen() !== undefined,
    focus: () => inputs[0]?.focus(),
    lock: () => inputs.forEach((/** @type {HTMLInputElement} */ input) => {
      input.disabled = true;
    }),
  };
}

/** @returns {Answer} */
function nothingToWrite() {
  return { node: element("div", { hidden: true }), value: () => "", isReady: () => false, focus: () => {}, lock: () => {} };
}

/** No keyboard shall write the answer by itself. @param {Task} task @param {number} maxChars */
function typing(task, maxChars) {
  return { lang: task.l2, dir: "auto", maxlength: maxChars, autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false" };
}
