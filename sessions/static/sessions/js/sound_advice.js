// @ts-check
/** What to do for one sound: tongue, lips, voice, words and pairs to listen to. */

import { element, icon } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { adviceWords, heardWords } from "./sound_guide.js";

/** A button that says a word. @param {string} word @param {((word: string) => void) | null} say */
const sayable = (word, say) =>
  say
    ? element("button", { class: "say-word", type: "button", "aria-label": fill(gettext("Hear %(word)s"), { word }), on: { click: () => say(word) } }, icon("speaker"), element("span", {}, word))
    : element("span", { class: "say-word" }, word);

/**
 * @param {import("./pronunciation.js").PhonemeResult} phoneme
 * @param {import("./sound_guide.js").Guide} guide
 * @param {((word: string) => void) | null} say  null where there is no voice for the language
 */
export function drawSoundAdvice(phoneme, guide, say) {
  const entry = guide.sounds[phoneme.ipa];
  const heard = element("p", { class: `advice__heard advice__heard--${phoneme.verdict}` }, heardWords(guide, phoneme));
  if (!entry) return element("div", { class: "advice" }, heard);
  const isHard = guide.hard.includes(entry.ipa) && phoneme.verdict !== "fine";
  return element("div", { class: "advice" },
    element("p", { class: "advice__name" }, element("span", { class: "advice__ipa" }, phoneme.ipa),
      element("span", {}, element("strong", {}, entry.respelling), gettext(" as in "), element("em", {}, entry.example))),
    heard,
    phoneme.verdict !== "fine" && element("p", { class: "advice__try" }, adviceWords(guide, phoneme)),
    element("dl", { class: "advice__how" },
      ...[[gettext("Tongue"), entry.tongue], [gettext("Lips"), entry.lips], [gettext("Voice"), entry.voice]].map(([part, text]) =>
        element("div", {}, element("dt", {}, part), element("dd", {}, text)))),
    isHard && element("p", { class: "advice__hard" }, fill(gettext("Many people who grew up with %(language)s find this one hard."), { language: guide.speakers })),
    entry.pairs.length > 0 && element("div", { class: "advice__list" },
      element("h3", {}, gettext("Hear the difference")),
      element("ul", { class: "pairs" }, ...entry.pairs.map(([mine, other]) =>
        element("li", {}, sayable(mine, say), element("span", { class: "pairs__not", "aria-hidden": "true" }, "≠"), sayable(other, say))))),
    element("div", { class: "advice__list" },
      element("h3", {}, gettext("Words with this sound")),
      element("div", { class: "row row--tight" }, ...entry.words.map((word) => sayable(word, say)))));
}
