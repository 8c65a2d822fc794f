/**
 * Hold a slow movement until it adds up to something the eye can see.
 *
 * Repainting a whole portrait for a tenth of a pixel costs a machine without a graphics card
 * a good part of a core; held back, most pictures of a resting tutor equal the one before.
 */

/** Smallest visible change of each part of the posture: about a quarter of a pixel on the screen. */
const VISIBLE = { yaw: 0.04, pitch: 0.05, roll: 0.018, brow: 0.04, knit: 0.05, squint: 0.04, breath: 0.09 };

export class Stillness {
  #held = null;

  /** The posture to draw: the new one if it differs visibly from the last one drawn. */
  settle(posture) {
    const moved = ([key, step]) => Math.abs(posture[key] - this.#held[key]) >= step;
    if (this.#held === null || Object.entries(VISIBLE).some(moved)) this.#held = posture;
    return this.#held;
  }
}
