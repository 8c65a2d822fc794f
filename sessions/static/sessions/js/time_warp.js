// @ts-check
/** One word's time laid over another's: straight lines between moments that belong together. Pure. */

/** @typedef {[number, number]} Anchor  the same moment in the one and in the other, ms */

/**
 * @param {readonly Anchor[]} anchors  in any order; what would turn time back is left out
 * @returns {{toOther: (ms: number) => number, toOne: (ms: number) => number, anchors: Anchor[]}}
 */
export function createWarp(anchors) {
  /** @type {Anchor[]} */
  const kept = [];
  for (const [one, other] of [...anchors].sort((a, b) => a[0] - b[0])) {
    if (!Number.isFinite(one) || !Number.isFinite(other)) continue;
    const last = kept[kept.length - 1];
    if (last && (one <= last[0] || other <= last[1])) continue;
    kept.push([one, other]);
  }
  return {
    anchors: kept,
    toOther: (ms) => along(kept, ms, 0),
    toOne: (ms) => along(kept, ms, 1),
  };
}

/** Outside the anchors time runs as it does. @param {Anchor[]} anchors @param {number} ms @param {0 | 1} from */
function along(anchors, ms, from) {
  const to = from === 0 ? 1 : 0;
  if (anchors.length === 0) return ms;
  const next = anchors.findIndex((anchor) => anchor[from] >= ms);
  if (next === 0) return ms - anchors[0][from] + anchors[0][to];
  if (next < 0) {
    const last = anchors[anchors.length - 1];
    return ms - last[from] + last[to];
  }
  const [before, after] = [anchors[next - 1], anchors[next]];
  return before[to] + ((ms - before[from]) / (after[from] - before[from])) * (after[to] - before[to]);
}
