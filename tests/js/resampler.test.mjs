/** The resampler by what it does to tones: level, aliases, delay, cuts. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createFrameCutter } from "../../sessions/static/sessions/js/frame_cutter.js";
import { createResampler } from "../../sessions/static/sessions/js/resampler.js";

const tone = (rate, hz, seconds) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));

function resampleIn(pieces, from, to) {
  const resampler = createResampler(from, to);
  const out = [...pieces.flatMap((piece) => [...resampler.process(piece)]), ...resampler.flush()];
  return Float32Array.from(out);
}

const middle = (samples) => samples.slice(Math.floor(samples.length / 4), Math.floor((3 * samples.length) / 4));
const rms = (samples) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

for (const [from, to] of [[48000, 16000], [44100, 16000], [22050, 48000], [16000, 44100], [8000, 16000]]) {
  test(`${from} to ${to}: a tone keeps its level, its time and the length of the sound`, () => {
    const out = resampleIn([tone(from, 1000, 0.5)], from, to);
    assert.equal(out.length, Math.ceil((Math.round(from * 0.5) * to) / from));
    const wanted = tone(to, 1000, 0.5);
    const error = rms(middle(out).map((x, i) => x - middle(wanted)[i]));
    assert.ok(error < 0.003, `error ${error}`);
  });
}

for (const hz of [9500, 12000, 20000]) {
  test(`48000 to 16000: ${hz} Hz does not come back as an alias`, () => {
    const out = resampleIn([tone(48000, hz, 0.5)], 48000, 16000);
    assert.ok(rms(middle(out)) < 0.003, `left ${rms(middle(out))}`);
  });
}

test("cutting the input anywhere changes nothing", () => {
  const input = tone(44100, 440, 0.3);
  const pieces = [];
  for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 509 || 128) {
    pieces.push(input.subarray(at, at + size));
  }
  assert.deepEqual(resampleIn(pieces, 44100, 16000), resampleIn([input], 44100, 16000));
});

test("the same rate is handed through", () => {
  const input = tone(16000, 300, 0.01);
  assert.deepEqual(resampleIn([input], 16000, 16000), input);
});

test("frames have one size, clip instead of wrapping, and keep what is left over", () => {
  const frames = [];
  const cutter = createFrameCutter(4, (frame) => frames.push([...frame]));
  cutter.push(Float32Array.of(0, 1, -1, 2, -3));
  cutter.push(Float32Array.of(0.5, -0.5));
  assert.deepEqual(frames, [[0, 32767, -32768, 32767]]);
  cutter.push(Float32Array.of(0));
  assert.deepEqual(frames[1], [-32768, 16384, -16384, 0]);
});
