/** Slow motion for the ear: exact length, kept pitch, kept places, bursts that stay single. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { findOnsets } from "../../sessions/static/sessions/js/sound_onsets.js";
import { stretch } from "../../sessions/static/sessions/js/time_stretch.js";
import { hiss, pitchAt, rms, voice } from "./voices.mjs";

const RATE = 22050;
const SPEEDS = [0.25, 0.4, 0.5, 0.75];

for (const speed of SPEEDS) {
  test(`at ${speed} the sound lasts exactly so much longer`, () => {
    for (const length of [1, 700, 5000, 22050]) {
      assert.equal(stretch(new Float32Array(length).fill(0.1), RATE, speed).length, Math.round(length / speed));
    }
  });

  for (const pitch of [85, 120, 210, 320]) {
    test(`a voice of ${pitch} Hz keeps its pitch within 1 % at ${speed}`, () => {
      const slow = stretch(voice({ rate: RATE, seconds: 0.6, from: pitch }), RATE, speed);
      for (const at of [0.2, 0.5, 0.8]) {
        const heard = pitchAt(slow, RATE, Math.floor(slow.length * at));
        assert.ok(Math.abs(heard / pitch - 1) < 0.01, `${heard.toFixed(1)} Hz at ${at}`);
      }
    });
  }

  test(`a falling melody falls as far, only slower, at ${speed}`, () => {
    const slow = stretch(voice({ rate: RATE, seconds: 0.8, from: 220, to: 130 }), RATE, speed);
    for (const at of [0.25, 0.5, 0.75]) {
      const wanted = 220 + (130 - 220) * at;
      const heard = pitchAt(slow, RATE, Math.floor(slow.length * at));
      assert.ok(Math.abs(heard / wanted - 1) < 0.02, `${heard.toFixed(1)} for ${wanted} Hz`);
    }
  });

  test(`loudness and places are kept at ${speed}`, () => {
    // 200 ms of voice, 150 ms of silence, 200 ms of hiss.
    const parts = [voice({ rate: RATE, seconds: 0.2, from: 140 }), new Float32Array(0.15 * RATE), hiss(0.2 * RATE)];
    const whole = Float32Array.from(parts.flatMap((part) => [...part]));
    const slow = stretch(whole, RATE, speed);
    const part = (from, to) => [whole.subarray(from * RATE, to * RATE), slow.subarray((from / speed) * RATE, (to / speed) * RATE)].map(rms);
    for (const [from, to] of [[0.05, 0.17], [0.4, 0.52]]) {
      const [before, after] = part(from, to);
      assert.ok(after / before > 0.7 && after / before < 1.3, `${from} s: ${before} became ${after}`);
    }
    const [, silence] = part(0.23, 0.32);
    assert.ok(silence < 1e-3, `silence has ${silence}`);
  });

  test(`a burst stays one burst, in its place, at ${speed}`, () => {
    const burst = new Float32Array(0.5 * RATE);
    const noise = hiss(0.006 * RATE);
    noise.forEach((sample, i) => (burst[Math.round(0.25 * RATE) + i] = 3 * sample * Math.exp(-i / 40)));
    const slow = stretch(burst, RATE, speed);
    const onsets = findOnsets(slow, RATE, 0.01 * RATE);
    assert.equal(onsets.length, 1);
    assert.ok(Math.abs(onsets[0] / RATE - 0.25 / speed) < 0.02, `at ${onsets[0] / RATE} s`);
  });

  test(`a hiss does not begin to ring at ${speed}`, () => {
    const sound = hiss(0.4 * RATE);
    assert.ok(strongestEcho(stretch(sound, RATE, speed)) < 0.16);
  });
}

/** The highest likeness of a sound to itself 4 to 25 ms later. */
function strongestEcho(samples) {
  const from = Math.floor(samples.length * 0.3);
  const length = Math.floor(0.1 * RATE);
  let most = 0;
  for (let lag = 0.004 * RATE; lag < 0.025 * RATE; lag += 1) {
    let product = 0;
    let power = 0;
    for (let i = from; i < from + length; i += 1) {
      product += samples[i] * samples[i + Math.round(lag)];
      power += samples[i] ** 2;
    }
    most = Math.max(most, product / power);
  }
  return most;
}

test("full speed is the sound itself, and nothing stays nothing", () => {
  const sound = voice({ rate: RATE, seconds: 0.1, from: 150 });
  assert.deepEqual(stretch(sound, RATE, 1), sound);
  assert.equal(stretch(new Float32Array(0), RATE, 0.5).length, 0);
});

test("what is no speed to slow down to is refused", () => {
  for (const speed of [0, -1, 1.5, NaN]) assert.throws(() => stretch(new Float32Array(9), RATE, speed), RangeError);
});

test("a second of speech is slowed to a quarter in well under a second", () => {
  const sound = voice({ rate: RATE, seconds: 1, from: 130 });
  const started = performance.now();
  stretch(sound, RATE, 0.25);
  assert.ok(performance.now() - started < 1500);
});
