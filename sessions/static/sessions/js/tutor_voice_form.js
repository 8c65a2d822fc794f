// @ts-check
/** Records the statement of a tutor's voice in the page, in place of choosing a file. */

import { fill, gettext } from "./i18n.js";
import { MIC_PROBLEM_TEXT } from "./microphone_words.js";
import { createRecorder } from "./recorder.js";
import { encodeWav } from "./wav.js";
import { MIC_RATE } from "./wire_codec.js";

const LONGEST_MS = 30_000;

const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-voice-recorder]"));
const input = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=clip]"));
const button = /** @type {HTMLButtonElement | null} */ (root?.querySelector("[data-record]") ?? null);
const label = button?.querySelector("span");
const status = root?.querySelector("[data-status]");

/** @param {string} words */
function say(words) {
  if (status) status.textContent = words;
}

/** @param {boolean} on */
function show(on) {
  if (label) label.textContent = on ? gettext("Stop recording") : gettext("Record it here");
}

const recorder = createRecorder({
  longestMs: LONGEST_MS,
  onLevel() {},
  onTime(ms) {
    if (ms % 1000 === 0) say(fill(gettext("Recording: %(n)s s"), { n: ms / 1000 }));
  },
  onProblem(problem) {
    show(false);
    say(MIC_PROBLEM_TEXT[problem]);
  },
  onRecorded({ frames }) {
    show(false);
    if (!input || frames.length === 0) return;
    const files = new DataTransfer();
    files.items.add(new File([encodeWav(frames, MIC_RATE)], "statement.wav", { type: "audio/wav" }));
    input.files = files.files;
    say(gettext("Recorded. It is sent with the form."));
  },
});

if (root && button && input) {
  root.hidden = false;
  button.addEventListener("click", async () => {
    if (recorder.isRecording()) {
      recorder.stop();
      return;
    }
    const opened = await recorder.start();
    show(opened);
    if (opened) say(gettext("Read the statement aloud."));
  });
}
