// @ts-check
/**
 * Where on a reply's own timeline a listener of a WebRTC track is: the server says which RTP
 * timestamp a stretch of the reply begins with, the browser which one it plays. Pure.
 */

const RATE_PER_MS = 48;
const WRAP = 2 ** 32;
/** A packet holds 20 ms; more is not played of it, whatever the clock says. */
const LONGEST_AHEAD_MS = 40;

/** How far `b` is after `a` on a clock that wraps. @param {number} a @param {number} b */
const after = (a, b) => ((b - a + 1.5 * WRAP) % WRAP) - WRAP / 2;

export function createTrackClock() {
  /** @type {{rtp: number, offsetMs: number}[]} */
  let marks = [];
  let endMs = 0;
  let complete = false;

  return {
    /** A stretch begins. @param {number} rtp @param {number} offsetMs */
    mark(rtp, offsetMs) {
      marks = [...marks.slice(-7), { rtp, offsetMs }];
    },
    /** The reply stood still: where it was says nothing of where it goes on. */
    forget() {
      marks = [];
    },
    /** There is sound up to here, as far as is known. @param {number} ms */
    reaches(ms) {
      endMs = Math.max(endMs, ms);
    },
    /** No more comes. @param {number} ms */
    ends(ms) {
      endMs = ms;
      complete = true;
    },
    /**
     * @param {{rtp: number, agoMs: number} | null} played  the latest packet played, and how long ago
     * @returns {{ms: number, begun: boolean, sounding: boolean, over: boolean}}
     */
    at(played) {
      const silent = { ms: 0, begun: false, sounding: false, over: false };
      if (!played) return silent;
      const ahead = Math.min(played.agoMs, LONGEST_AHEAD_MS);
      const mark = marks.findLast(({ rtp }) => after(rtp, played.rtp) + ahead * RATE_PER_MS >= 0);
      if (!mark) return silent;
      const ms = mark.offsetMs + after(mark.rtp, played.rtp) / RATE_PER_MS + ahead;
      const begun = ms >= 0;
      return { ms: Math.max(0, Math.min(ms, endMs)), begun, sounding: begun && ms < endMs, over: complete && ms >= endMs };
    },
  };
}
