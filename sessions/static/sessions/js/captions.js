// @ts-check
/** The line under the face: the clause being spoken, or what the learner is saying. */

/** A caption stays this long after the voice, for those who read slower than they hear. */
const LINGER_MS = 4000;

/**
 * The clause whose sound is audible; between two clauses, the one before.
 * @param {{text: string, start_ms: number, end_ms: number}[]} clauses
 * @param {number} ms
 */
export function clauseAt(clauses, ms) {
  return clauses.findLast((clause) => clause.start_ms <= ms) ?? null;
}

/**
 * @param {object} options
 * @param {HTMLElement} options.line
 * @param {() => number | null} options.clock
 * @param {() => import("./session_store.js").SessionState} options.state
 */
export function createCaptions({ line, clock, state }) {
  let shownAt = -Infinity;

  /** @returns {{text: string, who: string}} */
  function current() {
    const turn = state().turns.at(-1);
    if (!turn) return { text: "", who: "" };
    if (state().phase === "hearing" || (turn.learner && !turn.learner.final)) {
      return { text: turn.learner?.text ?? "", who: "learner" };
    }
    const { reply } = turn;
    const ms = clock();
    if (reply && ms !== null) return { text: clauseAt(reply.clauses, ms)?.text ?? "", who: "tutor" };
    // Without a voice the words come as they are written.
    const silent = reply && (state().degraded.synthesize || state().degraded.tts);
    return { text: silent ? reply.text : "", who: "tutor" };
  }

  function frame() {
    const { text, who } = current();
    const now = performance.now();
    if (text !== "") {
      if (line.textContent !== text) line.textContent = text;
      line.dataset.who = who;
      shownAt = now;
    }
    line.hidden = line.textContent === "" || now - shownAt > LINGER_MS;
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
}
