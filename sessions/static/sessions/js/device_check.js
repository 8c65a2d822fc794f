// @ts-check
/** The device check: level in words, three seconds recorded and played back, a speaker test. */

import { createLevelJudge, measureFrame, meterHeight } from "./audio_level.js";
import { byId, element } from "./elements.js";
import { gettext } from "./i18n.js";
import { createMicrophone } from "./microphone.js";
import { MIC_PROBLEM_TEXT, permissionHelp } from "./microphone_words.js";
import { playNotes, playSamples } from "./test_sounds.js";
import { DEVICE_KEY } from "./voice_input.js";
import { FRAME_SAMPLES, MIC_RATE } from "./wire_codec.js";

const RECORD_FRAMES = (3 * MIC_RATE) / FRAME_SAMPLES;
const SEGMENTS = 24;
const VERDICTS = {
  waiting: [gettext("Say something, for example: Hello, how are you today?"), "", gettext("Listening")],
  silent: [gettext("There is no sound at all. Is the microphone muted, or is it another one?"), "bad", gettext("No sound")],
  quiet: [gettext("We hear you, but too quietly. Come closer, or turn the microphone up."), "warn", gettext("Too quiet")],
  good: [gettext("We hear you well."), "good", gettext("Works")],
  loud: [gettext("Too loud: it is distorted. Move back a little, or turn the microphone down."), "warn", gettext("Too loud")],
};

/** @type {Int16Array[] | null} */
let recording = null;
/** @type {Int16Array[]} */
let recorded = [];
let judge = createLevelJudge();
let frames = 0;
/** @type {AudioContext | null} */
let output = null;

const meter = byId("meter");
meter.append(...Array.from({ length: SEGMENTS }, () => element("i")));

const microphone = createMicrophone({
  onFrame(frame) {
    const level = measureFrame(frame);
    judge.push(level);
    frames += 1;
    if (frames % 3 === 0) showLevel(meterHeight(level.db));
    if (frames % 20 === 0) showVerdict();
    if (recording) keep(frame);
  },
  onProblem(problem) {
    byId("mic-problem").hidden = false;
    byId("mic-problem-text").textContent = MIC_PROBLEM_TEXT[problem];
    byId("mic-problem-help").textContent = problem === "denied" ? permissionHelp(navigator.userAgent) : "";
    byId("mic-start").hidden = false;
    badge("mic-badge", "warn", gettext("Not working"));
  },
  onReady() {
    byId("mic-problem").hidden = true;
    byId("mic-start").hidden = true;
    byId("mic-live").hidden = false;
    judge = createLevelJudge();
    void listDevices();
  },
});

/** @param {number} height */
function showLevel(height) {
  const lit = Math.round(height * SEGMENTS);
  [...meter.children].forEach((segment, at) => segment.classList.toggle("is-lit", at < lit));
}

function showVerdict() {
  const [words, tone, short] = VERDICTS[judge.verdict()];
  if (byId("verdict").textContent !== words) byId("verdict").textContent = words;
  badge("mic-badge", tone, short);
}

/** @param {string} id @param {string} tone @param {string} text */
function badge(id, tone, text) {
  byId(id).className = tone ? `badge badge--${tone}` : "badge";
  byId(id).textContent = text;
}

async function listDevices() {
  const chosen = microphone.deviceId();
  const options = (await microphone.devices()).map(({ id, label }) => element("option", { value: id, selected: id === chosen }, label));
  byId("mic-select").replaceChildren(...options);
}

/** @param {Int16Array} frame */
function keep(frame) {
  recording?.push(frame);
  const left = Math.ceil((RECORD_FRAMES - (recording?.length ?? 0)) / (MIC_RATE / FRAME_SAMPLES));
  byId("record").textContent = `Recording… ${Math.max(1, left)}`;
  if (!recording || recording.length < RECORD_FRAMES) return;
  recorded = recording;
  recording = null;
  byId("record").disabled = false;
  byId("record").textContent = gettext("Record again");
  byId("playback").disabled = false;
  byId("playback").focus();
}

/** Sound needs a click first, so the context is made in one. */
function context() {
  output ??= new AudioContext();
  void output.resume();
  return output;
}

byId("mic-start").addEventListener("click", () => void microphone.open(localStorage.getItem(DEVICE_KEY)));
byId("mic-select").addEventListener("change", () => {
  localStorage.setItem(DEVICE_KEY, byId("mic-select").value);
  void microphone.open(byId("mic-select").value);
});
microphone.onDevicesChanged(() => void listDevices());
byId("record").addEventListener("click", () => {
  recording = [];
  byId("record").disabled = true;
  byId("playback").disabled = true;
});
byId("playback").addEventListener("click", () => playSamples(context(), recorded, MIC_RATE));
byId("tone").addEventListener("click", () => {
  playNotes(context());
  byId("tone-question").hidden = false;
});
byId("tone-yes").addEventListener("click", () => {
  byId("tone-help").hidden = true;
  badge("speaker-badge", "good", gettext("Works"));
});
byId("tone-no").addEventListener("click", () => {
  byId("tone-help").hidden = false;
  badge("speaker-badge", "warn", gettext("Not heard"));
});
