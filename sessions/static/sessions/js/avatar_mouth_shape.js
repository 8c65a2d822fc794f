/** A mouth pose as outlines. Origin: the middle of the shut lips; y grows downwards; face units. */

const HALF_WIDTH = 42;
const JAW_DROP = 33;
const UPPER_LIFT = 7;
const LOWER_DROP = 6.5;
/** Edge of the upper teeth below the shut lip line: what FF's lower lip rests against. */
const TEETH_EDGE = 5;
/** The widest gap any pose makes (aa); openness is measured against it. */
const WIDEST = JAW_DROP + UPPER_LIFT * 0.6 + LOWER_DROP * 0.25;

const lerp = (a, b, share) => a + (b - a) * share;
const n = (value) => Math.round(value * 100) / 100;
const point = (x, y) => `${n(x)} ${n(y)}`;

/** Everything the lips, teeth, tongue and chin need to be drawn in a pose. */
export function mouthShape(pose) {
  const part = 1 - pose.press;
  const free = 1 - pose.tuck;
  const half = HALF_WIDTH * (1 + 0.15 * pose.wide - 0.42 * pose.round + 0.13 * pose.smile * part);
  const jaw = JAW_DROP * pose.jaw;
  const top = -UPPER_LIFT * pose.upper * part - 1.5 * pose.round * part * pose.jaw;
  const parted = (jaw + LOWER_DROP * pose.lower) * part;
  const bottom = lerp(parted, Math.min(parted, TEETH_EDGE - 1.5), pose.tuck);
  const cornerY = lerp(top, bottom, 0.46) - 12 * pose.smile * (1 - 0.5 * pose.jaw) + 2.5;
  const gap = Math.max(0, bottom - top);
  return {
    openness: Math.min(1, (gap * free) / WIDEST),
    chin: 21 * pose.jaw - 2 * pose.tuck,
    jaw, top, bottom, half, cornerY, gap,
    ...outlines(pose, { half, top, bottom, cornerY, gap }),
    tongue: tongue(pose, { half, jaw, top, bottom }),
    tongueTip: tongueTip(pose, bottom),
    upperTeethY: -4 * pose.round,
    lowerTeethY: jaw - 1.5 + 3 * pose.round,
  };
}

