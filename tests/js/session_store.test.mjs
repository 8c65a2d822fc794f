/** The page's state after the events of real and of broken conversations. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { initialState, reduce } from "../../sessions/static/sessions/js/session_store.js";

const examples = JSON.parse(readFileSync(new URL("../wire_examples.json", import.meta.url)));
const after = (events, from = initialState) => events.reduce(reduce, from);
const ready = (fields = {}) => ({
  type: "session.ready", resumed: false, next_frame: 0, state: "listening", degraded: [], engines: {},
  limits: { max_text_chars: 2000 }, transcript: [], ...fields,
});
const final = (turn, text, source = "speech") => ({ type: "transcript.final", turn, text, words: [], source });
const spoken = [
  ready(),
  { type: "speech.started", turn: 1 },
  { type: "transcript.partial", turn: 1, text: "I go", stable: "I" },
  { type: "speech.ended", turn: 1, reason: "silence" },
  final(1, "I go home."),
  { type: "reply.started", turn: 1, attempt: 0, repeat: false },
  { type: "reply.delta", turn: 1, attempt: 0, text: "You " },
  { type: "reply.delta", turn: 1, attempt: 0, text: "go home?" },
];

test("a spoken turn, phase by phase", () => {
  const phases = spoken.map((_, index) => after(spoken.slice(0, index + 1)).phase);
  assert.deepEqual(phases, ["listening", "hearing", "hearing", "thinking", "thinking", "thinking", "thinking", "thinking"]);
  const speaking = after([...spoken, { type: "local.playback", playing: true }]);
  assert.equal(speaking.phase, "speaking");
  const ended = after([{ type: "turn.ended", turn: 1, outcome: "completed" }], speaking);
  assert.equal(ended.phase, "speaking", "the server is done before the voice is");
  assert.equal(after([{ type: "local.playback", playing: false }], ended).phase, "listening");
});

test("the words of both sides", () => {
  const [turn] = after(spoken).turns;
  assert.equal(turn.learner.text, "I go home.");
  assert.equal(turn.learner.final, true);
  assert.equal(turn.reply.text, "You go home?");
  const [done] = after([...spoken, { type: "reply.completed", turn: 1, attempt: 0, text: "You went home?" }]).turns;
  assert.equal(done.reply.text, "You went home?", "the whole reply replaces its pieces");
});

test("a partial that comes after the final changes nothing", () => {
  const state = after([...spoken, { type: "transcript.partial", turn: 1, text: "I", stable: "" }]);
  assert.equal(state.turns[0].learner.text, "I go home.");
});

test("a correction keeps what was heard, and its answer takes the place of the first", () => {
  const state = after([
    ...spoken,
    final(1, "I went home.", "corrected"),
    { type: "reply.started", turn: 1, attempt: 1, repeat: false },
    { type: "reply.delta", turn: 1, attempt: 0, text: "(late)" },
    { type: "reply.delta", turn: 1, attempt: 1, text: "Good." },
    { type: "reply.completed", turn: 1, attempt: 0, text: "(late)" },
  ]);
  assert.equal(state.turns[0].learner.heard, "I go home.");
  assert.equal(state.turns[0].reply.text, "Good.");
  const again = after([final(1, "I walked home.", "corrected")], state);
  assert.equal(again.turns[0].learner.heard, "I go home.", "the first hearing, not the first correction");
});

test("an attempt that began before the one at hand is not shown any more", () => {
  const state = after([...spoken, { type: "reply.started", turn: 1, attempt: 2, repeat: false }, { type: "reply.started", turn: 1, attempt: 1, repeat: false }]);
  assert.equal(state.turns[0].reply.attempt, 2);
});

test("a repeat shows its words once", () => {
  const state = after([
    ...spoken,
    { type: "reply.started", turn: 1, attempt: 1, repeat: true },
    { type: "reply.delta", turn: 1, attempt: 1, text: "You go home?" },
  ]);
  assert.equal(state.turns[0].reply.text, "You go home?");
});

test("an interruption by voice: the tutor is cut, the learner is heard", () => {
  const state = after([
    ...spoken,
    { type: "local.playback", playing: true },
    { type: "speech.started", turn: 2 },
    { type: "local.playback", playing: false },
    { type: "reply.interrupted", turn: 1, attempt: 0, reason: "barge_in" },
    { type: "reply.heard", turn: 1, attempt: 0, text: "You" },
    { type: "turn.ended", turn: 1, outcome: "interrupted" },
  ]);
  assert.equal(state.phase, "hearing");
  assert.equal(state.turns[0].reply.interrupted, "barge_in");
  assert.equal(state.turns[0].reply.heardText, "You");
  assert.equal(state.turns[0].outcome, "interrupted");
});

test("saying it again replaces the learner's words", () => {
  const asked = after([...spoken, { type: "local.redo", turn: 1 }]);
  assert.equal(asked.turns[0].redo, true);
  const state = after([{ type: "speech.started", turn: 1 }, { type: "transcript.partial", turn: 1, text: "I went", stable: "" }], asked);
  assert.equal(state.turns[0].redo, false);
  assert.equal(state.turns[0].learner.text, "I went");
});

test("a cough that became nothing leaves no bubble", () => {
  const state = after([ready(), { type: "speech.started", turn: 1 }, { type: "turn.ended", turn: 1, outcome: "cancelled" }]);
  assert.deepEqual(state.turns, []);
  assert.equal(state.phase, "listening");
});

test("turns stay in order when events do not", () => {
  const state = after([ready(), final(3, "c"), final(1, "a"), final(2, "b")]);
  assert.deepEqual(state.turns.map((turn) => turn.index), [1, 2, 3]);
});

test("a resume keeps what is drawn, a redraw replaces it", () => {
  const state = after(spoken);
  assert.deepEqual(after([ready({ resumed: true })], state).turns, state.turns);
  const { message: redraw } = examples.server_json.find((entry) => entry.name.startsWith("a redraw"));
  const drawn = after([redraw], state);
  assert.deepEqual(drawn.turns.map((turn) => turn.index), [0, 1, 2]);
  assert.equal(drawn.turns[1].learner.heard, "I go to scool yesterday.");
  assert.equal(drawn.turns[1].reply.heardText, "You went to school.");
  assert.equal(drawn.turns[2].reply, null);
  assert.equal(drawn.phase, "thinking");
  assert.deepEqual(Object.keys(drawn.degraded), ["synthesize"]);
});

test("what is degraded is shown until it has recovered", () => {
  const gone = after([{ type: "stage.degraded", stage: "synthesize", code: "tts.failed", message: "No voice." }]);
  assert.equal(gone.degraded.synthesize.message, "No voice.");
  assert.deepEqual(after([{ type: "stage.recovered", stage: "synthesize" }], gone).degraded, {});
});

test("an error is told once at a time, and can be dismissed", () => {
  const error = { type: "error", code: "audio.clipping", message: "Too loud.", retryable: true, turn: null };
  const state = after([error, error, error]);
  assert.equal(state.notices.length, 1);
  assert.deepEqual(after([{ type: "local.dismiss", id: state.notices[0].id }], state).notices, []);
});

test("after the end nothing wakes the page again", () => {
  const state = after([...spoken, { type: "session.ended", reason: "learner", turns: 1 }, { type: "speech.started", turn: 2 }, { type: "local.playback", playing: true }]);
  assert.equal(state.phase, "ended");
  assert.deepEqual(state.ended, { reason: "learner", turns: 1 });
});

test("a socket that closes as ended ends the page, one that was replaced does not", () => {
  const closed = (kind) => after([ready(), { type: "local.connection", status: "closed", attempt: 0, kind, text: "" }]);
  assert.equal(closed("ended").phase, "ended");
  assert.equal(closed("replaced").phase, "listening");
});

test("unknown and half events are passed over", () => {
  const state = after(spoken);
  for (const event of [{ type: "score.ready", turn: 1 }, { type: "toString" }, { type: "speech.started" }, { type: "reply.delta", turn: 9, attempt: 0, text: "x" }]) {
    const next = reduce(state, event);
    assert.deepEqual(next.turns, state.turns);
  }
  assert.equal(reduce(state, { type: "score.ready", turn: 1 }), state);
});

test("every example of a server message can be taken in any state", () => {
  for (const start of [initialState, after(spoken)]) {
    for (const { message } of examples.server_json) assert.ok(reduce(start, message).phase);
  }
});

test("a tutor that stands still attends, until it goes on or is interrupted", () => {
  const speaking = after([...spoken, { type: "local.playback", playing: true }]);
  const held = after([{ type: "reply.held", turn: 1, attempt: 0 }], speaking);
  assert.deepEqual([held.attends, held.phase, held.turns], [true, "speaking", speaking.turns]);
  const resumed = after([{ type: "reply.resumed", turn: 1, attempt: 0, from_ms: 300 }], held);
  assert.deepEqual(resumed, speaking);
  const interrupted = after([{ type: "reply.interrupted", turn: 1, attempt: 0, reason: "barge_in" }], held);
  assert.equal(interrupted.attends, false);
  assert.equal(after([ready({ resumed: true, state: "speaking" })], held).attends, true);
  assert.equal(after([ready({ state: "speaking" })], held).attends, false);
});
