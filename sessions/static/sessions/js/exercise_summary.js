// @ts-check
/** The end of a round: what went well, what to repeat, what was left. */

import { element, icon } from "./elements.js";
import { fillIn } from "./exercise_told.js";
import { OUTCOME_ICON, OUTCOME_TITLE } from "./practice_words.js";

/** @typedef {ReturnType<typeof import("./exercise_run.js").createLessonRun>} Run */
/** @typedef {import("./exercise_run.js").Task} Task */

/** What tells exercises apart. @param {Task} task */
export function shownOf(task) {
  if (task.kind === "minimal_pair") return task.choices.join(" / ");
  if (task.kind === "reorder") return [...task.pieces].join(" · ");
  if (task.kind === "match") return task.left.join(" · ");
  if (task.kind === "gap_fill") return `${task.before}…${task.after}`;
  return task.prompt ?? "";
}

/** How the round went, in a sentence. Pure. @param {Run} run @param {Record<string, string>} words */
export function leadOf(run, words) {
  const of = run.results().length;
  const well = run.well().length;
  if (run.left().length === of) return words.allLeft;
  if (well === of) return words.allWell;
  return fillIn(words.someWell, { n: well, of });
}

/**
 * @param {Run} run @param {Record<string, string>} words
 * @param {{lead: HTMLElement, results: HTMLElement, onStart: (start: () => void) => void}} places
 */
export function drawSummary(run, words, { lead, results, onStart }) {
  lead.textContent = leadOf(run, words);
  const outcomes = new Map(run.results().map(({ task, outcome }) => [task, outcome]));
  /** @param {string} title @param {Task[]} tasks @param {[string, () => void] | null} action */
  const part = (title, tasks, action) => tasks.length > 0 && element("section", { class: "stack stack--tight" },
    element("div", { class: "row row--between" }, element("h3", { class: "exercise__part" }, title),
      action && element("button", { class: "button button--quiet", type: "button", on: { click: () => onStart(action[1]) } }, icon("repeat"), action[0])),
    element("ul", { class: "rows practice__results" }, ...tasks.map((task) => row(task, outcomes.get(task) ?? "skipped"))));
  results.replaceChildren(...[
    part(words.toRepeat, run.hard(), [words.repeatThese, run.startHard]),
    part(words.leftForLater, run.left(), [words.doThese, run.startLeft]),
    part(words.wentWell, run.well(), null),
  ].filter((one) => one instanceof Node));
}

/** @param {Task} task @param {string} outcome */
function row(task, outcome) {
  const shown = shownOf(task);
  return element("li", { class: `practice__result practice__result--${outcome}` }, icon(OUTCOME_ICON[outcome]),
    element("span", { class: "practice__result-text" },
      shown ? element("span", { lang: task.l2, dir: "auto" }, shown) : element("span", {}, task.title),
      shown && element("span", { class: "muted small" }, task.title)),
    element("span", { class: "small muted practice__result-word" }, OUTCOME_TITLE[outcome]));
}
