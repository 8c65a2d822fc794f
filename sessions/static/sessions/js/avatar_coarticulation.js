/** Blend cues into one mouth pose: each cue dominates its own span and leaks into its neighbours. */

import {
  CLOSURES, DOMINANCE, POSES, POSE_KEYS, REST, VOWELS, isTongueKey,
} from "./avatar_visemes.js";

/** Lips get ready before the sound (anticipation) and let go of it a little faster. */
const LEAD_MS = 82;
const TAIL_MS = 66;
/** A contact stays whole at least this long each side of its centre, so no frame rate can miss it. */
const CONTACT_HALF_MS = 20;
const CONTACT_FADE_MS = 42;
/** A vowel this long reaches its full shape; shorter ones fall short as they do in speech. */
const FULL_VOWEL_MS = 110;

const smooth = (x) => x * x * (3 - 2 * x);
const clamp01 = (x) => Math.min(1, Math.max(0, x));

/** How much a cue matters at a moment: 1 inside, fading to 0 outside. */
function presence(cue, time) {
  const outside = time < cue.start ? (cue.start - time) / LEAD_MS : (time - cue.end) / TAIL_MS;
  if (outside <= 0) return 1;
  if (outside >= 1) return 0;
  return ((1 + Math.cos(Math.PI * outside)) / 2) ** 3;
}

/** How complete a contact is at a moment: 1 around the cue's centre. */
function contact(cue, time) {
  const half = Math.max(CONTACT_HALF_MS, (cue.end - cue.start) * 0.3);
  const away = Math.abs(time - (cue.start + cue.end) / 2) - half;
  return 1 - smooth(clamp01(away / CONTACT_FADE_MS));
}

function reach(cue) {
  if (!VOWELS.has(cue.viseme)) return 1;
  return 0.8 + 0.2 * clamp01((cue.end - cue.start - 40) / (FULL_VOWEL_MS - 40));
}

export const mixTo = (from, to, share) => from + (to - from) * share;

export function mixPose(from, to, share) {
  const mixed = {};
  for (const key of POSE_KEYS) mixed[key] = mixTo(from[key], to[key], share);
  return mixed;
}

/**
 * The cues that shape the mouth at a time in ms, and the viseme that names it. Of each cue:
 * `present` how much it matters, `reach` how far it gets, `made` how whole its contact is.
 */
export function soundingAt(track, time) {
  const sounding = [];
  let ruling = { viseme: "sil", weight: 0 };
  for (const cue of track.window(time - LEAD_MS - TAIL_MS, time + LEAD_MS + TAIL_MS)) {
    const present = presence(cue, time);
    if (present < 1e-6) continue;
    sounding.push({ cue, present, reach: reach(cue), made: contact(cue, time) });
    // The cue that is sounding names the mouth; a neighbour only before anything has begun.
    const weight = present + (time >= cue.start && time < cue.end ? 1 : 0);
    if (weight > ruling.weight) ruling = { viseme: cue.viseme, weight };
  }
  return { sounding, ruling: ruling.viseme };
}

/** The pose and the ruling viseme of a cue track at a time in ms. */
export function poseAt(track, time) {
  const { sounding, ruling } = soundingAt(track, time);
  if (sounding.length === 0) return { pose: REST, viseme: "sil" };
  const sum = Object.fromEntries(POSE_KEYS.map((key) => [key, 0]));
  let lips = 0;
  let tongue = 0;
  for (const { cue, present, reach: scale } of sounding) {
    const [lipHold, tongueHold] = DOMINANCE[cue.viseme];
    const target = POSES[cue.viseme];
    lips += present * lipHold;
    tongue += present * tongueHold;
    for (const key of POSE_KEYS) {
      const hold = isTongueKey(key) ? tongueHold : lipHold;
      sum[key] += present * hold * target[key] * (key === "jaw" ? scale : 1);
    }
  }
  let pose = {};
  for (const key of POSE_KEYS) pose[key] = sum[key] / (isTongueKey(key) ? tongue : lips);
  for (const { cue, made } of sounding) {
    if (CLOSURES.has(cue.viseme) && made > 0) pose = mixPose(pose, POSES[cue.viseme], made);
  }
  return { pose, viseme: ruling };
}
