/** The player on a clock the test moves: joins, stalls, stops, and what was heard. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createSpeechPlayer } from "../../sessions/static/sessions/js/speech_player.js";
import { FakeAudioContext, installFakeAudioNodes } from "./fake_audio.mjs";

installFakeAudioNodes();

const RATE = 22050;
const KEY = { turn: 1, attempt: 0 };

function setUp({ rate = RATE, latency = 0 } = {}) {
  const context = new FakeAudioContext(rate);
  context.outputLatency = latency;
  const told = [];
  const player = createSpeechPlayer({
    context,
    onStarted: (key) => told.push(["started", key]),
    onFinished: (key, ms) => told.push(["finished", key, Math.round(ms)]),
  });
  let offset = 0;
  /** @param {number} ms */
  const push = (ms, { key = KEY, at = offset } = {}) => {
    const samples = new Int16Array(Math.round((ms * RATE) / 1000)).fill(1000);
    player.push({ ...key, seq: 0, clause: 0, sampleRate: RATE, offsetSamples: at, samples });
    offset = at + samples.length;
  };
  return { context, player, push, told };
}

test("stretches join without a gap, whatever moment they come at", () => {
  const { context, player, push } = setUp();
  player.begin(KEY);
  push(200);
  context.advance(0.1);
  push(200);
  context.advance(0.13);
  push(200);
  const [a, b, c] = context.sources;
  assert.ok(a.startsAt >= 10.06 && a.startsAt <= 10.08, "a small head start against jitter");
  assert.ok(Math.abs(a.startsAt + a.buffer.duration - b.startsAt) < 1 / RATE);
  assert.ok(Math.abs(b.startsAt + b.buffer.duration - c.startsAt) < 1 / RATE);
});

test("at another rate of the context no sample is lost or made between stretches", () => {
  const { context, player, push, told } = setUp({ rate: 48000 });
  player.begin(KEY);
  for (let i = 0; i < 10; i += 1) push(100);
  player.complete(KEY);
  const samples = context.sources.flatMap((source) => [...source.buffer.samples]);
  assert.equal(samples.length, 48000);
  const steady = samples.slice(2000, -2000);
  assert.ok(steady.every((x) => Math.abs(x - 1000 / 32768) < 1e-4), "a constant stays one across the joins");
  context.advance(2);
  assert.deepEqual(told.at(-1), ["finished", KEY, 1000]);
});

test("the clock is what is audible, not what leaves the graph", () => {
  const { context, player, push } = setUp({ latency: 0.05 });
  player.begin(KEY);
  push(500);
  assert.equal(player.clock(), null);
  context.advance(0.07 + 0.05 + 0.2);
  assert.ok(Math.abs(player.clock() - 200) < 1);
});

test("a stall holds the position, and the timeline goes on where it was", () => {
  const { context, player, push } = setUp();
  player.begin(KEY);
  push(200);
  context.advance(1);
  assert.equal(player.clock(), null, "nothing sounds");
  assert.ok(Math.abs(player.playedMs() - 200) < 1);
  push(300);
  context.advance(0.07 + 0.1);
  assert.ok(Math.abs(player.clock() - 300) < 1, `at ${player.clock()}`);
});

test("stopping fades within 10 ms, ends every source and tells what was heard", () => {
  const { context, player, push, told } = setUp();
  player.begin(KEY);
  push(400);
  push(400);
  context.advance(0.07 + 0.3);
  assert.ok(Math.abs(player.stop() - 300) < 1);
  assert.equal(player.clock(), null);
  assert.equal(player.key(), null);
  assert.ok(context.sources.every((source) => source.stopsAt <= context.currentTime + 0.02));
  context.advance(2);
  assert.equal(told.filter(([what]) => what === "finished").length, 0);
  assert.equal(player.stop(), 0);
});

