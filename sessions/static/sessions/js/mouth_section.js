// @ts-check
/** The mouth cut through the middle, seen from the side: drawn once, moved by a posture. */

import { svgElement } from "./elements.js";
import { gettext } from "./i18n.js";
import { GLOTTIS, PALATE, curve, polyline } from "./mouth_anatomy.js";
import { createMouthAir } from "./mouth_air.js";
import { createMouthLabels } from "./mouth_labels.js";
import { meetingPoint, mouthShapes, tongueLine } from "./mouth_shapes.js";

/** @typedef {import("./mouth_motion.js").Moment} Moment */
/** @typedef {import("./mouth_postures.js").Pose} Pose */

const VIEW = "-62 -6 470 446";
const NOSE = "M60 145.500C64 132 84 126 100 108C114 86 150 68 195 68C245 68 290 76 314 95C330 105 335 112 335 130L300 126L262 123C220 116 165 119 140 129C118 138 98 136 80 148Z";
const SHELLS = ["M150 104C190 86 250 88 284 106C250 102 190 108 150 104Z", "M176 84C205 76 245 78 266 88C245 87 205 89 176 84Z"];
const BONE = "M113 160C118 150 128 143 141 136C165 126 185 123.500 205 123C226 123 240 127 249 134C250 129 247 127 240 125.500C220 121 165 124 142 133C124 140 110 142 104 150C106 156 109 160 113 160Z";
const TOOTH = "M96 172C94 188 98 200 101.500 207.500C104 208 106 206 106.500 203C108 194 113 184 117 173C113 160 108 146 104 140C98 150 97 162 96 172Z";
const SPINE = [118, 178, 240, 304, 370, 436];
const TRILLS_PER_S = 24;
/** Slow enough to be seen; a real voice opens and shuts a hundred times a second and more. */
const RIPPLES_PER_S = 2.4;
const STILL = { airMs: 0, ghost: null };

let drawings = 0;

/**
 * @param {HTMLElement} place
 * @param {{label?: string}} [options]
 */
