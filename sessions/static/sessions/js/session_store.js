// @ts-check
/**
 * The page's whole state as one value, and how each event changes it. Server events come
 * as they are on the wire; what happens in the page itself comes as `local.*`. Pure.
 */

import { beginsTurn, changesTurn, newTurn, reduceTurn, turnOfTranscript } from "./turn_reducer.js";

/** @typedef {"joining" | "listening" | "hearing" | "thinking" | "speaking" | "ended"} Phase */
/** @typedef {{id: number, text: string, code: string, tone: "info" | "problem"}} Notice */
/**
 * @typedef {object} SessionState
 * @property {{status: string, attempt: number, kind: string, text: string}} connection
 * @property {Phase} phase
 * @property {import("./wire_codec.js").InputMode} inputMode
 * @property {boolean} muted
 * @property {boolean} talking  the push-to-talk key is down
 * @property {boolean} held  the learner asked to finish: silence does not end this turn
 * @property {string | null} micProblem
 * @property {Record<string, {code: string, message: string}>} degraded
 * @property {{max_text_chars: number}} limits
 * @property {Record<string, string>} engines
 * @property {import("./turn_reducer.js").TurnView[]} turns  by index
 * @property {boolean} playing  the tutor's voice is audible
 * @property {boolean} attends  it stands still: somebody may have begun to speak
 * @property {number | null} timedTurn  the latest turn with a timing
 * @property {Notice[]} notices
 * @property {number} noticeCount
 * @property {{reason: string, turns: number} | null} ended
 */

/** @type {SessionState} */
export const initialState = {
  connection: { status: "idle", attempt: 0, kind: "", text: "" },
  phase: "joining",
  inputMode: "hands_free",
  muted: false,
  talking: false,
  held: false,
  micProblem: null,
  degraded: {},
  limits: { max_text_chars: 2000 },
  engines: {},
  turns: [],
  playing: false,
  attends: false,
  timedTurn: null,
  notices: [],
  noticeCount: 0,
  ended: null,
};

const MOST_NOTICES = 3;

/** @param {SessionState} state @returns {import("./turn_reducer.js").TurnView | null} */
export const latestTurn = (state) => state.turns.at(-1) ?? null;

/** @param {SessionState} state @param {any} event @returns {SessionState} */
function withTurn(state, event) {
  const { turn } = event;
  const at = state.turns.findIndex((entry) => entry.index >= turn);
  const exists = at >= 0 && state.turns[at].index === turn;
  if (!exists && !beginsTurn(event.type)) return state;
  const before = exists ? state.turns[at] : newTurn(turn);
  const after = reduceTurn(before, event);
  // A cough that became nothing leaves no empty bubble behind.
  const empty = event.outcome === "cancelled" && !after.learner?.text && !after.reply;
  const changed = empty ? [] : [after];
  const cut = at < 0 ? state.turns.length : at;
  const turns = [...state.turns.slice(0, cut), ...changed, ...state.turns.slice(exists ? cut + 1 : cut)];
  return { ...state, turns };
}

/** @param {SessionState} state @param {{code: string, message: string}} error @param {Notice["tone"]} tone */
function withNotice(state, { code, message }, tone) {
  const notice = { id: state.noticeCount + 1, code, text: message, tone };
  const others = state.notices.filter((other) => other.code !== code);
  return {
    ...state,
    noticeCount: notice.id,
    notices: [...others, notice].slice(-MOST_NOTICES),
  };
}

/** @param {SessionState} state @param {any} ready @returns {SessionState} */
function withReady(state, ready) {
  const degraded = Object.fromEntries(
    (ready.degraded ?? []).map((/** @type {any} */ entry) => [entry.stage, entry]),
  );
  return {
    ...state,
    phase: state.playing && ready.resumed ? "speaking" : phaseOf(ready.state),
    attends: state.attends && ready.resumed,
    held: ready.held ?? false,
    degraded,
    limits: ready.limits ?? state.limits,
    engines: ready.engines ?? state.engines,
    turns: ready.resumed ? state.turns : ready.transcript.map(turnOfTranscript),
    timedTurn: ready.resumed ? state.timedTurn : null,
  };
}

/** What ends it that the tutor stands still. */
const DECIDED = new Set(["reply.started", "reply.interrupted", "turn.ended"]);

