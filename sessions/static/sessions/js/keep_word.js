// @ts-check
/** "Keep this word": it goes to the learner's own words, and out again by the same button. */

import { element, icon } from "./elements.js";
import { gettext } from "./i18n.js";
import { ApiProblem } from "./server_request.js";

/**
 * Whether the word is kept, without a view: one change at a time.
 * @param {object} options
 * @param {(keep: boolean) => Promise<{kept: boolean}>} options.ask
 * @param {() => void} options.onChange
 */
export function createKeeping({ ask, onChange }) {
  let kept = false;
  let busy = false;
  let problem = "";

  return {
    isKept: () => kept,
    isBusy: () => busy,
    problem: () => problem,
    /** What the server knows. @param {boolean} now */
    know(now) {
      kept = now;
      onChange();
    },
    async toggle() {
      if (busy) return;
      [busy, problem] = [true, ""];
      onChange();
      try {
        ({ kept } = await ask(!kept));
      } catch (error) {
        problem = error instanceof ApiProblem ? error.message : gettext("That did not work. Try again in a moment.");
      }
      busy = false;
      onChange();
    },
  };
}

/** @param {ReturnType<typeof createKeeping>} keeping  its words. Pure. */
export const keepLabel = (keeping) => (keeping.isKept() ? gettext("Kept: remove it again") : gettext("Keep this word"));

/**
 * @param {object} options
 * @param {string} options.text
 * @param {string} options.sentence
 * @param {ReturnType<typeof import("./help_api.js").createHelpApi>} options.api
 */
export function createKeepWord({ text, sentence, api }) {
  const keeping = createKeeping({ ask: (keep) => api.keepWord(text, sentence, keep), onChange: draw });
  const label = element("span", {}, "");
  const button = element("button", { class: "help-action", type: "button", on: { click: () => void keeping.toggle() } }, icon("keep"), label);
  const problem = element("p", { class: "help-problem", role: "status" });
  // Before it is known whether it is kept there is nothing to press.
  const node = element("div", { class: "keep-word", hidden: true }, button, problem);

  function draw() {
    node.hidden = false;
    label.textContent = keepLabel(keeping);
    button.classList.toggle("help-action--kept", keeping.isKept());
    button.setAttribute("aria-busy", String(keeping.isBusy()));
    problem.textContent = keeping.problem();
  }

  return {
    node,
    /** @param {import("./help_api.js").WordCard} card */
    show: (card) => card.word !== "" && keeping.know(card.kept),
  };
}
