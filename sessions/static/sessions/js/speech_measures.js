// @ts-check
/** Speed, pauses and melody in words. Pure. */

import { fill, gettext, ngettext } from "./i18n.js";

const SPEEDS = /** @type {[number, string][]} */ ([
  [2.2, gettext("Slow and careful")],
  [3.4, gettext("Calm")],
  [5, gettext("As in everyday talk")],
  [Infinity, gettext("Fast")],
]);
const MELODIES = /** @type {[number, string][]} */ ([
  [3, gettext("Rather flat")],
  [7, gettext("It moves")],
  [Infinity, gettext("Lively")],
]);

/** @param {[number, string][]} steps @param {number} value */
const step = (steps, value) => (steps.find(([below]) => value < below) ?? steps[steps.length - 1])[1];

/**
 * @param {import("./pronunciation.js").Measures} measures
 * @returns {{name: string, value: string, detail: string}[]}
 */
export function measureWords({ speech_rate, pauses, pause_share, fillers, pitch_range_semitones }) {
  const syllables = Math.round(speech_rate);
  const quiet = Math.round(pause_share * 100);
  const rows = [
    {
      name: gettext("Speed"),
      value: step(SPEEDS, speech_rate),
      detail: fill(ngettext("about %(n)s syllable a second", "about %(n)s syllables a second", syllables), { n: syllables }),
    },
    {
      name: gettext("Pauses"),
      value: pauses.length === 0 ? gettext("None") : fill(ngettext("%(n)s pause", "%(n)s pauses", pauses.length), { n: pauses.length }),
      detail: pauses.length === 0 ? gettext("you read in one go") : fill(gettext("%(n)s %% of the time was quiet"), { n: quiet }),
    },
    {
      name: gettext("Melody"),
      value: pitch_range_semitones === null ? gettext("Not heard") : step(MELODIES, pitch_range_semitones),
      detail: pitch_range_semitones === null ? gettext("too little voice to tell") : gettext("how far your voice goes up and down"),
    },
  ];
  if (fillers > 0) {
    rows.push({ name: gettext("Fillers"), value: fill(ngettext("%(n)s filler", "%(n)s fillers", fillers), { n: fillers }), detail: gettext("such as um or er") });
  }
  return rows;
}
