// @ts-check
/** One sitting of reviews: which card is next, which come again, what was done. Pure. */

/**
 * @typedef {object} Card  as the server sends it
 * @property {string} card
 * @property {string} version
 * @property {"word" | "pattern" | "contrast" | "sentence"} kind
 * @property {string} label
 * @property {boolean} isNew
 * @property {string} l2
 * @property {string} front
 * @property {string} back
 * @property {string} clue
 * @property {string} example
 * @property {string} wrong
 * @property {string} right
 * @property {string[]} words
 * @property {string[]} sounds
 * @property {{title: string, url: string}} met
 * @property {boolean} hasFrontVoice
 * @property {boolean} hasVoice
 * @property {string[]} buttons  when it comes again after each
 * @property {number} dueInMs
 */

/**
 * @param {Card[]} cards
 * @param {{aheadMs: number, clock?: () => number}} options  so much earlier a card on its way may come
 */
export function createCardsRun(cards, { aheadMs, clock = Date.now }) {
  let fresh = [...cards];
  /** On their way: they come again in this sitting. @type {{card: Card, at: number}[]} */
  let coming = [];
  /** @type {Card | null} */
  let here = null;
  /** @type {{card: Card, rating: number}[]} */
  const done = [];

  function take() {
    coming.sort((one, other) => one.at - other.at);
    const first = coming[0];
    if (first && (first.at <= clock() || (fresh.length === 0 && first.at - clock() <= aheadMs))) {
      coming = coming.slice(1);
      return first.card;
    }
    return fresh.shift() ?? null;
  }

  /** @param {string} id */
  function forget(id) {
    fresh = fresh.filter(({ card }) => card !== id);
    coming = coming.filter(({ card }) => card.card !== id);
    if (here?.card === id) here = null;
  }

  return {
    /** The card to show; the same one until it is answered. @returns {Card | null} */
    current() {
      here ??= take();
      return here;
    },
    /** @param {number} rating */
    answered(rating) {
      if (!here) return;
      done.push({ card: here, rating });
      here = null;
    },
    /** What the server made of an answer: it comes again today, or is done with. @param {Card} card */
    returned(card) {
      if (here?.card === card.card) return;
      forget(card.card);
      if (card.dueInMs <= aheadMs) coming.push({ card, at: clock() + Math.max(0, card.dueInMs) });
    },
    /** Shows a card again whose answer was taken back. @param {Card} card */
    undone(card) {
      forget(card.card);
      const at = done.map((one) => one.card.card).lastIndexOf(card.card);
      if (at >= 0) done.splice(at, 1);
      if (here) fresh.unshift(here);
      here = card;
    },
    /** It is not asked any more: set aside, gone, or answered elsewhere. @param {string} id */
    forget,
    /** The next card that comes, in so many ms; null where nothing does. */
    waitMs: () => (coming.length ? Math.max(0, Math.min(...coming.map(({ at }) => at)) - clock()) : null),
    progress: () => ({ done: done.length, left: fresh.length + coming.length + (here ? 1 : 0) }),
    /** How often each button was pressed. */
    results: () => [1, 2, 3, 4].map((rating) => done.filter((one) => one.rating === rating).length),
  };
}
