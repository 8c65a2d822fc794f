// @ts-check
/** The stream of air in the drawing of a mouth: through lips or nose, held, bursting or hissing. */

import { svgElement } from "./elements.js";
import { polyline } from "./mouth_anatomy.js";
import { lipPoints, mouthAir, noseAir } from "./mouth_shapes.js";

/** @typedef {import("./mouth_anatomy.js").Point} Point */

const UNITS_PER_S = 60;
/** So much of a plosive the air is held; then it bursts. */
export const HELD_UNTIL = 0.6;
const DOTS = 12;

/**
 * What the air does at a moment of a sound. Pure.
 * @param {string} air  of the posture
 * @param {number} share  how far into the sound, 0..1
 * @returns {{mouth: "none" | "flows" | "held" | "round", nose: boolean, hisses: boolean, puff: number}} puff: 0..1
 */
export function airAt(air, share) {
  const held = air === "burst" && share < HELD_UNTIL;
  const burst = air === "burst" && !held;
  return {
    mouth: air === "nose" || air === "breath_nose" || air === "stop" ? "none" : held ? "held" : air === "side" ? "round" : "flows",
    nose: air === "nose" || air === "nose_mouth" || air === "breath_nose",
    hisses: air === "hiss",
    puff: burst ? 1 - (share - HELD_UNTIL) / (1 - HELD_UNTIL) : 0,
  };
}

/** The part of the way before a place. @param {Point[]} way @param {Point} at @returns {Point[]} */
export function wayUpTo(way, [x, y]) {
  let nearest = 0;
  for (let i = 1; i < way.length; i += 1) {
    if (Math.hypot(way[i][0] - x, way[i][1] - y) < Math.hypot(way[nearest][0] - x, way[nearest][1] - y)) nearest = i;
  }
  return way.slice(0, Math.max(2, nearest));
}

/** Even without chance: the same dots at the same time. @param {number} i */
const scatter = (i) => ((i * 7919) % 101) / 101;

export function createMouthAir() {
  const mouth = svgElement("path", { class: "mouth__stream" });
  const nose = svgElement("path", { class: "mouth__stream mouth__stream--nose" });
  const heads = [mouth, nose].map(() => svgElement("path", { class: "mouth__arrow", d: "M-7 -5.500L4 0L-7 5.500" }));
  const puffs = [0, 1, 2].map(() => svgElement("path", { class: "mouth__puff" }));
  const dots = Array.from({ length: DOTS }, () => svgElement("circle", { class: "mouth__hiss", r: "2" }));
  const node = svgElement("g", { class: "mouth__air" }, mouth, nose, ...heads, ...puffs, ...dots);

  /** @param {Element} path @param {Element} head @param {Point[] | null} way @param {number} airMs @param {boolean} ends  with an arrow */
  function drawWay(path, head, way, airMs, ends) {
    path.setAttribute("d", way ? polyline(way) : "");
    path.setAttribute("stroke-dashoffset", ((-airMs * UNITS_PER_S) / 1000).toFixed(1));
    head.setAttribute("opacity", way && ends ? "1" : "0");
    if (!way || !ends) return;
    const [[x0, y0], [x, y]] = way.slice(-2);
    head.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${((Math.atan2(y - y0, x - x0) * 180) / Math.PI).toFixed(1)})`);
  }

  /** @param {Point | null} from @param {Point[]} way @param {number} airMs */
  function drawHiss(from, way, airMs) {
    const start = from ? wayUpTo(way, from).length : way.length;
    const after = way.slice(Math.min(start, way.length - 6));
    dots.forEach((dot, i) => {
      const along = (airMs / 700 + scatter(i)) % 1;
      const [x, y] = after[Math.min(after.length - 1, Math.floor(along * after.length))];
      const off = (scatter(i + 40) - 0.5) * (5 + 20 * along);
      dot.setAttribute("cx", (x + off * 0.4).toFixed(1));
      dot.setAttribute("cy", (y + off).toFixed(1));
      dot.setAttribute("opacity", (from || way.length > 0 ? 1 - along : 0).toFixed(2));
    });
  }

  return {
    node,
    /**
     * @param {object} moment
     * @param {import("./mouth_postures.js").Pose} moment.pose
     * @param {import("./mouth_postures.js").Posture} moment.posture
     * @param {number} moment.share
     * @param {number} moment.voice
     * @param {Point | null} moment.meets
     * @param {number} moment.airMs
     */
    show({ pose, posture, share, meets, airMs }) {
      const does = airAt(posture.air, share);
      const whole = mouthAir(pose);
      const way = does.mouth === "none" ? null : does.mouth === "held" && meets ? wayUpTo(whole, meets) : whole;
      drawWay(mouth, heads[0], way, does.mouth === "held" ? 0 : airMs, does.mouth !== "held");
      mouth.classList.toggle("mouth__stream--round", does.mouth === "round");
      mouth.classList.toggle("mouth__stream--held", does.mouth === "held");
      drawWay(nose, heads[1], does.nose ? noseAir(pose) : null, airMs, true);
      const { upper } = lipPoints(pose);
      puffs.forEach((puff, i) => {
        const reach = 12 + 13 * i + 12 * (1 - does.puff);
        const [x, y] = [upper.edge[0] - 12 - reach, upper.edge[1] + 8];
        puff.setAttribute("d", `M${x.toFixed(1)} ${(y - 9 - 4 * i).toFixed(1)}Q${(x - 9).toFixed(1)} ${y.toFixed(1)} ${x.toFixed(1)} ${(y + 9 + 4 * i).toFixed(1)}`);
        puff.setAttribute("opacity", does.puff.toFixed(2));
      });
      if (does.hisses) drawHiss(meets, whole, airMs);
      else for (const dot of dots) dot.setAttribute("opacity", "0");
    },
  };
}
