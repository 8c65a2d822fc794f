/** Pictures follow a voice that nobody may touch. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { FAR_MS, covers, createPatience, steer } from "../../sessions/static/sessions/js/face_clock.js";

const ranges = (...pairs) => ({
  length: pairs.length,
  start: (at) => pairs[at][0],
  end: (at) => pairs[at][1],
});

test("pictures ahead play slower, pictures behind faster, within what nobody notices", () => {
  assert.deepEqual(steer(1000, 1000), { rate: 1, seekMs: null });
  assert.equal(steer(1005, 1000).rate, 1, "a hair is left alone");
  assert.equal(steer(1020, 1000).rate, 0.98);
  assert.equal(steer(980, 1000).rate, 1.02);
  assert.equal(steer(1100, 1000).rate, 0.97);
  assert.equal(steer(900, 1000).rate, 1.03);
});

test("what is far off is jumped over", () => {
  assert.deepEqual(steer(0, FAR_MS + 1), { rate: 1, seekMs: FAR_MS + 1 });
  assert.deepEqual(steer(5000, 200), { rate: 1, seekMs: 200 });
  assert.equal(steer(1000 + FAR_MS, 1000).seekMs, null);
});

test("a video that starts late, drifts and stutters is back in step within seconds and stays", () => {
  let picture = 1110;
  let rate = 1;
  let jumps = 0;
  for (let voice = 1000; voice < 31_000; voice += 16) {
    const stutter = voice % 5000 < 16 ? -60 : 0;
    // A decoder's clock that is two promille off.
    picture += 16 * rate * 1.002 + stutter;
    const todo = steer(picture, voice + 16);
    rate = todo.rate;
    if (todo.seekMs !== null) {
      picture = todo.seekMs;
      jumps += 1;
    }
    if (voice > 6000 && voice % 5000 > 4000) assert.ok(Math.abs(picture - voice - 16) < 12, `${picture - voice}`);
  }
  assert.equal(jumps, 0);
});

test("what is buffered covers its beginning and not its end", () => {
  const buffered = ranges([0, 1.2], [2, 3]);
  assert.ok(covers(buffered, 0));
  assert.ok(covers(buffered, 1199));
  assert.ok(!covers(buffered, 1200));
  assert.ok(!covers(buffered, 1500));
  assert.ok(covers(buffered, 2500));
  assert.ok(!covers(ranges(), 0));
  assert.ok(covers(ranges([0.04, 1]), 39.6), "times are rounded to milliseconds");
});

test("a voice without pictures is borne for a while, longer if they are promised", () => {
  const missing = { sounding: true, covered: false };
  const patience = createPatience();
  assert.ok(!patience.isOver({ ...missing, now: 0, announced: false }));
  assert.ok(!patience.isOver({ ...missing, now: 440, announced: false }));
  assert.ok(!patience.isOver({ ...missing, now: 800, announced: true }));
  assert.ok(patience.isOver({ ...missing, now: 900, announced: true }));
});

test("patience begins anew when pictures come, and silence asks for none", () => {
  const patience = createPatience();
  const seen = { announced: true, sounding: true, covered: false };
  patience.isOver({ ...seen, now: 0 });
  patience.isOver({ ...seen, now: 700, covered: true });
  assert.ok(!patience.isOver({ ...seen, now: 1000 }));
  assert.ok(!patience.isOver({ ...seen, now: 5000, sounding: false }));
  assert.ok(!patience.isOver({ ...seen, now: 5100 }));
  patience.reset();
  assert.ok(!patience.isOver({ ...seen, now: 9000 }));
});
