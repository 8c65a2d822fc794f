// @ts-check
/** Corrections of a turn: what was said, what is better, and why. */

import { element } from "./elements.js";
import { drawHelpText, drawWaiting } from "./help_text.js";
import { fill, gettext } from "./i18n.js";
import { createLineAnswer } from "./line_answer.js";

/**
 * What changed, in words that also fit where nothing was said or nothing takes its place. Pure.
 * @param {{said: string, better: string, withheld?: boolean}} correction
 */
export function changeOf({ said, better, withheld = false }) {
  if (withheld) return { before: said, after: "", words: said === "" ? gettext("There is a word missing.") : gettext("Look at these words:") };
  if (said === "") return { before: "", after: better, words: gettext("There was a word missing.") };
  if (better === "") return { before: said, after: "", words: gettext("There was a word too much.") };
  return { before: said, after: better, words: "" };
}

/**
 * @param {import("./help_api.js").Correction[]} corrections
 * @param {object} how
 * @param {ReturnType<typeof import("./help_api.js").createHelpApi>} how.api
 * @param {import("./help_api.js").HelpPage} how.page
 */
export function drawCorrections(corrections, { api, page }) {
  return element("ul", { class: "why-list" }, ...corrections.map((correction) => {
    const { before, after, words } = changeOf(correction);
    const place = element("div", { class: "why__text" }, drawHelpText(correction.why));
    const canAsk = page.translates && correction.why.missing !== "";
    return element("li", { class: "why" },
      element("p", { class: "why__change", lang: page.l2 },
        words !== "" && element("span", { class: "visually-hidden", lang: "en" }, words),
        before !== "" && element(correction.withheld ? "mark" : "del", {}, before), " ", after !== "" && element("ins", {}, after)),
      place,
      canAsk && askModel(correction, place, { api, page }));
  }));
}

/**
 * Where data have no explanation in the first language, the tutor's model can be asked.
 * @param {import("./help_api.js").Correction} correction
 * @param {HTMLElement} place
 * @param {Parameters<typeof drawCorrections>[1]} how
 */
function askModel(correction, place, { api, page }) {
  const answer = createLineAnswer({
    ask: () => api.explain(correction),
    onChange() {
      button.hidden = answer.step() !== "problem";
      const found = answer.answer();
      if (answer.step() === "waiting") place.replaceChildren(drawWaiting(gettext("Asking the tutor…")));
      else if (answer.step() === "problem") place.replaceChildren(element("p", { class: "help-problem" }, answer.problem()));
      else if (found?.text) place.replaceChildren(drawHelpText(found));
      else place.replaceChildren(drawHelpText({ ...correction.why, missing: found?.missing ?? "" }));
    },
  });
  const button = element("button", { class: "help-link", type: "button", on: { click: () => void answer.retry() } }, fill(gettext("Explain it in %(language)s"), { language: page.l1Name }));
  return button;
}
