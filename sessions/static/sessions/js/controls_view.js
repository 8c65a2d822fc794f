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
 * @param {object} intents
 * @param {() => void} intents.toggleMode
 * @param {() => void} intents.toggleMute
 * @param {() => void} intents.pressTalk
 * @param {() => void} intents.releaseTalk
 * @param {() => void} intents.stop
 * @param {(slower: boolean) => void} intents.repeat
 * @param {() => void} intents.end
 */
export function createControlsView(intents) {
  const [mode, mute, talk] = [byId("mode"), byId("mute"), byId("talk-key")];
  mode.addEventListener("click", () => {
    intents.toggleMode();
    // Space is to talk now, not to press the mode button once more.
    if (!talk.hidden && !talk.disabled) talk.focus();
  });
  mute.addEventListener("click", intents.toggleMute);
  byId("stop").addEventListener("click", intents.stop);
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
      byId("stop").disabled = !live || !(state.playing || state.phase === "thinking");
      byId("repeat").disabled = !live || !replies;
      byId("slower").disabled = !live || !replies;
      byId("end").disabled = state.phase === "ended";
      byId("composer-text").disabled = !live;
      /** @type {HTMLButtonElement} */ (document.querySelector(".composer__send")).disabled = !live;
    },
  };
}