function outlines(pose, { half, top, bottom, cornerY, gap }) {
  const inner = half - lerp(3, 6.5, pose.round);
  const pout = pose.round * 2.5;
  const thickUpper = lerp(10.5 + pout, 6.5, pose.press) - 1.6 * pose.wide - 1.5 * pose.upper;
  const thickLower = lerp(lerp(14.5 + pout, 9, pose.press), 7, pose.tuck) - 1.2 * pose.wide - 1.5 * pose.jaw;
  const peak = top - thickUpper;
  const base = bottom + thickLower;
  // A shut mouth keeps the wave of the lip line; an open one becomes an oval.
  const oval = Math.min(1, gap / 14);
  const side = lerp(0.62, 0.92, oval * (0.7 + 0.3 * pose.round));
  const crown = lerp(0.34, 0.5, oval);
  const wave = lerp(2.2, 0.9, oval);
  const dip = lerp(0.35, 0.2, oval);
  const upTo = lerp(cornerY, top, 0.8);
  const downTo = lerp(cornerY, bottom, 0.82);
  const upperInner =
    `C ${point(-inner * side, upTo)} ${point(-inner * crown, top + wave * dip)} ${point(0, top + wave)} ` +
    `C ${point(inner * crown, top + wave * dip)} ${point(inner * side, upTo)} ${point(inner, cornerY)}`;
  const upperInnerBack =
    `C ${point(inner * side, upTo)} ${point(inner * crown, top + wave * dip)} ${point(0, top + wave)} ` +
    `C ${point(-inner * crown, top + wave * dip)} ${point(-inner * side, upTo)} ${point(-inner, cornerY)}`;
  const floor = Math.max(bottom, top) + (gap < 1 ? wave * 0.6 : 0);
  const lowerInnerBack =
    `C ${point(inner * side, downTo)} ${point(inner * crown, floor)} ${point(0, floor)} ` +
    `C ${point(-inner * crown, floor)} ${point(-inner * side, downTo)} ${point(-inner, cornerY)}`;
  const left = point(-half, cornerY);
  const right = point(half, cornerY);
  const bow = lerp(10, 7.5, pose.round);
  const shoulder = half * lerp(0.62, 0.84, Math.max(pose.round, oval));
  const cheek = half * lerp(0.8, 0.94, oval);
  const full = lerp(0.58, 0.8, pose.round);
  return {
    upperLip:
      `M ${left} C ${point(-shoulder, lerp(cornerY, peak, 0.55))} ${point(-bow * 2, peak + 0.5)} ${point(-bow, peak)} ` +
      `C ${point(-bow * 0.55, peak - 0.6)} ${point(-3, peak + 2.6)} ${point(0, peak + 2.6)} ` +
      `C ${point(3, peak + 2.6)} ${point(bow * 0.55, peak - 0.6)} ${point(bow, peak)} ` +
      `C ${point(bow * 2, peak + 0.5)} ${point(shoulder, lerp(cornerY, peak, 0.55))} ${right} ` +
      `L ${point(inner, cornerY)} ${upperInnerBack} Z`,
    lowerLip:
      `M ${left} C ${point(-cheek, lerp(cornerY, base, 0.6))} ${point(-half * full, base)} ${point(0, base)} ` +
      `C ${point(half * full, base)} ${point(cheek, lerp(cornerY, base, 0.6))} ${right} ` +
      `L ${point(inner, cornerY)} ${lowerInnerBack} Z`,
    opening: `M ${point(-inner, cornerY)} ${upperInner} ${lowerInnerBack} Z`,
    seam: `M ${point(-half + 1, cornerY)} L ${point(-inner, cornerY)} ${upperInner} L ${point(half - 1, cornerY)}`,
    lowerMiddle: bottom + thickLower * 0.42,
    lowerBase: base,
    lowerThick: thickLower,
    peak,
  };
}

/** The tongue's back: a mound that rests low, rises for kk and lifts its tip for DD and nn. */
function tongue(pose, { half, jaw, top, bottom }) {
  const resting = jaw - 3 - 8 * pose.jaw;
  const raised = TEETH_EDGE + 1.5;
  const lift = Math.max(pose.tipUp, pose.back * 0.62, pose.tipOut);
  const y = lerp(resting, Math.min(resting, raised), lift);
  const wide = half * lerp(0.74, 0.5, Math.max(pose.tipUp, pose.tipOut)) + 3 * pose.back;
  const foot = Math.max(bottom, top) + 16;
  return {
    y,
    path:
      `M ${point(-wide, foot)} C ${point(-wide, lerp(foot, y, 0.85))} ${point(-wide * 0.62, y)} ${point(0, y)} ` +
      `C ${point(wide * 0.62, y)} ${point(wide, lerp(foot, y, 0.85))} ${point(wide, foot)} Z`,
    groove: `M ${point(0, y + 4)} L ${point(0, foot)}`,
  };
}

/** The tip that shows over the lower lip for TH; empty when the tongue stays in. */
function tongueTip(pose, bottom) {
  if (pose.tipOut < 0.05) return "";
  const wide = 15.5;
  const y = TEETH_EDGE - 1;
  const end = lerp(y, bottom + 5.5, pose.tipOut);
  return (
    `M ${point(-wide, y)} C ${point(-wide - 2, lerp(y, end, 0.6))} ${point(-wide * 0.7, end)} ${point(0, end)} ` +
    `C ${point(wide * 0.7, end)} ${point(wide + 2, lerp(y, end, 0.6))} ${point(wide, y)} Z`
  );
}
