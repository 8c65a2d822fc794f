/** The mouth over wall time: follows the reply's clock and eases across every jump in it. */

import { mixPose, poseAt } from "./avatar_coarticulation.js";
import { REST } from "./avatar_visemes.js";

/** Short enough that a stopped reply leaves a shut mouth within 120 ms, frames included. */
const EASE_MS = 85;
/** Cues that land this close to what is being drawn would otherwise make the lips jump. */
const LATE_MS = 160;

/** How a drawn mouth moves; another kind of mouth brings its own poses. */
const DRAWN = Object.freeze({ at: poseAt, mix: mixPose, rest: REST });

const smooth = (x) => x * x * (3 - 2 * x);

export class Mouth {
  #track;
  #kind;
  #drawn;
  #easeFrom;
  #easeUntil = -Infinity;
  #playing = false;
  #position = null;
  #jumped = false;

  constructor(track, kind = DRAWN) {
    this.#track = track;
    this.#kind = kind;
    this.#drawn = kind.rest;
    this.#easeFrom = kind.rest;
  }

  set(triples) {
    this.#track.clear();
    this.#track.add(triples);
    this.#jumped = true;
  }

  add(triples) {
    const added = this.#track.add(triples);
    const first = added.reduce((earliest, cue) => Math.min(earliest, cue.start), Infinity);
    if (this.#position !== null && first - this.#position < LATE_MS) this.#jumped = true;
  }

  clear() {
    this.set([]);
  }

  /** The pose to draw at wall time `now` when the reply stands at `position` (null: not playing). */
  step(now, position) {
    const playing = Number.isFinite(position);
    const { at, mix, rest } = this.#kind;
    const target = playing ? at(this.#track, position) : { pose: rest, viseme: "sil" };
    if (this.#jumped || playing !== this.#playing) {
      this.#easeFrom = this.#drawn;
      this.#easeUntil = now + EASE_MS;
    }
    this.#jumped = false;
    this.#playing = playing;
    this.#position = playing ? position : null;
    const left = Math.min(1, (this.#easeUntil - now) / EASE_MS);
    this.#drawn = left > 0 ? mix(target.pose, this.#easeFrom, smooth(left)) : target.pose;
    return { pose: this.#drawn, viseme: target.viseme };
  }
}
