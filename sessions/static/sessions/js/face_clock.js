// @ts-check
/**
 * Keeps pictures in step with the voice, whose clock nobody may touch. Pure.
 * Times are milliseconds on the reply's own timeline.
 */

/** Nobody sees less than this; chasing it would only change the rate all the time. */
export const NEAR_MS = 8;
/** More than this is not made up for by playing a little faster. */
export const FAR_MS = 120;
/** Pictures are not shown before they are so near; until then nobody sees them jump. */
export const START_MS = 40;
const SLOWEST = 0.97;
const FASTEST = 1.03;
/** What is off shall be made up for in about this time. */
const CATCH_UP_MS = 1000;
/** A voice without a picture: how long before another face takes over for the reply. */
const ANNOUNCED_PATIENCE_MS = 900;
const UNANNOUNCED_PATIENCE_MS = 450;

/**
 * What to do about pictures at `pictureMs` while the voice is at `voiceMs`: a playback rate,
 * or a place to jump to.
 * @param {number} pictureMs
 * @param {number} voiceMs
 * @param {number} [farMs]
 * @returns {{rate: number, seekMs: number | null}}
 */
export function steer(pictureMs, voiceMs, farMs = FAR_MS) {
  const ahead = pictureMs - voiceMs;
  if (Math.abs(ahead) > farMs) return { rate: 1, seekMs: voiceMs };
  if (Math.abs(ahead) <= NEAR_MS) return { rate: 1, seekMs: null };
  return { rate: Math.min(FASTEST, Math.max(SLOWEST, 1 - ahead / CATCH_UP_MS)), seekMs: null };
}

/**
 * Whether a place lies in what is buffered.
 * @param {{length: number, start(at: number): number, end(at: number): number}} ranges  in seconds
 * @param {number} ms
 */
export function covers(ranges, ms) {
  for (let at = 0; at < ranges.length; at += 1) {
    if (ranges.start(at) * 1000 <= ms + 1 && ms < ranges.end(at) * 1000) return true;
  }
  return false;
}

/** Says when a reply's pictures come too late to wait for any longer. */
export function createPatience() {
  /** @type {number | null} */
  let missingSince = null;

  return {
    /**
     * @param {{now: number, sounding: boolean, covered: boolean, announced: boolean}} seen
     *   `announced`: the server said that this reply has pictures
     * @returns {boolean} whether patience is over
     */
    isOver({ now, sounding, covered, announced }) {
      if (!sounding || covered) {
        missingSince = null;
        return false;
      }
      missingSince ??= now;
      return now - missingSince >= (announced ? ANNOUNCED_PATIENCE_MS : UNANNOUNCED_PATIENCE_MS);
    },
    reset() {
      missingSince = null;
    },
  };
}