test("a reply is finished when its last sample was played and no more is to come", () => {
  const { context, player, push, told } = setUp();
  player.begin(KEY);
  push(100);
  context.advance(1);
  assert.deepEqual(told, [["started", KEY]], "a pause of the network is not the end");
  player.complete(KEY);
  assert.deepEqual(told.at(-1), ["finished", KEY, 100]);
  assert.ok(Math.abs(player.totalPlayedMs() - 100) < 1);
});

test("what was sent twice is heard once, and audio of another reply not at all", () => {
  const { context, player, push } = setUp();
  player.begin(KEY);
  push(100, { at: 0 });
  push(100, { at: 0 });
  push(100, { key: { turn: 0, attempt: 0 }, at: 5000 });
  push(100, { key: { turn: 1, attempt: 1 }, at: 5000 });
  assert.equal(context.sources.length, 1);
});

test("a hole in the stream moves the clock past it", () => {
  const { context, player, push } = setUp();
  player.begin(KEY);
  push(100, { at: 0 });
  push(100, { at: RATE });
  context.advance(0.07 + 0.15);
  assert.ok(Math.abs(player.clock() - 1050) < 2, `at ${player.clock()}`);
});

test("a new reply silences the one before", () => {
  const { context, player, push, told } = setUp();
  player.begin(KEY);
  push(500);
  context.advance(0.2);
  player.begin({ turn: 2, attempt: 0 });
  assert.ok(context.sources[0].stopsAt < 10.3);
  push(100, { key: { turn: 2, attempt: 0 }, at: 0 });
  context.advance(0.1);
  assert.ok(player.clock() < 100);
  assert.deepEqual(told.map(([what]) => what), ["started", "started"]);
});

test("a voice that is silenced goes on by the same clock to its end", () => {
  const { context, player, push, told } = setUp();
  player.setSilent(true);
  player.begin(KEY);
  push(400);
  context.advance(0.07 + 0.2);
  assert.ok(Math.abs(player.clock() - 200) < 1);
  player.setSilent(false);
  player.setSilent(true);
  context.advance(0.1);
  assert.ok(Math.abs(player.clock() - 300) < 1);
  player.complete(KEY);
  context.advance(0.2);
  assert.deepEqual(told.at(-1), ["finished", KEY, 400]);
});

test("a voice that stands still is silent, keeps what comes, and goes on a little before", () => {
  const { context, player, push, told } = setUp();
  player.begin(KEY);
  push(400);
  push(400);
  context.advance(0.07 + 0.5);
  player.hold();
  assert.ok(context.sources[1].stopsAt <= context.currentTime + 0.04, "within 30 ms");
  push(200);
  player.complete(KEY);
  context.advance(3);
  assert.equal(player.clock(), null);
  assert.ok(Math.abs(player.playedMs() - 500) < 1, "time stands still");
  assert.deepEqual(told, [["started", KEY]]);
  assert.equal(context.sources.length, 2, "what comes is kept for later");
  player.resume(300);
  assert.ok(Math.abs(player.playedMs() - 500) < 1, "what was heard was heard");
  context.advance(0.07 + 0.05);
  assert.ok(Math.abs(player.clock() - 350) < 1, `at ${player.clock()}`);
  context.advance(0.66);
  assert.deepEqual(told.at(-1), ["finished", KEY, 1000]);
});

test("it never goes on farther back, nor later than it stood still", () => {
  const { context, player, push } = setUp();
  player.begin(KEY);
  push(2000);
  context.advance(0.07 + 1);
  player.hold();
  player.resume(0);
  context.advance(0.07);
  assert.ok(Math.abs(player.clock() - 500) < 1);
  player.hold();
  player.resume(1900);
  context.advance(0.08);
  assert.ok(Math.abs(player.clock() - 1010) < 1, "as far as it was ever heard");
  player.hold();
  assert.ok(Math.abs(player.stop() - 1010) < 1);
  assert.equal(player.key(), null);
});
