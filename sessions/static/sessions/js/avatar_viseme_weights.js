/**
 * How much of each viseme a mouth shows: what a head with one shape a viseme needs.
 *
 * Weights are arrays: the lips' share of each of VISEMES, then the tongue's. Both sum to 1.
 */

import { mixTo, soundingAt } from "./avatar_coarticulation.js";
import { CLOSURES, DOMINANCE, VISEMES } from "./avatar_visemes.js";

const COUNT = VISEMES.length;
const PLACE = Object.freeze(Object.fromEntries(VISEMES.map((viseme, i) => [viseme, i])));

/** All of one viseme. */
export function only(viseme) {
  const weights = new Array(2 * COUNT).fill(0);
  weights[PLACE[viseme]] = 1;
  weights[COUNT + PLACE[viseme]] = 1;
  return weights;
}

export const STILL = Object.freeze(only("sil"));

export const lipsOf = (weights, viseme) => weights[PLACE[viseme]];
export const tongueOf = (weights, viseme) => weights[COUNT + PLACE[viseme]];

export function mixWeights(from, to, share) {
  return from.map((weight, i) => mixTo(weight, to[i], share));
}

/** The weights and the ruling viseme of a cue track at a time in ms. */
export function weightsAt(track, time) {
  const { sounding, ruling } = soundingAt(track, time);
  if (sounding.length === 0) return { pose: STILL, viseme: "sil" };
  let weights = new Array(2 * COUNT).fill(0);
  let lips = 0;
  let tongue = 0;
  for (const { cue, present, reach } of sounding) {
    const [lipHold, tongueHold] = DOMINANCE[cue.viseme];
    const place = PLACE[cue.viseme];
    // A short vowel falls short of its shape: what it does not reach stays at rest.
    weights[place] += present * lipHold * reach;
    weights[PLACE.sil] += present * lipHold * (1 - reach);
    weights[COUNT + place] += present * tongueHold;
    lips += present * lipHold;
    tongue += present * tongueHold;
  }
  weights = weights.map((weight, i) => weight / (i < COUNT ? lips : tongue));
  for (const { cue, made } of sounding) {
    if (CLOSURES.has(cue.viseme) && made > 0) weights = closed(weights, cue.viseme, made);
  }
  return { pose: weights, viseme: ruling };
}

/** A contact of the lips leaves the tongue to its neighbours. */
function closed(weights, viseme, made) {
  const goal = only(viseme);
  return weights.map((weight, i) => (i < COUNT ? mixTo(weight, goal[i], made) : weight));
}

/** What a Mouth needs to follow weights instead of poses. */
export const WEIGHTS = Object.freeze({ at: weightsAt, mix: mixWeights, rest: STILL });
