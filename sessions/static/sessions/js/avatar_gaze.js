/** Where the eyes point: fixations joined by quick saccades, by state. */

const SACCADE_MS = 55;

/** Per state: resting direction (x right, y down, -1..1), spread, fixation range, chance of a glance away. */
const HABITS = {
  idle: { x: 0, y: 0, spread: 0.09, hold: [900, 2600], glance: 0.18 },
  listening: { x: 0, y: 0, spread: 0.06, hold: [900, 2400], glance: 0 },
  thinking: { x: 0.5, y: -0.55, spread: 0.14, hold: [700, 1700], glance: 0.15 },
  speaking: { x: 0, y: 0, spread: 0.09, hold: [700, 2200], glance: 0.14 },
};

export class Gaze {
  #random;
  #state = "idle";
  #from = { x: 0, y: 0 };
  #to = { x: 0, y: 0 };
  #movedAt = -Infinity;
  #nextAt = -Infinity;

  constructor(random) {
    this.#random = random;
  }

  setState(state) {
    this.#state = state;
    this.#nextAt = -Infinity;
  }

  /** Direction of both eyes at wall time `now`. */
  step(now) {
    if (now >= this.#nextAt) this.#look(now);
    const share = Math.min(1, Math.max(0, (now - this.#movedAt) / SACCADE_MS));
    const eased = share * (2 - share);
    return {
      x: this.#from.x + (this.#to.x - this.#from.x) * eased,
      y: this.#from.y + (this.#to.y - this.#from.y) * eased,
    };
  }

  #look(now) {
    const habit = HABITS[this.#state];
    const jitter = () => (this.#random() * 2 - 1) * habit.spread;
    const away = this.#random() < habit.glance;
    const side = this.#random() < 0.5 ? -1 : 1;
    this.#from = this.#to;
    this.#to = {
      x: habit.x + jitter() + (away ? side * 0.32 : 0),
      y: habit.y + jitter() * 0.7 + (away ? 0.12 : 0),
    };
    this.#movedAt = now;
    const [shortest, longest] = habit.hold;
    this.#nextAt = now + (away ? 450 : shortest + this.#random() * (longest - shortest));
  }
}
