// @ts-check
/** Both words of a pair, to be heard and said. */

import { element, icon } from "./elements.js";
import { isJudged, matchWords } from "./pronunciation.js";
import { drawMic } from "./practice_sound.js";
import { drawMarkedWords } from "./word_marks.js";

/**
 * @param {import("./exercise_run.js").Task} task
 * @param {object} options
 * @param {Record<string, string>} options.words
 * @param {number} options.longestMs
 * @param {(part: number) => Promise<string | null>} options.hear
 * @param {(part: number, wav: ArrayBuffer) => Promise<import("./exercise_api.js").Spoken>} options.send
 * @param {(said: import("./pronunciation.js").Pronunciation, frames: Int16Array[]) => import("./word_marks.js").OpenWord} options.openWordOf
 * @param {() => void} options.onStart
 */
export function drawPair(task, { words, longestMs, hear, send, openWordOf, onStart }) {
  /** @type {ReturnType<typeof drawMic>[]} */
  const mics = [];
  const rows = task.choices.map((/** @type {string} */ word, /** @type {number} */ part) => {
    const came = element("p", { class: "pair__came small", role: "status" });
    const mic = drawMic({
      label: words.sayIt,
      longestMs,
      onStart: () => {
        onStart();
        mics.forEach((other) => other !== mic && other.close());
      },
      onProblem: (problem) => came.replaceChildren(problem),
      onSaid: async (wav, frames) => {
        try {
          came.replaceChildren(...shown(word, await send(part, wav), frames));
        } catch (error) {
          came.replaceChildren(/** @type {Error} */ (error).message);
        }
      },
    });
    mics.push(mic);
    const listen = element("button", { class: "button button--quiet", type: "button", "aria-label": `${words.listen}: ${word}`, on: { click: async () => {
      try {
        if (await hear(part) !== null) came.replaceChildren(words.noVoice);
      } catch (error) {
        came.replaceChildren(/** @type {Error} */ (error).message);
      }
    } } }, icon("speaker"));
    return element("li", { class: "pair__row" }, element("span", { class: "pair__word", lang: task.l2, dir: "auto" }, word), listen, mic.node, came);
  });

  /** @param {string} word @param {import("./exercise_api.js").Spoken} spoken @param {Int16Array[]} frames */
  function shown(word, { pronunciation, message, note, isSaid, heard }, frames) {
    if (message) return [message];
    const marked = pronunciation && isJudged(pronunciation) ? matchWords(word, pronunciation) : null;
    return [
      icon(isSaid ? "tick" : "repeat"), isSaid ? ` ${words.wordSaid} ` : ` ${words.iHeard} ${heard} `,
      ...(marked && pronunciation ? [drawMarkedWords(marked, openWordOf(pronunciation, frames))] : []),
      ...(note ? [element("span", { class: "muted" }, ` ${note}`)] : []),
    ];
  }

  return {
    node: element("section", { class: "pair" }, element("h3", { class: "pair__title small" }, words.sayBoth), element("ul", { class: "pair__rows" }, ...rows)),
    close: () => mics.forEach((mic) => mic.close()),
  };
}
