/** Cues arrive clause by clause, sometimes broken, and are found fast in long replies. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { CueTrack, lowerBound } from "../../sessions/static/sessions/js/avatar_cues.js";

const names = (cues) => cues.map((cue) => cue.viseme);

test("gaps between clauses become silence, rounding gaps do not", () => {
  const track = new CueTrack();
  track.add([["aa", 0, 100], ["PP", 110, 200], ["E", 500, 600]]);
  assert.deepEqual(names(track.window(-10, 1000)), ["sil", "aa", "PP", "sil", "E", "sil"]);
  assert.deepEqual(names(track.window(300, 400)), ["sil"]);
});

test("a clause that arrives late takes its place in time", () => {
  const track = new CueTrack();
  track.add([["aa", 0, 100], ["E", 500, 600]]);
  track.add([["I", 100, 200], ["O", 200, 500]]);
  assert.deepEqual(names(track.window(50, 550)), ["aa", "I", "O", "E"]);
});

test("cues that cannot be drawn are left out, unknown visemes are silence", () => {
  const track = new CueTrack();
  track.add([["aa", 0, NaN], ["aa", 50, 50], ["aa", 90, 20], ["??", 100, 300], ["E", 300, 400]]);
  assert.equal(track.length, 2);
  assert.deepEqual(names(track.window(150, 350)), ["sil", "E"]);
});

test("the search looks at a handful of a long reply's cues", () => {
  let looks = 0;
  const found = lowerBound(100_000, (i) => {
    looks += 1;
    return i >= 77_777;
  });
  assert.equal(found, 77_777);
  assert.ok(looks <= 17);
});

test("a window of an hour-long reply is found at once", () => {
  const track = new CueTrack();
  track.add(Array.from({ length: 45_000 }, (_, i) => ["aa", i * 80, i * 80 + 80]));
  const began = performance.now();
  for (let i = 0; i < 10_000; i += 1) track.window(i * 300, i * 300 + 300);
  assert.ok(performance.now() - began < 1000);
  assert.deepEqual(track.window(1_800_005, 1_800_010), [
    { viseme: "aa", start: 1_800_000, end: 1_800_080 },
  ]);
});
