// @ts-check
/** Draws a turn's timing: a bar a stage, a line where the learner noticed something. */

import { element, svgElement } from "./elements.js";
import { gettext } from "./i18n.js";
import { hasteWords, layOut, seconds } from "./waterfall_chart.js";

const ROW = 34;
const BAR = 10;
const WIDTH = 1000;

/** @param {any} timing @returns {HTMLElement} */
export function drawWaterfall(timing) {
  const { rows, marks } = layOut(timing);
  const height = rows.length * ROW;
  const x = (/** @type {number} */ percent) => (percent / 100) * WIDTH;
  const chart = svgElement("svg", { class: "waterfall__chart", viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", height },
    ...marks.map((mark) => svgElement("line", { class: "waterfall__mark", x1: x(mark.at), x2: x(mark.at), y1: 0, y2: height })),
    ...rows.flatMap((row, at) => row.bars.map((bar) => svgElement("rect", { class: `waterfall__bar waterfall__bar--${row.stage}`, x: x(bar.left), width: x(bar.width), y: at * ROW + ROW - BAR - 3, height: BAR }))));
  // Words are HTML over the drawing: they keep their size when the drawing stretches.
  const names = element("ul", { class: "waterfall__rows" },
    ...rows.map((row) => element("li", {}, element("span", {}, row.name), element("span", { class: "waterfall__ms" }, seconds(row.ms)))));
  const answers = element("dl", { class: "waterfall__marks" },
    ...marks.map((mark) => element("div", {}, element("dt", {}, mark.name), element("dd", {}, seconds(mark.ms)))));
  const haste = hasteWords(timing.pace);
  const said = haste.length ? [element("p", { class: "waterfall__haste" }, `${gettext("For a quicker answer:")} ${haste.join(", ")}`)] : [];
  return element("div", { class: "waterfall" }, answers, element("div", { class: "waterfall__plot" }, chart, names), ...said);
}
