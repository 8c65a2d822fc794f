// @ts-check
/**
 * Where on a reply's own timeline the listener is, when its sound was scheduled in
 * stretches that need not touch: a late network leaves holes in real time, none here. Pure.
 */

/** Holes shorter than this are rounding, not a stall. */
const HAIR_S = 0.002;

export function createReplyTimeline() {
  /** @type {{at: number, seconds: number, offsetMs: number}[]} */
  const stretches = [];

  return {
    /** @param {number} at  context time @param {number} seconds @param {number} offsetMs */
    add(at, seconds, offsetMs) {
      const last = stretches.at(-1);
      const touches =
        last &&
        Math.abs(last.at + last.seconds - at) < HAIR_S &&
        Math.abs(last.offsetMs + last.seconds * 1000 - offsetMs) < HAIR_S * 1000;
      if (last && touches) last.seconds = at + seconds - last.at;
      else stretches.push({ at, seconds, offsetMs });
    },
    /** Context time at which what is scheduled ends. @returns {number | null} */
    endsAt() {
      const last = stretches.at(-1);
      return last ? last.at + last.seconds : null;
    },
    /** @returns {number | null} */
    startsAt: () => stretches[0]?.at ?? null,
    /**
     * Milliseconds into the reply, and whether sound is coming out just then.
     * @param {number} time  context time
     */
    at(time) {
      let position = 0;
      for (const { at, seconds, offsetMs } of stretches) {
        if (time < at) break;
        const into = Math.min(time - at, seconds);
        position = offsetMs + into * 1000;
        if (time < at + seconds) return { ms: position, sounding: true };
      }
      return { ms: position, sounding: false };
    },
  };
}
