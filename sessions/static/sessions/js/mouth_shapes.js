// @ts-check
/** A pose as outlines of a head cut through the middle: lips, jaw, tongue, throat. Pure. */

import {
  GLOTTIS, WALL_X, closedCurve, curve, jawMoves, mix, mixPoint, polyline, roofAt, roofLine, rootPoint, tonguePoint, velumOutline,
} from "./mouth_anatomy.js";

/** @typedef {import("./mouth_anatomy.js").Point} Point */
/** @typedef {import("./mouth_postures.js").Pose} Pose */

const GAP = 46;
const POUT = 19;
/** Where the lower lip rests against the upper teeth. @type {Point} */
const TUCKED = [99, 207];
const STEPS = 9;

/** @param {Pose} pose */
export function lipPoints({ lips, jaw }) {
  const { open, round, spread, tuck } = lips;
  const forward = POUT * round - 4 * spread * (1 - round);
  const lift = 5 * open * (1 - 0.5 * round) + 3 * tuck;
  const moved = jawMoves(jaw);
  const upper = { edge: /** @type {Point} */ ([81 - 0.9 * forward, 198 - lift]), bulge: /** @type {Point} */ ([68 - forward, 184 - lift]), inner: /** @type {Point} */ ([93 - 0.3 * forward, 189 - lift]) };
  const chin = moved([86, 240]);
  // The lower lip comes back with the jaw as it opens.
  const back = 0.85 * (moved([83, 212])[0] - 83);
  const free = /** @type {Point} */ ([83 + back - 0.9 * forward, upper.edge[1] + GAP * open]);
  const edge = mixPoint(free, TUCKED, tuck);
  const under = Math.min(Math.max(19, chin[1] - edge[1]), 34);
  const lower = {
    edge,
    bulge: /** @type {Point} */ ([mix(edge[0] - 13, 80, tuck) + 2 * round, edge[1] + mix(15, 10, tuck)]),
    inner: /** @type {Point} */ ([mix(edge[0] + 11, 102, tuck), edge[1] + mix(12, 13, tuck)]),
    fold: /** @type {Point} */ ([chin[0] - 0.25 * forward, Math.max(chin[1], edge[1] + under)]),
  };
  return { upper, lower, moved };
}

/** The upper side of the tongue from under its tip to the throat. @param {Pose} pose @returns {Point[]} */
export function tongueLine(pose) {
  const { tongue, velum, jaw } = pose;
  const roof = roofLine(velum);
  const moved = jawMoves(jaw);
  const tip = tonguePoint(roof, tongue.tip);
  const blade = tonguePoint(roof, tongue.blade);
  const foot = moved([142, 258]);
  const raised = Math.max(0, Math.min(1, (foot[1] - tip[1] - 18) / 40));
  /** @type {Point} */
  const under = [tip[0] + mix(7, 21, raised), tip[1] + mix(12, 13, raised)];
  const throat = mixPoint(under, foot, 0.55);
  const root = rootPoint(tongue.root);
  const low = /** @type {Point} */ ([mix(root[0], 292, 0.72), 314]);
  const line = curve([foot, [throat[0] + mix(1, 7, raised), throat[1]], under, [tip[0] + 0.5, tip[1] + 3.5], tip, blade, tonguePoint(roof, tongue.body), tonguePoint(roof, tongue.back), root, low], STEPS);
  // A spline may swing over its points; the palate and the wall do not give way.
  const top = STEPS * 3;
  return line.map(([x, y], at) => {
    if (at < top) return /** @type {Point} */ ([x, y]);
    const inThroat = y > 232;
    return /** @type {Point} */ ([Math.min(x, WALL_X - 6), inThroat ? y : Math.max(y, roofAt(roof, x))]);
  });
}

/** The tip of the tongue as it is drawn. @param {Pose} pose @returns {Point} */
export const tongueTip = ({ tongue, velum }) => tonguePoint(roofLine(velum), tongue.tip);

/** @param {Pose} pose */
export function mouthShapes(pose) {
  const { upper, lower, moved } = lipPoints(pose);
  const line = tongueLine(pose);
  const root = rootPoint(pose.tongue.root);
  const foot = curve([line[line.length - 1], [286, 328], [260, 337], [214, 331], moved([158, 298]), moved([145, 276]), line[0]], 5);
  return {
    head: headPath(upper, lower, moved),
    upperLip: smoothArea([[upper.bulge[0] + 9, upper.bulge[1] - 13], upper.bulge, upper.edge, upper.inner, [upper.inner[0], upper.inner[1] - 9]]),
    lowerLip: smoothArea([[lower.bulge[0] + 8, lower.bulge[1] + 12], lower.bulge, lower.edge, lower.inner, [lower.inner[0], lower.inner[1] + 9]]),
    cavity: cavityPath(pose, upper, lower, moved),
    velum: polyline(curve([...velumOutline(pose.velum), [250, 132], [248, 140]], 5), true),
    tongue: polyline([...line, ...foot.slice(1)], true),
    tongueLine: polyline(line.slice(STEPS * 2)),
    jaw: polyline(curve(/** @type {Point[]} */ ([[112, 240], [103, 256], [102, 282], [116, 296], [134, 290], [141, 270], [136, 250], [124, 240], [112, 240]]).map(moved), 6), true),
    lowerTooth: polyline(curve(/** @type {Point[]} */ ([[108.5, 201], [105, 214], [105, 232], [112, 252], [121, 234], [116.5, 214], [113, 201]]).map(moved), 5), true),
    lowerGum: polyline(curve(/** @type {Point[]} */ ([[103, 226], [101, 236], [106, 246], [122, 248], [126, 238], [121, 229], [113, 233]]).map(moved), 5), true),
    epiglottis: polyline(curve([[282, 336], [285, 318], [Math.min(root[0] + 9, 312), 296], [Math.min(root[0] + 20, 324), 284], [Math.min(root[0] + 21, 325), 296], [302, 320], [291, 340]], 6), true),
    tip: moved,
  };
}

