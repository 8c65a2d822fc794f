// @ts-check
/**
 * What of a talk a learner wants to see and hear: captions, transcript, the tutor's voice.
 * The browser remembers it. At least one of them stays, else the tutor would be gone. Pure.
 */

import { gettext } from "./i18n.js";

/** @typedef {"captions" | "transcript" | "voice"} PartName */
/** @typedef {Record<PartName, boolean>} ShownParts */

/** @type {PartName[]} */
export const PARTS = ["captions", "transcript", "voice"];

/** @param {PartName} part */
const keyOf = (part) => `tutor.${part}`;

/** @type {Record<PartName, {shown: string, hidden: string, last: string}>} */
const WORDS = {
  captions: {
    shown: gettext("Captions are shown."),
    hidden: gettext("Captions are hidden."),
    last: gettext("The captions are all that is left of your tutor. Show the transcript or turn the voice on first."),
  },
  transcript: {
    shown: gettext("The transcript is shown."),
    hidden: gettext("The transcript is hidden."),
    last: gettext("The transcript is all that is left of your tutor. Show the captions or turn the voice on first."),
  },
  voice: {
    shown: gettext("Your tutor's voice is on."),
    hidden: gettext("Your tutor's voice is off."),
    last: gettext("The voice is all that is left of your tutor. Show the captions or the transcript first."),
  },
};

/** @param {Pick<Storage, "getItem">} storage @returns {ShownParts} */
export function storedParts(storage) {
  const shown = /** @type {ShownParts} */ (
    Object.fromEntries(PARTS.map((part) => [part, storage.getItem(keyOf(part)) !== "off"])));
  if (PARTS.some((part) => shown[part])) return shown;
  return { captions: true, transcript: true, voice: true };
}

/** @param {Pick<Storage, "setItem">} storage @param {ShownParts} shown */
export function keepParts(storage, shown) {
  for (const part of PARTS) storage.setItem(keyOf(part), shown[part] ? "on" : "off");
}

/**
 * What is shown after a part was turned on or off, and the words for it; `refused` where
 * it is the last part and stays.
 * @param {ShownParts} shown
 * @param {PartName} part
 * @param {boolean} isOn
 * @returns {{shown: ShownParts, words: string, refused: boolean}}
 */
export function turnPart(shown, part, isOn) {
  const isLast = PARTS.every((other) => other === part || !shown[other]);
  if (!isOn && isLast) return { shown, words: WORDS[part].last, refused: true };
  return { shown: { ...shown, [part]: isOn }, words: isOn ? WORDS[part].shown : WORDS[part].hidden, refused: false };
}

/**
 * Captions are shown to who wants them, and to who would be left without a word of the
 * tutor because the voice has failed.
 * @param {ShownParts} shown
 * @param {boolean} isVoiceLost
 */
export const showsCaptions = (shown, isVoiceLost) => shown.captions || (isVoiceLost && !shown.transcript);
