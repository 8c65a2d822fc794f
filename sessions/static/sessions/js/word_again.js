// @ts-check
/** Says one word again: records it, has it judged, shows the new result beside the old. */

import { element, icon } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { MIC_NEEDED_TEXT, permissionHelp } from "./microphone_words.js";
import { drawPhonemeChips } from "./phoneme_chips.js";
import { VERDICT_WORDS, isJudged, progressWords } from "./pronunciation.js";
import { createRecorder } from "./recorder.js";
import { encodeWav } from "./wav.js";
import { MIC_RATE } from "./wire_codec.js";

const LONGEST_MS = 5000;
const QUIET_MS = 900;

/**
 * @param {object} options
 * @param {string} options.text
 * @param {string} options.language
 * @param {Pick<import("./pronunciation.js").WordResult, "verdict" | "phonemes">} options.before
 * @param {ReturnType<typeof import("./pronunciation_api.js").createPronunciationApi>} options.api
 * @param {ReturnType<typeof import("./clip_player.js").createClipPlayer>} options.player
 * @param {import("./sound_guide.js").Guide} options.guide
 * @param {string} [options.name]  of the button
 */
export function createWordAgain({ text, language, before, api, player, guide, name = gettext("Say it again") }) {
  const label = element("span", {}, name);
  const level = element("i", { class: "again__level", "aria-hidden": "true" });
  const button = /** @type {HTMLButtonElement} */ (
    element("button", { class: "button button--primary again__button", type: "button", on: { click: toggle } }, icon("mic"), label, level));
  const status = element("p", { class: "again__status", role: "status" });
  const results = element("div", { class: "again__results" });
  const node = element("section", { class: "again", "aria-label": name }, button, status, results);
  let over = false;

  const recorder = createRecorder({
    longestMs: LONGEST_MS,
    quietMs: QUIET_MS,
    onLevel: (height) => level.style.setProperty("--level", String(height)),
    onProblem(problem) {
      show(name, problem === "denied" ? `${MIC_NEEDED_TEXT.denied} ${permissionHelp(navigator.userAgent)}` : MIC_NEEDED_TEXT[problem]);
    },
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
    player.takeFloor();
    show(name, "", true);
    if (!(await recorder.start())) {
      button.disabled = false;
      return;
    }
    if (over) recorder.cancel();
    else show(gettext("Stop"), fill(gettext("Say “%(word)s” now."), { word: text }));
  }

  /** @param {Int16Array[]} frames */
  async function judge(frames) {
    show(name, gettext("Listening to it…"), true);
    try {
      const said = await api.assess({ text, language, wav: encodeWav(frames, MIC_RATE) });
      if (over) return;
      show(name, isJudged(said) ? "" : said.message);
      if (isJudged(said)) compare(said, frames);
    } catch (error) {
      if (!over) show(name, /** @type {Error} */ (error).message);
    }
    button.focus();
  }

  /** @param {import("./pronunciation.js").Pronunciation} said @param {Int16Array[]} frames */
  function compare(said, frames) {
    const phonemes = said.words.flatMap((word) => word.phonemes);
    const verdict = said.words.length === 1 ? said.words[0].verdict : "unsure";
    const samples = new Int16Array(frames.reduce((sum, frame) => sum + frame.length, 0));
    frames.reduce((at, frame) => (samples.set(frame, at), at + frame.length), 0);
    const now = drawPhonemeChips(phonemes, guide, null);
    const hear = element("button", { class: "button button--quiet again__hear", type: "button", on: { click: () =>
      player.play({ samples, rate: MIC_RATE }, { onPlace: (ms) => now.follow(ms, phonemes) }) } }, icon("play"), gettext("Hear it"));
    results.replaceChildren(
      before.phonemes.length > 0 ? row(gettext("Before"), before.verdict, drawPhonemeChips(before.phonemes, guide, null).node) : "",
      row(gettext("Now"), verdict, phonemes.length > 0 ? now.node : "", hear));
    status.textContent = progressWords(before.verdict, verdict);
  }

  return {
    node,
    cancel() {
      over = true;
      recorder.cancel();
    },
  };
}

/** @param {string} name @param {import("./pronunciation.js").Verdict} verdict @param {...(Node | string)} what */
const row = (name, verdict, ...what) =>
  element("div", { class: "again__row" },
    element("p", { class: "again__name" }, element("strong", {}, name), element("span", { class: `verdict-tag verdict-tag--${verdict}` }, VERDICT_WORDS[verdict])),
    ...what);
