// @ts-check
/** Shows how things stand: the tutor's state, banners, notices, timer, and what is read out. */

import { byId, element, icon } from "./elements.js";
import { gettext } from "./i18n.js";
import { permissionHelp } from "./microphone_words.js";
import { clockText, connectionWords, endedWords, micWords, phaseWords, shownPhase } from "./status_words.js";

/** Phases a screen reader's user is told; "speaking" is heard anyway. */
const ANNOUNCED = new Set(["thinking", "listening", "ended"]);
const NOTICE_MS = 9000;

/**
 * @param {object} options
 * @param {(does: string) => void} options.onConnectionAction
 * @param {() => void} options.onMicRetry
 * @param {(id: number) => void} options.onDismiss
 */
export function createStatusView({ onConnectionAction, onMicRetry, onDismiss }) {
  const help = permissionHelp(navigator.userAgent);
  const connection = byId("connection-banner");
  const mic = byId("mic-banner");
  let connectionAction = "";
  let joinedAt = 0;
  let endedAt = 0;
  /** @type {Map<number, HTMLElement>} */
  const notices = new Map();

  connection.querySelector("button").addEventListener("click", () => onConnectionAction(connectionAction));
  mic.querySelector("button").addEventListener("click", onMicRetry);
  setInterval(() => {
    if (joinedAt) byId("timer").textContent = talkedFor();
  }, 1000);

  const talkedFor = () => clockText((endedAt || performance.now()) - joinedAt);

  /** @param {string} text */
  function announce(text) {
    byId("announcer").textContent = text;
  }

  /** @param {HTMLElement} banner @param {string} text */
  function say(banner, text) {
    banner.hidden = text === "";
    const line = /** @type {HTMLElement} */ (banner.querySelector("p"));
    if (line.textContent !== text) line.textContent = text;
  }

  /** @param {import("./session_store.js").SessionState} state */
  function renderBanners(state) {
    const words = state.phase === "ended" ? null : connectionWords(state.connection);
    say(connection, words?.text ?? "");
    const button = connection.querySelector("button");
    button.hidden = !words?.action;
    button.textContent = words?.action ?? "";
    connectionAction = words?.does ?? "";
    const lost = Object.values(state.degraded).map((entry) => entry.message);
    say(byId("degraded-banner"), state.phase === "ended" ? "" : [...new Set(lost)].join(" "));
    say(mic, state.phase === "ended" ? "" : micWords(state.micProblem, help));
  }

  /** @param {import("./session_store.js").SessionState} state */
  function renderNotices(state) {
    const wanted = new Set(state.notices.map((notice) => notice.id));
    for (const [id, node] of notices) {
      if (wanted.has(id)) continue;
      node.remove();
      notices.delete(id);
    }
    for (const { id, text, tone } of state.notices) {
      if (notices.has(id)) continue;
      const close = element("button", { class: "icon-button", type: "button", "aria-label": gettext("Dismiss"), on: { click: () => onDismiss(id) } }, icon("close"));
      const node = element("div", { class: `notice notice--${tone}` }, element("p", { dir: "auto" }, text), close);
      notices.set(id, node);
      byId("notices").append(node);
      setTimeout(() => onDismiss(id), NOTICE_MS);
    }
  }

  return {
    joined() {
      joinedAt = performance.now();
    },
    announce,
    /** @param {import("./session_store.js").SessionState} state @param {import("./session_store.js").SessionState} before */
    render(state, before) {
      byId("live").dataset.phase = shownPhase(state);
      byId("live").dataset.connection = state.connection.status;
      const words = phaseWords(state);
      if (byId("tutor-state-text").textContent !== words) {
        byId("tutor-state-text").textContent = words;
        if (ANNOUNCED.has(state.phase) && state.phase !== before.phase) announce(words);
      }
      renderBanners(state);
      renderNotices(state);
      if (state.ended && !before.ended) {
        endedAt = performance.now();
        byId("ended-text").textContent = endedWords(state.ended, talkedFor());
        byId("ended").hidden = false;
        byId("ended-title").focus();
      }
    },
  };
}
