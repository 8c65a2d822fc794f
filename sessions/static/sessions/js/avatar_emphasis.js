/** Where speech leans on a word: brows and nods follow phrase starts and long vowels. */

import { VOWELS } from "./avatar_visemes.js";

const PHRASE_PAUSE_MS = 120;
const STRESSED_VOWEL_MS = 120;
const BEFORE_MS = 90;
const AFTER_MS = 420;

/** A rise before the event and a slower fall after it. */
function swell(time, at) {
  const x = time - at;
  if (x < -BEFORE_MS || x > AFTER_MS) return 0;
  const u = x < 0 ? (x + BEFORE_MS) / BEFORE_MS : 1 - x / AFTER_MS;
  return u * u * (3 - 2 * u);
}

/** Emphasis (0..1) and whether a phrase has just ended, at a time in ms. */
export function emphasisAt(track, time) {
  let level = 0;
  let phraseEnded = false;
  let pausedBefore = false;
  for (const { viseme, start, end } of track.window(time - AFTER_MS - 200, time + BEFORE_MS)) {
    if (viseme === "sil") {
      pausedBefore = end - start >= PHRASE_PAUSE_MS;
      if (pausedBefore && time >= start && time < start + 150) phraseEnded = true;
      continue;
    }
    if (pausedBefore) level = Math.max(level, 0.7 * swell(time, start));
    pausedBefore = false;
    if (VOWELS.has(viseme) && end - start >= STRESSED_VOWEL_MS) {
      const weight = Math.min(1, 0.5 + (end - start - STRESSED_VOWEL_MS) / 200);
      level = Math.max(level, weight * swell(time, start));
    }
  }
  return { level, phraseEnded };
}
