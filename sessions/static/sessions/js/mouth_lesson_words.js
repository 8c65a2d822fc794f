// @ts-check
/** What a mouth lesson says in words. */

export const WORDS = Object.freeze({
  noPostures: "The drawings could not be loaded. You can still listen. Load the page again to see them.",
  noVoice: "The tutor has no voice for this language here. The pictures move without sound.",
  voiceFailed: "The tutor's voice is not there right now. The pictures move without sound.",
  noTimes: "The voice did not tell when each sound comes. The mouth only follows how loud it is.",
  unknownSound: "I do not know how this sound is made. The mouth keeps its place.",
  noSound: "Your browser could not play this sound. Step through the sounds with the arrow keys.",
  drawnFace: "Drawn, because this browser shows no 3D.",
  notRecorded: "Nothing of yours to compare yet. Say it, and both are laid over each other.",
  listening: "Listening to it…",
  notAlike: "I could not tell the sounds of this one apart. Try once more.",
});

/** @param {number} speed */
export const speedName = (speed) => /** @type {Record<string, string>} */ ({ 0.25: "¼", 0.5: "½", 0.75: "¾", 1: "1×" })[speed] ?? `${speed}×`;

/** @param {number} speed */
export const speedWords = (speed) => (speed === 1 ? "Normal speed" : `${Math.round(100 * speed)} percent of the speed`);

/**
 * The differences of my word in one sentence, "" where there is nothing to compare.
 * @param {readonly import("./lesson_sounds.js").LessonSound[]} sounds
 */
export function differenceWords(sounds) {
  const mine = sounds.filter(({ mine: said }) => said !== null);
  if (mine.length === 0) return "";
  const differs = mine.filter(({ mine: said }) => said?.verdict === "work" || said?.verdict === "close");
  if (differs.length === 0) return "Your sounds are like the tutor's.";
  const named = differs.map(({ ipa, mine: said }) => {
    if (said?.diagnosis?.kind === "dropped") return `${ipa} is missing`;
    if (said?.diagnosis?.kind === "inserted" && said.diagnosis.heard) return `${said.diagnosis.heard} is added after ${ipa}`;
    if (said?.diagnosis?.heard) return `${said.diagnosis.heard} instead of ${ipa}`;
    return `${ipa} is not clear yet`;
  });
  return `What differs: ${named.join(", ")}.`;
}
