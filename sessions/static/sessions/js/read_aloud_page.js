// @ts-check
/** Reading aloud: a text, a recording of it, and what came out. */

import { byId, element } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { createLevelStrip } from "./level_strip.js";
import { MIC_NEEDED_TEXT, permissionHelp } from "./microphone_words.js";
import { openPanelOf } from "./panel_setup.js";
import { isJudged, matchWords, trustWords } from "./pronunciation.js";
import { createReadingAttempts } from "./reading_attempts.js";
import { drawMeasures, drawScores, drawTopSounds } from "./reading_result.js";
import { createRecorder } from "./recorder.js";
import { clockText } from "./status_words.js";
import { markedWord } from "./transcript_view.js";
import { encodeWav, joinedFrames } from "./wav.js";
import { FRAME_MS, MIC_RATE } from "./wire_codec.js";
import { drawFlaggedSounds, drawLegend, drawMarkedWords } from "./word_marks.js";

/** The server takes a little more: nobody loses a reading over a rounding. */
const SPARE_MS = 5000;
const SHORTEST_MS = 400;
const TOO_SHORT = gettext("That was too short. Press Record, read the text, then press Stop.");
const NO_CLIP = gettext("The sound of this reading is no longer in this page.");
const MOST_OFFERED = 5;
const LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2"];

/** @typedef {"ready" | "opening" | "recording" | "judging"} Step */
const page = JSON.parse(byId("page-data").textContent);
/** @type {HTMLTextAreaElement} */
const text = byId("text");
/** @type {HTMLSelectElement} */
const language = byId("language");
/** @type {HTMLButtonElement} */
const record = byId("record");
const strip = createLevelStrip(byId("levels"));
const { api, guide, player, panel } = openPanelOf(byId("word-panel"));
const attempts = createReadingAttempts(byId("attempts"), (attempt) => void showAttempt(attempt));
/** @type {Step} */
let step = "ready";
/** @type {string[]} */
let offeredNow = [];
/** What is being recorded or judged; the field may be changed meanwhile. */
let reading = { text: "", language: "en" };

const longestMs = page.maxAudioMs - SPARE_MS;
const recorder = createRecorder({
  longestMs,
  onLevel: (height) => strip.push(height),
  onTime: (ms) => showTime(ms),
  onProblem(problem) {
    setStep("ready");
    say(MIC_NEEDED_TEXT[problem], problem === "denied" ? permissionHelp(navigator.userAgent) : "");
  },
  onRecorded: ({ frames, reachedEnd }) => void judge(frames, reachedEnd),
});

/** @param {Step} next */
function setStep(next) {
  step = next;
  const isOn = step === "recording";
  byId("studio").dataset.step = step;
  record.disabled = step === "opening" || step === "judging" || problemOfText() !== "";
  record.querySelector("use")?.setAttribute("href", isOn ? "#i-stop" : "#i-mic");
  byId("record-label").textContent = isOn ? gettext("Stop") : step === "judging" ? gettext("Listening to it…") : attempts.chosen() ? gettext("Try again") : gettext("Record");
  text.readOnly = step !== "ready";
  byId("hear").disabled = step !== "ready";
}

/** @param {string} words @param {string} [more] */
function say(words, more = "") {
  byId("studio-problem").hidden = words === "";
  byId("studio-problem-text").textContent = words;
  byId("studio-problem-more").textContent = more;
}

/** @param {number} ms */
function showTime(ms) {
  byId("record-time").textContent = `${clockText(ms)} / ${clockText(longestMs)}`;
}

/** @returns {string} */
function problemOfText() {
  const length = [...text.value.trim()].length;
  if (length > page.maxTextChars) return fill(gettext("This is too long: at most %(n)s characters at a time."), { n: page.maxTextChars });
  return length === 0 ? gettext("Write or choose a text first.") : "";
}

function showCount() {
  const length = [...text.value.trim()].length;
  const tooLong = length > page.maxTextChars;
  byId("count").textContent = fill(gettext("%(n)s of %(all)s"), { n: length, all: page.maxTextChars });
  byId("count").classList.toggle("reader__count--over", tooLong);
  text.setAttribute("aria-invalid", String(tooLong));
  byId("text-problem").textContent = tooLong ? problemOfText() : "";
  setStep(step);
}

async function start() {
  player.stop();
  say("");
  if (problemOfText() !== "") return;
  reading = { text: text.value.trim(), language: language.value };
  strip.clear();
  showTime(0);
  setStep("opening");
  if (await recorder.start()) setStep("recording");
}

