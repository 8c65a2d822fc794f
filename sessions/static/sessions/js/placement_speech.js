// @ts-check
/** Speaking for a placement: one recording, sent once it ends. No marks are shown. */

import { byId } from "./elements.js";
import { createLevelStrip } from "./level_strip.js";
import { MIC_NEEDED_TEXT, permissionHelp } from "./microphone_words.js";
import { createRecorder } from "./recorder.js";
import { createServerRequest } from "./server_request.js";
import { clockText } from "./status_words.js";
import { encodeWav } from "./wav.js";
import { FRAME_MS, MIC_RATE } from "./wire_codec.js";

/** @typedef {"ready" | "opening" | "recording" | "judging" | "done"} Step */
const page = JSON.parse(byId("page-data").textContent);
/** @type {HTMLButtonElement} */
const record = byId("record");
const strip = createLevelStrip(byId("levels"));
const { post } = createServerRequest({
  token: () => document.querySelector("[name=csrfmiddlewaretoken]")?.getAttribute("value") ?? "",
});
/** @type {Step} */
let step = "ready";
let wasCounted = false;

const recorder = createRecorder({
  longestMs: page.longestMs,
  onLevel: (height) => strip.push(height),
  onTime: showTime,
  onProblem(problem) {
    setStep("ready");
    say(MIC_NEEDED_TEXT[problem], problem === "denied" ? permissionHelp(navigator.userAgent) : "");
  },
  onRecorded: ({ frames }) => void send(frames),
});

/** @param {Step} next */
function setStep(next) {
  step = next;
  const isOn = step === "recording";
  byId("speak").dataset.step = step;
  record.disabled = step === "opening" || step === "judging";
  record.querySelector("use")?.setAttribute("href", isOn ? "#i-stop" : "#i-mic");
  byId("record-label").textContent = isOn ? page.texts.stop : step === "judging" ? page.texts.judging : wasCounted ? page.texts.again : page.texts.record;
  byId("noted").hidden = !(wasCounted && step === "done");
  byId("go-on").hidden = !wasCounted;
  byId("skip").hidden = wasCounted;
}

/** @param {string} words @param {string} [more] */
function say(words, more = "") {
  byId("speak-problem").hidden = words === "";
  byId("speak-problem-text").textContent = words;
  byId("speak-problem-more").textContent = more;
}

/** @param {number} ms */
function showTime(ms) {
  byId("record-time").textContent = `${clockText(ms)} / ${clockText(page.longestMs)}`;
}

async function start() {
  say("");
  strip.clear();
  showTime(0);
  setStep("opening");
  if (await recorder.start()) setStep("recording");
}

/** @param {Int16Array[]} frames */
async function send(frames) {
  if (frames.length * FRAME_MS < page.shortestMs) {
    setStep("ready");
    say(page.texts.short);
    return;
  }
  setStep("judging");
  try {
    const wav = new Blob([encodeWav(frames, MIC_RATE)], { type: "audio/wav" });
    const answer = await post(page.postUrl, { audio: [wav, "speech.wav"] });
    wasCounted ||= answer.counted;
    say(answer.message);
    setStep(answer.counted ? "done" : "ready");
  } catch (error) {
    say(/** @type {Error} */ (error).message);
    setStep("ready");
  }
  if (wasCounted) byId("go-on").focus();
  else record.focus();
}

record.addEventListener("click", () => (recorder.isRecording() ? recorder.stop() : void start()));
window.addEventListener("pagehide", () => recorder.cancel());
showTime(0);
setStep("ready");
record.disabled = false;
