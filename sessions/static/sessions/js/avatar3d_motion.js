/**
 * From how the tutor holds itself to what the head's file can move: turns and morph targets.
 *
 * Turns are radians: yaw to the viewer's right, pitch downwards, roll clockwise as seen.
 */

import { VISEMES } from "./avatar_visemes.js";
import { lipsOf, tongueOf } from "./avatar_viseme_weights.js";

const HEAD = { yaw: 0.15, pitch: 0.105, roll: 0.062 };
const GAZE = { yaw: 0.34, pitch: 0.26 };
/** The eyes of someone who looks at a face an arm's length and a half away. */
const VERGENCE = 0.02;
/** Nobody turns faster while talking; radians a second, brows and smile in shares a second. */
const FASTEST = { yaw: 1.6, pitch: 1.6, roll: 1.2, gazeYaw: 9, gazePitch: 9, brow: 7, smile: 2.2, squint: 4 };
/** The friendliness of each state, over the file's resting look. */
const SMILE = { idle: 0.2, listening: 0.3, thinking: 0.03, speaking: 0.16 };
/** Millimetres between the lips of each viseme over those of aa, as the tutors' files have it. */
const OPENNESS = {
  sil: 0, PP: 0, FF: 0.02, TH: 0.35, DD: 0.37, kk: 0.41, CH: 0.5, SS: 0.21, nn: 0.4, RR: 0.42,
  aa: 1, E: 0.6, I: 0.31, O: 0.78, U: 0.28,
};
/** Lips that press or tuck must not be pulled apart by a smile. */
const TIGHT = { PP: 1, FF: 0.8, U: 0.9, O: 0.7, CH: 0.6 };

const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

/** How far apart the lips are, 0..1 of an open aa. */
export function opennessOf(weights) {
  return clamp(VISEMES.reduce((sum, v) => sum + OPENNESS[v] * lipsOf(weights, v), 0), 0, 1);
}

/** Follows goals no faster than a person's muscles. */
export class Muscles {
  #held = null;
  #at = 0;

  /** The values to draw at `now` (ms) on the way to `goals`. */
  follow(now, goals) {
    const seconds = clamp((now - this.#at) / 1000, 0, 0.1);
    this.#at = now;
    if (this.#held === null) this.#held = { ...goals };
    for (const [key, goal] of Object.entries(goals)) {
      const step = FASTEST[key] * seconds;
      this.#held[key] = clamp(goal, this.#held[key] - step, this.#held[key] + step);
    }
    return { ...this.#held };
  }
}

/** What head, eyes and brows strive for; `calm` 1 keeps the head straight, as lessons need it. */
export function goalsOf({ posture, gaze, state, calm, weights }) {
  const free = 1 - calm;
  const yaw = posture.yaw * HEAD.yaw * free;
  const pitch = posture.pitch * HEAD.pitch * free + (posture.breath - 0.5) * 0.005;
  const tight = VISEMES.reduce((sum, v) => sum + (TIGHT[v] ?? 0) * lipsOf(weights, v), 0);
  return {
    yaw,
    pitch,
    roll: posture.roll * HEAD.roll * free,
    // Eyes hold what they look at while the head sways.
    gazeYaw: clamp(gaze.x * GAZE.yaw * free - yaw * 0.85, -0.45, 0.45),
    gazePitch: clamp(gaze.y * GAZE.pitch * free - pitch * 0.85, -0.32, 0.32),
    brow: posture.brow * (0.4 + 0.6 * free),
    squint: posture.squint + posture.knit * 0.25,
    smile: SMILE[state] * (1 - 0.8 * clamp(tight, 0, 1)) * (0.35 + 0.65 * free),
  };
}

/** The turns of head and eyes, and the weight of each morph target by name. */
export function movesOf({ muscles, posture, shut, weights }) {
  const { yaw, pitch, roll, gazeYaw, gazePitch, brow, smile, squint } = muscles;
  const open = 1 - shut;
  const lids = {
    blinkL: shut, blinkR: shut,
    lidsDown: clamp(gazePitch / 0.3, 0, 1) * open,
    lidsUp: clamp(-gazePitch / 0.3, 0, 1) * open,
    squint: squint * 0.45 * open,
    eyeWide: clamp(brow - 0.35, 0, 1) * 0.3 * open,
  };
  const face = {
    browInnerUp: brow * 0.5, browOuterUp: brow * 0.55, browDown: posture.knit * 0.5,
    smile, breathe: posture.breath,
  };
  const lips = {};
  const tongue = {};
  for (const viseme of VISEMES) {
    if (viseme === "sil") continue;
    lips[viseme] = lipsOf(weights, viseme);
    tongue[viseme] = tongueOf(weights, viseme);
  }
  return {
    head: { yaw, pitch, roll },
    eyes: { left: { yaw: gazeYaw - VERGENCE, pitch: gazePitch }, right: { yaw: gazeYaw + VERGENCE, pitch: gazePitch } },
    morphs: { ...lids, ...face, ...lips },
    tongue,
  };
}
