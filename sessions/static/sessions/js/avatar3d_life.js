/** The tutor's own movement: mouth on the reply's clock, blinks, gaze, posture, all in one step. */

import { Blinker } from "./avatar_blinks.js";
import { CueTrack } from "./avatar_cues.js";
import { emphasisAt } from "./avatar_emphasis.js";
import { Gaze } from "./avatar_gaze.js";
import { Mouth } from "./avatar_mouth.js";
import { Posture } from "./avatar_posture.js";
import { Muscles, goalsOf, movesOf, opennessOf } from "./avatar3d_motion.js";
import { WEIGHTS } from "./avatar_viseme_weights.js";

const QUIET = { level: 0, phraseEnded: false };
const AHEAD = { x: 0, y: 0 };
const STATES = ["idle", "listening", "thinking", "speaking"];

export class Life {
  #track = new CueTrack();
  #mouth = new Mouth(this.#track, WEIGHTS);
  #muscles = new Muscles();
  #blinker;
  #gaze;
  #posture;
  #still;
  #state = "idle";
  #phraseWasEnding = false;

  constructor({ random, reducedMotion }) {
    this.#still = reducedMotion;
    this.#blinker = new Blinker(random);
    this.#gaze = new Gaze(random);
    this.#posture = new Posture(random, { still: reducedMotion });
  }

  setCues(cues) {
    this.#mouth.set(cues);
  }

  addCues(cues) {
    this.#mouth.add(cues);
  }

  clearCues() {
    this.#mouth.clear();
  }

  /** Throws RangeError for a state that does not exist. */
  setState(state) {
    if (!STATES.includes(state)) throw new RangeError(`unknown avatar state: ${state}`);
    this.#state = state;
    this.#gaze.setState(state);
    this.#posture.setState(state);
  }

  /** What to draw at wall time `now` while the reply stands at `position`: `{moves, shown}`. */
  step(now, position, calm) {
    const { pose: weights, viseme } = this.#mouth.step(now, position);
    const spoken = Number.isFinite(position) ? emphasisAt(this.#track, position) : QUIET;
    if (spoken.phraseEnded && !this.#phraseWasEnding) this.#blinker.phraseEnded(now);
    this.#phraseWasEnding = spoken.phraseEnded;
    const posture = this.#posture.step(now, spoken.level);
    const gaze = this.#still ? AHEAD : this.#gaze.step(now);
    const shut = this.#blinker.step(now);
    const state = this.#still ? "idle" : this.#state;
    const goals = goalsOf({ posture, gaze, state, calm, weights });
    const muscles = this.#muscles.follow(now, goals);
    return {
      moves: movesOf({ muscles, posture, shut, weights }),
      shown: { viseme, openness: opennessOf(weights) },
    };
  }
}
