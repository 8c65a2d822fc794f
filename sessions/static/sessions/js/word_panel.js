// @ts-check
/** One word closely: its sounds, the learner's voice and the tutor's, what to try, again. */

import { element, icon } from "./elements.js";
import { drawPhonemeChips } from "./phoneme_chips.js";
import { VERDICT_WORDS, bareWord, firstToLookAt } from "./pronunciation.js";
import { ApiProblem } from "./pronunciation_api.js";
import { drawSoundAdvice } from "./sound_advice.js";
import { createWordAgain } from "./word_again.js";

const LEFT_OUT = "I did not hear this word in what you read. Listen to it, then say it.";
const NO_SOUNDS = "I looked at this word as a whole, not at its single sounds.";
const NO_VOICE = "Your browser could not play this sound.";

/**
 * @typedef {object} WordToShow
 * @property {import("./pronunciation.js").WordResult} word
 * @property {string} language
 * @property {number} [phonemeAt]  to look at first
 * @property {boolean} [isOwn]  whose looks, speaks: only they may say it again
 * @property {boolean} hasVoice  whether the tutor speaks this language
 * @property {() => Promise<import("./clip_player.js").Clip | null>} clip  the learner's sound
 * @property {string} noClip  why there may be none
 * @property {() => HTMLElement | null} returnTo  what gets the focus back
 */

/**
 * @param {object} options
 * @param {HTMLDialogElement} options.dialog  empty
 * @param {ReturnType<typeof import("./sound_guide.js").createSoundGuide>} options.guide
 * @param {ReturnType<typeof import("./pronunciation_api.js").createPronunciationApi>} options.api
 * @param {ReturnType<typeof import("./clip_player.js").createClipPlayer>} options.player
 * @param {() => void} [options.onOpen]
 * @param {() => void} [options.onClose]
 */
export function createWordPanel({ dialog, guide, api, player, onOpen = () => {}, onClose = () => {} }) {
  /** @type {WordToShow | null} */
  let shown = null;
  /** @type {ReturnType<typeof createWordAgain> | null} */
  let again = null;
  const problem = element("p", { class: "word-panel__problem", role: "status" });

  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    player.stop();
    again?.cancel();
    const closed = shown;
    shown = null;
    onClose();
    closed?.returnTo()?.focus();
  });

  /** @param {() => Promise<void>} work */
  async function attempt(work) {
    problem.textContent = "";
    try {
      await work();
    } catch (error) {
      problem.textContent = error instanceof ApiProblem ? error.message : NO_VOICE;
    }
  }

  /**
   * @param {string} text
   * @param {boolean} slow
   * @param {(ms: number | null, spans: {start_ms: number, end_ms: number}[]) => void} [follow]
   */
  const say = (text, slow, follow = () => {}) =>
    attempt(async () => {
      const { bytes, phonemes } = await api.sayWord(text, slow);
      if (!dialog.open) return;
      const clip = await player.decode(bytes.slice(0));
      player.play(clip, { onPlace: (ms) => follow(ms, phonemes.filter(({ ipa }) => ipa !== "")) });
    });

  /** @param {WordToShow} entry @param {import("./sound_guide.js").Guide} known */
  function draw(entry, known) {
    const { word, language, hasVoice, isOwn = true } = entry;
    const text = bareWord(word.text);
    const speak = hasVoice ? (/** @type {string} */ other) => void say(other, false) : null;
    const details = element("div", { class: "word-panel__advice", "aria-live": "polite" });
    const chips = drawPhonemeChips(word.phonemes, known, choose);
    /** @param {number} at */
    function choose(at) {
      chips.choose(at);
      details.replaceChildren(drawSoundAdvice(word.phonemes[at], known, speak));
    }
    const mine = listenButton("play", isOwn ? "My sound" : "The recording", () =>
      attempt(async () => {
        const clip = await entry.clip();
        if (!dialog.open) return;
        if (!clip) problem.textContent = entry.noClip;
        else player.play(clip, { fromMs: word.start_ms, toMs: word.end_ms, onPlace: (ms) => chips.follow(ms, word.phonemes) });
      }));
    /** @param {boolean} slow */
    const tutor = (slow) => say(text, slow, (ms, spans) => {
      if (spans.length === word.phonemes.length) chips.follow(ms, spans);
    });
    again = createWordAgain({ text, language, before: word, api, player, guide: known });
    dialog.replaceChildren(
      element("div", { class: "word-panel__body" },
        element("header", { class: "word-panel__head" },
          element("div", {},
            element("h2", { id: "word-panel-word", class: "word-panel__word", lang: language, tabindex: "-1" }, text),
            element("p", { class: `verdict-tag verdict-tag--${word.verdict}` }, word.weak ? "fine, in its short form" : VERDICT_WORDS[word.verdict])),
          element("button", { class: "icon-button", type: "button", "aria-label": "Close", on: { click: () => dialog.close() } }, icon("close"))),
        word.phonemes.length > 0 && chips.node,
        word.phonemes.some(({ stress }) => stress === 1) && element("p", { class: "word-panel__hint" }, "The dot marks the stressed vowel. Choose a sound to see what to try."),
        element("div", { class: "word-panel__listen" },
          word.verdict !== "missed" && mine,
          hasVoice && listenButton("speaker", "The tutor's", () => void tutor(false)),
          hasVoice && listenButton("slower", "Slowly", () => void tutor(true))),
        problem,
        isOwn && again.node,
        word.phonemes.length > 0 ? details : element("p", { class: "muted" }, word.verdict === "missed" ? LEFT_OUT : NO_SOUNDS)));
    problem.textContent = "";
    if (word.phonemes.length > 0) choose(entry.phonemeAt ?? firstToLookAt(word.phonemes));
  }

  return {
    isOpen: () => dialog.open,
    /** @param {WordToShow} entry */
    async open(entry) {
      shown = entry;
      const known = await guide.of(entry.language);
      // Another word may have been asked for while the sounds were on their way.
      if (shown !== entry) return;
      draw(entry, known);
      if (dialog.open) return;
      onOpen();
      dialog.showModal();
      dialog.querySelector("h2")?.focus();
    },
  };
}

/** @param {string} name @param {string} label @param {() => unknown} click */
const listenButton = (name, label, click) =>
  element("button", { class: "button", type: "button", on: { click } }, icon(name), label);
