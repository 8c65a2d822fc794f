// @ts-check
/** How loud PCM16 frames are, in numbers for a meter and in words. Pure. */

const SILENCE_DB = -100;
const HEARD_DB = -42;
const CLIPPED = 32600;
/** Words change only when this share of the recent frames agrees. */
const WINDOW_FRAMES = 75;
const TOO_LOUD_SHARE = 0.02;

/** @param {Int16Array} frame @returns {{db: number, peak: number}} */
export function measureFrame(frame) {
  let sum = 0;
  let peak = 0;
  for (const sample of frame) {
    sum += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  const rms = Math.sqrt(sum / Math.max(1, frame.length)) / 32768;
  return { db: rms > 0 ? Math.max(SILENCE_DB, 20 * Math.log10(rms)) : SILENCE_DB, peak };
}

/** A meter's height: 0 at -60 dB, 1 at -6 dB. @param {number} db */
export function meterHeight(db) {
  return Math.max(0, Math.min(1, (db + 60) / 54));
}

/**
 * A verdict over the last second and a half: speech has pauses, so one quiet frame says
 * nothing; the loudest tenth does.
 */
export function createLevelJudge() {
  /** @type {{db: number, peak: number}[]} */
  let recent = [];
  return {
    /** @param {{db: number, peak: number}} level */
    push(level) {
      recent.push(level);
      if (recent.length > WINDOW_FRAMES) recent = recent.slice(-WINDOW_FRAMES);
    },
    /** @returns {"waiting" | "silent" | "quiet" | "good" | "loud"} */
    verdict() {
      if (recent.length < WINDOW_FRAMES / 3) return "waiting";
      const clipped = recent.filter((level) => level.peak >= CLIPPED).length;
      if (clipped > recent.length * TOO_LOUD_SHARE) return "loud";
      const sorted = recent.map((level) => level.db).sort((a, b) => b - a);
      const speech = sorted[Math.floor(sorted.length / 10)];
      if (speech <= -90) return "silent";
      return speech < HEARD_DB ? "quiet" : "good";
    },
  };
}
