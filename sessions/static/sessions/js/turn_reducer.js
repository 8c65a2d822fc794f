// @ts-check
/** How one turn of the transcript changes with a server event. Pure. */

/**
 * @typedef {object} LearnerView
 * @property {string} text
 * @property {string} stable  prefix of `text` that will not change
 * @property {boolean} final
 * @property {{text: string, start_ms: number, end_ms: number, confidence: number}[]} words
 * @property {string} source  speech, text or corrected
 * @property {string | null} heard  what was heard before a correction
 */
/**
 * @typedef {object} ClauseView  times on the reply's audio timeline
 * @property {string} text
 * @property {number} start_ms
 * @property {number} end_ms
 * @property {{text: string, start_ms: number, end_ms: number}[]} [words]  where the voice knows
 */
/**
 * @typedef {object} ReplyView
 * @property {number} attempt
 * @property {string} text
 * @property {boolean} complete
 * @property {boolean} repeat
 * @property {ClauseView[]} clauses
 * @property {string | null} interrupted  reason
 * @property {string | null} heardText
 */
/**
 * @typedef {object} TurnView
 * @property {number} index
 * @property {LearnerView | null} learner
 * @property {ReplyView | null} reply
 * @property {string | null} outcome
 * @property {boolean} redo  the learner is about to say it again
 * @property {import("./pronunciation.js").Pronunciation | null} pronunciation
 * @property {any} timing
 */

/** @param {number} index @returns {TurnView} */
export function newTurn(index) {
  return { index, learner: null, reply: null, outcome: null, redo: false, pronunciation: null, timing: null };
}

/** @param {any} entry  of session.ready's transcript @returns {TurnView} */
export function turnOfTranscript(entry) {
  const { turn, learner, tutor, outcome } = entry;
  return {
    ...newTurn(turn),
    learner: learner && {
      text: learner.text,
      stable: learner.text,
      final: true,
      words: learner.words ?? [],
      source: learner.source,
      heard: learner.heard ?? null,
    },
    pronunciation: learner?.pronunciation ?? null,
    reply: tutor && {
      attempt: tutor.attempt,
      text: tutor.text,
      complete: outcome !== null,
      repeat: false,
      clauses: [],
      interrupted: tutor.heard_text === null || tutor.heard_text === undefined ? null : "earlier",
      heardText: tutor.heard_text ?? null,
    },
    outcome,
  };
}

/** @type {LearnerView} */
const nothingHeardYet = { text: "", stable: "", final: false, words: [], source: "speech", heard: null };

/** @param {TurnView} turn @param {string} message @returns {TurnView["pronunciation"]} */
const withdrawn = ({ learner }, message) => ({
  outcome: "withdrawn", message, source: "heard", text: learner?.text ?? "", language: "", validated: false,
  model: "", words: [], scores: null, measures: null,
});

/**
 * A change of the reply at hand. What belongs to an attempt before it comes too late.
 * @param {TurnView} turn
 * @param {any} event
 * @param {(reply: ReplyView) => ReplyView} change
 */
function changeReply(turn, event, change) {
  if (!turn.reply || event.attempt !== turn.reply.attempt) return turn;
  return { ...turn, reply: change(turn.reply) };
}

/** @type {Record<string, (turn: TurnView, event: any) => TurnView>} */
const changes = {
  "speech.started": (turn) => ({ ...turn, learner: nothingHeardYet, pronunciation: null, outcome: null, redo: false }),
  "speech.ended": (turn) => turn,
  "transcript.partial": (turn, { text, stable }) =>
    turn.learner?.final ? turn : { ...turn, learner: { ...nothingHeardYet, text, stable } },
  "transcript.final"(turn, { text, words, source }) {
    const before = turn.learner;
    const heard = source === "corrected" && before ? (before.heard ?? before.text) : null;
    return {
      ...turn,
      learner: { text, stable: text, final: true, words, source, heard },
      pronunciation: null,
      outcome: null,
      redo: false,
    };
  },
  "reply.started"(turn, { attempt, repeat }) {
    if (turn.reply && attempt < turn.reply.attempt) return turn;
    const text = repeat && turn.reply ? turn.reply.text : "";
    /** @type {ReplyView} */
    const reply = { attempt, text, complete: false, repeat, clauses: [], interrupted: null, heardText: null };
    return { ...turn, reply, outcome: null };
  },
  "reply.delta": (turn, event) =>
    changeReply(turn, event, (reply) =>
      // A repeat shows the words it has; they are not written a second time.
      reply.repeat && reply.text !== "" ? reply : { ...reply, text: reply.text + event.text },
    ),
  "reply.clause": (turn, event) =>
    changeReply(turn, event, (reply) => {
      const { text, start_ms, end_ms, words } = event;
      return { ...reply, clauses: [...reply.clauses, { text, start_ms, end_ms, words }] };
    }),
  "reply.completed": (turn, event) =>
    changeReply(turn, event, (reply) => ({ ...reply, text: event.text, complete: true })),
  "reply.interrupted": (turn, event) =>
    changeReply(turn, event, (reply) => ({ ...reply, interrupted: event.reason })),
  "reply.heard": (turn, event) =>
    changeReply(turn, event, (reply) => ({ ...reply, heardText: event.text })),
  // Words that are being said anew have nothing to do with the sounds of those before.
  "pronunciation.ready": (turn, event) => (turn.learner?.final ? { ...turn, pronunciation: event } : turn),
  "pronunciation.withdrawn": (turn, { message }) => ({ ...turn, pronunciation: withdrawn(turn, message) }),
  "turn.timing": (turn, { zero, stages, marks, pace }) => ({ ...turn, timing: { zero, stages, marks, pace } }),
  "turn.ended": (turn, { outcome }) => ({ ...turn, outcome, redo: false }),
  "local.redo": (turn) => ({ ...turn, redo: true }),
};

const BEGINNERS = new Set(["speech.started", "transcript.partial", "transcript.final", "reply.started"]);

/** Whether an event may be the first that is seen of its turn. @param {string} type */
export const beginsTurn = (type) => BEGINNERS.has(type);

/** @param {string} type */
export const changesTurn = (type) => Object.hasOwn(changes, type);

/** @param {TurnView} turn @param {any} event @returns {TurnView} */
export function reduceTurn(turn, event) {
  return changes[event.type](turn, event);
}
