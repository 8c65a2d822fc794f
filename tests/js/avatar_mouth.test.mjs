/** The mouth over wall time: starts, stops and late clauses never leave it open or make it jump. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { CueTrack } from "../../sessions/static/sessions/js/avatar_cues.js";
import { Mouth } from "../../sessions/static/sessions/js/avatar_mouth.js";
import { mouthShape } from "../../sessions/static/sessions/js/avatar_mouth_shape.js";

const FRAME_MS = 1000 / 60;

/** Run frames from wall time `from` to `to`; the reply began at wall time 0 unless stopped. */
function run(mouth, from, to, position = (now) => now) {
  const seen = [];
  for (let now = from; now <= to; now += FRAME_MS) {
    const { pose, viseme } = mouth.step(now, position(now));
    seen.push({ now, viseme, openness: mouthShape(pose).openness });
  }
  return seen;
}

function speaking() {
  const mouth = new Mouth(new CueTrack());
  mouth.set([["aa", 0, 1000]]);
  assert.ok(run(mouth, 0, 500).at(-1).openness > 0.9);
  return mouth;
}

test("a clock that stops shuts the mouth within 120 ms", () => {
  const last = run(speaking(), 500 + FRAME_MS, 620, () => null).at(-1);
  assert.ok(last.openness < 0.05);
  assert.equal(last.viseme, "sil");
});

test("clearing the cues shuts the mouth within 120 ms even while the clock runs", () => {
  const mouth = speaking();
  mouth.clear();
  assert.ok(run(mouth, 500 + FRAME_MS, 620).at(-1).openness < 0.05);
});

test("a clock that tells nonsense counts as not playing", () => {
  const seen = run(speaking(), 510, 650, () => NaN);
  assert.ok(seen.every(({ openness }) => Number.isFinite(openness)));
  assert.ok(seen.at(-1).openness < 0.05);
});

test("clauses may be appended while the first one plays", () => {
  const mouth = speaking();
  mouth.add([["PP", 1000, 1080], ["O", 1080, 1300]]);
  const seen = run(mouth, 500, 1400);
  assert.ok(seen.some(({ viseme, openness }) => viseme === "PP" && openness < 0.05));
  assert.ok(seen.some(({ viseme, openness }) => viseme === "O" && openness > 0.4));
  assert.ok(seen.at(-1).openness < 0.05);
});

test("no start, stop or late clause makes the lips jump", () => {
  const mouth = new Mouth(new CueTrack());
  const seen = run(mouth, 0, 100, () => null);
  mouth.set([["aa", 0, 400]]);
  seen.push(...run(mouth, 120, 300, () => 200));
  mouth.add([["PP", 200, 300]]);
  seen.push(...run(mouth, 315, 450, () => 250));
  seen.push(...run(mouth, 465, 600, () => null));
  for (let i = 1; i < seen.length; i += 1) {
    const jump = Math.abs(seen[i].openness - seen[i - 1].openness);
    assert.ok(jump < 0.4, `${seen[i].now}: ${jump}`);
  }
});
