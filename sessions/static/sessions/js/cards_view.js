// @ts-check
/** Draws one card: the question, then the answer with its four buttons. */

import { element, icon } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { drawMic, drawVoice } from "./practice_sound.js";

const AGAIN = 1;
const GOOD = 3;
/** @type {Record<string, string>} */
const TITLES = {
  word: gettext("Which word is it?"),
  pattern: gettext("How do you say it?"),
  sentence: gettext("You said this once. Say it right."),
  contrast: gettext("Which word do you hear?"),
};
const BUTTONS = [gettext("Again"), gettext("Hard"), gettext("Good"), gettext("Easy")];
/** @type {Record<string, string>} */
const OUTCOMES = { right: gettext("That's it."), nearly: gettext("Nearly."), wrong: gettext("Not yet."), open: gettext("That fits.") };
const GAP = /_{2,}/;

/**
 * @param {object} options
 * @param {HTMLElement} options.place
 * @param {ReturnType<typeof import("./cards_api.js").createCardsApi>} options.api
 * @param {ReturnType<typeof import("./clip_player.js").createClipPlayer>} options.player
 * @param {number} options.longestMs
 * @param {(rating: number, how: {spoken: boolean, heard: string}) => void} options.onRated
 * @param {() => number} [options.chance]
 */
