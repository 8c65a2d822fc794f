// @ts-check
/** The page's state in words. Pure. */

import { MIC_PROBLEM_TEXT } from "./microphone_words.js";

/** @param {import("./session_store.js").SessionState} state */
export function phaseWords({ phase, connection, muted, inputMode, micProblem }) {
  if (phase === "joining") return "Waiting for you";
  if (phase === "ended") return "Talk ended";
  if (connection.status === "connecting" && connection.attempt === 0) return "Connecting";
  if (connection.status !== "ready") return "Not connected";
  if (phase === "thinking") return "Thinking";
  if (phase === "speaking") return "Speaking";
  if (phase === "hearing") return "Hearing you";
  if (micProblem !== null) return "Type to talk";
  if (muted) return "You are muted";
  return inputMode === "push_to_talk" ? "Hold to talk" : "Listening";
}

/**
 * What to say about the connection, and the way out, if there is one.
 * @param {import("./session_store.js").SessionState["connection"]} connection
 * @returns {{text: string, action: string, does: "retry" | "take_back" | "sign_in" | "reload" | ""} | null}
 */
export function connectionWords({ status, attempt, kind, text }) {
  if (status === "waiting" || (status === "connecting" && attempt > 0)) {
    return attempt < 2
      ? { text: "Reconnecting…", action: "", does: "" }
      : { text, action: "Try now", does: "retry" };
  }
  if (status !== "closed") return null;
  switch (kind) {
    case "replaced":
      return { text, action: "Use it here", does: "take_back" };
    case "signed_out":
      return { text, action: "Sign in", does: "sign_in" };
    case "refused":
      return { text, action: "Reload", does: "reload" };
    case "gone":
      return { text, action: "", does: "" };
    default:
      return null;
  }
}

/** @param {{turns: number}} ended @param {string} time */
export function endedWords({ turns }, time) {
  const exchanges = turns === 1 ? "1 exchange" : `${turns} exchanges`;
  return `You talked for ${time}, with ${exchanges}.`;
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
