// @ts-check
/** A few choices of which one holds: radio buttons that look like one bar. */

import { element } from "./elements.js";

let rows = 0;

/**
 * @template {string | number} T
 * @param {object} options
 * @param {string} options.legend
 * @param {readonly {value: T, name: string, words?: string}[]} options.choices  words: for screen readers
 * @param {T} options.chosen
 * @param {(value: T) => void} options.onChoice
 */
export function createChoiceRow({ legend, choices, chosen, onChoice }) {
  rows += 1;
  const name = `choice-${rows}`;
  const inputs = choices.map(({ value }) => /** @type {HTMLInputElement} */ (
    element("input", { type: "radio", name, value: String(value), checked: value === chosen, on: { change: () => onChoice(value) } })));
  const node = element("fieldset", { class: "choice-row" },
    element("legend", { class: "choice-row__legend" }, legend),
    element("div", { class: "choice-row__bar" }, ...choices.map(({ name: shown, words }, at) =>
      element("label", { class: "choice-row__choice" }, inputs[at],
        words ? element("span", { class: "visually-hidden" }, words) : element("span", {}, shown),
        words ? element("span", { "aria-hidden": "true" }, shown) : false))));
  return {
    node,
    /** @param {T} value */
    choose: (value) => inputs.forEach((input, at) => (input.checked = choices[at].value === value)),
  };
}
