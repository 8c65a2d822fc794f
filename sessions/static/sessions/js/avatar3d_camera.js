/** Where the camera stands: portrait, face, or close to the mouth, front to side, moving smoothly. */

/** Metres: the height of the picture at the target, and how far away the camera stands. */
const SHOTS = {
  bust: { field: 0.355, distance: 1.3, calm: 0 },
  face: { field: 0.25, distance: 1.2, calm: 0.3 },
  mouth: { field: 0.085, distance: 0.75, calm: 1 },
};
const PORTRAIT = { height: -0.022, narrowest: 0.315 };
/** From the side a mouth is seen with nose and chin, and with the tongue's root when cut open. */
const SIDE_FIELD = 0.112;
const MOST_DEGREES = 100;
/** The head's middle plane cuts between the incisors; one that cuts nothing lies beside the shoulders. */
const OPEN_CUT = 0.0006;
const NO_CUT = 0.6;
const MOVE_MS = 750;

const smooth = (x) => x * x * x * (x * (6 * x - 15) + 10);
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

/**
 * The stand of a view: `{target, distance, field, angle, cut, side, calm}`; `angle` in radians,
 * positive to the viewer's right. `anchors` are places in metres: `{mouth, eyes}`.
 *
 * Throws RangeError for a shot that does not exist.
 */
export function standOf({ shot = "bust", angle = 0, cutaway = false }, anchors) {
  const found = Object.hasOwn(SHOTS, shot) ? SHOTS[shot] : null;
  if (!found || !Number.isFinite(angle)) throw new RangeError(`no such view: ${shot}, ${angle} degrees`);
  const degrees = clamp(angle, -MOST_DEGREES, MOST_DEGREES);
  const aside = Math.min(1, Math.abs(degrees) / 80);
  const stand = {
    ...found,
    target: targetOf(shot, aside, anchors),
    angle: (degrees * Math.PI) / 180,
    cut: cutaway ? OPEN_CUT : NO_CUT,
    side: degrees < 0 ? -1 : 1,
  };
  if (shot === "mouth") stand.field += (SIDE_FIELD - found.field) * aside;
  return stand;
}

function targetOf(shot, aside, { mouth, eyes }) {
  if (shot === "bust") return [0, PORTRAIT.height, 0];
  if (shot === "face") return [0, (mouth[1] + eyes[1]) / 2 + 0.012, 0.03];
  return [0, mouth[1] - 0.013 * aside, mouth[2] - 0.012 - 0.01 * aside];
}

/** Height of the picture in metres and of its middle, for a stage `aspect` times as wide as tall. */
export function framed(stand, aspect) {
  const bust = stand.field > 0.3;
  const narrowest = bust ? PORTRAIT.narrowest : stand.field * 0.92;
  const field = Math.max(stand.field, narrowest / aspect);
  const more = (field - stand.field) / 2;
  // A tall portrait grows upwards: below the chest there is nothing to show. A tall section grows
  // downwards: the openings of the eyes, above it, are nothing that flesh could close.
  const opened = 1 - clamp(stand.cut / NO_CUT, 0, 1);
  return { field, middle: stand.target[1] + more * (bust ? 1 : -opened) };
}

/** Moves from stand to stand in less than a second. */
export class CameraMove {
  #from;
  #to;
  #began = -Infinity;

  constructor(stand) {
    this.#from = stand;
    this.#to = stand;
  }

  /** Go to `stand`, from wherever the camera is at `now`; at once if `still`. */
  goTo(stand, now, { still = false } = {}) {
    this.#from = still ? stand : this.at(now);
    this.#to = stand;
    this.#began = now;
  }

  moving(now) {
    return now - this.#began < MOVE_MS;
  }

  at(now) {
    const share = smooth(clamp((now - this.#began) / MOVE_MS, 0, 1));
    if (share === 1) return this.#to;
    const [from, to] = [this.#from, this.#to];
    const mix = (a, b) => a + (b - a) * share;
    // Zooming by equal factors looks even; by equal steps it would rush at the end.
    const zoom = (a, b) => a * (b / a) ** share;
    return {
      target: from.target.map((place, i) => mix(place, to.target[i])),
      distance: mix(from.distance, to.distance),
      field: zoom(from.field, to.field),
      angle: mix(from.angle, to.angle),
      cut: zoom(from.cut, to.cut),
      side: to.cut < from.cut ? to.side : from.side,
      calm: mix(from.calm, to.calm),
    };
  }
}