/** @param {readonly Point[]} points */
const smoothArea = (points) => polyline(closedCurve(points, 6), true);

const PROFILE = /** @type {Point[]} */ ([
  [152, -12], [141, 22], [124, 54], [98, 82], [66, 108], [47, 124], [44, 134], [51, 142], [63, 145], [76, 148],
]);

/** @param {ReturnType<typeof lipPoints>["upper"]} upper @param {ReturnType<typeof lipPoints>["lower"]} lower @param {(point: Point) => Point} moved */
function headPath(upper, lower, moved) {
  const face = curve([...PROFILE, [78, 162], upper.bulge, upper.edge, upper.inner], 7);
  const middle = (upper.inner[1] + lower.inner[1]) / 2;
  const chin = /** @type {Point[]} */ ([[76, 258], [80, 284], [98, 305], [134, 318]]).map(moved);
  const below = curve([lower.inner, lower.edge, lower.bulge, lower.fold, ...chin, mixPoint(moved([178, 337]), [178, 337], 0.45), mixPoint(moved([204, 368]), [204, 368], 0.75), [214, 410], [218, 456]], 7);
  return polyline([...face, [104, middle], ...below, [412, 452], [412, -12]], true);
}

/** Mouth, throat and windpipe: where the air is. @param {Pose} pose @param {any} upper @param {any} lower @param {(point: Point) => Point} moved */
function cavityPath(pose, upper, lower, moved) {
  const roof = curve(roofLine(0).slice(3, 13), 4);
  const back = curve([[266, 112], [300, 104], [326, 110], [WALL_X, 128], [WALL_X, 200], [WALL_X, 296], [328, 332], [320, 356], [GLOTTIS.x + 14, GLOTTIS.y], [GLOTTIS.x + 16, 452]], 6);
  const front = curve([[GLOTTIS.x - 16, 452], [GLOTTIS.x - 14, GLOTTIS.y], [284, 352], [276, 330]], 5);
  const floor = [moved([150, 284]), moved([130, 262]), moved([124, 242]), moved([102, 240]), moved([101, 222])];
  return polyline([upper.inner, [98, 177], [108, 172], ...roof, [252, 124], ...back, ...front, ...floor, lower.inner, [lower.inner[0] - 4, lower.inner[1] - 6], [upper.inner[0] - 4, upper.inner[1] + 6]], true);
}

/** The way of the breath through the mouth, from the windpipe to the lips. @param {Pose} pose @returns {Point[]} */
export function mouthAir(pose) {
  const { tongue, velum } = pose;
  const roof = roofLine(velum);
  const { upper, lower } = lipPoints(pose);
  const root = rootPoint(tongue.root);
  const over = /** @type {[number, number][]} */ ([tongue.back, tongue.body, tongue.blade, tongue.tip]).map((part) => {
    const [x, y] = tonguePoint(roof, part);
    return /** @type {Point} */ ([x, (y + roofAt(roof, x)) / 2]);
  });
  const lips = mixPoint(upper.edge, lower.edge, 0.5);
  return curve([[GLOTTIS.x, 450], [GLOTTIS.x, GLOTTIS.y], [310, 336], [(root[0] + WALL_X) / 2 + 3, 262], [(Math.max(over[0][0], root[0] - 20) + WALL_X - 20) / 2, 198], ...over, lips, [lips[0] - 26, lips[1] + 2], [lips[0] - 58, lips[1] + 5]], 8);
}

/** The way through the nose. @param {Pose} pose @returns {Point[]} */
export function noseAir({ tongue }) {
  const root = rootPoint(tongue.root);
  return curve([[GLOTTIS.x, 450], [GLOTTIS.x, GLOTTIS.y], [312, 336], [(root[0] + WALL_X) / 2 + 4, 262], [323, 205], [320, 150], [288, 108], [220, 96], [150, 98], [104, 112], [80, 132], [62, 152], [48, 176]], 8);
}

/**
 * The narrowest place of the sound, where its parts meet; null where nothing comes near.
 * @param {Pose} pose
 * @param {readonly string[]} key
 * @returns {Point | null}
 */
export function meetingPoint(pose, key) {
  const { tongue, velum } = pose;
  const roof = roofLine(velum);
  const { upper, lower } = lipPoints(pose);
  /** @type {{point: Point, gap: number}[]} */
  const near = [];
  if (key.includes("lips")) {
    const at = pose.lips.tuck > 0.5 ? TUCKED : mixPoint(upper.edge, lower.edge, 0.5);
    near.push({ point: at, gap: pose.lips.tuck > 0.5 ? 0 : 0.6 * pose.lips.open });
  }
  for (const part of /** @type {const} */ (["tip", "blade", "body", "back"])) {
    if (key.includes(part)) near.push({ point: tonguePoint(roof, [tongue[part][0], 0]), gap: tongue[part][1] });
  }
  if (key.includes("glottis")) near.push({ point: [GLOTTIS.x, GLOTTIS.y], gap: 0 });
  const closest = near.sort((one, other) => one.gap - other.gap)[0];
  return closest && closest.gap < 0.12 ? closest.point : null;
}
