// @ts-check
/** What is said of the sound that is looked at: how it is made, and how mine differed. */

import { element, icon } from "./elements.js";
import { gettext } from "./i18n.js";
import { WORDS } from "./mouth_lesson_words.js";
import { factsOf } from "./mouth_postures.js";
import { adviceWords, heardWords } from "./sound_guide.js";

/**
 * @param {object} options
 * @param {import("./lesson_sounds.js").LessonSound} options.sound
 * @param {import("./mouth_postures.js").Making | null} options.making
 * @param {import("./sound_guide.js").Guide} options.guide
 * @param {string} options.url  of the sound's own page, "" for none
 */
export function drawLessonDetails({ sound, making, guide, url }) {
  const said = sound.mine;
  const entry = guide.sounds[said?.ipa ?? sound.ipa] ?? guide.sounds[making?.ipa ?? ""];
  const differs = said !== null && said.verdict !== "fine" && said.verdict !== "unsure";
  return element("div", { class: "lesson-sound" },
    element("p", { class: "lesson-sound__name" },
      element("span", { class: "lesson-sound__ipa" }, sound.ipa),
      entry ? element("span", {}, element("strong", {}, entry.respelling), gettext(" as in "), element("em", {}, entry.example)) : false),
    element("p", { class: "lesson-sound__hint" }, making ? making.hint : WORDS.unknownSound),
    differs && element("p", { class: `lesson-sound__heard lesson-sound__heard--${said.verdict}` }, heardWords(guide, said), " ", adviceWords(guide, said)),
    making && element("dl", { class: "lesson-sound__facts" }, ...factsOf(making).map(({ name, words }) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, words)))),
    url !== "" && element("a", { class: "lesson-sound__more", href: url }, icon("wave"), gettext("More words with this sound")));
}

/** The same in one sentence, for the picture's name. @param {import("./mouth_postures.js").Making | null} making */
export const spokenFacts = (making) =>
  making ? [making.hint, ...factsOf(making).map(({ name, words }) => `${name}: ${words}.`)].join(" ") : WORDS.unknownSound;
