/** Weights of visemes and the movement of the head: contacts kept, nothing faster than a person. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Life } from "../../sessions/static/sessions/js/avatar3d_life.js";
import { opennessOf } from "../../sessions/static/sessions/js/avatar3d_motion.js";
import { CueTrack } from "../../sessions/static/sessions/js/avatar_cues.js";
import { createRandom } from "../../sessions/static/sessions/js/avatar_noise.js";
import { VISEMES } from "../../sessions/static/sessions/js/avatar_visemes.js";
import {
  lipsOf, only, tongueOf, weightsAt,
} from "../../sessions/static/sessions/js/avatar_viseme_weights.js";
import { IDEAL_OPENNESS, correlation, spokenCues } from "./avatar_speech.mjs";

const STEP_MS = 1000 / 60;

function trackOf(cues) {
  const track = new CueTrack();
  track.add(cues);
  return track;
}

const lifeOf = (options = {}) => new Life({ random: createRandom(4), reducedMotion: false, ...options });

/** Postures of a life, picture by picture, while it speaks the spoken cues. */
function speak(life, { calm = 0 } = {}) {
  const cues = spokenCues();
  life.setCues(cues);
  life.setState("speaking");
  const pictures = [];
  for (let now = 0; now < cues.at(-1)[2] + 500; now += STEP_MS) {
    pictures.push({ now, ...life.step(now, now, calm) });
  }
  return pictures;
}

test("lips and tongue each share out exactly one whole at every moment", () => {
  const track = trackOf(spokenCues());
  for (let time = -200; time < 4000; time += 7) {
    const { pose } = weightsAt(track, time);
    for (const part of [lipsOf, tongueOf]) {
      const sum = VISEMES.reduce((total, viseme) => total + part(pose, viseme), 0);
      assert.ok(Math.abs(sum - 1) < 1e-9);
    }
    assert.ok(pose.every((weight) => weight >= 0 && weight <= 1 + 1e-9));
  }
});

test("every contact of the lips is whole in at least one picture of 30 a second", () => {
  const cues = spokenCues();
  const track = trackOf(cues);
  for (const [viseme, start, end] of cues.filter(([name]) => name === "PP" || name === "FF")) {
    for (let phase = 0; phase < 33; phase += 3) {
      let most = 0;
      for (let time = start - 33 + phase; time < end + 33; time += 1000 / 30) {
        most = Math.max(most, lipsOf(weightsAt(track, time).pose, viseme));
      }
      assert.ok(most > 0.97, `${viseme} at ${start}: ${most}`);
    }
  }
});

test("a velar takes the lips of its vowel while the tongue is its own", () => {
  const track = trackOf([["O", 0, 120], ["kk", 120, 180], ["O", 180, 300]]);
  const { pose } = weightsAt(track, 150);
  assert.ok(lipsOf(pose, "O") > 0.3);
  assert.ok(tongueOf(pose, "kk") > lipsOf(pose, "kk"));
});

test("a long vowel reaches its shape, a short one falls short", () => {
  const peak = (length) => lipsOf(weightsAt(trackOf([["aa", 0, length]]), length / 2).pose, "aa");
  assert.ok(peak(200) > 0.95);
  assert.ok(peak(50) < peak(200) - 0.1);
});

test("drawn opening follows phonetic opening, and silence shuts the mouth", () => {
  const cues = spokenCues();
  const track = trackOf(cues);
  const drawn = [];
  const ideal = [];
  for (const [viseme, start, end] of cues) {
    for (let time = start; time < end; time += 10) {
      drawn.push(opennessOf(weightsAt(track, time).pose));
      ideal.push(IDEAL_OPENNESS[viseme]);
    }
  }
  assert.ok(correlation(drawn, ideal) > 0.6, `${correlation(drawn, ideal)}`);
  assert.equal(opennessOf(only("sil")), 0);
  assert.equal(opennessOf(weightsAt(track, cues.at(-1)[2] + 200).pose), 0);
});

test("an interrupted reply leaves a shut mouth within 120 ms, without a jump", () => {
  const life = lifeOf();
  life.setCues([["aa", 0, 2000]]);
  let now = 0;
  for (; now < 500; now += STEP_MS) life.step(now, now, 0);
  const open = life.step(now, now, 0).shown.openness;
  assert.ok(open > 0.8);
  const next = life.step(now + STEP_MS, null, 0).shown.openness;
  assert.ok(next > open * 0.6, "it closes, it does not vanish");
  assert.equal(life.step(now + 120, null, 0).shown.openness, 0);
});