export function createCardsView({ place, api, player, longestMs, onRated, chance = Math.random }) {
  const records = Boolean(globalThis.navigator?.mediaDevices?.getUserMedia);
  const problem = element("p", { class: "cards__problem small", role: "status" });
  /** @type {import("./cards_run.js").Card | null} */
  let card = null;
  let isOpen = false;
  let heard = "";
  let asked = 0;
  /** @type {number | null} */
  let suggested = null;
  /** @type {(() => void) | null} */
  let listen = null;
  /** @type {ReturnType<typeof drawMic> | null} */
  let mic = null;

  /** @param {string} words */
  const say = (words) => {
    problem.textContent = words;
  };

  /** @param {string} part */
  function voice(part) {
    const id = card?.card ?? "";
    const drawn = drawVoice({ player, onProblem: say, fetchVoice: (slow) => api.voice(id, part, slow) });
    listen = () => drawn.node.querySelector("button")?.click();
    return drawn.node;
  }

  /** A text with its gaps as lines. @param {string} text @param {Record<string, any>} attributes */
  function gapped(text, attributes) {
    const pieces = text.split(GAP);
    return element("p", attributes, ...pieces.flatMap((piece, at) => (at ? [element("span", { class: "cards__gap" }, element("span", { class: "visually-hidden" }, gettext("gap"))), piece] : [piece])));
  }

  /** @param {string} text @param {string} part */
  function marked(text, part) {
    const at = part ? text.indexOf(part) : -1;
    return at < 0 ? [text] : [text.slice(0, at), element("ins", {}, part), text.slice(at + part.length)];
  }

  function drawQuestion() {
    if (!card) return [];
    const { kind, front, clue, words, l2 } = card;
    const lang = { lang: l2, dir: "auto" };
    const parts = [
      element("div", { class: "cards__meta" }, element("span", { class: "badge" }, card.label), card.isNew ? element("span", { class: "badge badge--voice" }, gettext("new")) : null),
      element("h2", { class: "practice__title", tabindex: "-1", id: "card-title" }, TITLES[kind]),
    ];
    if (kind === "contrast" && words.length === 2) {
      asked = chance() < 0.5 ? 0 : 1;
      parts.push(voice(String(asked)));
      parts.push(element("div", { class: "cards__pair", role: "group", "aria-label": TITLES.contrast }, ...words.map((word, at) => {
        const button = element("button", { class: "button button--large", type: "button", ...lang }, word);
        button.addEventListener("click", () => choose(at));
        return button;
      })));
      return parts;
    }
    parts.push(kind === "sentence" ? element("p", { class: "practice__said", ...lang }, front) : gapped(front, { class: "cards__front", ...lang }));
    if (clue) parts.push(gapped(clue, { class: "cards__clue", ...lang }));
    if (card.hasFrontVoice) parts.push(voice("front"));
    if (records && kind !== "contrast") {
      mic = drawMic({ label: gettext("Say it"), longestMs, onProblem: say, onStart: () => {
        player.stop();
        say("");
      }, onSaid: said });
      parts.push(mic.node);
    }
    return parts;
  }

  function drawAnswer() {
    if (!card) return [];
    const { kind, back, example, right, words, sounds, l2, met } = card;
    const lang = { lang: l2, dir: "auto" };
    const text = kind === "contrast" && words.length === 2 ? words[asked] : back;
    const parts = [element("hr"), element("p", { class: "cards__back", tabindex: "-1", id: "card-answer", ...lang }, ...marked(text, kind === "sentence" ? right : ""))];
    if (kind === "contrast" && sounds.length === 2) parts.push(element("p", { class: "cards__clue ipa", lang: "und-fonipa" }, sounds.map((sound, at) => `${words[at]} /${sound}/`).join("   ")));
    if (example && example !== text) parts.push(element("p", { class: "cards__clue", ...lang }, example));
    if (card.hasVoice) {
      const row = element("div", { class: "cards__voices" }, voice(kind === "contrast" ? String(asked) : "back"));
      if (kind === "word" && example) row.append(spoken("example", gettext("In a sentence")));
      if (kind === "contrast") row.append(spoken(String(1 - asked), gettext("The other word")));
      parts.push(row);
    }
    if (met.url) parts.push(element("p", { class: "small muted" }, element("a", { href: met.url }, met.title ? fill(gettext("From “%(title)s”"), met) : gettext("From a talk"))));
    return parts;
  }

  /** One more thing to hear. @param {string} part @param {string} label */
  function spoken(part, label) {
    const before = listen;
    const row = voice(part);
    listen = before;
    const button = /** @type {HTMLElement} */ (row.querySelector("button"));
    button.classList.add("button--quiet");
    button.lastChild?.replaceWith(label);
    return button;
  }

  function drawRatings() {
    return element("div", { class: "cards__ratings", role: "group", "aria-label": gettext("How well did you know it?") }, ...BUTTONS.map((label, at) => {
      const rating = at + 1;
      const isSuggested = rating === suggested;
      const button = element("button", { class: `cards__rating cards__rating--${rating}`, type: "button", "data-suggested": isSuggested, "aria-keyshortcuts": String(rating) },
        element("span", { class: "cards__rating-name" }, label, isSuggested ? element("span", { class: "visually-hidden" }, ` (${gettext("suggested")})`) : null),
        element("span", { class: "cards__rating-when" }, card?.buttons[at] ?? ""));
      button.addEventListener("click", () => rate(rating));
      return button;
    }));
  }

  /** @param {number} rating */
  function rate(rating) {
    if (!card || !isOpen) return;
    const how = { spoken: heard !== "", heard };
    close();
    onRated(rating, how);
  }

  function close() {
    mic?.close();
    mic = null;
    player.stop();
    listen = null;
    card = null;
  }

  /** @param {number} at  the word that the learner takes for the one they heard */
  function choose(at) {
    if (isOpen) return;
    suggested = at === asked ? GOOD : AGAIN;
    for (const [i, button] of [...place.querySelectorAll(".cards__pair button")].entries()) {
      button.classList.toggle("is-right", i === asked);
      button.classList.toggle("is-wrong", i === at && at !== asked);
      if (i === at) button.setAttribute("aria-pressed", "true");
    }
    open(at === asked ? OUTCOMES.right : OUTCOMES.wrong);
  }

  /** @param {ArrayBuffer} wav */
  async function said(wav) {
    const id = card?.card;
    if (!id) return;
    try {
      const result = await api.speech(id, wav);
      if (card?.card !== id || isOpen) return;
      if (result.rating === null) {
        say(gettext("I did not hear any words. Try again, or look at the answer."));
        return;
      }
      heard = result.heard;
      suggested = result.rating;
      open(OUTCOMES[result.outcome] ?? "");
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
  }

  /** @param {string} [verdict] */
  function open(verdict = "") {
    if (!card || isOpen) return;
    isOpen = true;
    mic?.hide();
    mic = null;
    say("");
    // Both words of a pair are heard from the answer now.
    if (card.kind === "contrast") place.querySelector(".cards__pair")?.previousElementSibling?.remove();
    const words = heard ? fill(gettext("I heard: %(heard)s"), { heard }) : "";
    const note = verdict || words ? element("p", { class: `cards__heard cards__heard--${suggested ?? 0}`, role: "status" }, verdict ? element("strong", {}, verdict) : null, verdict && words ? " " : null, words) : null;
    place.querySelector(".cards__foot")?.replaceWith(...[note, ...drawAnswer()].filter((part) => part instanceof Node), element("div", { class: "cards__foot" }, drawRatings()));
    /** @type {HTMLElement | null} */ (place.querySelector("#card-answer"))?.focus({ preventScroll: true });
    place.querySelector(".cards__foot")?.scrollIntoView({ block: "nearest" });
  }

  return {
    /** @param {import("./cards_run.js").Card} next @param {{takesFocus?: boolean}} [how] */
    show(next, { takesFocus = true } = {}) {
      close();
      card = next;
      isOpen = false;
      heard = "";
      suggested = null;
      say("");
      const button = element("button", { class: "button button--primary button--large cards__show", type: "button", "aria-keyshortcuts": "Space" }, gettext("Show the answer"));
      button.addEventListener("click", () => open());
      place.replaceChildren(...drawQuestion(), problem, element("div", { class: "cards__foot" }, button));
      const { top } = place.getBoundingClientRect();
      if (takesFocus && (top < 0 || top > globalThis.innerHeight / 2)) place.scrollIntoView({ block: "start" });
      // The title first: whoever listens to the page must hear what to do.
      if (takesFocus) /** @type {HTMLElement | null} */ (place.querySelector("#card-title"))?.focus({ preventScroll: true });
    },
    open: () => open(),
    rate,
    isOpen: () => isOpen,
    listen: () => listen?.(),
    close,
    say,
  };
}
