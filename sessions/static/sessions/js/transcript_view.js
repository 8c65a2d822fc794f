// @ts-check
/** The transcript of both sides: redraws only turns that changed, keeps the end in sight. */

import { drawTurn } from "./turn_bubbles.js";

/** This close to the end counts as "at the end"; who scrolled up is left alone. */
const NEAR_END_PX = 80;

/**
 * @param {object} options
 * @param {HTMLElement} options.list
 * @param {HTMLElement} options.scroller
 * @param {HTMLElement} options.empty
 * @param {import("./turn_bubbles.js").TurnIntents} options.intents
 */
export function createTranscriptView({ list, scroller, empty, intents }) {
  /** @type {Map<number, {turn: import("./turn_reducer.js").TurnView, isLatest: boolean, node: HTMLElement}>} */
  const drawn = new Map();

  /** A turn whose words are being corrected must not be drawn over. @param {HTMLElement} node */
  const isEdited = (node) => node.querySelector(".correction") !== null;

  return {
    /** @param {import("./session_store.js").SessionState} state */
    render({ turns, phase }) {
      const fromEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
      const kept = new Set();
      turns.forEach((turn, at) => {
        const isLatest = at === turns.length - 1 && phase !== "ended";
        kept.add(turn.index);
        const before = drawn.get(turn.index);
        if (before && before.turn === turn && before.isLatest === isLatest) return;
        if (before && isLatest && isEdited(before.node)) return;
        const node = drawTurn(turn, isLatest, intents);
        if (before) before.node.replaceWith(node);
        else list.insertBefore(node, list.children[at] ?? null);
        drawn.set(turn.index, { turn, isLatest, node });
      });
      for (const [index, { node }] of drawn) {
        if (kept.has(index)) continue;
        node.remove();
        drawn.delete(index);
      }
      empty.hidden = turns.length > 0;
      if (fromEnd < NEAR_END_PX) scroller.scrollTop = scroller.scrollHeight;
    },
  };
}