test("neither head nor eyes move faster than a person's, in any state or change of states", () => {
  const life = lifeOf();
  const cues = spokenCues();
  life.setCues(cues);
  const random = createRandom(12);
  const states = ["idle", "listening", "thinking", "speaking"];
  let last = null;
  for (let now = 0; now < 60_000; now += STEP_MS) {
    if (random() < 0.02) life.setState(states[Math.floor(random() * 4)]);
    const { moves } = life.step(now, now < 30_000 ? now % 5000 : null, 0);
    if (last) {
      for (const axis of ["yaw", "pitch", "roll"]) {
        const rate = Math.abs(moves.head[axis] - last.head[axis]) / (STEP_MS / 1000);
        assert.ok(rate <= 1.61, `${axis} ${rate}`);
      }
      const saccade = Math.abs(moves.eyes.left.yaw - last.eyes.left.yaw) / (STEP_MS / 1000);
      assert.ok(saccade <= 9.1);
    }
    assert.ok(Math.abs(moves.head.yaw) < 0.25 && Math.abs(moves.head.pitch) < 0.3);
    for (const weight of Object.values(moves.morphs)) {
      assert.ok(Number.isFinite(weight) && weight >= 0 && weight <= 1.2, `${JSON.stringify(moves.morphs)}`);
    }
    last = moves;
  }
});

test("a tab that comes back after a minute does not tear the head around", () => {
  const life = lifeOf();
  const before = life.step(0, null, 0).moves.head;
  life.setState("thinking");
  const after = life.step(60_000, null, 0).moves.head;
  assert.ok(Math.abs(after.yaw - before.yaw) < 0.2);
});

test("eyes hold the learner while the head sways", () => {
  const life = lifeOf();
  life.setState("listening");
  let apart = 0;
  let swayed = 0;
  for (let now = 0; now < 20_000; now += STEP_MS) {
    const { head, eyes } = life.step(now, null, 0).moves;
    swayed = Math.max(swayed, Math.abs(head.yaw));
    const looks = head.yaw + (eyes.left.yaw + eyes.right.yaw) / 2;
    apart = Math.max(apart, Math.abs(looks));
  }
  assert.ok(swayed > 0.02, "it does sway");
  assert.ok(apart < 0.07, `${apart}`);
});

test("thinking looks away, listening nods, lessons keep the head straight", () => {
  const life = lifeOf();
  const means = (state, calm) => {
    life.setState(state);
    let [gaze, most] = [0, 0];
    for (let i = 0; i < 600; i += 1) {
      means.now = (means.now ?? 0) + STEP_MS;
      const { moves } = life.step(means.now, null, calm);
      gaze += (moves.eyes.left.pitch + moves.eyes.right.pitch) / 1200;
      most = Math.max(most, moves.head.pitch);
    }
    return { gaze, most };
  };
  assert.ok(means("thinking", 0).gaze < -0.06, "upwards");
  assert.ok(means("listening", 0).most > 0.04, "nods");
  for (const { moves } of speak(lifeOf(), { calm: 1 })) {
    assert.ok(Math.abs(moves.head.yaw) < 0.01 && Math.abs(moves.head.roll) < 0.01);
  }
});

test("with reduced motion only mouth and lids move", () => {
  const life = lifeOf({ reducedMotion: true });
  const pictures = speak(life);
  const [first] = pictures;
  for (const { moves } of pictures) {
    assert.deepEqual(moves.head, first.moves.head);
    assert.equal(moves.morphs.browInnerUp, first.moves.morphs.browInnerUp);
  }
  assert.ok(pictures.some(({ shown }) => shown.openness > 0.5));
  assert.ok(pictures.some(({ moves }) => moves.morphs.blinkL === 1));
});

test("the same seed and the same times give the same pictures", () => {
  assert.deepEqual(speak(lifeOf()).at(-1), speak(lifeOf()).at(-1));
});

test("an unknown state is refused", () => {
  assert.throws(() => lifeOf().setState("asleep"), RangeError);
});
