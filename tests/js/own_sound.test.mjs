/** The learner's sound in the page: kept for a while, cut to a turn, sent as a file. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createMicMemory } from "../../sessions/static/sessions/js/mic_memory.js";
import { createOutbox } from "../../sessions/static/sessions/js/outbox.js";
import { ApiProblem, createPronunciationApi } from "../../sessions/static/sessions/js/pronunciation_api.js";
import { encodeWav } from "../../sessions/static/sessions/js/wav.js";
import { FRAME_SAMPLES } from "../../sessions/static/sessions/js/wire_codec.js";

const frame = (value) => new Int16Array(FRAME_SAMPLES).fill(value);
const full = (count, from = 0) => {
  const memory = createMicMemory();
  for (let n = from; n < from + count; n += 1) memory.push(n, frame(n % 1000));
  return memory;
};

test("a turn's clip starts at its first sample and has its length", () => {
  const memory = full(200);
  memory.keep(3, 1010, 200);
  const { samples, rate } = memory.clip(3);
  assert.equal(rate, 16000);
  assert.equal(samples[0], 50);
  assert.equal(samples[159], 50);
  assert.equal(samples[160], 51);
  assert.ok(samples.length >= (200 * rate) / 1000);
  assert.equal(memory.clip(4), null);
});

test("a gap in the frames is silence, as the server has it", () => {
  const memory = createMicMemory();
  for (const n of [0, 1, 3]) memory.push(n, frame(7));
  memory.keep(1, 0, 80);
  const { samples } = memory.clip(1);
  assert.deepEqual([samples[0], samples[2 * FRAME_SAMPLES], samples[3 * FRAME_SAMPLES]], [7, 0, 7]);
});

test("a clip whose beginning is gone is no clip", () => {
  const memory = full(6000);
  memory.keep(1, 0, 1000);
  assert.equal(memory.clip(1), null);
  memory.keep(2, 119_000, 900);
  assert.notEqual(memory.clip(2), null);
});

test("only the last clips stay", () => {
  const memory = full(100);
  for (let turn = 0; turn < 30; turn += 1) memory.keep(turn, 0, 40);
  assert.equal(memory.clip(0), null);
  assert.notEqual(memory.clip(29), null);
});

test("frames that get other numbers after a reload are found by those", () => {
  const outbox = createOutbox();
  outbox.frame(frame(1));
  outbox.frame(frame(2));
  outbox.resume(411);
  outbox.memory.keep(1, 411 * 20, 40);
  assert.equal(outbox.memory.clip(1).samples[0], 1);
});

test("a WAV has its header and its samples in order", () => {
  const view = new DataView(encodeWav([Int16Array.of(1, -2), Int16Array.of(3)], 16000));
  const text = (at) => String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
  assert.deepEqual([text(0), text(8), text(36)], ["RIFF", "WAVE", "data"]);
  assert.deepEqual([view.getUint32(4, true), view.getUint32(24, true), view.getUint32(40, true)], [42, 16000, 6]);
  assert.deepEqual([44, 46, 48].map((at) => view.getInt16(at, true)), [1, -2, 3]);
});

const api = (fetch) => createPronunciationApi({ assessUrl: "/assess/", sayWordUrl: "/say/", token: () => "t0ken", fetch });
const answer = (body, more = {}) => ({ ok: true, redirected: false, json: async () => body, ...more });
const reading = { text: "I think", language: "en", wav: new ArrayBuffer(44) };

test("a reading is sent with text, language, sound and token", async () => {
  let sent;
  const said = await api(async (url, options) => {
    sent = { url, ...options };
    return answer({ outcome: "judged" });
  }).assess(reading);
  assert.equal(said.outcome, "judged");
  assert.equal(sent.url, "/assess/");
  assert.equal(sent.headers["X-CSRFToken"], "t0ken");
  assert.deepEqual([sent.body.get("text"), sent.body.get("language")], ["I think", "en"]);
  assert.equal(sent.body.get("audio").type, "audio/wav");
});

test("every failure has words", async () => {
  const failures = [
    [async () => { throw new TypeError("fetch failed"); }, /connection/],
    [async () => answer({}, { redirected: true }), /signed out/],
    [async () => answer({ code: "request.too_fast", message: "Wait a moment." }, { ok: false }), /^Wait a moment\.$/],
    [async () => answer(null, { ok: false, json: async () => { throw new SyntaxError("html"); } }), /our side/],
    [async () => answer(null, { json: async () => { throw new SyntaxError("html"); } }), /our side/],
  ];
  for (const [fetch, words] of failures) {
    await assert.rejects(api(fetch).assess(reading), (error) => error instanceof ApiProblem && words.test(error.message));
  }
});

test("a word is asked for once at each speed, again after a failure", async () => {
  const speeds = [];
  let works = false;
  const voice = api(async (_url, { body }) => {
    speeds.push(body.get("speed"));
    return works ? answer({ audio: btoa("RIFF"), phonemes: [{ ipa: "a", start_ms: 0, end_ms: 9 }] }) : answer({ message: "No voice." }, { ok: false });
  });
  await assert.rejects(voice.sayWord("tea", false), /No voice/);
  works = true;
  const { bytes, phonemes } = await voice.sayWord("tea", false);
  assert.equal(new TextDecoder().decode(bytes), "RIFF");
  assert.equal(phonemes.length, 1);
  await voice.sayWord("tea", false);
  await voice.sayWord("tea", true);
  assert.deepEqual(speeds, ["1.0", "1.0", "0.6"]);
});
