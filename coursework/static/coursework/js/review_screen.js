// @ts-check
/** The screen of one submission: joins timeline, sound, transcript, mark, comments and keys. */

import { byId } from "../../sessions/js/elements.js";
import { gettext } from "../../sessions/js/i18n.js";
import { openPanelOf } from "../../sessions/js/panel_setup.js";
import { markReviewedWords } from "../../sessions/js/review_words.js";
import { createComments } from "./comment_forms.js";
import { createMarking } from "./marking.js";
import { bindReviewKeys } from "./review_keys.js";
import { createTalkPlayer } from "./talk_player.js";
import { clock, stepTurn, turnAt } from "./talk_times.js";
import { createWave } from "./talk_wave.js";

const STEP_MS = 5000;
const root = byId("review");
const data = document.getElementById("timeline-data");
/** @type {import("./talk_times.js").Timeline | null} */
const timeline = data ? JSON.parse(data.textContent ?? "null") : null;
const marking = createMarking(byId("mark-form"));
const keysDialog = /** @type {HTMLDialogElement} */ (byId("keys"));

/** @type {ReturnType<typeof createTalk> | null} */
let talk = null;
const comments = createComments({ root: byId("comments"), onRecording: () => talk?.player.stop(), onChange: () => talk?.showMarks() });
if (timeline && timeline.stretches.length > 0) talk = createTalk(timeline);

/** @param {import("./talk_times.js").Timeline} times */
function createTalk(times) {
  const track = byId("player-track");
  const play = byId("player-play");
  byId("player").hidden = false;
  byId("player-total").textContent = clock(times.total_ms);
  const wave = createWave(track, times);
  /** @type {HTMLElement | null} */
  let lit = null;

  const player = createTalkPlayer({
    timeline: times,
    onMoment: showMoment,
    onPlaying(isPlaying) {
      play.querySelector("use")?.setAttribute("href", isPlaying ? "#i-stop" : "#i-play");
      const label = play.querySelector("span");
      if (label) label.textContent = isPlaying ? gettext("Pause") : gettext("Play");
    },
    onMissing() {
      byId("player-problem").textContent = gettext("A part of the sound cannot be played. It may have been deleted since.");
    },
  });

  /** @param {number} ms */
  function showMoment(ms) {
    wave.showNow(ms);
    byId("player-at").textContent = clock(ms);
    track.setAttribute("aria-valuenow", String(Math.round(ms)));
    track.setAttribute("aria-valuetext", clock(ms));
    const turn = document.getElementById(`turn-${turnAt(times.stretches, ms)}`);
    if (turn === lit) return;
    lit?.classList.remove("timeline__turn--now");
    turn?.classList.add("timeline__turn--now");
    lit = turn;
    if (player.isPlaying()) turn?.scrollIntoView({ block: "nearest" });
  }

  function showMarks() {
    const at = (/** @type {Element} */ node, /** @type {string} */ name) => Number(/** @type {HTMLElement} */ (node).dataset[name]);
    wave.showMarks([
      ...[...document.querySelectorAll(".turn__correction")].map((node) => ({ ms: at(/** @type {Element} */ (node.closest("[data-turn]")), "at"), kind: /** @type {const} */ ("mistake") })),
      ...[...document.querySelectorAll("[data-comment-ms]")].map((node) => ({ ms: at(node, "commentMs"), kind: /** @type {const} */ ("comment") })),
    ]);
  }

  /** Shows a moment in the transcript too. @param {number} ms @param {string | undefined} turn */
  function goTo(ms, turn) {
    player.seek(ms);
    const line = turn === undefined ? lit : document.getElementById(`turn-${turn}`);
    line?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  const seek = (/** @type {PointerEvent} */ event) => player.seek(wave.momentAt(event.clientX));
  track.addEventListener("pointerdown", (event) => {
    track.setPointerCapture(event.pointerId);
    seek(event);
  });
  track.addEventListener("pointermove", (event) => {
    if (track.hasPointerCapture(event.pointerId)) seek(event);
  });
  play.addEventListener("click", player.toggle);
  const speed = /** @type {HTMLSelectElement | null} */ (document.getElementById("player-speed"));
  speed?.addEventListener("change", () => player.setSpeed(Number(speed.value)));
  for (const node of document.querySelectorAll("[data-play-turn]")) {
    node.addEventListener("click", (event) => {
      event.preventDefault();
      const line = /** @type {HTMLElement} */ (node.closest("[data-speaker]"));
      player.playFrom(Number(/** @type {HTMLElement} */ (node).dataset.playTurn), line.dataset.speaker ?? "learner");
    });
  }
  document.addEventListener("click", (event) => {
    const moment = /** @type {HTMLElement} */ (event.target).closest?.("[data-seek]");
    if (!moment) return;
    event.preventDefault();
    const { seek: ms, seekTurn } = /** @type {HTMLElement} */ (moment).dataset;
    goTo(Number(ms), seekTurn ?? /** @type {HTMLElement | null} */ (moment.closest("[data-turn]"))?.dataset.turn);
  });
  for (const button of document.querySelectorAll("button.moment")) /** @type {HTMLButtonElement} */ (button).disabled = false;
  showMarks();
  showMoment(0);

  return {
    player,
    showMarks,
    here: () => ({ ms: player.now(), turn: turnAt(times.stretches, player.now()) }),
    /** @param {number} by */
    move: (by) => player.seek(player.now() + by),
    /** @param {number} by */
    turn: (by) => goTo(stepTurn(times.stretches, player.now(), by), undefined),
    /** @param {number} by */
    pace(by) {
      if (!speed) return;
      speed.selectedIndex = Math.max(0, Math.min(speed.options.length - 1, speed.selectedIndex + by));
      player.setSpeed(Number(speed.value));
    },
  };
}

for (const node of document.querySelectorAll("[data-comment-at]")) {
  const button = /** @type {HTMLButtonElement} */ (node);
  button.hidden = false;
  button.addEventListener("click", () => {
    comments.placeAt({ ms: Number(button.dataset.commentAt), turn: Number(button.dataset.commentTurn) });
    comments.write();
  });
}
document.querySelector("[data-no-place]")?.addEventListener("click", () => comments.placeAt(null));

const panel = /** @type {HTMLDialogElement | null} */ (document.getElementById("word-panel"));
if (panel) markReviewedWords(openPanelOf(panel, { onTakeFloor: () => talk?.player.stop(), onOpen: () => talk?.player.stop() }));

const showKeys = byId("show-keys");
showKeys.hidden = false;
showKeys.addEventListener("click", () => keysDialog.showModal());

const digits = Object.fromEntries([1, 2, 3, 4, 5, 6].map((place) => [String(place), () => marking.choose(place)]));
bindReviewKeys({
  ...digits,
  " ": () => talk?.player.toggle(),
  ArrowLeft: () => talk?.move(-STEP_MS),
  ArrowRight: () => talk?.move(STEP_MS),
  ArrowUp: () => talk?.turn(-1),
  ArrowDown: () => talk?.turn(1),
  "<": () => talk?.pace(-1),
  ">": () => talk?.pace(1),
  p: () => marking.toPoints(),
  c() {
    talk?.player.stop();
    comments.placeAt(talk?.here() ?? null);
    comments.write();
  },
  v() {
    if (!comments.isSpeaking()) comments.placeAt(talk?.here() ?? null);
    comments.speak();
  },
  r: () => marking.giveBack(),
  n() {
    location.assign(root.dataset.next ?? root.dataset.queue ?? "/");
  },
  "?": () => keysDialog.showModal(),
});
