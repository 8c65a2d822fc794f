/** Short hair brushed up and over to one side: a mass, combed strands, loose ends at the edge. */

import { createRandom } from "./avatar_noise.js";
import { HAIR, SKIN } from "./avatar_palette.js";
import { strands } from "./avatar_strands.js";

const BACK = "M 172 250 C 160 170 190 62 306 56 C 420 62 442 170 428 250 Z";

const FRONT =
  "M 178 266 C 173 252 168 228 166 200 C 164 152 182 110 214 84 C 243 60 286 34 334 36 C 388 38 426 72 434 122 " +
  "C 440 160 436 208 430 240 C 428 250 426 260 423 266 C 420 270 416 269 415 263 C 414 252 412 242 409 230 C 406 214 402 200 396 188 " +
  "C 388 172 374 166 356 158 C 318 142 276 138 240 152 C 220 162 208 180 202 202 C 195 216 190 236 187 252 C 186 260 186 262 185 264 C 183 270 180 270 178 266 Z";

/** Guides are cubics from root to tip: three across the top, pairs at the sides. */
const TOP_LEFT = [226, 164, 210, 116, 236, 52, 330, 40];
const TOP_MIDDLE = [318, 150, 316, 102, 352, 58, 412, 74];
const TOP_RIGHT = [404, 200, 412, 172, 432, 150, 436, 108];
const SIDE_LEFT = [232, 96, 190, 104, 166, 150, 168, 214];
const SIDE_LEFT_IN = [230, 150, 206, 156, 196, 196, 190, 236];
const BURN_LEFT = [168, 190, 168, 220, 170, 246, 178, 274];
const BURN_LEFT_IN = [202, 192, 194, 218, 188, 244, 182, 272];
const BURN_RIGHT = [434, 160, 438, 206, 430, 246, 423, 274];
const BURN_RIGHT_IN = [398, 190, 408, 220, 412, 246, 418, 274];
const EDGE = [226, 74, 266, 42, 340, 18, 410, 66];
const EDGE_IN = [224, 84, 266, 52, 344, 36, 432, 108];
const ROOTS_LEFT = [206, 200, 208, 170, 226, 140, 262, 112];
const ROOTS_MIDDLE = [290, 146, 298, 128, 318, 110, 350, 100];
const ROOTS_RIGHT = [396, 194, 404, 172, 414, 150, 424, 142];

export function drawBackHair(ink, parent) {
  ink.path(parent, BACK, HAIR.dark);
}

export function drawFrontHair(ink, parent) {
  const random = createRandom(23);
  const loose = (from, to, colour, opacity, options) =>
    ink.path(parent, strands(random, { from, to, ...options }), colour, { opacity });
  // Roots over the forehead and a broken outline keep the hair from looking like a cap.
  const root = { width: [0.8, 2.6], span: [0.5, 0.9], start: [0, 0.16] };
  loose(ROOTS_LEFT, ROOTS_MIDDLE, HAIR.base, 0.75, { ...root, count: 34 });
  loose(ROOTS_MIDDLE, ROOTS_RIGHT, HAIR.base, 0.75, { ...root, count: 34 });
  loose(EDGE, EDGE_IN, HAIR.base, 1, { count: 10, width: [2, 5], span: [0.4, 0.7], start: [0.05, 0.45] });

  const mass = ink.linear("hair", [200, 60, 420, 270], [[0, HAIR.mid], [0.4, HAIR.base], [1, HAIR.dark]]);
  ink.path(parent, FRONT, mass);
  const { url } = ink.clip("hair-edge", FRONT);
  const locks = ink.group(parent, { "clip-path": url });
  const comb = (from, to, colour, opacity, options) =>
    ink.path(locks, strands(random, { from, to, ...options }), colour, { opacity });
  const top = (colour, opacity, options) => {
    comb(TOP_LEFT, TOP_MIDDLE, colour, opacity, options);
    comb(TOP_MIDDLE, TOP_RIGHT, colour, opacity, options);
  };
  ink.glow(locks, [300, 60, 170, 60], HAIR.light, 0.4);
  top(HAIR.dark, 0.6, { count: 20, width: [3, 9], span: [0.5, 1], start: [0, 0.3] });
  comb(SIDE_LEFT, SIDE_LEFT_IN, HAIR.dark, 0.6, { count: 16, width: [2, 6], span: [0.4, 0.9] });
  comb(BURN_LEFT, BURN_LEFT_IN, HAIR.dark, 0.6, { count: 12, width: [1.2, 3] });
  comb(BURN_RIGHT, BURN_RIGHT_IN, HAIR.dark, 0.7, { count: 14, width: [1.5, 3.5] });
  top(HAIR.mid, 0.8, { count: 22, width: [2, 6], span: [0.3, 0.8], start: [0.02, 0.5] });
  comb(SIDE_LEFT, SIDE_LEFT_IN, HAIR.mid, 0.8, { count: 16, width: [1.5, 4], span: [0.3, 0.7] });
  comb(BURN_LEFT, BURN_LEFT_IN, HAIR.mid, 0.7, { count: 10, width: [0.8, 2], span: [0.3, 0.6] });
  comb(BURN_RIGHT, BURN_RIGHT_IN, HAIR.mid, 0.5, { count: 8, width: [0.8, 2], span: [0.3, 0.6] });
  top(HAIR.light, 0.7, { count: 15, width: [1.5, 4], span: [0.2, 0.55], start: [0.15, 0.5], across: [0.05, 0.95] });
  comb(SIDE_LEFT, SIDE_LEFT_IN, HAIR.light, 0.6, { count: 9, width: [1, 2.6], span: [0.2, 0.45], start: [0.05, 0.4] });
  comb(TOP_LEFT, TOP_MIDDLE, HAIR.glint, 0.65, { count: 12, width: [0.8, 2.4], span: [0.12, 0.32], start: [0.3, 0.5], across: [0.1, 0.95] });
  comb(TOP_MIDDLE, TOP_RIGHT, HAIR.glint, 0.35, { count: 6, width: [0.8, 2], span: [0.12, 0.3], start: [0.3, 0.5], across: [0, 0.6] });
  // The sides are cut short: skin shows through towards the ears.
  const cut = ink.linear("short-sides", [0, 190, 0, 275], [[0, SKIN.shade, 0], [1, SKIN.shade, 0.6]]);
  ink.path(locks, "M 150 180 H 450 V 300 H 150 Z", cut);
}
