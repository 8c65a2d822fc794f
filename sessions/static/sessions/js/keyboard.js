// @ts-check
/** The page's keys. Letters are left alone while someone writes or a dialog is open. */

/** @typedef {{pressTalk(): void, releaseTalk(): void, toggleMute(): void, toggleHold(): void, stop(): void, repeat(slower: boolean): void, togglePart(part: "captions" | "transcript" | "voice"): void, writeText(): void, askHowToSay(): void, showKeys(): void}} KeyIntents */

/** @param {EventTarget | null} target */
const isWriting = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** Space on a button presses it; only elsewhere does it talk. @param {EventTarget | null} target */
const takesSpace = (target) =>
  target instanceof HTMLElement && target.id !== "talk-key" && target.closest("button, a, summary") !== null;

/**
 * @param {KeyIntents} intents
 * @param {() => boolean} isTalkKeyOn  whether push-to-talk is the mode
 */
export function bindKeyboard(intents, isTalkKeyOn) {
  /** @type {Record<string, () => void>} */
  const keys = {
    m: () => intents.toggleMute(),
    f: () => intents.toggleHold(),
    r: () => intents.repeat(false),
    s: () => intents.repeat(true),
    c: () => intents.togglePart("captions"),
    t: () => intents.togglePart("transcript"),
    v: () => intents.togglePart("voice"),
    "/": () => intents.writeText(),
    h: () => intents.askHowToSay(),
    "?": () => intents.showKeys(),
    Escape: () => intents.stop(),
  };
  let talking = false;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (isWriting(event.target) && event.key !== "Escape") return;
    if (event.code === "Space" && isTalkKeyOn() && !takesSpace(event.target)) {
      event.preventDefault();
      if (!event.repeat) {
        talking = true;
        intents.pressTalk();
      }
      return;
    }
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run || event.repeat) return;
    event.preventDefault();
    run();
  });

  function letGo() {
    if (!talking) return;
    talking = false;
    intents.releaseTalk();
  }
  document.addEventListener("keyup", (event) => {
    if (event.code === "Space") letGo();
  });
  // A key released over another window is never seen: leaving counts as letting go.
  window.addEventListener("blur", letGo);
}
