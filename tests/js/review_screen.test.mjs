// The pure parts of the review screen: moments among stretches, bars, points of levels.

import assert from "node:assert/strict";
import { test } from "node:test";

import { pointsOf } from "../../coursework/static/coursework/js/mark_points.js";
import { bars, clock, nextWithSound, placeAt, stepTurn, turnAt } from "../../coursework/static/coursework/js/talk_times.js";

const stretch = (turn, speaker, start_ms, duration_ms, url = "x") => ({ turn, speaker, start_ms, duration_ms, url, peaks: [] });
const TALK = [
  stretch(0, "tutor", 0, 2000),
  stretch(1, "learner", 5000, 3000, ""),
  stretch(1, "tutor", 9000, 2000),
  stretch(2, "learner", 20_000, 4000),
];

test("a moment belongs to the stretch that sounds, or to the next one", () => {
  assert.deepEqual([0, 1999, 2000, 10_000, 23_999, 24_000].map((ms) => placeAt(TALK, ms)), [0, 0, 1, 2, 3, -1]);
});

test("what has no sound is passed over", () => {
  assert.equal(nextWithSound(TALK, 1), 2);
  assert.equal(nextWithSound(TALK, 4), -1);
});

test("a moment belongs to the turn that began last", () => {
  assert.deepEqual([0, 4999, 5000, 15_000, 99_000].map((ms) => turnAt(TALK, ms)), [0, 0, 1, 1, 2]);
  assert.equal(turnAt([], 0), null);
});

test("steps go to the beginning of a turn, its own first", () => {
  assert.equal(stepTurn(TALK, 7000, -1), 5000);
  assert.equal(stepTurn(TALK, 5000, -1), 0);
  assert.equal(stepTurn(TALK, 7000, 1), 20_000);
  assert.equal(stepTurn(TALK, 22_000, 1), 22_000);
});

test("bars are the loudest of their part and never lose a peak", () => {
  assert.deepEqual(bars([10, 90, 20, 30], 2), [0.9, 0.3]);
  assert.deepEqual(bars([50], 3), [0.5, 0.5, 0.5]);
  assert.equal(Math.max(...bars([...Array(99).fill(1), 100], 7)), 1);
});

test("points of levels are the weighted share, and none while a level is missing", () => {
  const grammar = { weight: 2, points: 2, most: 3 };
  assert.equal(pointsOf([grammar, { weight: 1, points: 3, most: 3 }, { weight: 1, points: 1, most: 1 }], 20), 16.67);
  assert.equal(pointsOf([grammar, { weight: 1, points: null, most: 3 }], 20), null);
  assert.equal(pointsOf([], 20), null);
});

test("clocks", () => {
  assert.deepEqual([0, 59_999, 61_000, -5].map(clock), ["0:00", "0:59", "1:01", "0:00"]);
});
