// @ts-check
/** What is known of each sound of a language: fetched once, when it is first asked for. */

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
export const soundName = (entry, ipa) => (entry ? `${entry.respelling}, as in ${entry.example}` : ipa);

/**
 * What was heard, in words; "" where the sound was fine or nothing certain is known.
 * @param {Guide} guide
 * @param {import("./pronunciation.js").PhonemeResult} phoneme
 */
export function heardWords({ sounds }, { verdict, diagnosis }) {
  if (diagnosis?.kind === "dropped") return "I did not hear this sound at all.";
  if (diagnosis?.heard) {
    const name = soundName(sounds[diagnosis.heard], diagnosis.heard);
    if (diagnosis.kind === "inserted") return `I heard one more sound after it: ${name}.`;
    return `I heard another sound: ${name}.`;
  }
  return { work: "This sound needs work.", close: "Nearly there.", fine: "This sound was fine.", unsure: "I am not sure how this sounded." }[verdict] ?? "";
}

/**
 * The one piece of advice that fits what happened.
 * @param {Guide} guide
 * @param {import("./pronunciation.js").PhonemeResult} phoneme
 */
export function adviceWords({ sounds }, { ipa, diagnosis }) {
  const entry = sounds[ipa];
  if (!entry) return "";
  if (diagnosis?.kind === "dropped") return "Say it on purpose, a little longer than feels right.";
  if (diagnosis?.kind === "inserted") return "Go straight on to the next sound, with nothing in between.";
  const heard = diagnosis?.heard ? sounds[diagnosis.heard] : undefined;
  return (heard && (entry.instead[diagnosis?.heard ?? ""] ?? entry.instead[heard.ipa])) || entry.mistake;
}
