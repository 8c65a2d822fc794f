// @ts-check
/**
 * The line under the face: the clause being spoken, word by word, or what the learner is
 * saying. Screen readers hear whole lines from elsewhere; this one is for the eye.
 */

import { captionWords, progressAt } from "./caption_words.js";
import { element } from "./elements.js";

/** A caption stays this long after the voice, for those who read slower than they hear. */
const LINGER_MS = 4000;

/**
 * The clause whose sound is audible; between two clauses, the one before.
 * @param {import("./turn_reducer.js").ClauseView[]} clauses
 * @param {number} ms
 */
export function clauseAt(clauses, ms) {
  return clauses.findLast((clause) => clause.start_ms <= ms) ?? null;
}

/** The clause as text in which every word can be marked. @param {HTMLElement} line */
function createSpokenLine(line) {
  /** @type {import("./turn_reducer.js").ClauseView | null} */
  let drawn = null;
  /** @type {import("./caption_words.js").CaptionWord[]} */
  let words = [];
  /** @type {HTMLElement[]} */
  let nodes = [];
  let marked = "";

  /** @param {import("./turn_reducer.js").ClauseView} clause */
  function draw(clause) {
    drawn = clause;
    marked = "";
    words = captionWords(clause);
    nodes = words.map(({ from, to }) => element("span", { class: "caption__word" }, clause.text.slice(from, to)));
    const parts = nodes.flatMap((node, at) => [clause.text.slice(words[at - 1]?.to ?? 0, words[at].from), node]);
    line.replaceChildren(...parts, clause.text.slice(words.at(-1)?.to ?? 0));
  }

  /** @param {{begun: number, now: number | null}} progress */
  function mark({ begun, now }) {
    const mark = `${begun} ${now}`;
    if (mark === marked) return;
    marked = mark;
    nodes.forEach((node, at) => {
      const said = at === now ? "now" : at < begun ? "before" : "later";
      if (node.dataset.said !== said) node.dataset.said = said;
    });
  }

  return {
    /** @param {import("./turn_reducer.js").ClauseView} clause @param {number} ms */
    show(clause, ms) {
      if (clause !== drawn) draw(clause);
      mark(progressAt(words, ms));
    },
    /** The voice is silent: no word is being said, those that were stay as they are. */
    rest() {
      if (drawn) mark({ begun: nodes.filter((node) => node.dataset.said !== "later").length, now: null });
    },
    forget() {
      drawn = null;
      nodes = words = [];
    },
  };
}

/**
 * @param {object} options
 * @param {HTMLElement} options.line
 * @param {() => number | null} options.clock
 * @param {() => import("./session_store.js").SessionState} options.state
 * @param {() => boolean} options.isShown
 */
export function createCaptions({ line, clock, state, isShown }) {
  const spoken = createSpokenLine(line);
  let shownAt = -Infinity;

  /** @param {string} text @param {"learner" | "tutor"} who */
  function showText(text, who) {
    if (text === "") return;
    spoken.forget();
    if (line.textContent !== text) line.textContent = text;
    line.dataset.who = who;
    shownAt = performance.now();
  }

  function show() {
    const turn = state().turns.at(-1);
    if (!turn) return;
    if (state().phase === "hearing" || (turn.learner && !turn.learner.final)) {
      showText(turn.learner?.text ?? "", "learner");
      return;
    }
    const { reply } = turn;
    const ms = clock();
    const clause = reply && ms !== null ? clauseAt(reply.clauses, ms) : null;
    if (clause && ms !== null) {
      spoken.show(clause, ms);
      line.dataset.who = "tutor";
      shownAt = performance.now();
      return;
    }
    spoken.rest();
    // Without a voice the words come as they are written.
    const silent = reply && ms === null && (state().degraded.synthesize || state().degraded.tts);
    if (silent) showText(reply.text, "tutor");
  }

  function frame() {
    show();
    line.hidden = !isShown() || line.textContent === "" || performance.now() - shownAt > LINGER_MS;
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);
}
