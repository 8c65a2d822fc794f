// @ts-check
/** The page of a lesson: each line and word can be heard, and the conversation as a whole. */

import { createClipPlayer } from "./clip_player.js";
import { createConversation } from "./conversation.js";
import { createDeviceVoice } from "./device_voice.js";
import { gettext } from "./i18n.js";
import { createServerRequest } from "./server_request.js";

const PLAY = gettext("Play the conversation");
const STOP = gettext("Stop");
const HIDE = gettext("Hide the words");
const SHOW = gettext("Show the words");
const YOUR_TURN = gettext("Your turn: say it now.");
const NO_VOICE = gettext("There is no voice for this language here.");

/** @type {HTMLElement | null} */
const place = document.querySelector("[data-voice-url]");
if (place) start(place);

/** @param {HTMLElement} root */
function start(root) {
  const { voiceUrl = "", lesson = "", language = "", token = "" } = root.dataset;
  const request = createServerRequest({ token: () => token });
  const player = createClipPlayer();
  const device = createDeviceVoice();
  /** @type {Map<string, Promise<ArrayBuffer>>} */
  const sounds = new Map();
  const buttons = /** @type {HTMLButtonElement[]} */ ([...root.querySelectorAll(".say")]);
  const rows = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".line")]);
  const status = root.querySelector("[data-said]");

  /** @param {string} part */
  function fetched(part) {
    let sound = sounds.get(part);
    if (!sound) {
      sound = request.post(voiceUrl, { lesson, part }).then(({ audio }) => Uint8Array.from(atob(audio), (letter) => letter.charCodeAt(0)).buffer);
      sounds.set(part, sound);
      sound.catch(() => sounds.delete(part));
    }
    return sound;
  }

  /** @param {string} part @param {string} text */
  async function say(part, text) {
    try {
      const clip = await player.decode((await fetched(part)).slice(0));
      await new Promise((heard) => {
        player.play(clip, { onPlace: (ms) => ms === null && heard(null) });
      });
    } catch (error) {
      if (!device.say(text, language, false)) throw /** @type {Error} */ (error).message ? error : new Error(NO_VOICE);
    }
  }

  /** @param {HTMLElement} row */
  const textOf = (row) => row.querySelector(".line__text")?.textContent ?? "";

  /** @param {string} words */
  function tell(words) {
    if (status && status.textContent !== words) status.textContent = words;
  }

  const conversation = createConversation({
    lines: rows.map((row) => ({ speaker: row.dataset.speaker ?? "", text: textOf(row) })),
    say: (n) => say(`line-${n}`, textOf(rows[n])),
    prepare: (n) => void fetched(`line-${n}`).catch(() => {}),
    onLine(n, isMine) {
      rows.forEach((row, place) => {
        row.toggleAttribute("data-now", place === n);
        row.toggleAttribute("data-mine", place === n && isMine);
      });
      if (n !== null) rows[n].scrollIntoView({ block: "nearest", behavior: "smooth" });
      tell(n !== null && isMine ? YOUR_TURN : "");
      showGoing(n !== null);
    },
  });

  const all = /** @type {HTMLButtonElement | null} */ (root.querySelector("[data-play-all]"));
  const role = /** @type {HTMLSelectElement | null} */ (root.querySelector("[data-role]"));

  /** @param {boolean} isGoing */
  function showGoing(isGoing) {
    const label = all?.querySelector("[data-play-label]");
    if (label) label.textContent = isGoing ? STOP : PLAY;
    all?.querySelector("[data-play-symbol]")?.setAttribute("href", isGoing ? "#i-stop" : "#i-play");
  }

  function stop() {
    conversation.stop();
    player.stop();
    device.stop();
  }

  all?.addEventListener("click", async () => {
    if (conversation.isGoing()) {
      stop();
      return;
    }
    stop();
    try {
      await conversation.play({ role: role?.value ?? "" });
    } catch (error) {
      tell(/** @type {Error} */ (error).message);
    }
  });
  role?.addEventListener("change", () => {
    stop();
    for (const row of rows) row.toggleAttribute("data-own", role.value !== "" && row.dataset.speaker === role.value);
  });

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const { part = "" } = button.dataset;
      const row = /** @type {HTMLElement | null} */ (button.closest(".line, .word-card, .pattern"));
      stop();
      button.setAttribute("aria-busy", "true");
      row?.toggleAttribute("data-now", true);
      tell("");
      try {
        await say(part, button.dataset.text ?? "");
      } catch (error) {
        tell(/** @type {Error} */ (error).message);
      }
      button.removeAttribute("aria-busy");
      row?.removeAttribute("data-now");
    });
  }

  const cover = /** @type {HTMLButtonElement | null} */ (root.querySelector("[data-cover]"));
  cover?.addEventListener("click", () => {
    const isCovered = root.toggleAttribute("data-covered");
    cover.setAttribute("aria-pressed", String(isCovered));
    cover.textContent = isCovered ? SHOW : HIDE;
  });
  for (const tools of root.querySelectorAll("[data-tools]")) /** @type {HTMLElement} */ (tools).hidden = false;
  window.addEventListener("pagehide", stop);
}
