/** A spoken-like cue sequence and the measures taken on it, shared by the face's tests. */

import { poseAt } from "../../sessions/static/sessions/js/avatar_coarticulation.js";
import { mouthShape } from "../../sessions/static/sessions/js/avatar_mouth_shape.js";

/** "Good morning, I have a question about the film. Maybe you can help?" with typical durations. */
const PHRASES = [
  "kk:70 U:85 DD:50 PP:75 O:120 RR:60 nn:55 I:60 nn:90",
  "aa:110 I:60 FF:70 aa:95 FF:65 E:45 kk:75 E:70 SS:90 CH:95 E:50 nn:60 E:45 PP:70 aa:120 U:60 DD:55 TH:45 E:50 FF:95 I:80 nn:60 PP:110",
  "PP:80 E:90 I:50 PP:65 I:75 CH:50 U:70 kk:75 aa:85 nn:60 kk:60 E:110 nn:65 PP:120",
];

export function spokenCues({ pause = 320 } = {}) {
  const cues = [];
  let at = 0;
  for (const phrase of PHRASES) {
    for (const part of phrase.split(" ")) {
      const [viseme, length] = part.split(":");
      cues.push([viseme, at, at + Number(length)]);
      at += Number(length);
    }
    at += pause;
  }
  return cues;
}

/** How open a real mouth is on each viseme, from phonetics rather than from the poses under test. */
export const IDEAL_OPENNESS = {
  sil: 0, PP: 0, FF: 0.05, TH: 0.25, DD: 0.25, kk: 0.35, CH: 0.2, SS: 0.15, nn: 0.25, RR: 0.3,
  aa: 1, E: 0.6, I: 0.35, O: 0.6, U: 0.25,
};

export const opennessAt = (track, time) => mouthShape(poseAt(track, time).pose).openness;

export function correlation(xs, ys) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  let [xy, xx, yy] = [0, 0, 0];
  xs.forEach((x, i) => {
    xy += (x - mx) * (ys[i] - my);
    xx += (x - mx) ** 2;
    yy += (ys[i] - my) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}
