// @ts-check
/** The phrasebook's buttons that say a word or sentence. */

import { createClipPlayer } from "./clip_player.js";
import { byId } from "./elements.js";
import { createServerRequest } from "./server_request.js";

const list = byId("phrases");
const problem = byId("phrase-problem");
const { post } = createServerRequest({ token: () => list.dataset.token ?? "" });
const player = createClipPlayer();
/** @type {Map<string, Promise<ArrayBuffer>>} */
const voices = new Map();

/** @param {string} text */
function voice(text) {
  const known = voices.get(text);
  if (known) return known;
  const asked = post(list.dataset.voiceUrl ?? "", { text }).then(
    ({ audio }) => Uint8Array.from(atob(audio), (letter) => letter.charCodeAt(0)).buffer);
  voices.set(text, asked);
  asked.catch(() => voices.delete(text));
  return asked;
}

/** @param {string} words */
function say(words) {
  problem.textContent = words;
  problem.hidden = words === "";
}

list.addEventListener("click", async (/** @type {Event} */ event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button[data-say]");
  if (!(button instanceof HTMLElement)) return;
  say("");
  button.setAttribute("aria-busy", "true");
  try {
    player.play(await player.decode((await voice(button.dataset.say ?? "")).slice(0)), {});
  } catch (error) {
    say(/** @type {Error} */ (error).message);
  }
  button.removeAttribute("aria-busy");
});
