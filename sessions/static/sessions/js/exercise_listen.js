// @ts-check
/**
 * Listening in an exercise: the site's voice, else the device's own, else the words themselves,
 * shown for as long as it takes to read them.
 */

import { element, icon } from "./elements.js";

const READ_MS = 1500;
const READ_MS_A_WORD = 450;

/** How long words stay to be read. @param {string} text */
export const readingMs = (text) => READ_MS + READ_MS_A_WORD * text.split(/\s+/).filter(Boolean).length;

/**
 * @param {object} options
 * @param {ReturnType<typeof import("./exercise_api.js").createExerciseApi>} options.api
 * @param {ReturnType<typeof import("./clip_player.js").createClipPlayer>} options.player
 * @param {ReturnType<typeof import("./device_voice.js").createDeviceVoice>} options.device
 * @param {string[]} options.languages  those the site's voice speaks
 */
export function createListening({ api, player, device, languages }) {
  /** @param {string} l2 */
  const speaks = (l2) => languages.some((tag) => tag.split("-")[0] === l2.split("-")[0]);
  return {
    /**
     * Says it; resolves to the words where nothing here can, null otherwise. May reject.
     * @param {import("./exercise_api.js").Showing} showing
     * @param {{l2: string, slow?: boolean, part?: number | null}} how
     * @returns {Promise<string | null>}
     */
    async say(showing, { l2, slow = false, part = null }) {
      if (speaks(l2)) {
        try {
          player.play(await player.decode((await api.voice(showing, { slow, part })).slice(0)), {});
          return null;
        } catch {
          // Something else may say it.
        }
      }
      const text = await api.words(showing, part);
      return device.say(text, l2, slow) ? null : text;
    },
    stop() {
      player.stop();
      device.stop();
    },
  };
}

/**
 * The buttons to hear an exercise, and the place where its words show if nothing can be heard.
 * @param {object} options
 * @param {(slow: boolean) => Promise<string | null>} options.say
 * @param {Record<string, string>} options.words
 * @param {string} options.lang
 * @param {(words: string) => void} options.onProblem
 * @param {(text: string) => void} [options.onShown]  the words are seen: nothing can be heard
 * @param {boolean} [options.isQuiet]  beside something else
 * @param {string} [options.note]  what to know of the voice
 * @param {(ms: number) => Promise<void>} [options.wait]
 */
export function drawListening({ say, words, lang, onProblem, onShown, isQuiet = false, note = "", wait = (ms) => new Promise((done) => setTimeout(done, ms)) }) {
  const shown = element("p", { class: "listen__words", lang, dir: "auto", hidden: true });
  const told = element("p", { class: "small muted", role: "status" }, note);

  /** @param {boolean} slow @param {string} label @param {string} symbol @param {string} kind */
  function button(slow, label, symbol, kind) {
    const made = element("button", { class: kind, type: "button" }, icon(symbol), label);
    made.addEventListener("click", async () => {
      onProblem("");
      made.setAttribute("aria-busy", "true");
      try {
        const text = await say(slow);
        if (text !== null) await show(text);
      } catch (error) {
        onProblem(/** @type {Error} */ (error).message);
      }
      made.removeAttribute("aria-busy");
    });
    return made;
  }

  /** @param {string} text */
  async function show(text) {
    onShown?.(text);
    told.textContent = words.noVoice;
    shown.textContent = text;
    shown.hidden = false;
    await wait(readingMs(text));
    shown.hidden = true;
    shown.textContent = "";
  }

  const normal = button(false, words.listen, isQuiet ? "speaker" : "play", isQuiet ? "button button--quiet" : "button practice__listen");
  return {
    node: element("div", { class: "stack stack--tight" }, element("div", { class: "row" }, normal, button(true, words.slowly, "slower", "button button--quiet")), shown, told),
    focus: () => normal.focus(),
  };
}
