// @ts-check
/** Asks for a place in a queue until it is one's turn. Time and the server are passed in. */

/** @typedef {{waits: boolean, place: number, words: string}} Place */

/**
 * @param {object} options
 * @param {() => Promise<Place | null>} options.ask  null: there is nothing to wait for any more
 * @param {number} options.everyMs
 * @param {(place: Place) => void} options.onPlace
 * @param {() => void} options.onProblem
 * @param {() => void} options.onTurn
 * @param {(callback: () => void, ms: number) => any} [options.later]
 */
export function createQueueWait({
  ask,
  everyMs,
  onPlace,
  onProblem,
  onTurn,
  later = (callback, ms) => globalThis.setTimeout(callback, ms),
}) {
  let waiting = false;

  async function look() {
    if (!waiting) return;
    try {
      const place = await ask();
      if (!waiting) return;
      if (place === null || !place.waits) {
        waiting = false;
        if (place) onPlace(place);
        onTurn();
        return;
      }
      onPlace(place);
    } catch {
      if (waiting) onProblem();
    }
    later(look, everyMs);
  }

  return {
    start() {
      waiting = true;
      later(look, everyMs);
    },
    stop() {
      waiting = false;
    },
    isWaiting: () => waiting,
  };
}
