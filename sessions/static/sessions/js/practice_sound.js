// @ts-check
/** The tutor's voice in an exercise, and the button that records the learner. */

import { element, icon } from "./elements.js";
import { gettext } from "./i18n.js";
import { createLevelStrip } from "./level_strip.js";
import { MIC_NEEDED_TEXT, permissionHelp } from "./microphone_words.js";
import { createRecorder } from "./recorder.js";
import { encodeWav } from "./wav.js";
import { FRAME_MS, MIC_RATE } from "./wire_codec.js";

/** After so long a silence a sentence is over. */
const QUIET_MS = 1800;
const SHORTEST_MS = 400;
const TOO_SHORT = gettext("That was too short. Press, speak, then press again.");

/**
 * Buttons that play what is to be heard, as it is said and slowly.
 * @param {object} options
 * @param {(slow: boolean) => Promise<ArrayBuffer>} options.fetchVoice
 * @param {ReturnType<typeof import("./clip_player.js").createClipPlayer>} options.player
 * @param {(words: string) => void} options.onProblem
 */
export function drawVoice({ fetchVoice, player, onProblem }) {
  /** @param {boolean} slow @param {string} label @param {string} symbol @param {string} kind */
  function button(slow, label, symbol, kind) {
    const made = /** @type {HTMLButtonElement} */ (element("button", { class: kind, type: "button" }, icon(symbol), label));
    made.addEventListener("click", async () => {
      onProblem("");
      made.setAttribute("aria-busy", "true");
      try {
        player.play(await player.decode((await fetchVoice(slow)).slice(0)), {});
      } catch (error) {
        onProblem(/** @type {Error} */ (error).message);
      }
      made.removeAttribute("aria-busy");
    });
    return made;
  }
  const normal = button(false, gettext("Listen"), "play", "button practice__listen");
  return {
    node: element("div", { class: "row" }, normal, button(true, gettext("Slowly"), "slower", "button button--quiet")),
    focus: () => normal.focus(),
  };
}

/**
 * @param {object} options
 * @param {string} options.label
 * @param {number} options.longestMs
 * @param {(wav: ArrayBuffer, frames: Int16Array[]) => Promise<void>} options.onSaid
 * @param {(words: string) => void} options.onProblem
 * @param {() => void} options.onStart
 */
export function drawMic({ label, longestMs, onSaid, onProblem, onStart }) {
  const levels = element("span", { class: "recorder__levels", "aria-hidden": "true" });
  const words = element("span", { "aria-live": "polite" }, label);
  const symbol = icon("mic");
  const button = /** @type {HTMLButtonElement} */ (element("button", { class: "recorder__button", type: "button" }, element("span", { class: "recorder__disc" }, symbol), words));
  const node = element("div", { class: "recorder practice__recorder", "data-step": "ready" }, button, levels);
  const strip = createLevelStrip(levels);

  /** @param {"ready" | "opening" | "recording" | "judging"} step */
  function setStep(step) {
    node.dataset.step = step;
    button.disabled = step === "opening" || step === "judging";
    words.textContent = step === "recording" ? gettext("Stop") : step === "judging" ? gettext("Listening to it…") : label;
    symbol.querySelector("use")?.setAttribute("href", step === "recording" ? "#i-stop" : "#i-mic");
  }

  const recorder = createRecorder({
    longestMs,
    quietMs: QUIET_MS,
    onLevel: (height) => strip.push(height),
    onProblem(problem) {
      setStep("ready");
      onProblem([MIC_NEEDED_TEXT[problem], problem === "denied" ? permissionHelp(navigator.userAgent) : ""].join(" ").trim());
    },
    onRecorded({ frames }) {
      if (frames.length * FRAME_MS < SHORTEST_MS) {
        setStep("ready");
        onProblem(TOO_SHORT);
        return;
      }
      setStep("judging");
      void onSaid(encodeWav(frames, MIC_RATE), frames).finally(() => setStep("ready"));
    },
  });

  button.addEventListener("click", async () => {
    if (recorder.isRecording()) {
      recorder.stop();
      return;
    }
    onStart();
    strip.clear();
    setStep("opening");
    if (await recorder.start()) setStep("recording");
  });
  return { node, focus: () => button.focus(), close: () => recorder.cancel(), hide: () => {
    recorder.cancel();
    node.hidden = true;
  } };
}
