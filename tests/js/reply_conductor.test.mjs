/** Voice, face and server as one: what the server is told about what was heard. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createReplyConductor } from "../../sessions/static/sessions/js/reply_conductor.js";
import { createSpeechPlayer } from "../../sessions/static/sessions/js/speech_player.js";
import { message } from "../../sessions/static/sessions/js/wire_codec.js";
import { FakeAudioContext, installFakeAudioNodes } from "./fake_audio.mjs";

installFakeAudioNodes();
const RATE = 16000;

function setUp(t) {
  const context = new FakeAudioContext(RATE);
  const sent = [];
  const face = [];
  const avatar = {
    setCues: (cues) => face.push(["set", cues.length]),
    addCues: (cues) => face.push(["add", cues.length]),
    clearCues: () => face.push(["clear"]),
  };
  const player = createSpeechPlayer({ context, onFinished: (key, ms) => conductor.finished(key, ms) });
  const conductor = createReplyConductor({ player, avatar, send: (said) => sent.push(said) });
  t.after(() => conductor.destroy());
  const speak = (turn, attempt, ms) =>
    conductor.audio({ turn, attempt, seq: 0, clause: 0, sampleRate: RATE, offsetSamples: 0, samples: new Int16Array((ms * RATE) / 1000) });
  const begin = (turn, attempt) => conductor.handle({ type: "reply.started", turn, attempt, repeat: false });
  return { context, sent, face, player, conductor, speak, begin };
}

test("an interruption stops voice and face and says how far was heard", (t) => {
  const { context, sent, face, player, conductor, speak, begin } = setUp(t);
  begin(1, 0);
  conductor.handle({ type: "reply.visemes", turn: 1, attempt: 0, cues: [["aa", 0, 500]] });
  speak(1, 0, 1000);
  context.advance(0.07 + 0.4);
  conductor.handle({ type: "reply.interrupted", turn: 1, attempt: 0, reason: "barge_in" });
  assert.deepEqual(sent, [message.playbackStopped(1, 0, 400)]);
  assert.deepEqual(face.slice(-2), [["add", 1], ["clear"]]);
  assert.equal(player.key(), null);
});

test("stopped here first, the server is still told what was heard", (t) => {
  const { context, sent, conductor, speak, begin } = setUp(t);
  begin(1, 0);
  speak(1, 0, 1000);
  context.advance(0.07 + 0.25);
  conductor.silence();
  context.advance(0.5);
  conductor.handle({ type: "reply.interrupted", turn: 1, attempt: 0, reason: "stop" });
  assert.deepEqual(sent, [message.playbackStopped(1, 0, 250)]);
});

test("a reply that was over is reported whole, one that never sounded as nothing", (t) => {
  const { context, sent, conductor, speak, begin } = setUp(t);
  begin(1, 0);
  speak(1, 0, 300);
  conductor.handle({ type: "reply.audio_ended", turn: 1, attempt: 0, duration_ms: 300 });
  context.advance(1);
  assert.deepEqual(sent, [message.playbackFinished(1, 0)]);
  conductor.handle({ type: "reply.interrupted", turn: 1, attempt: 0, reason: "superseded" });
  begin(2, 0);
  conductor.handle({ type: "reply.interrupted", turn: 2, attempt: 0, reason: "text" });
  assert.deepEqual(sent.slice(1), [message.playbackStopped(1, 0, 300), message.playbackStopped(2, 0, 0)]);
});

test("mouth and sound of an attempt that is over are passed over", (t) => {
  const { face, player, context, conductor, speak, begin } = setUp(t);
  begin(1, 0);
  begin(1, 1);
  conductor.handle({ type: "reply.visemes", turn: 1, attempt: 0, cues: [["aa", 0, 500]] });
  speak(1, 0, 500);
  assert.equal(face.some(([what]) => what === "add"), false);
  assert.equal(context.sources.length, 0);
  assert.deepEqual(player.key(), { turn: 1, attempt: 1 });
});

test("a redrawn session begins in silence", (t) => {
  const { player, conductor, speak, begin } = setUp(t);
  begin(1, 0);
  speak(1, 0, 500);
  conductor.handle({ type: "session.ready", resumed: true });
  assert.ok(player.key());
  conductor.handle({ type: "session.ready", resumed: false });
  assert.equal(player.key(), null);
});

test("a reply that stands still says where, keeps its face, and goes on or is stopped there", (t) => {
  const { context, sent, face, player, conductor, speak, begin } = setUp(t);
  begin(1, 0);
  conductor.handle({ type: "reply.visemes", turn: 1, attempt: 0, cues: [["aa", 0, 500]] });
  speak(1, 0, 1000);
  context.advance(0.07 + 0.4);
  conductor.handle({ type: "reply.held", turn: 1, attempt: 1 });
  assert.notEqual(player.clock(), null, "another attempt's");
  conductor.handle({ type: "reply.held", turn: 1, attempt: 0 });
  assert.deepEqual(sent, [message.playbackProgress(1, 0, 400)]);
  assert.equal(player.clock(), null);
  conductor.handle({ type: "reply.resumed", turn: 1, attempt: 0, from_ms: 300 });
  context.advance(0.07 + 0.2);
  assert.equal(Math.round(player.clock()), 500);
  assert.deepEqual(face.at(-1), ["add", 1]);
  conductor.handle({ type: "reply.held", turn: 1, attempt: 0 });
  context.advance(2);
  conductor.handle({ type: "reply.interrupted", turn: 1, attempt: 0, reason: "barge_in" });
  assert.deepEqual(sent.at(-1), message.playbackStopped(1, 0, 500));
});
