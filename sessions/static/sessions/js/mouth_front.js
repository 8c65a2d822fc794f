// @ts-check
/** The mouth from the front, drawn: what is seen where a browser has no graphics card for the head. */

import { Ink } from "./avatar_svg.js";
import { SKIN } from "./avatar_palette.js";
import { MOUTH_X, MOUTH_Y, drawMouth } from "./avatar_lips.js";
import { mouthShape } from "./avatar_mouth_shape.js";
import { gettext } from "./i18n.js";

/** What is seen around the middle of the lips. */
const WIDTH = 150;
const HEIGHT = 140;

/**
 * A posture as the muscles of the drawn face. Pure.
 * @param {import("./mouth_postures.js").Pose} pose
 * @returns {Record<string, number>} a pose of `avatar_visemes`
 */
export function facePose({ jaw, lips, tongue }) {
  const { open, round, spread, tuck } = lips;
  const shut = Math.max(0, 1 - open / 0.08) * (1 - tuck);
  const up = Math.max(0, 1 - tongue.tip[1] / 0.16);
  const between = Math.max(0, Math.min(1, (0.02 - tongue.tip[0]) / 0.06)) * (tongue.tip[1] < 0.1 ? 1 : 0);
  return {
    jaw: Math.min(1, 0.25 * jaw + 1.05 * open),
    wide: 0.75 * spread * (1 - round),
    round: Math.min(1, round),
    upper: (0.35 + 0.5 * Math.min(1, open * 2.4)) * (1 - 0.5 * round) * (1 - shut),
    lower: 0.45 * (1 - round) * (1 - shut) * (1 - tuck),
    press: shut,
    tuck,
    tipUp: up * (1 - between),
    tipOut: between,
    back: Math.max(0, 1 - tongue.back[1] / 0.2),
    smile: 0.3 * (1 - round) * spread,
  };
}

/** @param {HTMLElement} place */
export function createMouthFront(place) {
  const ink = new Ink(`${MOUTH_X - WIDTH / 2} ${MOUTH_Y - HEIGHT / 2 + 4} ${WIDTH} ${HEIGHT}`);
  const { root } = ink;
  root.setAttribute("class", "mouth-front");
  root.setAttribute("role", "img");
  root.setAttribute("preserveAspectRatio", "xMidYMid slice");
  root.setAttribute("aria-label", gettext("The mouth from the front"));
  const skin = ink.radial("skin", [MOUTH_X - 14, MOUTH_Y - 16, 130], [[0, SKIN.light], [0.55, SKIN.base], [1, SKIN.mid]]);
  ink.add(root, "rect", { x: MOUTH_X - WIDTH, y: MOUTH_Y - HEIGHT, width: 2 * WIDTH, height: 2 * HEIGHT, fill: skin });
  const chin = ink.glow(root, [MOUTH_X, MOUTH_Y + 62, 52, 16], SKIN.shade, 0.35);
  const mouth = drawMouth(ink, root);
  place.append(root);
  return {
    root,
    /** @param {import("./mouth_postures.js").Pose} pose */
    show(pose) {
      const shape = mouthShape(facePose(pose));
      mouth.update(shape);
      chin.setAttribute("cy", String(Math.round(MOUTH_Y + 60 + shape.chin)));
    },
    destroy: () => root.remove(),
  };
}
