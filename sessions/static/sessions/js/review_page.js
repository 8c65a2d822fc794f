// @ts-check
/** The replay of a talk: plays one line or all in order, and lights the words as they sound. */

import { byId } from "./elements.js";
import { createHelpApi } from "./help_api.js";
import { gettext } from "./i18n.js";
import { openPanelOf } from "./panel_setup.js";
import { addReviewHelp } from "./review_help.js";
import { markReviewedWords } from "./review_words.js";
import { drawWaterfall } from "./waterfall_view.js";

/** @type {HTMLElement[]} */
const lines = [...document.querySelectorAll(".line[data-audio]")].map((line) => /** @type {HTMLElement} */ (line));
const sound = new Audio();
const playAll = document.getElementById("play-all");
/** @type {HTMLElement | null} */
let current = null;
let goesOn = false;

/** @param {HTMLElement} line @param {boolean} playing */
function mark(line, playing) {
  const button = /** @type {HTMLElement} */ (line.querySelector(".line__play"));
  line.classList.toggle("line--playing", playing);
  button.querySelector("use")?.setAttribute("href", playing ? "#i-stop" : "#i-play");
  const label = button.querySelector("span");
  if (label) label.textContent = playing ? gettext("Stop") : gettext("Play");
  if (!playing) for (const word of line.querySelectorAll(".word--now")) word.classList.remove("word--now");
}

function stop() {
  sound.pause();
  if (current) mark(current, false);
  current = null;
  goesOn = false;
  showPlayAll();
}

function showPlayAll() {
  if (!playAll) return;
  playAll.querySelector("use")?.setAttribute("href", goesOn ? "#i-stop" : "#i-play");
  const label = playAll.querySelector("span");
  if (label) label.textContent = goesOn ? gettext("Stop") : gettext("Play all");
}

/** @param {HTMLElement} line */
function play(line) {
  const all = goesOn;
  stop();
  goesOn = all;
  showPlayAll();
  current = line;
  mark(line, true);
  line.scrollIntoView({ block: "nearest" });
  sound.src = line.dataset.audio ?? "";
  sound.play().catch(() => failed(line));
}

/** A recording may have been deleted since the page was loaded. @param {HTMLElement} line */
function failed(line) {
  if (current !== line) return;
  next();
  if (line.querySelector(".line__note--problem")) return;
  const note = document.createElement("p");
  note.className = "line__note line__note--problem";
  note.textContent = gettext("This recording cannot be played. It may have been deleted.");
  line.append(note);
}

function next() {
  const following = goesOn && current ? lines[lines.indexOf(current) + 1] : undefined;
  if (following) play(following);
  else stop();
}

function follow() {
  if (current) {
    const ms = sound.currentTime * 1000;
    for (const node of current.querySelectorAll(".word")) {
      const word = /** @type {HTMLElement} */ (node);
      word.classList.toggle("word--now", ms >= Number(word.dataset.start) && ms < Number(word.dataset.end));
    }
  }
  requestAnimationFrame(follow);
}

sound.addEventListener("ended", next);
for (const line of lines) {
  const button = /** @type {HTMLButtonElement} */ (line.querySelector(".line__play"));
  button.hidden = false;
  button.addEventListener("click", () => {
    const again = current === line;
    stop();
    if (!again) play(line);
  });
}
if (playAll && lines.length > 0) {
  playAll.hidden = false;
  playAll.addEventListener("click", () => {
    const wasPlaying = goesOn;
    stop();
    if (wasPlaying) return;
    goesOn = true;
    play(lines[0]);
  });
}
const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("word-panel"));
if (dialog) {
  const helpData = document.getElementById("help-data");
  const page = helpData && JSON.parse(helpData.textContent ?? "");
  const help = page && { page, api: createHelpApi({ page, token: () => dialog.dataset.token ?? "" }) };
  const opened = openPanelOf(dialog, { onTakeFloor: stop, onOpen: stop, help });
  markReviewedWords(opened);
  if (help) addReviewHelp({ panel: opened.panel, ...help });
}
requestAnimationFrame(follow);

if (document.getElementById("timings-data")) {
  const timings = JSON.parse(byId("timings-data").textContent);
  for (const node of document.querySelectorAll("[data-waterfall]")) {
    node.append(drawWaterfall(timings[/** @type {HTMLElement} */ (node).dataset.waterfall ?? ""]));
  }
}
