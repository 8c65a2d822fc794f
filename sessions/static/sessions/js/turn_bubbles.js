// @ts-check
/** Draws one turn of the transcript. */

import { element, icon } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { matchWords } from "./pronunciation.js";
import { drawPronunciationNote } from "./pronunciation_note.js";
import { drawTapWords } from "./tap_words.js";
import { drawMarkedWords } from "./word_marks.js";

const UNSURE_BELOW = 0.6;

/** @typedef {{text: string, sentence: string, index: number, isTutors: boolean}} TappedWord */
/**
 * @typedef {object} TurnIntents
 * @property {(turn: number, text: string) => void} correct
 * @property {(turn: number) => void} redo
 * @property {(turn: number) => void} retry
 * @property {(turn: import("./turn_reducer.js").TurnView, word: import("./pronunciation.js").WordResult, phonemeAt?: number) => void} openWord
 * @property {(turn: number, tapped: TappedWord) => void} openText
 * @property {(turn: number, text: string) => HTMLElement} lineHelp  what stands under a line of the tutor
 */

/** @typedef {{isLatest: boolean, hasLegend: boolean}} Place  the legend stands once, where marks first do */

/** @param {string} text @param {any[]} words */
const wordsAreTheText = (text, words) =>
  words.length > 0 && words.map((word) => word.text.trim()).join("") === text.replace(/\s+/g, "");

/** @param {import("./turn_reducer.js").LearnerView} learner @param {(word: string, index: number) => void} open @returns {(Node | string)[]} */
function learnerText({ text, stable, final, words }, open) {
  if (!final) {
    if (text === "") return [dots()];
    return [stable, element("span", { class: "speech__unstable" }, text.slice(stable.length))];
  }
  if (!wordsAreTheText(text, words)) return [drawTapWords([{ text }], open, "word")];
  const parts = words.flatMap((word, index) => {
    const shown = { text: word.text.trim() };
    const unsure = typeof word.confidence === "number" && word.confidence < UNSURE_BELOW;
    const part = unsure ? { ...shown, class: "speech__unsure", title: gettext("I am not sure I heard this word right") } : shown;
    return index === 0 ? [part] : [{ text: " " }, part];
  });
  return [drawTapWords(parts, open, "word")];
}

const dots = () => element("span", { class: "dots", "aria-hidden": "true" }, element("i"), element("i"), element("i"));

/** @param {string} name @param {string} label @param {() => void} click */
const action = (name, label, click) =>
  element("button", { class: "speech__action", type: "button", on: { click } }, icon(name), element("span", {}, label));

/** @param {import("./turn_reducer.js").TurnView} turn @param {Place} place @param {TurnIntents} intents */
function learnerBubble(turn, { isLatest, hasLegend }, intents) {
  const { learner, pronunciation } = turn;
  if (!learner) return null;
  const marked = learner.final ? matchWords(learner.text, pronunciation) : null;
  /** @type {import("./word_marks.js").OpenWord} */
  const open = (word, phonemeAt) => intents.openWord(turn, word, phonemeAt);
  const sentence = learner.text;
  /** @param {string} text @param {number} index */
  const openText = (text, index) => intents.openText(turn.index, { text, sentence, index, isTutors: false });
  const bubble = element("div", { class: "speech speech--learner", dir: "auto", "data-final": learner.final ? "1" : "0" },
    element("span", { class: "visually-hidden" }, gettext("You: ")), ...(marked ? [drawMarkedWords(marked, open)] : learnerText(learner, openText)));
  const actions = element("div", { class: "speech__actions" });
  if (isLatest && learner.final && !turn.redo) {
    const edit = action("edit", gettext("Correct"), () => {
      actions.replaceWith(correctionForm(turn, learner.text, bubble, actions, intents));
      bubble.hidden = true;
    });
    actions.append(edit, action("repeat", gettext("Say it again"), () => intents.redo(turn.index)));
  }
  return element("div", { class: "said said--learner" },
    bubble,
    learner.heard !== null && learner.heard !== learner.text && element("p", { class: "said__note", dir: "auto" }, fill(gettext("Heard first: %(words)s"), { words: learner.heard })),
    pronunciation && learner.final && drawPronunciationNote(pronunciation, { open, isMarked: marked !== null, hasLegend }),
    turn.redo && element("p", { class: "said__note said__note--active" }, gettext("Say it again now. I am listening.")),
    actions);
}

