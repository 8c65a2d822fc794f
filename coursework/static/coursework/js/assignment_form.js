// @ts-check
/** The form of an assignment: instructions by voice are recorded here and stored at once. */

import { fill, gettext } from "../../sessions/js/i18n.js";
import { MIC_NEEDED_TEXT, permissionHelp } from "../../sessions/js/microphone_words.js";
import { createRecorder } from "../../sessions/js/recorder.js";
import { createServerRequest } from "../../sessions/js/server_request.js";
import { encodeWav } from "../../sessions/js/wav.js";
import { MIC_RATE } from "../../sessions/js/wire_codec.js";

const LONGEST_MS = 60_000;
const SECOND_MS = 1000;

/** @template {HTMLElement} T @param {string} id @param {new () => T} type @returns {T} */
function part(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`#${id} is missing`);
  return found;
}

const form = part("work-form", HTMLFormElement);
const box = part("voice", HTMLElement);
const button = part("voice-record", HTMLButtonElement);
const label = part("voice-label", HTMLElement);
const level = part("voice-level", HTMLElement);
const time = part("voice-time", HTMLElement);
const status = part("voice-status", HTMLElement);
const player = part("voice-player", HTMLAudioElement);
const voice = /** @type {HTMLInputElement} */ (form.elements.namedItem("voice"));
const token = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken"));

const server = createServerRequest({ token: () => token.value });
const recorder = createRecorder({
  longestMs: LONGEST_MS,
  onLevel: (height) => level.style.setProperty("--level", String(height)),
  onTime: (ms) => (time.textContent = fill(gettext("%(n)s s"), { n: Math.round(ms / SECOND_MS) })),
  onProblem: (problem) => show(gettext("Try again"), problem === "denied" ? `${MIC_NEEDED_TEXT.denied} ${permissionHelp(navigator.userAgent)}` : MIC_NEEDED_TEXT[problem]),
  onRecorded: ({ frames }) => void keep(frames),
});

/** @param {string} does @param {string} said @param {boolean} [isBusy] */
function show(does, said, isBusy = false) {
  label.textContent = does;
  status.textContent = said;
  button.disabled = isBusy;
  box.classList.toggle("voice--on", recorder.isRecording());
}

/** @param {Int16Array[]} frames */
async function keep(frames) {
  show(gettext("Say it anew"), gettext("One moment…"), true);
  const wav = encodeWav(frames, MIC_RATE);
  try {
    const answer = await server.post(box.dataset.url ?? "", { audio: [new Blob([wav], { type: "audio/wav" }), "instructions.wav"] });
    voice.value = answer.voice;
    player.src = URL.createObjectURL(new Blob([wav], { type: "audio/wav" }));
    player.hidden = false;
    show(gettext("Say it anew"), gettext("Recorded. Listen to it, then save the form."));
  } catch (error) {
    show(gettext("Try again"), /** @type {Error} */ (error).message);
  }
}

async function toggle() {
  if (recorder.isRecording()) {
    recorder.stop();
    return;
  }
  player.pause();
  show(label.textContent ?? "", "", true);
  if (await recorder.start()) show(gettext("Stop"), gettext("Speak now."));
  else button.disabled = false;
}

box.hidden = false;
button.addEventListener("click", () => void toggle());
form.addEventListener("submit", () => recorder.cancel());
