// @ts-check
/**
 * Something a line can be asked for: shown and hidden by the same button, fetched at the
 * first time it is shown, asked again only after a failure. Pure.
 */

import { gettext } from "./i18n.js";
import { ApiProblem } from "./server_request.js";

const TROUBLE = gettext("That did not work. Try again in a moment.");

/** @typedef {"closed" | "waiting" | "shown" | "problem"} AnswerStep */

/**
 * @template T
 * @param {object} options
 * @param {() => Promise<T>} options.ask
 * @param {() => void} options.onChange
 */
export function createLineAnswer({ ask, onChange }) {
  /** @type {AnswerStep} */
  let step = "closed";
  /** @type {T | null} */
  let answer = null;
  let problem = "";

  /** @param {AnswerStep} next */
  function set(next) {
    step = next;
    onChange();
  }

  async function open() {
    if (answer !== null) {
      set("shown");
      return;
    }
    set("waiting");
    try {
      answer = await ask();
      // Who closed it meanwhile finds the answer at the next look.
      if (step === "waiting") set("shown");
    } catch (error) {
      problem = error instanceof ApiProblem ? error.message : TROUBLE;
      if (step === "waiting") set("problem");
    }
  }

  return {
    step: () => step,
    answer: () => answer,
    problem: () => problem,
    isOpen: () => step !== "closed",
    toggle() {
      if (step === "closed") return open();
      set("closed");
      return Promise.resolve();
    },
    retry: open,
  };
}
