// @ts-check
/** What the server says about how something was said, made ready to be shown. Pure. */

import { fill, gettext } from "./i18n.js";

/** @typedef {"fine" | "close" | "work" | "unsure" | "missed"} Verdict */
/** @typedef {{kind: "substituted" | "dropped" | "inserted", heard: string | null}} Diagnosis */
/** @typedef {{ipa: string, start_ms: number, end_ms: number, verdict: Verdict, score: number | null, stress: number, flagged: boolean, diagnosis: Diagnosis | null}} PhonemeResult */
/** @typedef {{index: number, text: string, start_ms: number, end_ms: number, verdict: Verdict, score: number | null, weak: boolean, phonemes: PhonemeResult[]}} WordResult */
/** @typedef {{accuracy: number, fluency: number, prosody: number, total: number, margin: number}} Scores */
/** @typedef {{speech_rate: number, articulation_rate: number, pauses: {start_ms: number, end_ms: number}[], pause_share: number, fillers: number, pitch_range_semitones: number | null}} Measures */
/**
 * @typedef {object} Pronunciation
 * @property {string} outcome
 * @property {string} message  words for the learner
 * @property {"read" | "heard"} source
 * @property {string} text
 * @property {string} language
 * @property {boolean} validated
 * @property {string} model
 * @property {WordResult[]} words
 * @property {Scores | null} scores
 * @property {Measures | null} measures
 * @property {number | null} [mic_start_ms]
 */
/** @typedef {{shown: string, word: WordResult | null}} ShownWord */

/** More than this at once teaches nobody anything. */
export const MOST_FLAGS = 3;
export const VERDICT_WORDS = Object.freeze({
  fine: gettext("fine"),
  close: gettext("close"),
  work: gettext("work on this"),
  unsure: gettext("not sure"),
  missed: gettext("left out"),
});

/** @param {Pronunciation | null | undefined} said */
export const isJudged = (said) => said?.outcome === "judged" || said?.outcome === "incomplete";

/** @param {string} text */
export const splitWords = (text) => text.split(/\s+/).filter((word) => word !== "");

/** A word without the marks around it: what a voice is asked to say. @param {string} word */
export const bareWord = (word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");

/**
 * A text's words, each with what was said of it; null when the judgement is of another
 * text (it came after the words were corrected) or there is none.
 * @param {string} text
 * @param {Pronunciation | null | undefined} said
 * @returns {ShownWord[] | null}
 */
export function matchWords(text, said) {
  if (!said || !isJudged(said) || said.words.length === 0) return null;
  const shown = splitWords(text);
  const judged = splitWords(said.text);
  if (shown.length !== judged.length || shown.some((word, at) => plain(word) !== plain(judged[at]))) return null;
  const byIndex = new Map(said.words.map((word) => [word.index, word]));
  return shown.map((word, at) => ({ shown: word, word: byIndex.get(at) ?? null }));
}

/** @param {string} word */
const plain = (word) => bareWord(word).toLowerCase();

/**
 * The few sounds to look at, in the order they were said.
 * @param {Pronunciation | null | undefined} said
 * @returns {{word: WordResult, phoneme: PhonemeResult, at: number}[]}
 */
export function flaggedSounds(said) {
  if (!said || !isJudged(said)) return [];
  return said.words
    .flatMap((word) => word.phonemes.map((phoneme, at) => ({ word, phoneme, at })))
    .filter(({ phoneme }) => phoneme.flagged)
    .slice(0, MOST_FLAGS);
}

/**
 * The phoneme of a word to look at first: the flagged one, else the weakest.
 * @param {PhonemeResult[]} phonemes
 */
export function firstToLookAt(phonemes) {
  const flagged = phonemes.findIndex((phoneme) => phoneme.flagged);
  if (flagged >= 0) return flagged;
  const order = ["work", "close", "unsure", "fine"];
  const worst = [...phonemes].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))[0];
  return phonemes.indexOf(worst);
}

/** The line under what was said: why it was not judged, or against what. @param {Pronunciation} said */
export function noteOf(said) {
  if (said.outcome === "judged" && said.source === "heard") return gettext("Judged against what I heard");
  return said.message;
}

/** @param {string} ipa @param {string} word */
export const soundInWord = (ipa, word) => fill(gettext("%(sound)s in %(word)s"), { sound: ipa, word: bareWord(word) });

/** What a screen reader says when the judgement comes. @param {Pronunciation} said */
export function summaryWords(said) {
  if (!isJudged(said)) return said.message;
  const flagged = flaggedSounds(said).map(({ word, phoneme }) => soundInWord(phoneme.ipa, word.text));
  return flagged.length > 0 ? fill(gettext("To work on: %(sounds)s."), { sounds: flagged.join(", ") }) : gettext("Pronunciation: nothing to work on here.");
}

const LADDER = ["missed", "work", "close", "fine"];

/** How a second try went. @param {Verdict} before @param {Verdict} now */
export function progressWords(before, now) {
  const [was, is] = [LADDER.indexOf(before), LADDER.indexOf(now)];
  if (is < 0) return gettext("I am not sure how this one sounded. Try once more.");
  if (now === "fine") return was === is ? gettext("Fine again.") : gettext("That was it!");
  if (was < 0) return fill(gettext("This time: %(verdict)s."), { verdict: VERDICT_WORDS[now] });
  if (is > was) return gettext("Better than before.");
  return is === was ? gettext("Much the same. Listen, then try once more.") : gettext("Less clear than before. Listen, then try once more.");
}

const TRAINED_ON = gettext("The marks come from a model that learned from readings by Mandarin speakers.");
const GUESSED = gettext("The marks are guessed from how sure the recognition was of each word. They say little about single sounds.");
const COMPARED = gettext("The marks compare your sounds with typical speech. They were not checked against experts. Take them as hints.");

/** How far the marks can be trusted. @param {Pronunciation} said @param {string} languageName */
export function trustWords(said, languageName) {
  if (said.language.split("-")[0] !== "en") {
    return fill(gettext("Marks in %(language)s were not checked against experts. Take them as hints."), { language: languageName });
  }
  if (said.model.startsWith("asr-confidence")) return GUESSED;
  if (said.validated) {
    return `${TRAINED_ON} ${gettext("They were checked against experts for such speakers; for speakers of other languages they were not.")}`;
  }
  if (/^(ctc|wav2vec2|whisperx)/.test(said.model)) return COMPARED;
  return `${TRAINED_ON} ${gettext("For this kind of speech they were not checked against experts. Take them as hints.")}`;
}