/** @param {string} name @returns {Phase} */
const phaseOf = (name) =>
  name === "thinking" || name === "speaking" ? name : "listening";

/** @type {Record<string, (state: SessionState, event: any) => Phase>} */
const phases = {
  "speech.started": () => "hearing",
  "speech.ended": () => "thinking",
  "transcript.final": () => "thinking",
  "reply.started": (state) => (state.playing ? "speaking" : "thinking"),
  "reply.interrupted": (state) => (state.phase === "hearing" ? "hearing" : "listening"),
  "turn.ended": (state, { turn }) => {
    const over = turn >= (latestTurn(state)?.index ?? 0) && !state.playing;
    return over ? "listening" : state.phase;
  },
};

/** @type {Record<string, (state: SessionState, event: any) => SessionState>} */
const handlers = {
  "session.ready": withReady,
  "reply.held": (state) => ({ ...state, attends: true }),
  "reply.resumed": (state) => ({ ...state, attends: false }),
  "stage.degraded": (state, event) => ({
    ...state,
    degraded: { ...state.degraded, [event.stage]: { code: event.code, message: event.message } },
  }),
  "stage.recovered": (state, { stage }) => ({
    ...state,
    degraded: Object.fromEntries(Object.entries(state.degraded).filter(([name]) => name !== stage)),
  }),
  "session.ended": (state, { reason, turns }) => ({ ...state, phase: "ended", playing: false, ended: { reason, turns } }),
  "session.time_left": (state, { message }) => withNotice(state, { code: "time_left", message }, "info"),
  error: (state, event) => withNotice(state, event, "problem"),
  "local.connection"(state, { status, attempt, kind = "", text = "" }) {
    const connection = { status, attempt, kind, text };
    const over = status === "closed" && kind === "ended" && !state.ended;
    if (!over) return { ...state, connection };
    return { ...state, connection, phase: "ended", ended: { reason: "learner", turns: state.turns.length } };
  },
  "local.playback"(state, { playing }) {
    if (state.phase === "ended") return state;
    if (playing) return { ...state, playing, phase: "speaking" };
    const waits = latestTurn(state)?.outcome === null && state.phase !== "speaking";
    return { ...state, playing, phase: waits ? state.phase : "listening" };
  },
  "local.input_mode": (state, { mode }) => ({ ...state, inputMode: mode, talking: false, held: false }),
  "local.muted": (state, { muted }) => ({ ...state, muted, talking: false, held: false }),
  "local.held": (state, { held }) => ({ ...state, held }),
  "local.talking": (state, { talking }) => ({ ...state, talking }),
  "local.mic_problem": (state, { problem }) => ({ ...state, micProblem: problem }),
  "local.notice": (state, event) => withNotice(state, event, "info"),
  "local.dismiss": (state, { id }) => ({ ...state, notices: state.notices.filter((notice) => notice.id !== id) }),
};

/**
 * The state after an event. An event it does not know, or one that comes too late to
 * matter, leaves the state as it is.
 * @param {SessionState} state
 * @param {any} event
 * @returns {SessionState}
 */
export function reduce(state, event) {
  if (Object.hasOwn(handlers, event.type)) return handlers[event.type](state, event);
  if (!changesTurn(event.type) || !Number.isInteger(event.turn)) return state;
  const changed = withTurn(state, event);
  const phase = phases[event.type]?.(changed, event) ?? changed.phase;
  const timedTurn = event.type === "turn.timing" ? event.turn : changed.timedTurn;
  const held = state.held && event.type !== "speech.ended" && event.type !== "reply.started";
  const attends = state.attends && !DECIDED.has(event.type);
  return { ...changed, phase: state.phase === "ended" ? "ended" : phase, held, attends, timedTurn };
}

/** Holds the state and tells whoever listens. */
export function createStore() {
  let state = initialState;
  /** @type {Set<(state: SessionState, before: SessionState) => void>} */
  const listeners = new Set();

  return {
    state: () => state,
    /** @param {any} event */
    dispatch(event) {
      const before = state;
      state = reduce(state, event);
      if (state !== before) for (const listener of listeners) listener(state, before);
    },
    /** @param {(state: SessionState, before: SessionState) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
    },
  };
}
