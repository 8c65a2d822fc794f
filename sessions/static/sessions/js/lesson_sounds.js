// @ts-check
/** The sounds of a mouth lesson: the tutor's and mine as one row, on the tutor's time. Pure. */

import { anchorsOf, pairSounds } from "./sound_pairs.js";
import { createWarp } from "./time_warp.js";

/** @typedef {import("./mouth_motion.js").Span} Span */
/** @typedef {import("./pronunciation.js").PhonemeResult} PhonemeResult */
/**
 * One sound of the word. Times are on the tutor's track.
 * @typedef {object} LessonSound
 * @property {string} ipa
 * @property {number} start_ms
 * @property {number} end_ms
 * @property {PhonemeResult | null} mine  how I said it
 * @property {boolean} isTutors  whether the tutor says it
 */

/** Without a voice each sound lasts so long. */
const SILENT_MS = 220;

/** Spans for sounds that nobody said. @param {readonly string[]} row @returns {Span[]} */
export const silentSpans = (row) => row.map((ipa, at) => ({ ipa, start_ms: at * SILENT_MS, end_ms: (at + 1) * SILENT_MS }));

/**
 * @param {readonly Span[]} spans  of the tutor, with silences
 * @param {readonly PhonemeResult[] | null} mine
 * @param {import("./mouth_postures.js").Postures} postures
 * @param {string} language
 * @returns {{sounds: LessonSound[], warp: ReturnType<typeof createWarp>, from: number, to: number}}
 */
export function lessonSounds(spans, mine, postures, language) {
  const tutor = spans.filter(({ ipa }) => ipa !== "");
  const from = tutor[0]?.start_ms ?? 0;
  const to = tutor[tutor.length - 1]?.end_ms ?? 0;
  if (!mine || mine.length === 0) {
    return { sounds: tutor.map((span) => ({ ...span, mine: null, isTutors: true })), warp: createWarp([]), from, to };
  }
  const pairs = pairSounds(tutor, mine, postures, language);
  const warp = createWarp(anchorsOf(pairs, tutor, mine));
  const sounds = pairs.map(({ tutor: one, mine: other }) => {
    const said = other === null ? null : mine[other];
    const times = one !== null ? tutor[one] : { start_ms: warp.toOne(said?.start_ms ?? 0), end_ms: warp.toOne(said?.end_ms ?? 0) };
    return { ipa: one !== null ? tutor[one].ipa : (said?.ipa ?? ""), start_ms: times.start_ms, end_ms: times.end_ms, mine: said, isTutors: one !== null };
  });
  return { sounds, warp, from, to };
}

/**
 * What my mouth seems to have done: the sounds that were heard, on my own time.
 * @param {readonly PhonemeResult[]} mine
 * @returns {Span[]}
 */
export function heardSpans(mine) {
  return mine.flatMap(({ ipa, start_ms, end_ms, diagnosis }) => {
    if (diagnosis?.kind === "dropped") return [];
    if (diagnosis?.kind === "substituted" && diagnosis.heard) return [{ ipa: diagnosis.heard, start_ms, end_ms }];
    if (diagnosis?.kind === "inserted" && diagnosis.heard) {
      const middle = start_ms + 0.65 * (end_ms - start_ms);
      return [{ ipa, start_ms, end_ms: middle }, { ipa: diagnosis.heard, start_ms: middle, end_ms }];
    }
    return [{ ipa, start_ms, end_ms }];
  });
}

/** Whether something differs here that is worth a mark. @param {PhonemeResult | null} said @returns {"work" | "close" | null} */
export const markOf = (said) => (said && (said.verdict === "work" || said.verdict === "close") ? said.verdict : null);

/** The word in IPA, as its sounds are written. @param {readonly LessonSound[]} sounds */
export const ipaOf = (sounds) => sounds.filter(({ isTutors }) => isTutors).map(({ ipa }) => ipa).join("");

/** The sound at a moment, -1 for none. @param {readonly LessonSound[]} sounds @param {number} ms */
export const soundAt = (sounds, ms) => sounds.findIndex(({ start_ms, end_ms }) => ms >= start_ms && ms < end_ms);

/**
 * The sound to begin with: the one that was asked for, else one that differs, else the first.
 * @param {readonly LessonSound[]} sounds
 * @param {string} focus  IPA, "" for none
 * @param {import("./mouth_postures.js").Postures} postures
 * @param {string} language
 */
export function firstSound(sounds, focus, postures, language) {
  const name = (/** @type {string} */ ipa) => postures.find(ipa, language)?.ipa ?? ipa;
  const asked = focus === "" ? -1 : sounds.findIndex(({ ipa, mine }) => name(ipa) === name(focus) || (mine && name(mine.ipa) === name(focus)));
  if (asked >= 0) return asked;
  const differs = ["work", "close"].map((verdict) => sounds.findIndex(({ mine }) => mine?.verdict === verdict)).find((at) => at >= 0);
  return differs ?? 0;
}
