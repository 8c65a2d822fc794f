/** Head, brows and breath: slow noise around a pose for each state, nods, and stress while speaking. */

import { createNoise } from "./avatar_noise.js";

/** Head turn (yaw), nod (pitch) and tilt (roll) in -1..1; brow lift and inner-brow knit in 0..1. */
const STANCES = {
  idle: { yaw: 0, pitch: 0, roll: 0, brow: 0.04, knit: 0, squint: 0.22, sway: 0.8 },
  listening: { yaw: 0, pitch: 0.1, roll: 0.42, brow: 0.28, knit: 0, squint: 0.16, sway: 0.6 },
  thinking: { yaw: 0.42, pitch: -0.35, roll: -0.3, brow: 0.24, knit: 0.5, squint: 0.1, sway: 0.5 },
  speaking: { yaw: 0, pitch: 0, roll: 0.04, brow: 0.06, knit: 0, squint: 0.14, sway: 1.15 },
};

const KEYS = ["yaw", "pitch", "roll", "brow", "knit", "squint", "sway"];
const SETTLE_MS = 240;
const NOD_MS = 900;
const BREATH_MS = 4200;

/** Two dips of the head, the second smaller. */
function nod(since) {
  if (since < 0 || since > NOD_MS) return 0;
  const u = since / NOD_MS;
  return Math.sin(u * Math.PI * 2) ** 2 * (1 - 0.55 * u);
}

export class Posture {
  #random;
  #noise;
  #still;
  #state = "idle";
  #pose = { ...STANCES.idle };
  #stress = 0;
  #last = null;
  #nodAt = Infinity;

  constructor(random, { still }) {
    this.#random = random;
    this.#noise = createNoise(random);
    this.#still = still;
  }

  setState(state) {
    this.#state = state;
    this.#nodAt = Infinity;
  }

  /** What to draw at wall time `now`, with the speech emphasis of the moment. */
  step(now, emphasis) {
    const passed = Math.min(100, Math.max(0, now - (this.#last ?? now)));
    this.#last = now;
    const settle = 1 - Math.exp(-passed / SETTLE_MS);
    for (const key of KEYS) this.#pose[key] += (STANCES[this.#state][key] - this.#pose[key]) * settle;
    this.#stress += (emphasis - this.#stress) * (1 - Math.exp(-passed / 70));
    if (this.#still) {
      return { yaw: 0, pitch: 0, roll: 0, brow: 0, knit: 0, squint: 0.2, breath: 0 };
    }
    const { yaw, pitch, roll, brow, knit, squint, sway } = this.#pose;
    const drift = (speed, lane) => this.#noise(now * speed + lane) * sway;
    return {
      yaw: yaw + drift(0.00034, 3) * 0.55,
      pitch: pitch + drift(0.0004, 47) * 0.4 + this.#nod(now) * 0.75 + this.#stress * 0.4,
      roll: roll + drift(0.00028, 91) * 0.5,
      brow: brow + this.#stress * 0.75 + Math.max(0, drift(0.0005, 133)) * 0.12,
      knit,
      squint,
      breath: 0.5 - 0.5 * Math.cos((now / BREATH_MS) * Math.PI * 2),
    };
  }

  #nod(now) {
    if (this.#state !== "listening") return 0;
    if (this.#nodAt === Infinity || now > this.#nodAt + NOD_MS) {
      this.#nodAt = now + 1800 + this.#random() * 3200;
    }
    return nod(now - this.#nodAt);
  }
}
