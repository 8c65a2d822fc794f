/** How finely to draw, by how long pictures take: sharpness goes first, then shadows, then pace. */

export const LEVELS = Object.freeze([
  { ratio: 2, shadows: true, everyMs: 1000 / 60 },
  { ratio: 1.5, shadows: true, everyMs: 1000 / 60 },
  { ratio: 1, shadows: true, everyMs: 1000 / 60 },
  { ratio: 1, shadows: false, everyMs: 1000 / 60 },
  { ratio: 0.75, shadows: false, everyMs: 1000 / 60 },
  { ratio: 0.75, shadows: false, everyMs: 1000 / 30 },
].map(Object.freeze));

/** Pictures that must be late, of the latest ones, before anything is given up. */
const WATCHED = 45;
const LATE_SHARE = 0.4;
const LATE_BY = 1.4;
/** So long everything must go well before a finer level is tried again, and longer each time. */
const CALM_MS = 15_000;
/** Slower than this at the lowest level is no face that anyone would want. */
const SLOWEST_MS = 1000 / 14;
/** A pause this long is a hidden tab or a stopped machine, not a slow picture. */
const PAUSE_MS = 600;

export class QualityLadder {
  #level = 0;
  #last = null;
  #waits = [];
  #goodSince = null;
  #patience = CALM_MS;
  #hopeless = false;

  /** The level to draw at. */
  get level() {
    return LEVELS[this.#level];
  }

  /** Even the coarsest level does not keep up. */
  get hopeless() {
    return this.#hopeless;
  }

  /** Forget what was seen: drawing was paused. */
  pause() {
    this.#last = null;
    this.#waits = [];
    this.#goodSince = null;
  }

  /** A picture was shown at `now` in ms. True when the level has changed. */
  shown(now) {
    const wait = this.#last === null ? 0 : now - this.#last;
    this.#last = now;
    if (wait <= 0 || wait > PAUSE_MS) {
      this.#waits = [];
      return false;
    }
    this.#waits.push(wait);
    if (this.#waits.length < WATCHED) return false;
    const { everyMs } = this.level;
    const late = this.#waits.filter((each) => each > everyMs * LATE_BY).length;
    const middle = [...this.#waits].sort((a, b) => a - b)[WATCHED >> 1];
    this.#waits = [];
    if (late > WATCHED * LATE_SHARE) return this.#coarser(middle);
    this.#goodSince ??= now;
    return late === 0 && now - this.#goodSince > this.#patience && this.#finer(now);
  }

  #coarser(middle) {
    this.#goodSince = null;
    if (this.#level === LEVELS.length - 1) {
      this.#hopeless = middle > SLOWEST_MS;
      return false;
    }
    this.#level += 1;
    this.#patience = Math.min(this.#patience * 2, 16 * CALM_MS);
    return true;
  }

  #finer(now) {
    if (this.#level === 0) return false;
    this.#level -= 1;
    this.#goodSince = now;
    return true;
  }
}
