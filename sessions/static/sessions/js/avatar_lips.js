/** Lips, teeth and tongue, redrawn from the mouth's outlines every frame. */

import { LIPS, MOUTH, SKIN } from "./avatar_palette.js";
import { write } from "./avatar_svg.js";

export const MOUTH_X = 300;
export const MOUTH_Y = 379;

const n = (value) => Math.round(value * 100) / 100;

/** A row of teeth as one path: `widths` from the middle outwards, `edge` grows towards the bite. */
function drawTeeth(ink, parent, { widths, edge, root, bend }) {
  const row = ink.group(parent, {});
  const ends = widths.reduce((sums, width) => [...sums, sums.at(-1) + width], [0]);
  const bite = (x) => edge - bend * (x / ends.at(-1)) ** 2;
  let d = "";
  for (const side of [-1, 1]) {
    widths.forEach((width, i) => {
      const [near, far] = [side * ends[i], side * ends[i + 1]];
      const [ny, fy] = [bite(ends[i]), bite(ends[i + 1])];
      const corner = side * Math.min(2, width / 4);
      const turn = Math.sign(root - edge) * 1.8;
      d += `M ${near} ${root} L ${near} ${n(ny + turn)} Q ${near} ${n(ny)} ${near + corner} ${n(ny)} ` +
        `L ${far - corner} ${n(fy)} Q ${far} ${n(fy)} ${far} ${n(fy + turn)} L ${far} ${root} Z `;
    });
  }
  ink.path(row, d, MOUTH.tooth, { stroke: MOUTH.toothShade, "stroke-width": 0.55 });
  return row;
}

function drawInside(ink, parent, clip) {
  const inside = ink.group(parent, { "clip-path": clip });
  const depth = ink.radial("depth", [0, 12, 40], [[0, MOUTH.deep], [0.6, MOUTH.deep], [1, MOUTH.wall]]);
  ink.add(inside, "rect", { x: -60, y: -30, width: 120, height: 110, fill: depth });
  const tongue = ink.group(inside, {});
  const flesh = ink.linear("tongue", [0, -4, 0, 20], [[0, MOUTH.tongueLight], [0.35, MOUTH.tongue], [1, MOUTH.tongueDark]]);
  const body = ink.path(tongue, "", flesh);
  const groove = ink.stroke(tongue, "", MOUTH.tongueDark, 1.6, { opacity: 0.5 });
  const lower = drawTeeth(ink, inside, { widths: [5.4, 5.8, 6.4, 6, 5.5, 5, 4.5], edge: 0, root: 16, bend: -3 });
  const upper = drawTeeth(ink, inside, { widths: [8, 6.6, 6.8, 6, 5.5, 5, 4.5], edge: 5, root: -18, bend: 2.5 });
  const shade = ink.radial("mouth-shade", [0, 8, 46], [[0, MOUTH.deep, 0], [0.4, MOUTH.deep, 0.04], [0.75, MOUTH.deep, 0.42], [1, MOUTH.deep, 0.9]]);
  const vault = ink.add(inside, "rect", { x: -60, y: -30, width: 120, height: 110, fill: shade });
  const lipShade = ink.stroke(inside, "", MOUTH.deep, 5, { opacity: 0.32 });
  return { lower, upper, body, groove, flesh, vault, lipShade };
}

export function drawMouth(ink, parent) {
  const mouth = ink.group(parent, { transform: `translate(${MOUTH_X} ${MOUTH_Y})` });
  ink.glow(mouth, [0, -22, 9, 12], SKIN.shade, 0.5);
  const left = ink.glow(mouth, [-48, 0, 10, 11], SKIN.shade, 0.5);
  const right = ink.glow(mouth, [48, 0, 10, 11], SKIN.deep, 0.4);
  const under = ink.glow(mouth, [2, 22, 36, 11], SKIN.deep, 0.6);
  const folds = [-1, 1].map((side) => ink.path(mouth, "", SKIN.deep));
  const opening = ink.clip("opening", "");
  const inside = drawInside(ink, mouth, opening.url);
  const upperPaint = ink.linear("upper-lip", [0, -14, 0, 3], [[0, LIPS.lower], [0.55, LIPS.upper], [1, LIPS.upperDark]]);
  const lowerPaint = ink.linear("lower-lip", [0, 0, 0, 1], [[0, LIPS.lowerDark], [0.35, LIPS.lower], [1, LIPS.lowerDark]]);
  const shades = {
    upper: ink.root.querySelector(upperPaint.slice(4, -1)),
    lower: ink.root.querySelector(lowerPaint.slice(4, -1)),
    tongue: ink.root.querySelector(inside.flesh.slice(4, -1)),
  };
  const span = (gradient, from, to) => {
    write(gradient, "y1", n(from));
    write(gradient, "y2", n(to));
  };
  const lower = ink.path(mouth, "", lowerPaint);
  const tip = ink.path(mouth, "", inside.flesh, { stroke: MOUTH.tongueDark, "stroke-width": 0.9, "stroke-opacity": 0.5 });
  const upper = ink.path(mouth, "", upperPaint);
  const shine = ink.glow(mouth, [-5, 8, 18, 4], LIPS.light, 0.75);
  const seam = ink.stroke(mouth, "", LIPS.seam, 1.7, { opacity: 0.8 });
  const bow = ink.glow(mouth, [-2, -14, 14, 2.6], SKIN.light, 0.6);
  return {
    update(shape) {
      write(upper, "d", shape.upperLip);
      write(lower, "d", shape.lowerLip);
      write(opening.shape, "d", shape.opening);
      write(seam, "d", shape.seam);
      write(seam, "opacity", n(0.85 - 0.45 * Math.min(1, shape.gap / 8)));
      span(shades.lower, shape.bottom - 1, shape.lowerBase);
      span(shades.upper, shape.peak, shape.top + 2);
      span(shades.tongue, shape.tongue.y, shape.tongue.y + 22);
      write(inside.lower, "transform", `translate(0 ${n(shape.lowerTeethY)})`);
      write(inside.upper, "transform", `translate(0 ${n(shape.upperTeethY)})`);
      write(inside.body, "d", shape.tongue.path);
      write(inside.groove, "d", shape.tongue.groove);
      write(inside.lipShade, "d", shape.seam);
      write(inside.vault, "transform", `translate(0 ${n(shape.gap * 0.2)}) scale(${n(shape.half / 42)} 1)`);
      write(tip, "d", shape.tongueTip);
      write(shine, "cy", n(shape.lowerMiddle));
      write(shine, "ry", n(Math.max(1.5, shape.lowerThick * 0.26)));
      write(shine, "rx", n(shape.half * 0.44));
      write(bow, "cy", n(shape.peak - 1));
      write(under, "cy", n(shape.lowerBase + 6));
      write(under, "rx", n(shape.half * 0.8));
      folds.forEach((fold, i) => {
        const side = i === 0 ? -1 : 1;
        const out = side * (shape.half + 11);
        const y = n(shape.cornerY + 3);
        // The fold belongs to a smile; a pout smooths it out.
        write(fold, "opacity", n(0.02 + 0.1 * Math.min(1, Math.max(0, (shape.half - 32) / 16))));
        write(fold, "d", `M ${side * 31} -42 C ${side * 44} -36 ${n(out)} -22 ${n(out)} ${y} C ${n(out - side * 5)} -16 ${side * 41} -32 ${side * 31} -42 Z`);
      });
      for (const [corner, side] of [[left, -1], [right, 1]]) {
        write(corner, "cx", n(side * (shape.half + 3)));
        write(corner, "cy", n(shape.cornerY));
      }
    },
  };
}
