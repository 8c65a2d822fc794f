// @ts-check
/** What is known of each sound of a language: fetched once, when it is first asked for. */

import { fill, gettext } from "./i18n.js";

/**
 * @typedef {object} SoundEntry
 * @property {string} ipa
 * @property {string} example
 * @property {string} respelling
 * @property {string} tongue
 * @property {string} lips
 * @property {string} voice
 * @property {string} mistake
 * @property {string[]} words
 * @property {[string, string, string][]} pairs
 * @property {Record<string, string>} instead
 */
/**
 * @typedef {object} Guide
 * @property {Record<string, SoundEntry>} sounds
 * @property {string} speakers  whose first language is known, or ""
 * @property {string[]} hard  for them
 * @property {Record<string, string[]>} sentences  by level
 */

/** @type {Guide} */
const NOTHING = { sounds: {}, speakers: "", hard: [], sentences: {} };

/** @param {{urlOf: (language: string) => string, fetch?: typeof globalThis.fetch}} options */
export function createSoundGuide({ urlOf, fetch = (...args) => globalThis.fetch(...args) }) {
  /** @type {Map<string, Promise<Guide>>} */
  const guides = new Map();

  /** Without a connection the panel works on, with fewer words. @param {string} language */
  async function load(language) {
    try {
      const response = await fetch(urlOf(language), { credentials: "same-origin" });
      if (response.ok && !response.redirected) return { ...NOTHING, ...(await response.json()) };
    } catch {
      // Told below.
    }
    guides.delete(language);
    return NOTHING;
  }

  return {
    /** @param {string} language @returns {Promise<Guide>} */
    of(language) {
      const known = guides.get(language);
      if (known) return known;
      const asked = load(language);
      guides.set(language, asked);
      return asked;
    },
  };
}

/** A sound as a reader of ordinary letters says it. @param {SoundEntry | undefined} entry @param {string} ipa */
export const soundName = (entry, ipa) => (entry ? fill(gettext("%(sound)s, as in %(word)s"), { sound: entry.respelling, word: entry.example }) : ipa);

/**
 * What was heard, in words; "" where the sound was fine or nothing certain is known.
 * @param {Guide} guide
 * @param {import("./pronunciation.js").PhonemeResult} phoneme
 */
export function heardWords({ sounds }, { verdict, diagnosis }) {
  if (diagnosis?.kind === "dropped") return gettext("I did not hear this sound at all.");
  if (diagnosis?.heard) {
    const name = soundName(sounds[diagnosis.heard], diagnosis.heard);
    if (diagnosis.kind === "inserted") return fill(gettext("I heard one more sound after it: %(sound)s."), { sound: name });
    return fill(gettext("I heard another sound: %(sound)s."), { sound: name });
  }
  return { work: gettext("This sound needs work."), close: gettext("Nearly there."), fine: gettext("This sound was fine."), unsure: gettext("I am not sure how this sounded.") }[verdict] ?? "";
}

/**
 * The one piece of advice that fits what happened.
 * @param {Guide} guide
 * @param {import("./pronunciation.js").PhonemeResult} phoneme
 */
export function adviceWords({ sounds }, { ipa, diagnosis }) {
  const entry = sounds[ipa];
  if (!entry) return "";
  if (diagnosis?.kind === "dropped") return gettext("Say it on purpose, a little longer than feels right.");
  if (diagnosis?.kind === "inserted") return gettext("Go straight on to the next sound, with nothing in between.");
  const heard = diagnosis?.heard ? sounds[diagnosis.heard] : undefined;
  return (heard && (entry.instead[diagnosis?.heard ?? ""] ?? entry.instead[heard.ipa])) || entry.mistake;
}
