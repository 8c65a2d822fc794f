// @ts-check
/** What a mouth lesson says in words. */

import { fill, gettext } from "./i18n.js";

export const WORDS = Object.freeze({
  noPostures: gettext("The drawings could not be loaded. You can still listen. Load the page again to see them."),
  noVoice: gettext("The tutor has no voice for this language here. The pictures move without sound."),
  voiceFailed: gettext("The tutor's voice is not there right now. The pictures move without sound."),
  noTimes: gettext("The voice did not tell when each sound comes. The mouth only follows how loud it is."),
  unknownSound: gettext("I do not know how this sound is made. The mouth keeps its place."),
  noSound: gettext("Your browser could not play this sound. Step through the sounds with the arrow keys."),
  drawnFace: gettext("Drawn, because this browser shows no 3D."),
  notRecorded: gettext("Nothing of yours to compare yet. Say it, and both are laid over each other."),
  listening: gettext("Listening to it…"),
  notAlike: gettext("I could not tell the sounds of this one apart. Try once more."),
});

/** @param {number} speed */
export const speedName = (speed) => /** @type {Record<string, string>} */ ({ 0.25: "¼", 0.5: "½", 0.75: "¾", 1: "1×" })[speed] ?? `${speed}×`;

/** @param {number} speed */
export const speedWords = (speed) => (speed === 1 ? gettext("Normal speed") : fill(gettext("%(n)s percent of the speed"), { n: Math.round(100 * speed) }));

/**
 * The differences of my word in one sentence, "" where there is nothing to compare.
 * @param {readonly import("./lesson_sounds.js").LessonSound[]} sounds
 */
export function differenceWords(sounds) {
  const mine = sounds.filter(({ mine: said }) => said !== null);
  if (mine.length === 0) return "";
  const differs = mine.filter(({ mine: said }) => said?.verdict === "work" || said?.verdict === "close");
  if (differs.length === 0) return gettext("Your sounds are like the tutor's.");
  const named = differs.map(({ ipa, mine: said }) => {
    if (said?.diagnosis?.kind === "dropped") return fill(gettext("%(sound)s is missing"), { sound: ipa });
    if (said?.diagnosis?.kind === "inserted" && said.diagnosis.heard) return fill(gettext("%(heard)s is added after %(sound)s"), { heard: said.diagnosis.heard, sound: ipa });
    if (said?.diagnosis?.heard) return fill(gettext("%(heard)s instead of %(sound)s"), { heard: said.diagnosis.heard, sound: ipa });
    return fill(gettext("%(sound)s is not clear yet"), { sound: ipa });
  });
  return fill(gettext("What differs: %(sounds)s."), { sounds: named.join(", ") });
}
