// @ts-check
/** The text box: usable at any moment of a talk. */

import { byId } from "./elements.js";
import { fill, ngettext } from "./i18n.js";
import { textProblem } from "./wire_codec.js";

/**
 * @param {object} options
 * @param {() => number} options.limit
 * @param {(text: string) => void} options.submit
 */
export function createComposer({ limit, submit }) {
  const form = byId("composer");
  const field = byId("composer-text");
  const problem = byId("composer-problem");

  function grow() {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  }

  /** @returns {boolean} */
  function check() {
    const tooLong = textProblem(field.value, limit()) === "text.too_long";
    problem.textContent = tooLong
      ? tooLongWords([...field.value].length - limit())
      : "";
    return !tooLong;
  }

  field.addEventListener("input", () => {
    grow();
    check();
  });
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "Escape") field.blur();
  });
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!check() || field.value.trim() === "") return;
    submit(field.value.trim());
    field.value = "";
    grow();
  });

  return {
    focus: () => field.focus(),
    /** Puts words at the end of what is written; nothing is sent. @param {string} text */
    insert(text) {
      const before = field.value.trimEnd();
      field.value = before === "" ? text : `${before} ${text}`;
      grow();
      check();
      field.focus();
    },
  };
}

/** @param {number} n */
const tooLongWords = (n) =>
  fill(ngettext("This is %(n)s character too long. Please shorten it.", "This is %(n)s characters too long. Please shorten it.", n), { n });
