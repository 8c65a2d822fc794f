// @ts-check
/** The page of reviews: card after card, by hand, by keyboard or by voice. */

import { createCardsApi } from "./cards_api.js";
import { createCardsOutbox } from "./cards_outbox.js";
import { createCardsRun } from "./cards_run.js";
import { createCardsView } from "./cards_view.js";
import { createClipPlayer } from "./clip_player.js";
import { byId } from "./elements.js";
import { fill, gettext, ngettext } from "./i18n.js";

const page = JSON.parse(byId("page-data").textContent);
const place = byId("card");
const network = byId("network");
const undoButton = /** @type {HTMLButtonElement} */ (byId("undo"));
const asideButton = /** @type {HTMLButtonElement} */ (byId("aside"));
const api = createCardsApi({ urls: page.urls, token: () => byId("reviews").dataset.token ?? "" });
const player = createClipPlayer();

/** What can be taken back, the latest last; the page may begin with one of before. @type {{card: string, key: string, shown: import("./cards_run.js").Card | null}[]} */
const made = page.undo ? [{ ...page.undo, shown: null }] : [];
let shownAt = 0;
let isBusy = false;
/** @type {any} */
let waking = null;

const outbox = createCardsOutbox({
  name: `review-answers-${page.owner}`,
  send: api.answer,
  onTaken: (_answer, { card, forecast }) => {
    run.returned(card);
    showForecast(forecast);
    refresh();
  },
  onRefused: (answer, message) => {
    run.forget(answer.card);
    forgetMade(answer.key);
    view.say(message);
    refresh();
  },
  onState: (waiting, reply) => {
    const words = reply?.status === 401 ? reply.body?.message : gettext("No connection. Go on: your answers wait on this device and are sent later.");
    if (reply) network.textContent = words;
    if (!waiting) network.textContent = "";
    network.hidden = network.textContent === "";
    byId("end-waiting").textContent = waiting ? fill(ngettext("%(n)s answer still waits to be sent. Keep this page open.", "%(n)s answers still wait to be sent. Keep this page open.", waiting), { n: waiting }) : "";
  },
});
const pending = new Set(outbox.waiting());
const run = createCardsRun(page.cards.filter((/** @type {{card: string}} */ { card }) => !pending.has(card)), { aheadMs: page.aheadMs });
const view = createCardsView({ place, api, player, longestMs: page.maxAudioMs / 2, onRated });

/** @param {number} rating @param {{spoken: boolean, heard: string}} how */
function onRated(rating, how) {
  const card = run.current();
  if (!card) return;
  const key = crypto.randomUUID();
  const at = Date.now();
  run.answered(rating);
  made.push({ card: card.card, key, shown: card });
  void outbox.add({ key, card: card.card, rating, version: card.version, at, tookMs: at - shownAt, ...how });
  showCurrent();
}

/** @param {string} key */
function forgetMade(key) {
  const at = made.findIndex((one) => one.key === key);
  if (at >= 0) made.splice(at, 1);
}

async function undo() {
  const last = made.at(-1);
  if (!last || isBusy) return;
  isBusy = true;
  refreshButtons();
  try {
    const neverSent = last.shown !== null && (await outbox.takeBack(last.key));
    const { card, forecast } = neverSent ? { card: last.shown, forecast: null } : await api.undo(last.card, last.key);
    if (forecast) showForecast(forecast);
    forgetMade(last.key);
    if (card) run.undone(card);
    isBusy = false;
    showCurrent();
  } catch (error) {
    isBusy = false;
    view.say(/** @type {Error} */ (error).message);
    refreshButtons();
  }
}

async function setAside() {
  const card = run.current();
  if (!card || isBusy) return;
  isBusy = true;
  refreshButtons();
  try {
    await api.aside(card.card);
    run.forget(card.card);
    isBusy = false;
    showCurrent();
    view.say(gettext("Set aside. You find it in the settings of your reviews."));
  } catch (error) {
    isBusy = false;
    view.say(/** @type {Error} */ (error).message);
    refreshButtons();
  }
}

/** @param {Record<"today" | "tomorrow" | "week" | "done", number>} forecast */
function showForecast(forecast) {
  for (const [name, n] of Object.entries(forecast)) byId(`forecast-${name}`).textContent = String(n);
}

function refreshButtons() {
  undoButton.disabled = isBusy || made.length === 0;
  asideButton.disabled = isBusy || run.current() === null;
}

function refreshProgress() {
  const { done, left } = run.progress();
  const bar = /** @type {HTMLProgressElement} */ (byId("progress"));
  bar.max = Math.max(1, done + left);
  bar.value = done;
  byId("progress-words").textContent = fill(gettext("%(done)s done, %(left)s left"), { done, left });
}

/** After news from the server: the card at hand stays, an end may be none any more. */
function refresh() {
  refreshProgress();
  if (!byId("end").hidden && run.progress().left) showCurrent();
  else refreshButtons();
}

/** @param {boolean} [takesFocus] */
function showCurrent(takesFocus = true) {
  clearTimeout(waking);
  const card = run.current();
  refreshProgress();
  refreshButtons();
  place.hidden = card === null;
  byId("tools-aside").hidden = card === null;
  byId("end").hidden = card !== null;
  if (card) {
    shownAt = Date.now();
    view.show(card, { takesFocus });
    return;
  }
  view.close();
  showEnd();
}

function showEnd() {
  const { done } = run.progress();
  const [again, hard, good, easy] = run.results();
  byId("end-words").textContent = done ? fill(ngettext("%(n)s card answered, %(known)s of them known.", "%(n)s cards answered, %(known)s of them known.", done), { n: done, known: hard + good + easy }) : gettext("Nothing is left for now.");
  byId("end-again").textContent = again ? gettext("What you did not know comes back soon: that is how it stays.") : "";
  byId("more").hidden = page.left === 0;
  byId("end-title").focus();
  const wait = run.waitMs();
  if (wait !== null) waking = setTimeout(showCurrent, wait);
}

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select, summary, dialog")) return;
  if (event.key === "u") void undo();
  else if (place.hidden) return;
  else if (event.key === " " || event.key === "Enter") {
    // A button or link with the focus does its own.
    if (target.closest("button, a")) return;
    view.open();
  } else if (view.isOpen() && /^[1-4]$/.test(event.key)) view.rate(Number(event.key));
  else if (event.key === "l") view.listen();
  else if (event.key === "s") void setAside();
  else return;
  event.preventDefault();
});

undoButton.addEventListener("click", () => void undo());
asideButton.addEventListener("click", () => void setAside());
globalThis.addEventListener("online", () => void outbox.flush());
showCurrent(false);
void outbox.flush();
