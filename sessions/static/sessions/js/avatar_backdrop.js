/** The room behind the tutor: a soft wall with window light, for light and dark pages. */

import { WALL } from "./avatar_palette.js";

export function drawBackdrop(ink) {
  const layer = ink.group(ink.root, {});
  // Reaches past the portrait on every side, so wide and tall frames are filled too.
  const room = { x: -900, y: -900, width: 2400, height: 1500 };
  const wall = ink.linear("wall", [0, 0, 0, 600], [[0, WALL.top], [1, WALL.bottom]]);
  ink.add(layer, "rect", { ...room, fill: wall });
  const disc = ink.linear("disc", [300, 40, 300, 600], [[0, WALL.disc, 0.9], [1, WALL.disc, 0.25]]);
  ink.add(layer, "circle", { cx: 318, cy: 300, r: 252, fill: disc });
  const light = ink.radial("window", [90, 60, 420], [[0, WALL.glow, 0.95], [0.5, WALL.glow, 0.35], [1, WALL.glow, 0]]);
  ink.add(layer, "rect", { ...room, fill: light });
}
