// @ts-check
/** What chosen levels are worth together. Pure. */

/** @typedef {{weight: number, points: number | null, most: number}} Chosen */

/**
 * The points of chosen levels; null where one is missing. The server computes them again.
 * @param {Chosen[]} criteria
 * @param {number} of
 */
export function pointsOf(criteria, of) {
  const counting = criteria.filter(({ weight, most }) => weight > 0 && most > 0);
  const weights = counting.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0 || counting.some(({ points }) => points === null)) return null;
  const share = counting.reduce((sum, { weight, points, most }) => sum + (weight * Number(points)) / most, 0) / weights;
  return Math.round(share * of * 100) / 100;
}
