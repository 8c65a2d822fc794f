// @ts-check
/** Asks for corrections when the server says that there are some, and never in between. */

/** @typedef {import("./help_api.js").Correction} Correction */

/**
 * @param {object} options
 * @param {(turn?: number) => Promise<Correction[]>} options.ask  for one turn's, or all
 * @param {(found: Correction[]) => void} options.show
 * @param {(turn: number) => void} options.forget  a turn has none, or none any more
 */
export function createCorrectionNews({ ask, show, forget }) {
  /** Turns whose better words are withheld for now. @type {Set<number>} */
  const withheld = new Set();
  let last = Promise.resolve();

  /** One after the other, so that what was asked for later is shown later. @param {number} [turn] */
  function look(turn) {
    last = last.then(() => ask(turn)).then(
      (found) => {
        if (turn === undefined) withheld.clear();
        for (const one of found) {
          if (one.withheld) withheld.add(one.turn);
          else withheld.delete(one.turn);
        }
        show(found);
      },
      // Nobody asked for it: a talk goes on without.
      () => {},
    );
    return last;
  }

  /** @param {number} turn */
  function drop(turn) {
    withheld.delete(turn);
    forget(turn);
  }

  /** @type {Record<string, (event: any) => Promise<void> | void>} */
  const handlers = {
    "session.ready": ({ resumed }) => (resumed ? undefined : look()),
    // Its words are others now.
    "transcript.final": ({ turn }) => drop(turn),
    "corrections.ready"({ turn, corrections }) {
      if (corrections === 0) drop(turn);
      // A new turn may free what was withheld in those before.
      if (withheld.size > 0) return look();
      return corrections > 0 ? look(turn) : undefined;
    },
    "session.ended": () => (withheld.size > 0 ? look() : undefined),
  };

  return {
    /** @param {any} event  of the server @returns {Promise<void> | void} */
    handle: (event) => (Object.hasOwn(handlers, event.type) ? handlers[event.type](event) : undefined),
  };
}
