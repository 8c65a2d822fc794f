/** Eyes and brows: lids that close over a still eyeball, irises that turn, brows that lift and knit. */

import { createRandom } from "./avatar_noise.js";
import { EYES, HAIR, SKIN } from "./avatar_palette.js";
import { strands } from "./avatar_strands.js";
import { write } from "./avatar_svg.js";

const OUTER = [-30, 0];
const INNER = [28, 5];
const IRIS_R = 13.8;

const n = (value) => Math.round(value * 100) / 100;
const lerp = (a, b, share) => a + (b - a) * share;

/** Control heights of both lids: `shut` 0 open to 1 closed, `lift` follows the gaze up or down. */
function lids(shut, lift, squint) {
  const low = lerp(lerp(12.5, 7.5, squint), 9.5, shut);
  const high = lerp(-18.5 + lift * 4.5 + squint * 3, low, shut);
  return { low, high, tilt: lerp(-2.5, 1, shut) };
}

const upperEdge = (high, tilt, raise = 0) =>
  `C ${n(OUTER[0] + 9)} ${n(high - raise)} ${n(INNER[0] - 19)} ${n(high + tilt - raise)} ${INNER[0]} ${INNER[1]}`;
const upperEdgeBack = (high, tilt, raise = 0) =>
  `C ${n(INNER[0] - 19)} ${n(high + tilt - raise)} ${n(OUTER[0] + 9)} ${n(high - raise)} ${OUTER[0]} ${OUTER[1]}`;
const lowerEdgeBack = (low) => `C ${INNER[0] - 16} ${n(low + 2)} ${OUTER[0] + 12} ${n(low)} ${OUTER[0]} ${OUTER[1]}`;

/** One eye around its own origin, drawn as a left eye; the right one is mirrored. */
function drawEye(ink, parent, { name, x, y, mirrored }) {
  const flip = mirrored ? -1 : 1;
  const eye = ink.group(parent, { transform: `translate(${x} ${y}) scale(${1.08 * flip} 1.08)` });
  ink.glow(eye, [-1, -4, 44, 32], SKIN.shade, 0.42);
  ink.glow(eye, [6, -24, 30, 12], SKIN.shade, 0.42);
  const skin = ink.linear(`${name}-lid`, [0, -24, 0, 12], [[0, SKIN.mid], [1, SKIN.base]]);
  const lid = ink.path(eye, "", skin);
  const white = ink.linear(`${name}-white`, [0, -16, 0, 13], [[0, EYES.whiteShade], [0.4, EYES.white], [1, "#efe6df"]]);
  const ball = ink.path(eye, "", white);
  const { shape: clip, url } = ink.clip(`${name}-edge`, "");
  const inside = ink.group(eye, { "clip-path": url });
  ink.glow(inside, [27, 5, 9, 6], EYES.pink, 0.9);
  ink.glow(inside, [-30, 1, 12, 8], EYES.pink, 0.4);
  const iris = ink.group(inside, {});
  const tone = ink.radial(`${name}-iris`, [0, 4, 16], [[0, EYES.irisLight], [0.55, EYES.iris], [0.86, EYES.irisRim]]);
  ink.add(iris, "circle", { r: IRIS_R, fill: tone });
  ink.add(iris, "circle", { r: IRIS_R - 0.7, fill: "none", stroke: EYES.irisRim, "stroke-width": 1.6, opacity: 0.75 });
  for (let i = 0; i < 22; i += 1) {
    const [c, s] = [Math.cos((i / 22) * 6.283), Math.sin((i / 22) * 6.283)];
    ink.stroke(iris, `M ${n(c * 6.6)} ${n(s * 6.6)} L ${n(c * 10.6)} ${n(s * 10.6)}`, i % 2 ? EYES.irisLight : EYES.irisRim, 0.7, { opacity: 0.45 });
  }
  ink.add(iris, "circle", { r: 5.7, fill: EYES.pupil });
  const cast = ink.path(inside, "", EYES.lash, { opacity: 0.26 });
  // Catch-lights belong to the window, not to the eye: they stay put when the iris turns.
  const light = ink.group(inside, {});
  ink.add(light, "ellipse", { cx: -4.6 * flip, cy: -5.4, rx: 3.7, ry: 3.2, fill: "#ffffff", opacity: 0.95 });
  ink.add(light, "circle", { cx: 4.4 * flip, cy: 4.6, r: 1.5, fill: "#ffffff", opacity: 0.55 });
  const rim = ink.stroke(eye, "", SKIN.deep, 1.3, { opacity: 0.5 });
  const crease = ink.stroke(eye, "", SKIN.deep, 1.8, { opacity: 0.65 });
  const lash = ink.path(eye, "", EYES.lash);
  ink.path(eye, "M -22 16 C -8 23 10 23 24 14 C 12 27 -10 27 -22 16 Z", SKIN.shade, { opacity: 0.35 });
  return {
    update({ shut, squint, gaze }) {
      const { low, high, tilt } = lids(shut, gaze.y, squint);
      const outer = `M ${OUTER[0]} ${OUTER[1]}`;
      const ballPath = `${outer} ${upperEdge(high, tilt)} ${lowerEdgeBack(low)} Z`;
      write(ball, "d", ballPath);
      write(clip, "d", ballPath);
      const fold = lerp(-27 + gaze.y * 3, -20, shut);
      write(lid, "d", `${outer} ${upperEdge(fold, -1)} ${upperEdgeBack(high, tilt)} Z`);
      write(crease, "d", `M ${OUTER[0] - 2} -4 C ${OUTER[0] + 8} ${n(fold - 1)} ${INNER[0] - 18} ${n(fold - 3)} ${INNER[0] - 4} ${n(lerp(-5, -3, shut))}`);
      write(crease, "opacity", n(0.65 - 0.3 * shut));
      write(cast, "d", `${outer} ${upperEdge(high, tilt)} ${upperEdgeBack(high, tilt, -8)} Z`);
      write(rim, "d", `M ${INNER[0]} ${INNER[1]} ${lowerEdgeBack(low)}`);
      write(lash, "d", `M ${OUTER[0] - 1.5} ${n(lerp(0, 2, shut))} ${upperEdge(high, tilt, lerp(2.6, 1.2, shut))} ${upperEdgeBack(high, tilt, lerp(-0.6, -2.2, shut))} Z`);
      const dx = n(gaze.x * 9.5 * flip);
      const dy = n(gaze.y * 6.5 - 1);
      write(iris, "transform", `translate(${dx} ${dy})`);
      write(light, "transform", `translate(${n(dx * 0.82)} ${n(dy * 0.82)})`);
    },
  };
}