export function createMouthSection(place, { label = gettext("The mouth from inside, seen from the side") } = {}) {
  drawings += 1;
  const id = `mouth${drawings}`;
  /** @type {Record<string, SVGElement>} */
  const parts = {};
  /** @param {string} name @param {string} [tag] @param {Record<string, any>} [attributes] */
  const part = (name, tag = "path", attributes = {}) => {
    parts[name] = /** @type {SVGElement} */ (svgElement(tag, { class: `mouth__${name}`, ...attributes }));
    return parts[name];
  };
  const air = createMouthAir();
  const labels = createMouthLabels();
  const root = svgElement("svg", { class: "mouth", viewBox: VIEW, role: "img", "aria-label": label },
    svgElement("defs", {},
      svgElement("linearGradient", { id: `${id}-edge`, x1: "0", x2: "1", y1: "0", y2: "0" },
        svgElement("stop", { offset: "0.8", "stop-color": "#fff" }), svgElement("stop", { offset: "0.99", "stop-color": "#000" })),
      svgElement("linearGradient", { id: `${id}-ends`, x1: "0", x2: "0", y1: "0", y2: "1" },
        svgElement("stop", { offset: "0", "stop-color": "#000" }), svgElement("stop", { offset: "0.12", "stop-color": "#000", "stop-opacity": "0" }),
        svgElement("stop", { offset: "0.86", "stop-color": "#000", "stop-opacity": "0" }), svgElement("stop", { offset: "1", "stop-color": "#000" })),
      svgElement("mask", { id: `${id}-fade`, maskUnits: "userSpaceOnUse", x: "-62", y: "-14", width: "474", height: "468" },
        svgElement("rect", { x: "-62", y: "-14", width: "474", height: "468", fill: `url(#${id}-edge)` }),
        svgElement("rect", { x: "-62", y: "-14", width: "474", height: "468", fill: `url(#${id}-ends)` })),
      svgElement("linearGradient", { id: `${id}-tongue`, x1: "0", x2: "0.25", y1: "0", y2: "1" },
        svgElement("stop", { offset: "0.15", class: "mouth__tongue-top" }), svgElement("stop", { offset: "1", class: "mouth__tongue-foot" }))),
    svgElement("g", { mask: `url(#${id}-fade)` },
      part("head"),
      svgElement("g", { class: "mouth__spine" }, ...SPINE.map((y) => svgElement("rect", { x: "352", y: String(y - 24), width: "60", height: "48", rx: "12" }))),
      svgElement("path", { class: "mouth__air-space", d: NOSE }),
      ...SHELLS.map((d) => svgElement("path", { class: "mouth__shell", d })),
      part("cavity", "path", { class: "mouth__air-space" }),
      svgElement("path", { class: "mouth__bone", d: BONE }),
      part("jaw", "path", { class: "mouth__bone" })),
    part("lowerGum", "path", { class: "mouth__gum" }),
    part("tongue", "path", { fill: `url(#${id}-tongue)` }),
    part("epiglottis"),
    part("velum"),
    svgElement("path", { class: "mouth__palate", d: polyline(curve(PALATE.slice(5), 5)) }),
    part("lowerTooth", "path", { class: "mouth__tooth" }),
    svgElement("path", { class: "mouth__tooth", d: TOOTH }),
    part("upperLip", "path", { class: "mouth__lip" }),
    part("lowerLip", "path", { class: "mouth__lip" }),
    part("ghost"),
    air.node,
    svgElement("g", { class: "mouth__folds" }, part("foldLeft"), part("foldRight"),
      ...[0, 1, 2].map((ring) => part(`ring${ring}`, "ellipse", { class: "mouth__ring", cx: GLOTTIS.x, cy: GLOTTIS.y }))),
    part("meeting", "circle", { r: "8" }),
    labels.node);
  place.append(root);

  /** @param {string} name @param {string} attribute @param {string | number} value */
  function write(name, attribute, value) {
    if (parts[name].getAttribute(attribute) !== String(value)) parts[name].setAttribute(attribute, String(value));
  }

  /** @param {number} voice @param {Moment["posture"]} posture @param {number} airMs */
  function drawFolds(voice, posture, airMs) {
    const swing = voice > 0.5 ? 0.5 + 0.5 * Math.sin((2 * Math.PI * 9 * airMs) / 1000) : 0;
    const open = posture.air === "stop" ? 0 : voice > 0.5 ? 1 + 2 * swing : posture.air === "breath" ? 6 : 10;
    for (const [name, side] of /** @type {[string, number][]} */ ([["foldLeft", -1], ["foldRight", 1]])) {
      const wall = GLOTTIS.x + side * 15;
      const edge = GLOTTIS.x + side * Math.min(11, open);
      write(name, "d", `M${wall} ${GLOTTIS.y - 9}Q${edge.toFixed(1)} ${GLOTTIS.y - 4} ${edge.toFixed(1)} ${GLOTTIS.y}Q${edge.toFixed(1)} ${GLOTTIS.y + 5} ${wall} ${GLOTTIS.y + 12}Z`);
    }
    for (const ring of [0, 1, 2]) {
      const phase = ((airMs * RIPPLES_PER_S) / 1000 + ring / 3) % 1;
      write(`ring${ring}`, "rx", (15 + 26 * phase).toFixed(1));
      write(`ring${ring}`, "ry", (9 + 17 * phase).toFixed(1));
      write(`ring${ring}`, "opacity", (voice * (1 - phase)).toFixed(2));
    }
  }

  return {
    root,
    /**
     * Draws one moment. `airMs` moves air and voice; `ghost` is another posture, drawn as a
     * dashed tongue over it.
     * @param {Moment} moment
     * @param {{airMs?: number, ghost?: Pose | null}} [options]
     */
    show({ pose, posture, share, voice }, { airMs = 0, ghost = null } = STILL) {
      const flutter = posture.air === "trill" ? 0.08 * Math.abs(Math.sin((Math.PI * TRILLS_PER_S * airMs) / 1000)) : 0;
      const { tip, ...tongue } = pose.tongue;
      /** @type {Pose} */
      const drawn = { ...pose, tongue: { ...tongue, tip: [tip[0], tip[1] + flutter] } };
      const shapes = mouthShapes(drawn);
      for (const name of /** @type {const} */ (["head", "cavity", "jaw", "lowerGum", "tongue", "epiglottis", "velum", "lowerTooth", "upperLip", "lowerLip"])) write(name, "d", shapes[name]);
      for (const name of ["tip", "blade", "body", "back"]) root.classList.toggle(`mouth--${name}`, posture.key.includes(/** @type {any} */ (name)));
      const meets = meetingPoint(drawn, posture.key);
      write("meeting", "opacity", meets ? 1 : 0);
      if (meets) {
        write("meeting", "cx", meets[0].toFixed(1));
        write("meeting", "cy", meets[1].toFixed(1));
      }
      write("ghost", "d", ghost ? polyline(tongueLine(ghost).slice(27)) : "");
      drawFolds(voice, posture, airMs);
      air.show({ pose: drawn, posture, share, voice, meets, airMs });
      labels.show(drawn);
    },
    /** @param {boolean} shown */
    setLabels(shown) {
      labels.node.toggleAttribute("hidden", !shown);
      root.classList.toggle("mouth--labelled", shown);
    },
    /** What a screen reader is told of the drawing. @param {string} words */
    describe: (words) => root.setAttribute("aria-label", words === "" ? label : `${label}. ${words}`),
    destroy: () => root.remove(),
  };
}
