// @ts-check
/** Names for showings of exercises, so that what is sent twice is counted once; and drafts. */

/** A random UUID, also on pages without a secure origin. @param {Crypto} [random] */
export function newKey(random = globalThis.crypto) {
  const bytes = random.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/**
 * What was written and not sent, kept in this tab. A store that is full or closed keeps nothing.
 * @param {Pick<Storage, "getItem" | "setItem" | "removeItem">} store
 */
export function createDrafts(store) {
  /** @param {string} exercise */
  const name = (exercise) => `exercise-draft:${exercise}`;
  /** @template T @param {() => T} act @param {T} otherwise */
  const safely = (act, otherwise) => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  return {
    /** @param {string} exercise @returns {string} */
    read: (exercise) => safely(() => store.getItem(name(exercise)) ?? "", ""),
    /** @param {string} exercise @param {string} text */
    write: (exercise, text) => safely(() => (text ? store.setItem(name(exercise), text) : store.removeItem(name(exercise))), undefined),
    /** @param {string} exercise */
    forget: (exercise) => safely(() => store.removeItem(name(exercise)), undefined),
  };
}