/** Brow hairs fan from the inner end up and outwards. */
function drawBrow(ink, parent, { x, y, mirrored, seed }) {
  const holder = ink.group(parent, { transform: `translate(${x} ${y}) scale(${mirrored ? -1 : 1} 1)` });
  const brow = ink.group(holder, {});
  const d = "M 26 -27 C 30 -28 29 -36 24 -38 C 6 -45 -20 -48 -41 -30 C -20 -38 4 -33 26 -27 Z";
  ink.path(brow, d, HAIR.base, { opacity: 0.78 });
  const random = createRandom(seed);
  const hairs = (colour, opacity, count) =>
    ink.path(brow, strands(random, {
      from: [27, -28, 8, -33, -18, -38, -39, -30], to: [24, -38, 6, -45, -20, -49, -41, -31],
      count, width: [0.8, 1.7], span: [0.22, 0.42], start: [0, 0.72],
    }), colour, { opacity });
  hairs(HAIR.dark, 0.8, 34);
  hairs(HAIR.mid, 0.7, 14);
  return {
    update({ brow: lift, knit }) {
      const inward = knit * 2.2;
      write(brow, "transform", `translate(${n(inward)} ${n(-8.5 * lift + 1.5 * knit - 1)}) rotate(${n(knit * 4 + lift * 2.5 - 3)} -6 -38)`);
    },
  };
}

export function drawEyes(ink, parent) {
  const parts = [
    drawEye(ink, parent, { name: "left-eye", x: 245, y: 262, mirrored: false }),
    drawEye(ink, parent, { name: "right-eye", x: 355, y: 262, mirrored: true }),
    drawBrow(ink, parent, { x: 245, y: 264, mirrored: false, seed: 5 }),
    drawBrow(ink, parent, { x: 355, y: 264, mirrored: true, seed: 8 }),
  ];
  return { update: (look) => parts.forEach((part) => part.update(look)) };
}
