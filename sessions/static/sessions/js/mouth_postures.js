// @ts-check
/** How tongue, lips and palate stand for each phoneme, found by its symbol. Pure but for the loading. */

import { gettext, pgettext } from "./i18n.js";

/**
 * Places run along the roof of the mouth: 0 at the edge of the upper teeth, 1 at the back wall
 * of the throat. Gaps are distances from the roof (of the root: from the back wall), in mouth
 * units of about 38 mm; 0 is contact.
 * @typedef {object} Tongue
 * @property {[number, number]} tip  place, gap
 * @property {[number, number]} blade
 * @property {[number, number]} body
 * @property {[number, number]} back
 * @property {number} root
 */
/**
 * @typedef {object} Pose  jaw, velum and lips are 0..1; velum 1 lets air into the nose
 * @property {number} jaw
 * @property {{open: number, round: number, spread: number, tuck: number}} lips
 * @property {number} velum
 * @property {Tongue} tongue
 */
/** @typedef {"tip" | "blade" | "body" | "back" | "root" | "lips" | "jaw" | "velum" | "glottis"} Part */
/**
 * @typedef {Pose & {
 *   viseme: string, place: string, manner: string, voiced: boolean, key: Part[], air: string, hint: string
 * }} Posture  key: the parts that make the sound what it is
 */
/** @typedef {{ipa: string, hint: string, stages: {posture: Posture, share: number}[]}} Making  shares add up to 1 */

const MARKS = /[ˈˌːˑʰʲʷˠˤ˞'.]/g;
const TILDE = "\u0303";

/** @param {any} data  of `mouth_postures.json` */
export function readPostures(data) {
  /** @template T @param {Record<string, T>} entries @returns {Map<string, T>} */
  const byName = (entries) => new Map(Object.entries(entries).map(([name, entry]) => [name.normalize("NFC"), entry]));
  const postures = byName(/** @type {Record<string, Posture>} */ (data.postures));
  const blends = byName(/** @type {Record<string, {parts: string[], shares: number[], hint: string}>} */ (data.blends));
  const same = byName(/** @type {Record<string, string>} */ (data.same));

  /** @param {string} name @param {string} language @returns {Making | null} */
  function known(name, language) {
    const local = data.in_language[language]?.[name] ?? name;
    const ipa = (same.get(local) ?? local).normalize("NFC");
    const posture = postures.get(ipa);
    if (posture) return { ipa, hint: posture.hint, stages: [{ posture, share: 1 }] };
    const blend = blends.get(ipa);
    if (!blend) return null;
    const stages = blend.parts.map((part, at) => ({
      posture: /** @type {Posture} */ (postures.get((data.in_language[language]?.[part] ?? part).normalize("NFC"))),
      share: blend.shares[at],
    }));
    return { ipa, hint: blend.hint, stages };
  }

  return {
    rest: /** @type {Posture} */ (data.rest),
    /**
     * How a phoneme is made; null for a symbol that nobody described. Stress, length and
     * marks that change little are looked through.
     * @param {string} ipa
     * @param {string} language  a BCP 47 tag
     * @returns {Making | null}
     */
    find(ipa, language) {
      const tag = language.split("-")[0];
      const name = ipa.normalize("NFC");
      const bare = name.replace(MARKS, "");
      const plain = bare.normalize("NFD").replace(/\p{M}/gu, (mark) => (mark === TILDE ? mark : "")).normalize("NFC");
      const oral = plain.normalize("NFD").replaceAll(TILDE, "").normalize("NFC");
      for (const form of [name, bare, plain, oral]) {
        const found = form === "" ? null : known(form, tag);
        if (found) return found;
      }
      return null;
    },
  };
}

/** @typedef {ReturnType<typeof readPostures>} Postures */

/** @type {Map<string, Promise<Postures>>} */
const loading = new Map();

/**
 * Fetches the data once a page. Rejects when it cannot be had; the next call tries again.
 * @param {string} url
 * @param {typeof globalThis.fetch} [fetch]
 */
export function loadPostures(url, fetch = (...args) => globalThis.fetch(...args)) {
  const known = loading.get(url);
  if (known) return known;
  const asked = fetch(url, { credentials: "same-origin" }).then(async (response) => {
    if (!response.ok) throw new Error(`postures: HTTP ${response.status}`);
    return readPostures(await response.json());
  });
  loading.set(url, asked);
  asked.catch(() => loading.delete(url));
  return asked;
}

const PLACE_WORDS = /** @type {Record<string, string>} */ ({
  bilabial: gettext("both lips"), labiodental: gettext("lip and teeth"), dental: gettext("tongue and teeth"), alveolar: gettext("ridge behind the teeth"),
  postalveolar: gettext("behind the ridge"), palatal: gettext("hard palate"), velar: gettext("soft palate"), labiovelar: gettext("lips and soft palate"),
  labiopalatal: gettext("lips and hard palate"), uvular: gettext("end of the palate"), glottal: gettext("throat"), vowel: "", rest: "",
});
const MANNER_WORDS = /** @type {Record<string, string>} */ ({
  plosive: gettext("air stops, then bursts"), fricative: gettext("air hisses through a gap"), nasal: gettext("air goes through the nose"), lateral: gettext("air goes round the sides"),
  tap: gettext("one quick tap"), trill: gettext("the tip flutters"), rhotic: gettext("the air flows freely"), glide: gettext("moves on at once"), vowel: gettext("the mouth stays open"), rest: "",
});

/**
 * Place, way and voice of a sound in simple words.
 * @param {Making} making
 * @returns {{name: string, words: string}[]}
 */
export function factsOf({ stages }) {
  const { place, manner } = stages[0].posture;
  const last = stages[stages.length - 1].posture;
  const stops = stages.length > 1 && manner === "plosive";
  const air = stops ? gettext("air stops, then hisses") : stages.length > 1 ? gettext("two vowels in one") : last.velum > 0.5 && manner === "vowel" ? gettext("through mouth and nose") : last.air === "hiss" ? MANNER_WORDS.fricative : MANNER_WORDS[manner];
  return [
    { name: gettext("Where"), words: PLACE_WORDS[place] ?? "" },
    { name: gettext("Air"), words: air ?? "" },
    { name: gettext("Voice"), words: last.voiced ? pgettext("voice", "on") : pgettext("voice", "off") },
  ].filter(({ words }) => words !== "");
}
