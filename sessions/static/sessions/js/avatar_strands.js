/** Strands of hair: tapered curves that flow between two guide curves (cubic: eight numbers). */

const lerp = (a, b, share) => a + (b - a) * share;
const n = (value) => Math.round(value * 10) / 10;

/** The part of a cubic between two parameters, as four points. */
function slice(curve, from, to) {
  const at = (t) => {
    const u = 1 - t;
    return [0, 1].map(
      (k) => u ** 3 * curve[k] + 3 * u * u * t * curve[2 + k] + 3 * u * t * t * curve[4 + k] + t ** 3 * curve[6 + k],
    );
  };
  const slope = (t) => {
    const u = 1 - t;
    return [0, 1].map(
      (k) => 3 * u * u * (curve[2 + k] - curve[k]) + 6 * u * t * (curve[4 + k] - curve[2 + k]) + 3 * t * t * (curve[6 + k] - curve[4 + k]),
    );
  };
  const [start, end, out, into] = [at(from), at(to), slope(from), slope(to)];
  const third = (to - from) / 3;
  return [
    start,
    [start[0] + out[0] * third, start[1] + out[1] * third],
    [end[0] - into[0] * third, end[1] - into[1] * third],
    end,
  ];
}

/** A lens around a cubic: nothing at the ends, `width` at the thickest. */
function lens([p0, p1, p2, p3], width) {
  const dx = p3[0] - p0[0];
  const dy = p3[1] - p0[1];
  const length = Math.hypot(dx, dy) || 1;
  const [ox, oy] = [(-dy / length) * width * 0.67, (dx / length) * width * 0.67];
  const pair = (p, sign) => `${n(p[0] + sign * ox)} ${n(p[1] + sign * oy)}`;
  const plain = (p) => `${n(p[0])} ${n(p[1])}`;
  return `M${plain(p0)}C${pair(p1, 1)} ${pair(p2, 1)} ${plain(p3)}C${pair(p2, -1)} ${pair(p1, -1)} ${plain(p0)}Z`;
}

/** One path of `count` strands spread between two guides. */
export function strands(random, { from, to, count, width, span = [0.4, 0.9], start = [0, 0.5], across = [0, 1] }) {
  let d = "";
  for (let i = 0; i < count; i += 1) {
    const share = lerp(across[0], across[1], (i + random() * 0.8) / count);
    const curve = from.map((value, k) => lerp(value, to[k], share));
    const begin = lerp(start[0], start[1], random());
    const end = Math.min(1, begin + lerp(span[0], span[1], random()));
    d += lens(slice(curve, begin, end), lerp(width[0], width[1], random()));
  }
  return d;
}
