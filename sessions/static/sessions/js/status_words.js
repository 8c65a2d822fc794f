// @ts-check
/** The page's state in words. Pure. */

import { fill, gettext, ngettext } from "./i18n.js";
import { MIC_PROBLEM_TEXT } from "./microphone_words.js";

/**
 * The phase that is seen: a tutor that stands still, since somebody may have begun to speak,
 * listens and does not speak.
 * @param {import("./session_store.js").SessionState} state
 * @returns {import("./session_store.js").Phase}
 */
export const shownPhase = ({ phase, attends }) =>
  attends && (phase === "speaking" || phase === "thinking") ? "listening" : phase;

/** @param {import("./session_store.js").SessionState} state */
export function phaseWords(state) {
  const { connection, muted, inputMode, micProblem, held } = state;
  const phase = shownPhase(state);
  if (phase === "joining") return gettext("Waiting for you");
  if (phase === "ended") return gettext("Talk ended");
  if (connection.status === "connecting" && connection.attempt === 0) return gettext("Connecting");
  if (connection.status !== "ready") return gettext("Not connected");
  if (phase === "thinking") return gettext("Thinking");
  if (phase === "speaking") return gettext("Speaking");
  if (held) return gettext("Take your time");
  if (phase === "hearing") return gettext("Hearing you");
  if (micProblem !== null) return gettext("Type to talk");
  if (muted) return gettext("You are muted");
  return inputMode === "push_to_talk" ? gettext("Hold to talk") : gettext("Listening");
}

/**
 * What to say about the connection, and the way out, if there is one.
 * @param {import("./session_store.js").SessionState["connection"]} connection
 * @returns {{text: string, action: string, does: "retry" | "take_back" | "sign_in" | "reload" | ""} | null}
 */
export function connectionWords({ status, attempt, kind, text }) {
  if (status === "waiting" || (status === "connecting" && attempt > 0)) {
    return attempt < 2
      ? { text: gettext("Reconnecting…"), action: "", does: "" }
      : { text, action: gettext("Try now"), does: "retry" };
  }
  if (status !== "closed") return null;
  switch (kind) {
    case "replaced":
      return { text, action: gettext("Use it here"), does: "take_back" };
    case "signed_out":
      return { text, action: gettext("Sign in"), does: "sign_in" };
    case "refused":
      return { text, action: gettext("Reload"), does: "reload" };
    case "gone":
      return { text, action: "", does: "" };
    default:
      return null;
  }
}

/** @param {{turns: number}} ended @param {string} time */
export function endedWords({ turns }, time) {
  const words = ngettext("You talked for %(time)s, with %(n)s exchange.", "You talked for %(time)s, with %(n)s exchanges.", turns);
  return fill(words, { time, n: turns });
}

/** @param {string | null} problem @param {string} help */
export function micWords(problem, help) {
  if (problem === null) return "";
  const text = MIC_PROBLEM_TEXT[/** @type {import("./microphone_words.js").MicProblem} */ (problem)];
  return problem === "denied" ? `${text} ${help}` : text;
}

/** @param {number} ms */
export function clockText(ms) {
  const total = Math.floor(ms / 1000);
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
}
