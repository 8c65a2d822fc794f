// @ts-check
// The video of a lesson: asks how far it is while it is being made, and falls back to sound.

const EVERY_MS = 2000;
const SLOWEST_MS = 30000;

/** How long to wait before asking again, in ms: longer from failure to failure.
 * @param {number} failures how often in a row there was no answer */
export function pauseMs(failures) {
  return Math.min(EVERY_MS * 2 ** failures, SLOWEST_MS);
}

/** Show how far the clip is; return whether it is still being made.
 * @param {ParentNode} part
 * @param {{under_way: boolean, progress: number, message: string}} state */
export function showState(part, state) {
  const bar = /** @type {HTMLProgressElement | null} */ (part.querySelector("[data-clip-bar]"));
  if (bar) bar.value = state.progress;
  const words = part.querySelector("[data-clip-words]");
  // Only when they change: each change is read out.
  if (words && words.textContent !== state.message) words.textContent = state.message;
  return state.under_way;
}

/** Offer the sound alone where the video cannot be played.
 * @param {ParentNode} part */
export function fallBack(part) {
  const video = part.querySelector("video");
  const sound = /** @type {HTMLElement | null} */ (part.querySelector("[data-clip-sound]"));
  if (!video || !sound) return;
  const offer = () => { sound.hidden = false; };
  if (!video.canPlayType('video/mp4; codecs="avc1.42E01E, mp4a.40.2"')) offer();
  video.addEventListener("error", offer);
  video.querySelector("source")?.addEventListener("error", offer);
}

/** @param {HTMLElement} part */
async function follow(part) {
  const { clipState, clipPart } = part.dataset;
  if (!clipState || !clipPart) return;
  for (let failures = 0; part.isConnected;) {
    await new Promise((done) => { setTimeout(done, pauseMs(failures)); });
    if (document.hidden) continue;
    try {
      const answer = await fetch(clipState, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error("no answer");
      failures = 0;
      if (showState(part, await answer.json())) continue;
      const whole = await fetch(clipPart);
      if (!whole.ok) throw new Error("no answer");
      const fresh = new DOMParser().parseFromString(await whole.text(), "text/html");
      const section = fresh.getElementById(part.id);
      if (!section) return;
      part.replaceWith(section);
      start(section);
      return;
    } catch {
      failures += 1;
    }
  }
}

/** @param {HTMLElement} part */
function start(part) {
  fallBack(part);
  void follow(part);
}

if (typeof document !== "undefined") {
  const part = document.getElementById("lesson-clip");
  if (part) start(part);
}
