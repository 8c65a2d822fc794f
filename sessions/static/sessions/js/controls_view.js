// @ts-check
/** The buttons under the stage and what is enabled when. */

import { byId } from "./elements.js";
import { gettext } from "./i18n.js";

/** @param {HTMLElement} button @param {string} label @param {string} symbol */
function relabel(button, label, symbol) {
  const text = /** @type {HTMLElement} */ (button.querySelector(".control__label"));
  if (text.textContent !== label) text.textContent = label;
  button.querySelector("use")?.setAttribute("href", `#i-${symbol}`);
}

/**
 * Whether the learner may ask to finish: it is their turn, and silence would end it.
 * @param {import("./session_store.js").SessionState} state
 * @param {boolean} usable  the microphone is open
 */
export const canHold = (state, usable) =>
  usable && state.inputMode === "hands_free" && !state.muted && !state.playing && (state.phase === "listening" || state.phase === "hearing");

/**
 * @param {object} intents
 * @param {() => void} intents.toggleMode
 * @param {() => void} intents.toggleMute
 * @param {() => void} intents.pressTalk
 * @param {() => void} intents.releaseTalk
 * @param {() => void} intents.toggleHold
 * @param {() => void} intents.stop
 * @param {(slower: boolean) => void} intents.repeat
 * @param {() => void} intents.end
 */
export function createControlsView(intents) {
  const [mode, mute, talk, hold, stop] = ["mode", "mute", "talk-key", "hold", "stop"].map((id) => byId(id));
  mode.addEventListener("click", () => {
    intents.toggleMode();
    // Space is to talk now, not to press the mode button once more.
    if (!talk.hidden && !talk.disabled) talk.focus();
  });
  mute.addEventListener("click", intents.toggleMute);
  hold.addEventListener("click", intents.toggleHold);
  stop.addEventListener("click", intents.stop);
  byId("repeat").addEventListener("click", () => intents.repeat(false));
  byId("slower").addEventListener("click", () => intents.repeat(true));
  byId("end").addEventListener("click", () => byId("end-dialog").showModal());
  byId("end-dialog").addEventListener("close", () => {
    if (byId("end-dialog").returnValue === "end") intents.end();
    byId("end-dialog").returnValue = "";
  });

  talk.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    // The finger may slide off the button while it talks.
    talk.setPointerCapture(event.pointerId);
    intents.pressTalk();
  });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
    talk.addEventListener(name, intents.releaseTalk);
  }
  talk.addEventListener("contextmenu", (/** @type {Event} */ event) => event.preventDefault());
  talk.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !event.repeat) intents.pressTalk();
  });
  talk.addEventListener("keyup", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") intents.releaseTalk();
  });

  /** The learner's turn: its button stands where that to stop the tutor's turn is. @param {import("./session_store.js").SessionState} state @param {boolean} usable */
  function renderHold(state, usable) {
    const hadFocus = document.activeElement === hold || document.activeElement === stop;
    hold.hidden = !canHold(state, usable);
    stop.hidden = !hold.hidden;
    hold.setAttribute("aria-pressed", String(state.held));
    relabel(hold, state.held ? gettext("I'm done") : gettext("Let me finish"), state.held ? "check" : "hand");
    if (hadFocus) (hold.hidden ? stop : hold).focus();
  }

  return {
    /** @param {number} height  0..1 */
    level(height) {
      for (const id of ["level", "talk-level"]) byId(id).style.setProperty("--level", height.toFixed(2));
    },
    /** @param {import("./session_store.js").SessionState} state @param {boolean} hasMicrophone */
    render(state, hasMicrophone) {
      const live = state.phase !== "joining" && state.phase !== "ended";
      const held = state.inputMode === "push_to_talk";
      const usable = live && hasMicrophone && state.micProblem === null;
      mode.disabled = !live;
      relabel(mode, held ? gettext("Push to talk") : gettext("Hands-free"), held ? "hand" : "wave");
      mute.hidden = held;
      talk.hidden = !held;
      mute.disabled = !usable;
      talk.disabled = !usable;
      mute.setAttribute("aria-pressed", String(state.muted));
      relabel(mute, state.muted ? gettext("Unmute") : gettext("Mute"), state.muted ? "mic-off" : "mic");
      talk.setAttribute("aria-pressed", String(state.talking));
      relabel(talk, state.talking ? gettext("Let go to send") : gettext("Hold to talk"), "mic");
      const replies = state.turns.some((turn) => turn.reply?.text);
      stop.disabled = !live || !(state.playing || state.phase === "thinking");
      renderHold(state, usable);
      byId("repeat").disabled = !live || !replies;
      byId("slower").disabled = !live || !replies;
      byId("end").disabled = state.phase === "ended";
      byId("composer-text").disabled = !live;
      /** @type {HTMLButtonElement} */ (document.querySelector(".composer__send")).disabled = !live;
    },
  };
}
