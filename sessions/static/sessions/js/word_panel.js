// @ts-check
/** One word closely: what it means, its sounds, the tutor's voice and one's own, again. */

import { element, icon } from "./elements.js";
import { gettext } from "./i18n.js";
import { ownWord } from "./own_word.js";
import { drawPhonemeChips } from "./phoneme_chips.js";
import { VERDICT_WORDS, bareWord, firstToLookAt } from "./pronunciation.js";
import { ApiProblem } from "./pronunciation_api.js";
import { drawSoundAdvice } from "./sound_advice.js";
import { createWordAgain } from "./word_again.js";
import { drawWordHead, listenButton } from "./word_head.js";
import { createWordMeaning } from "./word_meaning.js";

const LEFT_OUT = gettext("I did not hear this word in what you read. Listen to it, then say it.");
const NO_SOUNDS = gettext("I looked at this word as a whole, not at its single sounds.");
const NO_VOICE = gettext("Your browser could not play this sound.");
const NO_LESSON = gettext("The lesson could not be loaded. Try again in a moment.");

/** @typedef {import("./pronunciation.js").WordResult} WordResult */
/**
 * @typedef {object} WordToShow
 * @property {string} text
 * @property {string} [sentence]  where it stands
 * @property {WordResult | null} word  how it was said, null where nobody judged that
 * @property {string} language
 * @property {number} [phonemeAt]  to look at first
 * @property {boolean} [isOwn]  whose looks, speaks: only they may say it again
 * @property {boolean} hasVoice  whether the tutor speaks this language
 * @property {() => Promise<import("./clip_player.js").Clip | null>} [clip]  the learner's sound
 * @property {string} [noClip]  why there may be none
 * @property {() => HTMLElement | null} returnTo  what gets the focus back
 */
/**
 * Help with what words mean, where a page has it.
 * @typedef {{api: ReturnType<typeof import("./help_api.js").createHelpApi>, page: import("./help_api.js").HelpPage}} PanelHelp
 */

/** Nobody has said the word yet. @type {Pick<WordResult, "verdict" | "phonemes">} */
const NOT_SAID = { verdict: "unsure", phonemes: [] };

/**
 * @param {object} options
 * @param {HTMLDialogElement} options.dialog  empty
 * @param {ReturnType<typeof import("./sound_guide.js").createSoundGuide>} options.guide
 * @param {ReturnType<typeof import("./pronunciation_api.js").createPronunciationApi>} options.api
 * @param {ReturnType<typeof import("./clip_player.js").createClipPlayer>} options.player
 * @param {PanelHelp | null} [options.help]
 * @param {((lesson: import("./lesson_view.js").LessonOf) => Promise<void>) | null} [options.openLesson]  of the mouth
 * @param {() => void} [options.onOpen]
 * @param {() => void} [options.onClose]
 */
export function createWordPanel({ dialog, guide, api, player, help = null, openLesson = null, onOpen = () => {}, onClose = () => {} }) {
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
      const { bytes, phonemes } = await api.sayWord(text, slow, shown?.language.split("-")[0]);
      if (!dialog.open) return;
      const clip = await player.decode(bytes.slice(0));
      player.play(clip, { onPlace: (ms) => follow(ms, phonemes.filter(({ ipa }) => ipa !== "")) });
    });

  /** @param {WordToShow} entry @param {import("./sound_guide.js").Guide} known */
  function draw(entry, known) {
    const { word, language, hasVoice, isOwn = true, sentence = "" } = entry;
    const text = bareWord(entry.text);
    const phonemes = word?.phonemes ?? [];
    const speak = hasVoice ? (/** @type {string} */ other) => void say(other, false) : null;
    const details = element("div", { class: "word-panel__advice", "aria-live": "polite" });
    const chips = drawPhonemeChips(phonemes, known, choose);
    let looksAt = "";
    /** @param {number} at */
    function choose(at) {
      looksAt = phonemes[at].ipa;
      chips.choose(at);
      details.replaceChildren(drawSoundAdvice(phonemes[at], known, speak));
    }
    const mine = word !== null && word.verdict !== "missed" && listenButton("play", isOwn ? gettext("My sound") : gettext("The recording"), () =>
      attempt(async () => {
        const clip = await entry.clip?.();
        if (!dialog.open) return;
        if (!clip) problem.textContent = entry.noClip ?? "";
        else player.play(clip, { fromMs: word.start_ms, toMs: word.end_ms, onPlace: (ms) => chips.follow(ms, phonemes) });
      }));
    /** @param {boolean} slow */
    const tutor = (slow) => say(text, slow, (ms, spans) => {
      if (spans.length === phonemes.length) chips.follow(ms, spans);
    });
    /** The word as the mouth makes it, beside how it was said. */
    const lesson = () => openLesson?.({
      text,
      language,
      focus: looksAt,
      hasVoice,
      mayRecord: isOwn,
      expected: phonemes.map(({ ipa }) => ipa),
      mine: async () => {
        const clip = phonemes.length > 0 ? await entry.clip?.() : null;
        return clip ? ownWord(clip, phonemes) : null;
      },
      noMine: word && word.verdict !== "missed" ? entry.noClip : undefined,
    }).catch(() => (problem.textContent = NO_LESSON));
    const head = drawWordHead({ text, language, verdict: word && (word.weak ? { kind: word.verdict, words: gettext("fine, in its short form") } : { kind: word.verdict, words: VERDICT_WORDS[word.verdict] }), close: () => dialog.close() });
    const drawMeaning = () => (help ? createWordMeaning({ text, sentence, ...help, onCard: head.addCard }).node : null);
    again = createWordAgain({ text, language, before: word ?? NOT_SAID, api, player, guide: known, name: word ? gettext("Say it again") : gettext("Say it") });
    dialog.replaceChildren(
      element("div", { class: "word-panel__body" },
        head.node,
        phonemes.length > 0 && chips.node,
        phonemes.some(({ stress }) => stress === 1) && element("p", { class: "word-panel__hint" }, gettext("The dot marks the stressed vowel. Choose a sound to see what to try.")),
        !word && drawMeaning(),
        element("div", { class: "word-panel__listen" },
          mine,
          hasVoice && listenButton("speaker", word ? gettext("The tutor's") : gettext("Listen"), () => void tutor(false)),
          hasVoice && listenButton("slower", gettext("Slowly"), () => void tutor(true))),
        openLesson !== null && element("button", { class: "button button--quiet word-panel__mouth", type: "button", on: { click: () => void lesson() } }, icon("mouth"), gettext("See how the mouth makes it")),
        problem,
        isOwn && again.node,
        word !== null && help !== null && foldedMeaning(drawMeaning),
        phonemes.length > 0 && details,
        word && phonemes.length === 0 && element("p", { class: "muted" }, word.verdict === "missed" ? LEFT_OUT : NO_SOUNDS)));
    problem.textContent = "";
    if (phonemes.length > 0) choose(entry.phonemeAt ?? firstToLookAt(phonemes));
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

/** Who looks at the sounds of a word may know it: it is looked up when it is asked for. @param {() => Node | null} draw */
function foldedMeaning(draw) {
  const fold = element("details", { class: "meaning-fold" }, element("summary", {}, gettext("What it means")));
  fold.addEventListener("toggle", () => fold.append(draw() ?? ""), { once: true });
  return fold;
}