/** @param {Int16Array[]} frames @param {boolean} reachedEnd */
async function judge(frames, reachedEnd) {
  const ms = frames.length * FRAME_MS;
  if (ms < SHORTEST_MS) {
    setStep("ready");
    say(TOO_SHORT);
    return;
  }
  setStep("judging");
  try {
    const said = await api.assess({ ...reading, wav: encodeWav(frames, MIC_RATE) });
    if (isJudged(said)) attempts.add({ said, frames, ms });
    else say(said.message, said.outcome === "wrong_text" && said.heard ? `${gettext("I heard: ")}${said.heard}` : "");
    if (reachedEnd && isJudged(said)) say(gettext("The recording was stopped at its longest. Read a shorter part at a time."));
  } catch (error) {
    say(/** @type {Error} */ (error).message);
  }
  setStep("ready");
  record.focus();
}

/** @param {import("./reading_attempts.js").Attempt} attempt */
async function showAttempt({ said, frames }) {
  const known = await guide.of(said.language);
  const place = byId("marked");
  const words = matchWords(said.text, said) ?? [];
  /** @type {import("./word_marks.js").OpenWord} */
  const open = (word, phonemeAt) => void panel.open({
    text: word.text,
    word,
    phonemeAt,
    language: said.language,
    hasVoice: page.voiceLanguages.includes(said.language),
    clip: async () => (frames.length > 0 ? { samples: joinedFrames(frames), rate: MIC_RATE } : null),
    noClip: NO_CLIP,
    returnTo: () => markedWord(place, word.index),
  });
  place.lang = said.language;
  place.replaceChildren(drawMarkedWords(words, open));
  byId("marks-key").replaceChildren(drawFlaggedSounds(said, open) ?? "", drawLegend());
  byId("result-note").textContent = said.message;
  byId("result-note").hidden = said.message === "";
  byId("scores").replaceChildren(drawScores(said));
  byId("measures").replaceChildren(drawMeasures(said) ?? "");
  byId("top-sounds").replaceChildren(drawTopSounds(said, known, open));
  byId("trust").textContent = trustWords(said, language.selectedOptions[0]?.textContent ?? said.language);
  byId("editor").hidden = true;
  byId("result-text").hidden = false;
  byId("outlook").hidden = true;
  byId("outcome").hidden = false;
  byId("hear").hidden = frames.length === 0;
}

function hear() {
  const attempt = attempts.chosen();
  if (!attempt) return;
  player.play({ samples: joinedFrames(attempt.frames), rate: MIC_RATE }, {
    onPlace(ms) {
      for (const { index, start_ms, end_ms, verdict } of attempt.said.words) {
        const now = ms !== null && verdict !== "missed" && ms >= start_ms && ms < end_ms;
        markedWord(byId("marked"), index)?.classList.toggle("word-mark--now", now);
      }
    },
  });
}

function editText() {
  byId("editor").hidden = false;
  byId("result-text").hidden = true;
  text.focus();
}

/** Sentences of the learner's level, or the nearest level below that has some. */
async function suggest() {
  const { sentences } = await guide.of(language.value);
  const upTo = LEVELS.slice(0, LEVELS.indexOf(byId("studio").dataset.level) + 1 || LEVELS.length);
  const level = upTo.reverse().find((name) => sentences[name]) ?? LEVELS.find((name) => sentences[name]);
  const own = language.value === page.language ? [...byId("phrases").content.querySelectorAll("li")].map((item) => item.textContent ?? "") : [];
  offeredNow = [...own, ...(level ? sentences[level] : [])].slice(0, MOST_OFFERED);
  if (text.value.trim() === "") text.value = offeredNow[0] ?? "";
  showCount();
  showSuggestions();
}

/** All but the one that is chosen. */
function showSuggestions() {
  const others = offeredNow.filter((sentence) => sentence !== text.value);
  byId("suggestions").replaceChildren(...others.map((sentence) =>
    element("li", {}, element("button", { class: "suggestion", type: "button", lang: language.value, on: { click: () => choose(sentence) } }, sentence))));
  byId("suggestions-block").hidden = others.length === 0;
}

/** @param {string} sentence */
function choose(sentence) {
  if (step !== "ready") return;
  text.value = sentence;
  showCount();
  showSuggestions();
  text.focus();
}

record.addEventListener("click", () => (recorder.isRecording() ? recorder.stop() : void start()));
text.addEventListener("input", showCount);
language.addEventListener("change", () => {
  text.lang = language.value;
  // A sentence that was only offered makes way for one of the language.
  if (offeredNow.includes(text.value)) text.value = "";
  void suggest();
});
byId("hear").addEventListener("click", hear);
byId("change-text").addEventListener("click", editText);
window.addEventListener("pagehide", () => recorder.cancel());
showTime(0);
showCount();
void suggest();
