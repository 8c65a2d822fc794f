// @ts-check
/** A mouth lesson with all it needs: drawings, the tutor's voice, my sound. For a page or a dialog. */

import { element } from "./elements.js";
import { gettext } from "./i18n.js";
import { createLessonPlayer } from "./lesson_player.js";
import { createLessonRecording } from "./lesson_recording.js";
import { createMouthLesson } from "./mouth_lesson.js";
import { WORDS } from "./mouth_lesson_words.js";
import { loadPostures } from "./mouth_postures.js";
import { decodedSound } from "./own_word.js";
import { ApiProblem } from "./pronunciation_api.js";

/**
 * Addresses, as the page's template has them; `SOUND` and `LANGUAGE` stand in for what they are of.
 * @typedef {{posturesUrl: string, soundUrl: string, headUrl: string}} LessonPlaces
 */
/**
 * @typedef {object} LessonOf
 * @property {string} text
 * @property {string} language
 * @property {string} [focus]  IPA
 * @property {boolean} hasVoice  whether the tutor speaks this language
 * @property {boolean} mayRecord
 * @property {string[]} [expected]  its sounds, where no voice tells them
 * @property {() => Promise<import("./mouth_lesson.js").Mine | null>} [mine]
 * @property {string} [noMine]  why there may be none
 */

/**
 * @param {HTMLElement} place  filled anew
 * @param {object} options
 * @param {LessonOf} options.lesson
 * @param {LessonPlaces} options.places
 * @param {ReturnType<typeof import("./pronunciation_api.js").createPronunciationApi>} options.api
 * @param {ReturnType<typeof import("./sound_guide.js").createSoundGuide>} options.guide
 * @param {() => void} [options.onTakeFloor]
 */
export async function showLesson(place, { lesson, places, api, guide, onTakeFloor }) {
  const { text, language, hasVoice, mayRecord, expected = [] } = lesson;
  place.replaceChildren(element("p", { class: "muted", role: "status" }, gettext("Getting the word ready…")));
  const [postures, known] = await Promise.all([loadPostures(places.posturesUrl).catch(() => null), guide.of(language)]);
  if (!postures) {
    place.replaceChildren(element("p", { class: "alert alert--warning", role: "alert" }, WORDS.noPostures));
    return { stop() {}, destroy() {} };
  }
  const player = createLessonPlayer({ onTakeFloor });
  const view = createMouthLesson({
    postures,
    guide: known,
    player,
    language,
    model: places.headUrl,
    focus: lesson.focus,
    soundUrl: (ipa) => (known.sounds[ipa] ? places.soundUrl.replace("SOUND", encodeURIComponent(ipa)).replace("LANGUAGE", encodeURIComponent(language)) : ""),
  });
  const recording = mayRecord ? createLessonRecording({ text, language, api, onStart: view.stop, onSaid: view.setMine }) : null;
  view.setTutor(null, expected);
  place.replaceChildren(view.node, recording?.node ?? "");

  async function tutor() {
    if (!hasVoice) {
      view.say(WORDS.noVoice);
      return;
    }
    try {
      const { bytes, phonemes } = await api.sayWord(text, false, language.split("-")[0]);
      view.setTutor({ sound: await decodedSound(bytes.slice(0)), spans: phonemes });
    } catch (error) {
      view.say(error instanceof ApiProblem ? `${error.message} ${WORDS.voiceFailed}` : WORDS.voiceFailed);
    }
  }

  async function own() {
    const mine = await lesson.mine?.().catch(() => null);
    if (mine) view.setMine(mine);
    else recording?.say(lesson.noMine ?? WORDS.notRecorded);
  }

  await tutor();
  await own();
  return {
    stop: view.stop,
    destroy() {
      recording?.cancel();
      view.destroy();
    },
  };
}
