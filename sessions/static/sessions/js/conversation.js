// @ts-check
/**
 * A conversation line by line: the voice says what others say, and waits where the learner
 * plays a part. Knows no page.
 */

const PAUSE_MS = 350;
const TURN_MS = 1200;
const TURN_MS_A_WORD = 450;

/** @typedef {{speaker: string, text: string}} Line */

/** How long the learner has to say a line. @param {string} text */
export const turnMs = (text) => TURN_MS + TURN_MS_A_WORD * text.split(/\s+/).filter(Boolean).length;

/**
 * @param {object} options
 * @param {readonly Line[]} options.lines
 * @param {(n: number) => Promise<void>} options.say  resolves when the line was heard, or stopped
 * @param {(n: number) => void} [options.prepare]  the line comes soon
 * @param {(n: number | null, isMine: boolean) => void} options.onLine  null: it is over
 * @param {(ms: number) => Promise<void>} [options.wait]
 */
export function createConversation({ lines, say, prepare = () => {}, onLine, wait = (ms) => new Promise((done) => setTimeout(done, ms)) }) {
  /** Which run is going on; a stopped one notices that it is not it any more. */
  let run = 0;
  let isGoing = false;

  /** @param {{role?: string, from?: number}} [how]  `role` is the speaker the learner plays */
  async function play({ role = "", from = 0 } = {}) {
    const mine = ++run;
    isGoing = true;
    const isOver = () => mine !== run;
    try {
      for (let n = from; n < lines.length && !isOver(); n += 1) {
        const isLearners = role !== "" && lines[n].speaker === role;
        onLine(n, isLearners);
        const next = lines.findIndex(({ speaker }, place) => place > n && (role === "" || speaker !== role));
        if (next > n) prepare(next);
        if (isLearners) await wait(turnMs(lines[n].text));
        else await say(n);
        if (!isOver()) await wait(PAUSE_MS);
      }
    } finally {
      if (!isOver()) {
        isGoing = false;
        onLine(null, false);
      }
    }
  }

  return {
    play,
    isGoing: () => isGoing,
    stop() {
      if (!isGoing) return;
      run += 1;
      isGoing = false;
      onLine(null, false);
    },
  };
}