/**
 * @param {import("./turn_reducer.js").TurnView} turn
 * @param {string} text
 * @param {HTMLElement} bubble
 * @param {HTMLElement} actions
 * @param {TurnIntents} intents
 */
function correctionForm(turn, text, bubble, actions, intents) {
  const field = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { class: "correction__text", rows: 2, dir: "auto", maxlength: 2000, "aria-label": gettext("What you really said") }));
  field.value = text;
  const close = () => {
    form.replaceWith(actions);
    bubble.hidden = false;
    /** @type {HTMLElement | null} */ (actions.querySelector("button"))?.focus();
  };
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    const corrected = field.value.trim();
    close();
    if (corrected !== "" && corrected !== text) intents.correct(turn.index, corrected);
  };
  /** @param {KeyboardEvent} event */
  const keys = (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save(event);
    else return;
    event.stopPropagation();
  };
  const form = element("form", { class: "correction", on: { submit: save, keydown: keys } },
    field,
    element("div", { class: "row" },
      element("button", { class: "button button--primary", type: "submit" }, gettext("This is what I said")),
      element("button", { class: "button button--quiet", type: "button", on: { click: close } }, gettext("Cancel"))));
  queueMicrotask(() => field.focus());
  return form;
}

/** @param {import("./turn_reducer.js").TurnView} turn @param {TurnIntents} intents */
function tutorBubble({ index: turn, reply, outcome }, intents) {
  if (!reply || (reply.text === "" && reply.complete)) return null;
  const { text, heardText: heard } = reply;
  const settled = reply.complete || outcome !== null;
  const cut = heard !== null && text.startsWith(heard) && heard.length < text.length;
  const parts = cut ? [{ text: heard }, { text: text.slice(heard.length), class: "speech__unheard" }] : [{ text }];
  /** @param {string} word @param {number} index */
  const open = (word, index) => intents.openText(turn, { text: word, sentence: text, index, isTutors: true });
  // Words that are still being written would slip away under the finger.
  const body = text === "" ? dots() : settled ? drawTapWords(parts, open, "tap") : text;
  return element("div", { class: "said said--tutor" },
    element("div", { class: "speech speech--tutor", dir: "auto" }, element("span", { class: "visually-hidden" }, gettext("Tutor: ")), body),
    cut && element("p", { class: "said__note" }, gettext("You interrupted here; the rest was not said.")),
    settled && text !== "" && intents.lineHelp(turn, text));
}

/** @param {import("./turn_reducer.js").TurnView} turn @param {boolean} isLatest @param {TurnIntents} intents */
function outcomeNote(turn, isLatest, intents) {
  if (turn.outcome === "not_understood") {
    return element("p", { class: "said__note said__note--turn" }, gettext("I could not understand that. Say it again, or type it."));
  }
  if (turn.outcome !== "failed") return null;
  return element("div", { class: "said__note said__note--turn" }, gettext("The tutor could not answer. "),
    isLatest && element("button", { class: "link-button", type: "button", on: { click: () => intents.retry(turn.index) } }, gettext("Try again")));
}

/**
 * @param {import("./turn_reducer.js").TurnView} turn
 * @param {Place} place
 * @param {TurnIntents} intents
 */
export function drawTurn(turn, place, intents) {
  return element("li", { class: "turn", "data-turn": turn.index },
    learnerBubble(turn, place, intents), tutorBubble(turn, intents), outcomeNote(turn, place.isLatest, intents));
}
