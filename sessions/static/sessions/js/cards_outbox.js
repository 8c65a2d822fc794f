// @ts-check
/**
 * Answers on their way to the server. They outlive a lost connection and a closed page; the
 * server counts each once, by its key, so sending again does no harm.
 */

/**
 * @typedef {object} Answer
 * @property {string} key
 * @property {string} card
 * @property {number} rating
 * @property {string} version
 * @property {number} at  when it was given, by this device's clock
 * @property {number} tookMs
 * @property {boolean} spoken
 * @property {string} heard
 */
/** @typedef {{status: number, body: any}} Reply  status 0: nobody answered */

/** After failures in a row the next try waits so long. */
const WAITS_MS = [2_000, 5_000, 15_000, 30_000, 60_000];

/** @param {Reply} reply  whether sending it again could help */
const isTrouble = ({ status }) => status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;

/**
 * @param {object} options
 * @param {string} options.name  in the device's storage: one for each person
 * @param {(answer: Answer) => Promise<Reply>} options.send
 * @param {(answer: Answer, body: any) => void} options.onTaken
 * @param {(answer: Answer, message: string) => void} options.onRefused  sending it again would not help
 * @param {(waiting: number, reply: Reply | null) => void} options.onState  after each change; reply of what failed
 * @param {Pick<Storage, "getItem" | "setItem" | "removeItem">} [options.storage]
 * @param {(work: () => void, ms: number) => any} [options.later]
 */
export function createCardsOutbox({ name, send, onTaken, onRefused, onState, storage = globalThis.localStorage, later = setTimeout }) {
  /** @type {Answer[]} */
  let waiting = read();
  /** @type {Promise<void> | null} */
  let sending = null;
  let failures = 0;

  /** @returns {Answer[]} */
  function read() {
    try {
      const kept = JSON.parse(storage.getItem(name) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one?.key === "string" && typeof one.card === "string") : [];
    } catch {
      return [];
    }
  }

  function keep() {
    try {
      if (waiting.length) storage.setItem(name, JSON.stringify(waiting));
      else storage.removeItem(name);
    } catch {
      // No room, or none allowed: they still wait in this page.
    }
  }

  async function sendAll() {
    while (waiting.length) {
      const [answer] = waiting;
      const reply = await send(answer);
      if (isTrouble(reply)) {
        const wait = WAITS_MS[Math.min(failures, WAITS_MS.length - 1)];
        failures += 1;
        onState(waiting.length, reply);
        later(() => void flush(), wait);
        return;
      }
      failures = 0;
      waiting = waiting.filter(({ key }) => key !== answer.key);
      keep();
      if (reply.status < 300) onTaken(answer, reply.body);
      else onRefused(answer, reply.body?.message ?? "");
      onState(waiting.length, null);
    }
  }

  function flush() {
    sending ??= sendAll().finally(() => {
      sending = null;
    });
    return sending;
  }

  return {
    /** Sends what waits, in order; one at a time. */
    flush,
    /** @param {Answer} answer */
    add(answer) {
      waiting = [...waiting, answer];
      keep();
      onState(waiting.length, null);
      return flush();
    },
    /**
     * Takes an answer back that has not left yet.
     * @param {string} key
     * @returns {Promise<boolean>} whether it will never be sent; else the server has it
     */
    async takeBack(key) {
      // What is being sent just now cannot be called back: wait how it ends.
      if (sending && waiting[0]?.key === key) await sending;
      const was = waiting.length;
      waiting = waiting.filter((one) => one.key !== key);
      keep();
      onState(waiting.length, null);
      // One that was tried may have arrived all the same.
      return waiting.length < was && failures === 0;
    },
    waiting: () => waiting.map(({ card }) => card),
  };
}
