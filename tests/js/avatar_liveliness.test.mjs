/** Blinks, gaze, posture and noise: alive, bounded, and quiet when motion is unwelcome. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Blinker } from "../../sessions/static/sessions/js/avatar_blinks.js";
import { CueTrack } from "../../sessions/static/sessions/js/avatar_cues.js";
import { emphasisAt } from "../../sessions/static/sessions/js/avatar_emphasis.js";
import { Gaze } from "../../sessions/static/sessions/js/avatar_gaze.js";
import { createNoise, createRandom } from "../../sessions/static/sessions/js/avatar_noise.js";
import { Posture } from "../../sessions/static/sessions/js/avatar_posture.js";
import { Stillness } from "../../sessions/static/sessions/js/avatar_stillness.js";

/** Start times of blinks over a stretch of wall time. */
function blinks(blinker, from, to) {
  const starts = [];
  let wasShut = false;
  for (let now = from; now < to; now += 10) {
    const shut = blinker.step(now) > 0.5;
    if (shut && !wasShut) starts.push(now);
    wasShut = shut;
  }
  return starts;
}

test("blinks come every 2 to 6 s, now and then doubled, and close fully", () => {
  const blinker = new Blinker(createRandom(3));
  const starts = blinks(blinker, 0, 600_000);
  const gaps = starts.slice(1).map((start, i) => start - starts[i]);
  const doubled = gaps.filter((gap) => gap < 600);
  assert.ok(gaps.every((gap) => gap < 600 || (gap > 1400 && gap < 6600)), `${gaps}`);
  assert.ok(doubled.length / starts.length > 0.04 && doubled.length / starts.length < 0.3);
  let most = 0;
  for (let now = 600_000; now < 610_000; now += 5) most = Math.max(most, blinker.step(now));
  assert.equal(most, 1);
});

test("the end of a phrase brings blinks forward", () => {
  let soon = 0;
  for (let seed = 0; seed < 200; seed += 1) {
    const blinker = new Blinker(createRandom(seed));
    blinker.step(0);
    blinker.phraseEnded(1500);
    if (blinks(blinker, 1500, 1900).length > 0) soon += 1;
  }
  assert.ok(soon > 70 && soon < 160, `${soon} of 200`);
});

test("a tab that was hidden for a minute does not come back mid-blink", () => {
  const blinker = new Blinker(createRandom(1));
  blinker.step(0);
  assert.equal(blinker.step(60_000), 0);
});

test("the tutor looks at the learner while listening and away while thinking", () => {
  const gaze = new Gaze(createRandom(5));
  const mean = (state) => {
    gaze.setState(state);
    let [x, y] = [0, 0];
    for (let i = 0; i < 2000; i += 1) {
      const look = gaze.step(i * 10 + (state === "thinking" ? 50_000 : 0));
      x += look.x / 2000;
      y += look.y / 2000;
    }
    return { x, y };
  };
  const learner = mean("listening");
  assert.ok(Math.hypot(learner.x, learner.y) < 0.06);
  const away = mean("thinking");
  assert.ok(away.x > 0.25 && away.y < -0.3);
});

test("noise is smooth, bounded and different on every seed", () => {
  const noise = createNoise(createRandom(1));
  const other = createNoise(createRandom(2));
  let differs = false;
  for (let x = -50; x < 400; x += 0.01) {
    assert.ok(Math.abs(noise(x)) <= 1.5);
    assert.ok(Math.abs(noise(x + 0.01) - noise(x)) < 0.12);
    differs ||= Math.abs(noise(x) - other(x)) > 0.3;
  }
  assert.ok(differs);
});

test("posture stays within what the drawing can show, in every state", () => {
  const posture = new Posture(createRandom(9), { still: false });
  let nods = 0;
  let now = 0;
  for (const state of ["idle", "listening", "thinking", "speaking"]) {
    posture.setState(state);
    for (let i = 0; i < 4000; i += 1) {
      now += 16;
      const pose = posture.step(now, state === "speaking" ? (i % 40) / 40 : 0);
      for (const [key, value] of Object.entries(pose)) {
        assert.ok(Number.isFinite(value) && Math.abs(value) < 2.2, `${state} ${key} ${value}`);
      }
      if (state === "listening" && pose.pitch > 0.6) nods += 1;
    }
  }
  assert.ok(nods > 10, "listening brings nods");
});

test("with reduced motion the head, brows and shoulders keep still", () => {
  const posture = new Posture(createRandom(9), { still: true });
  posture.setState("thinking");
  const first = posture.step(0, 0);
  assert.deepEqual(posture.step(5000, 1), first);
});

test("phrase starts and long vowels are stressed, silence and the far end are not", () => {
  const track = new CueTrack();
  track.add([["DD", 1000, 1060], ["I", 1060, 1120], ["SS", 1120, 1900], ["aa", 1900, 2100]]);
  assert.equal(emphasisAt(track, 500).level, 0);
  assert.ok(emphasisAt(track, 1010).level > 0.5);
  assert.ok(emphasisAt(track, 1700).level < 0.05);
  assert.ok(emphasisAt(track, 1910).level > 0.5);
  assert.equal(emphasisAt(track, 2150).phraseEnded, true);
  assert.equal(emphasisAt(track, 9000).phraseEnded, false);
});

test("a movement too small to see is not redrawn, and none is lost when it adds up", () => {
  const stillness = new Stillness();
  const at = (yaw) => ({ yaw, pitch: 0, roll: 0, brow: 0, knit: 0, squint: 0, breath: 0 });
  const first = stillness.settle(at(0));
  assert.equal(stillness.settle(at(0.01)), first);
  let drawn = first;
  for (let yaw = 0; yaw <= 1; yaw += 0.005) {
    drawn = stillness.settle(at(yaw));
    assert.ok(Math.abs(drawn.yaw - yaw) <= 0.041);
  }
  assert.ok(drawn.yaw > 0.95);
});
