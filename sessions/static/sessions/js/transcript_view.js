// @ts-check
/** The transcript of both sides: redraws only turns that changed, keeps the end in sight. */

import { isJudged } from "./pronunciation.js";
import { drawTurn } from "./turn_bubbles.js";

/** This close to the end counts as "at the end"; who scrolled up is left alone. */
const NEAR_END_PX = 80;

/** A word that has the focus keeps it when its turn is drawn anew. @param {HTMLElement} old @param {HTMLElement} node */
function replaceKeepingFocus(old, node) {
  const focused = old.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  const { word, tap } = focused?.dataset ?? {};
  old.replaceWith(node);
  if (word !== undefined) markedWord(node, Number(word))?.focus();
  else if (tap !== undefined) tappedWord(node, Number(tap))?.focus();
  // What stands under a line is the same node before and after, but moving takes the focus.
  else if (focused && node.contains(focused)) focused.focus();
}

/** The button of a word of the learner. @param {ParentNode} place @param {number} index @returns {HTMLElement | null} */
export const markedWord = (place, index) => place.querySelector(`[data-word="${index}"]`);

/** The button of a word of the tutor. @param {ParentNode} place @param {number} index @returns {HTMLElement | null} */
export const tappedWord = (place, index) => place.querySelector(`[data-tap="${index}"]`);

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
      const firstJudged = turns.find((turn) => isJudged(turn.pronunciation))?.index;
      turns.forEach((turn, at) => {
        const isLatest = at === turns.length - 1 && phase !== "ended";
        kept.add(turn.index);
        const before = drawn.get(turn.index);
        if (before && before.turn === turn && before.isLatest === isLatest) return;
        if (before && isLatest && isEdited(before.node)) return;
        const node = drawTurn(turn, { isLatest, hasLegend: turn.index === firstJudged }, intents);
        if (before) replaceKeepingFocus(before.node, node);
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
