/** When the eyes blink and how far the lids are down. */

const CLOSE_MS = 75;
const HOLD_MS = 35;
const OPEN_MS = 150;
const BLINK_MS = CLOSE_MS + HOLD_MS + OPEN_MS;
const MIN_GAP_MS = 2000;
const MAX_GAP_MS = 6000;
const DOUBLE_CHANCE = 0.15;
const PHRASE_END_CHANCE = 0.55;
/** Two blinks closer than this look like a fault, unless meant as a double blink. */
const REFRACTORY_MS = 1100;

const smooth = (x) => x * x * (3 - 2 * x);

/** Lid closure of one blink, `since` ms after it began. */
function closure(since) {
  if (since < 0 || since >= BLINK_MS) return 0;
  if (since < CLOSE_MS) return smooth(since / CLOSE_MS);
  if (since < CLOSE_MS + HOLD_MS) return 1;
  return 1 - smooth((since - CLOSE_MS - HOLD_MS) / OPEN_MS);
}

export class Blinker {
  #random;
  #startedAt = -Infinity;
  #nextAt = null;
  #doubled = false;

  constructor(random) {
    this.#random = random;
  }

  /** A phrase has just ended: people tend to blink here. */
  phraseEnded(now) {
    if (now - this.#startedAt > REFRACTORY_MS && this.#random() < PHRASE_END_CHANCE) {
      this.#nextAt = now + 60;
    }
  }

  /** Lid closure 0..1 at wall time `now`. */
  step(now) {
    if (this.#nextAt === null) this.#schedule(now);
    // After a hidden tab the planned time is long gone: plan afresh instead of blinking late.
    if (now - this.#nextAt > 1000) this.#schedule(now);
    if (now >= this.#nextAt) {
      this.#startedAt = this.#nextAt;
      this.#doubled = !this.#doubled && this.#random() < DOUBLE_CHANCE;
      if (this.#doubled) this.#nextAt = this.#startedAt + BLINK_MS + 90;
      else this.#schedule(this.#startedAt);
    }
    return closure(now - this.#startedAt);
  }

  #schedule(now) {
    this.#nextAt = now + MIN_GAP_MS + this.#random() * (MAX_GAP_MS - MIN_GAP_MS);
  }
}
