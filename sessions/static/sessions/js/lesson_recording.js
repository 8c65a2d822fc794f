// @ts-check
/** Records the word of a mouth lesson and has it judged, so that it can be laid over the tutor's. */

import { element, icon } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { MIC_NEEDED_TEXT, permissionHelp } from "./microphone_words.js";
import { WORDS } from "./mouth_lesson_words.js";
import { ownWord } from "./own_word.js";
import { isJudged } from "./pronunciation.js";
import { createRecorder } from "./recorder.js";
import { encodeWav, joinedFrames } from "./wav.js";
import { MIC_RATE } from "./wire_codec.js";

const LONGEST_MS = 6000;
const QUIET_MS = 900;

/**
 * @param {object} options
 * @param {string} options.text
 * @param {string} options.language
 * @param {ReturnType<typeof import("./pronunciation_api.js").createPronunciationApi>} options.api
 * @param {() => void} options.onStart  others fall silent
 * @param {(mine: import("./mouth_lesson.js").Mine) => void} options.onSaid
 */
export function createLessonRecording({ text, language, api, onStart, onSaid }) {
  const label = element("span", {}, gettext("Say it now"));
  const level = element("i", { class: "again__level", "aria-hidden": "true" });
  const button = /** @type {HTMLButtonElement} */ (
    element("button", { class: "button again__button", type: "button", on: { click: () => void toggle() } }, icon("mic"), label, level));
  const status = element("p", { class: "lesson-recording__status", role: "status" });
  const node = element("section", { class: "lesson-recording", "aria-label": gettext("Your own sound") }, button, status);
  let isOver = false;

  const recorder = createRecorder({
    longestMs: LONGEST_MS,
    quietMs: QUIET_MS,
    onLevel: (height) => level.style.setProperty("--level", String(height)),
    onProblem: (problem) => show(gettext("Say it now"), problem === "denied" ? `${MIC_NEEDED_TEXT.denied} ${permissionHelp(navigator.userAgent)}` : MIC_NEEDED_TEXT[problem]),
    onRecorded: ({ frames }) => void judge(frames),
  });

  /** @param {string} does @param {string} said @param {boolean} [busy] */
  function show(does, said, busy = false) {
    label.textContent = does;
    status.textContent = said;
    button.disabled = busy;
    button.classList.toggle("again__button--on", recorder.isRecording());
  }

  async function toggle() {
    if (recorder.isRecording()) {
      recorder.stop();
      return;
    }
    onStart();
    show(gettext("Say it now"), "", true);
    if (!(await recorder.start())) button.disabled = false;
    else if (isOver) recorder.cancel();
    else show(gettext("Stop"), fill(gettext("Say “%(word)s” now."), { word: text }));
  }

  /** @param {Int16Array[]} frames */
  async function judge(frames) {
    show(gettext("Say it again"), WORDS.listening, true);
    try {
      const said = await api.assess({ text, language, wav: encodeWav(frames, MIC_RATE) });
      if (isOver) return;
      const mine = isJudged(said) ? ownWord({ samples: joinedFrames(frames), rate: MIC_RATE }, said.words.flatMap(({ phonemes }) => phonemes)) : null;
      show(gettext("Say it again"), mine ? "" : said.message || WORDS.notAlike);
      if (mine) onSaid(mine);
    } catch (error) {
      if (!isOver) show(gettext("Say it again"), /** @type {Error} */ (error).message);
    }
    button.focus();
  }

  return {
    node,
    /** @param {string} words  why there is nothing of mine yet */
    say: (words) => show(label.textContent ?? "", words),
    cancel() {
      isOver = true;
      recorder.cancel();
    },
  };
}
