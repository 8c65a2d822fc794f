// @ts-check
/** Speed, pauses and melody in words. Pure. */

const SPEEDS = /** @type {[number, string][]} */ ([
  [2.2, "Slow and careful"],
  [3.4, "Calm"],
  [5, "As in everyday talk"],
  [Infinity, "Fast"],
]);
const MELODIES = /** @type {[number, string][]} */ ([
  [3, "Rather flat"],
  [7, "It moves"],
  [Infinity, "Lively"],
]);

/** @param {[number, string][]} steps @param {number} value */
const step = (steps, value) => (steps.find(([below]) => value < below) ?? steps[steps.length - 1])[1];

/** @param {number} count @param {string} one @param {string} many */
const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

/**
 * @param {import("./pronunciation.js").Measures} measures
 * @returns {{name: string, value: string, detail: string}[]}
 */
export function measureWords({ speech_rate, pauses, pause_share, fillers, pitch_range_semitones }) {
  const quiet = Math.round(pause_share * 100);
  const rows = [
    {
      name: "Speed",
      value: step(SPEEDS, speech_rate),
      detail: `about ${counted(Math.round(speech_rate), "syllable", "syllables")} a second`,
    },
    {
      name: "Pauses",
      value: pauses.length === 0 ? "None" : counted(pauses.length, "pause", "pauses"),
      detail: pauses.length === 0 ? "you read in one go" : `${quiet} % of the time was quiet`,
    },
    {
      name: "Melody",
      value: pitch_range_semitones === null ? "Not heard" : step(MELODIES, pitch_range_semitones),
      detail: pitch_range_semitones === null ? "too little voice to tell" : "how far your voice goes up and down",
    },
  ];
  if (fillers > 0) {
    rows.push({ name: "Fillers", value: counted(fillers, "filler", "fillers"), detail: "such as um or er" });
  }
  return rows;
}
