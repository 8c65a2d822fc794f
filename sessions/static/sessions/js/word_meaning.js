// @ts-check
/** What a word means: in simple words of its language, and in the learner's first one. */

import { element, icon } from "./elements.js";
import { drawHelpText, drawWaiting } from "./help_text.js";
import { fill, gettext } from "./i18n.js";
import { createKeepWord } from "./keep_word.js";
import { createLineAnswer } from "./line_answer.js";
import { ApiProblem } from "./server_request.js";

/**
 * @param {object} options
 * @param {string} options.text  the word
 * @param {string} options.sentence  where it stands
 * @param {ReturnType<typeof import("./help_api.js").createHelpApi>} options.api
 * @param {import("./help_api.js").HelpPage} options.page
 * @param {(card: import("./help_api.js").WordCard) => void} [options.onCard]
 */
export function createWordMeaning({ text, sentence, api, page, onCard = () => {} }) {
  const meaning = element("div", { class: "meaning__gloss" }, drawWaiting(gettext("Looking it up…")));
  const translated = element("div", { class: "meaning__translation" });
  const keeping = createKeepWord({ text, sentence, api });
  const node = element("section", { class: "meaning", "aria-label": gettext("Meaning") },
    element("div", { class: "meaning__answers", role: "status" }, meaning, translated),
    keeping.node);

  /** @param {string} words */
  const problem = (words) => element("p", { class: "help-problem" }, words);

  async function lookUp() {
    try {
      const card = await api.word(text);
      onCard(card);
      if (card.meanings.length > 0) meaning.replaceChildren(...drawGloss(card));
      else await askModel(card);
      // Not before its meaning is there: it is kept with what was shown.
      keeping.show(card);
    } catch (error) {
      meaning.replaceChildren(problem(wordsOf(error)));
    }
  }

  /** @param {import("./help_api.js").WordCard} card */
  async function askModel(card) {
    meaning.replaceChildren(drawWaiting(gettext("The dictionary does not have it. Asking the tutor…")));
    try {
      const found = await api.meaning(text, sentence);
      meaning.replaceChildren(...drawGloss(found));
    } catch (error) {
      meaning.replaceChildren(problem(`${card.missing} ${wordsOf(error)}`));
    }
  }

  const translation = createLineAnswer({
    ask: () => api.translateWord(text, sentence),
    onChange() {
      const found = translation.answer();
      switch (translation.step()) {
        case "waiting":
          translated.replaceChildren(drawWaiting(fill(gettext("In %(language)s…"), { language: page.l1Name })));
          break;
        case "problem":
          translated.replaceChildren(problem(translation.problem()), askButton(gettext("Try again")));
          break;
        default:
          translated.replaceChildren(element("p", { class: "meaning__language" }, page.l1OwnName), found ? drawHelpText(found) : "");
      }
    },
  });
  /** @param {string} label */
  const askButton = (label) =>
    element("button", { class: "help-action", type: "button", on: { click: () => void translation.retry() } }, icon("translate"), element("span", {}, label));

  void lookUp().then(() => {
    if (!page.translates) return;
    if (page.eager) void translation.retry();
    else translated.replaceChildren(askButton(fill(gettext("In %(language)s"), { language: page.l1Name })));
  });
  return { node };
}

/** @param {unknown} error */
const wordsOf = (error) => (error instanceof ApiProblem ? error.message : gettext("That did not work. Try again in a moment."));

/** @param {import("./help_api.js").Gloss} gloss */
function drawGloss({ meanings, language, note, attribution, missing }) {
  if (meanings.length === 0) return [element("p", { class: "help-text__note" }, missing)];
  return [
    element("ol", { class: "gloss", lang: language },
      ...meanings.map(({ text, part, example }) =>
        element("li", { class: "gloss__sense" },
          part !== "" && element("span", { class: "gloss__part", lang: document.documentElement.lang }, part),
          element("span", { class: "gloss__text" }, text),
          example !== "" && element("q", { class: "gloss__example" }, example)))),
    ...[note, attribution].filter((words) => words !== "").map((words) => element("p", { class: "help-text__note" }, words)),
  ];
}
