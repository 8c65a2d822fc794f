// @ts-check
/** The sounds of a word as a row of chips; one of them is chosen. */

import { element } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { VERDICT_WORDS } from "./pronunciation.js";
import { soundName } from "./sound_guide.js";

/**
 * @param {import("./pronunciation.js").PhonemeResult[]} phonemes
 * @param {import("./sound_guide.js").Guide} guide
 * @param {((at: number) => void) | null} choose  null: the chips are only looked at
 */
export function drawPhonemeChips(phonemes, guide, choose) {
  const chips = phonemes.map((phoneme, at) => {
    const stressed = phoneme.stress === 1;
    const sound = soundName(guide.sounds[phoneme.ipa], phoneme.ipa);
    const name = `${stressed ? fill(gettext("%(sound)s, stressed"), { sound }) : sound}: ${VERDICT_WORDS[phoneme.verdict]}`;
    return element(choose ? "button" : "span", {
      class: `chip-sound chip-sound--${phoneme.verdict}${stressed ? " chip-sound--stressed" : ""}`,
      ...(choose ? { type: "button", "aria-pressed": "false", on: { click: () => choose(at) } } : {}),
    },
    element("span", { "aria-hidden": "true" }, phoneme.ipa),
    element("span", { class: "visually-hidden" }, name));
  });
  return {
    node: element("div", { class: "chip-sounds", role: "group", "aria-label": gettext("Sounds of the word") }, ...chips),
    /** @param {number} at */
    choose(at) {
      chips.forEach((chip, i) => chip.setAttribute("aria-pressed", String(i === at)));
    },
    /** Lights the sound that is heard now. @param {number | null} ms @param {{start_ms: number, end_ms: number}[]} spans */
    follow(ms, spans) {
      const at = ms === null ? -1 : spans.findIndex((span) => ms >= span.start_ms && ms < span.end_ms);
      chips.forEach((chip, i) => chip.classList.toggle("chip-sound--now", i === at));
    },
  };
}
