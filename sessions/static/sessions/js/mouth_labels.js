// @ts-check
/** Names of the parts in the drawing of a mouth, with lines that follow what moves. */

import { svgElement } from "./elements.js";
import { gettext } from "./i18n.js";
import { GLOTTIS, TEETH } from "./mouth_anatomy.js";
import { lipPoints, tongueTip } from "./mouth_shapes.js";

/** @typedef {import("./mouth_anatomy.js").Point} Point */
/** @typedef {import("./mouth_postures.js").Pose} Pose */
/** @typedef {{key: string, name: string, at: Point, to?: (pose: Pose) => Point, end?: boolean, on?: string}} Label  end: the text ends there */

/** @type {readonly Label[]} */
const LABELS = Object.freeze([
  { key: "nose", name: gettext("nose"), at: [215, 99], on: "space" },
  { key: "ridge", name: gettext("ridge"), at: [-56, 92], to: () => [125, 168] },
  { key: "teeth", name: gettext("teeth"), at: [-56, 172], to: () => [TEETH.x + 2, 196] },
  { key: "lips", name: gettext("lips"), at: [-56, 214], to: (pose) => lipPoints(pose).lower.bulge },
  { key: "tip", name: gettext("tip"), at: [-56, 268], to: tongueTip },
  { key: "hard palate", name: gettext("hard palate"), at: [226, 34], to: () => [206, 127] },
  { key: "soft palate", name: gettext("soft palate"), at: [404, 108], end: true, to: ({ velum }) => [294 - 6 * velum, 134 + 32 * velum] },
  { key: "tongue", name: gettext("tongue"), at: [216, 276], on: "tongue" },
  { key: "voice", name: gettext("voice"), at: [226, 410], end: true, to: () => [GLOTTIS.x - 14, GLOTTIS.y] },
]);

export function createMouthLabels() {
  const drawn = LABELS.map((label) => ({
    ...label,
    line: svgElement("path", { class: "mouth__leader" }),
    dot: svgElement("circle", { class: "mouth__leader-end", r: label.to ? "3" : "0" }),
    text: svgElement("text", { class: `mouth__label${label.on ? ` mouth__label--${label.on}` : ""}`, x: label.at[0], y: label.at[1], "text-anchor": label.on ? "middle" : label.end ? "end" : "start" }, label.name),
  }));
  const node = svgElement("g", { class: "mouth__labels", "aria-hidden": "true", hidden: true }, ...drawn.flatMap(({ line, dot, text }) => [line, dot, text]));
  return {
    node,
    /** @param {Pose} pose */
    show(pose) {
      if (node.hasAttribute("hidden")) return;
      for (const { key, name, at, to, end, line, dot } of drawn) {
        if (!to) continue;
        const [x, y] = to(pose);
        const near = end ? (key === "voice" ? 4 : -64) : key === "hard palate" ? 28 : name.length * 7.5 + 4;
        const from = key === "hard palate" ? [at[0] + near, at[1] + 5] : [at[0] + near, at[1] - 4];
        line.setAttribute("d", `M${from[0]} ${from[1]}L${x.toFixed(1)} ${y.toFixed(1)}`);
        dot.setAttribute("cx", x.toFixed(1));
        dot.setAttribute("cy", y.toFixed(1));
      }
    },
  };
}
