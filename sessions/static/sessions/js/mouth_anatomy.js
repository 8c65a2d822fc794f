// @ts-check
/**
 * The inside of a head seen from its left, in a drawing of 400 by 440: what stands still, and
 * how jaw and soft palate move. A mouth unit (the edge of the teeth to the back wall is 2.35 of
 * them) is 100 wide. Pure.
 */

/** @typedef {[number, number]} Point */

export const WIDTH = 400;
export const HEIGHT = 440;
const UNIT = 100;
/** The edge of the upper teeth, and the back wall of the throat. */
export const TEETH = Object.freeze({ x: 100, y: 206 });
export const WALL_X = 335;
/** The glottis: where the voice is made. */
export const GLOTTIS = Object.freeze({ x: 303, y: 378 });
/** Where the root of the tongue is measured. */
const ROOT_Y = 262;
const HINGE = Object.freeze({ x: 318, y: 118 });
const WIDEST_DEGREES = 11.5;
const FORWARD = 6;

/** Teeth, ridge and hard palate, from front to back. @type {readonly Point[]} */
export const PALATE = Object.freeze([
  [60, 206], [101, 206], [106, 203], [110, 190], [115, 177], [122, 170], [131, 165], [140, 155], [154, 142], [176, 132],
  [204, 128], [228, 131], [248, 140],
]);
/** @type {readonly Point[]} the soft palate from below, its tip, and from above; shut */
const VELUM_SHUT = Object.freeze([
  [248, 140], [264, 145], [282, 145], [300, 144], [313, 150], [318, 163], [323, 176], [330, 166], [335, 150], [327, 133], [306, 124], [280, 121], [252, 123],
]);
/** @type {readonly Point[]} hanging */
const VELUM_OPEN = Object.freeze([
  [248, 140], [259, 150], [270, 164], [280, 182], [287, 199], [292, 213], [299, 226], [306, 215], [307, 197], [300, 177], [288, 156], [272, 137], [252, 123],
]);
/** How many of them are seen from the mouth. */
const UNDERSIDE = 7;

/** @param {number} from @param {number} to @param {number} share */
export const mix = (from, to, share) => from + (to - from) * share;

/** @param {Point} from @param {Point} to @param {number} share @returns {Point} */
export const mixPoint = (from, to, share) => [mix(from[0], to[0], share), mix(from[1], to[1], share)];

/** @param {number} velum  0 shut .. 1 open @returns {Point[]} */
export const velumOutline = (velum) => VELUM_SHUT.map((point, at) => mixPoint(point, VELUM_OPEN[at], velum));

/** The way behind the soft palate into the nose, at its narrowest. @param {number} velum */
export const noseGap = (velum) => WALL_X - Math.max(...velumOutline(velum).slice(UNDERSIDE).map(([x]) => x));

/**
 * What the tongue meets above it: the edge of the teeth, the palate, the soft palate.
 * @param {number} velum
 * @returns {Point[]} from front to back
 */
export const roofLine = (velum) => [...PALATE, ...velumOutline(velum).slice(1, UNDERSIDE)];

/** Height of the roof over a place. @param {readonly Point[]} roof @param {number} x */
export function roofAt(roof, x) {
  const next = roof.findIndex((point) => point[0] >= x);
  if (next === 0) return roof[0][1];
  if (next < 0) return roof[roof.length - 1][1];
  const [left, right] = [roof[next - 1], roof[next]];
  return mix(left[1], right[1], (x - left[0]) / Math.max(1e-6, right[0] - left[0]));
}

/** A place of a posture on the drawing. @param {readonly Point[]} roof @param {[number, number]} at  place, gap @returns {Point} */
export function tonguePoint(roof, [place, gap]) {
  const x = TEETH.x + place * (WALL_X - TEETH.x);
  return [x, roofAt(roof, x) + gap * UNIT];
}

/** @param {number} root  gap @returns {Point} */
export const rootPoint = (root) => [WALL_X - root * UNIT, ROOT_Y];

/** Moves points with the lower jaw. @param {number} jaw  0..1 @returns {(point: Point) => Point} */
export function jawMoves(jaw) {
  const angle = (-WIDEST_DEGREES * Math.PI * jaw) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y]) => {
    const [dx, dy] = [x - HINGE.x, y - HINGE.y];
    return [HINGE.x + dx * cos - dy * sin - FORWARD * jaw, HINGE.y + dx * sin + dy * cos];
  };
}

const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;

/** @param {readonly Point[]} points @param {boolean} [closed] */
export const polyline = (points, closed = false) =>
  `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}${closed ? "Z" : ""}`;

/**
 * A smooth line through points (a centripetal spline, which makes no loops).
 * @param {readonly Point[]} points  two at least
 * @param {number} [steps]  between each two
 * @returns {Point[]}
 */
export function curve(points, steps = 9) {
  const last = points.length - 1;
  const beyond = (/** @type {Point} */ end, /** @type {Point} */ inner) => /** @type {Point} */ ([2 * end[0] - inner[0], 2 * end[1] - inner[1]]);
  const all = [beyond(points[0], points[1]), ...points, beyond(points[last], points[last - 1])];
  /** @type {Point[]} */
  const found = [points[0]];
  for (let at = 1; at < all.length - 2; at += 1) {
    const four = all.slice(at - 1, at + 3);
    const knots = [0];
    for (let i = 0; i < 3; i += 1) knots.push(knots[i] + Math.max(1e-3, Math.sqrt(Math.hypot(four[i + 1][0] - four[i][0], four[i + 1][1] - four[i][1]))));
    for (let step = 1; step <= steps; step += 1) found.push(splinePoint(four, knots, mix(knots[1], knots[2], step / steps)));
  }
  return found;
}

/** The same, round and back to where it began. @param {readonly Point[]} points  three at least @param {number} [steps] @returns {Point[]} */
export function closedCurve(points, steps = 9) {
  const [first, second] = points;
  const line = curve([points[points.length - 1], ...points, first, second], steps);
  return line.slice(steps, steps * (points.length + 1));
}

/** Barry and Goldman's pyramid: three rounds of mixing neighbours. @param {Point[]} four @param {number[]} knots @param {number} at @returns {Point} */
function splinePoint(four, knots, at) {
  const round1 = [0, 1, 2].map((i) => mixPoint(four[i], four[i + 1], (at - knots[i]) / (knots[i + 1] - knots[i])));
  const round2 = [0, 1].map((i) => mixPoint(round1[i], round1[i + 1], (at - knots[i]) / (knots[i + 2] - knots[i])));
  return mixPoint(round2[0], round2[1], (at - knots[1]) / (knots[2] - knots[1]));
}
