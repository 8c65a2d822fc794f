/** Who asks to finish is let finish: when that can be asked for, and when it is over. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { canHold } from "../../sessions/static/sessions/js/controls_view.js";
import { initialState, reduce } from "../../sessions/static/sessions/js/session_store.js";
import { phaseWords } from "../../sessions/static/sessions/js/status_words.js";

const after = (events, from = initialState) => events.reduce(reduce, from);
const ready = (fields = {}) => ({
  type: "session.ready", resumed: false, next_frame: 0, state: "listening", degraded: [], engines: {},
  limits: { max_text_chars: 2000 }, transcript: [], ...fields,
});
const speaks = { type: "speech.started", turn: 1 };
const hold = { type: "local.held", held: true };
const connected = { type: "local.connection", status: "ready", attempt: 0 };

test("a learner can ask for it before and while they speak, not while the tutor does", () => {
  assert.equal(canHold(initialState, true), false);
  const listening = after([ready()]);
  assert.equal(canHold(listening, true), true);
  assert.equal(canHold(listening, false), false, "without a microphone");
  assert.equal(canHold(after([speaks], listening), true), true);
  assert.equal(canHold(after([{ type: "local.playback", playing: true }], listening), true), false);
  assert.equal(canHold(after([{ type: "local.muted", muted: true }], listening), true), false);
  assert.equal(canHold(after([{ type: "local.input_mode", mode: "push_to_talk" }], listening), true), false);
});

test("it counts for one turn", () => {
  const held = after([connected, ready(), hold, speaks, { type: "transcript.partial", turn: 1, text: "I", stable: "" }]);
  assert.equal(held.held, true);
  assert.equal(phaseWords(held), "Take your time");
  const over = after([{ type: "speech.ended", turn: 1, reason: "release" }], held);
  assert.equal(over.held, false);
});

test("a page that comes back goes by what the server says", () => {
  assert.equal(after([ready({ held: true })]).held, true);
  assert.equal(after([hold, ready()]).held, false);
});
