/** The whole drawing, layer by layer, and how one frame's figures move it. */

import { drawBackdrop } from "./avatar_backdrop.js";
import { drawEyes } from "./avatar_eyes.js";
import { drawBackHair, drawFrontHair } from "./avatar_hair.js";
import { drawMouth } from "./avatar_lips.js";
import { mouthShape } from "./avatar_mouth_shape.js";
import { drawEars, drawFace, drawNeck, drawNose } from "./avatar_skin.js";
import { Ink, write } from "./avatar_svg.js";
import { drawTorso } from "./avatar_torso.js";

const n = (value) => Math.round(value * 100) / 100;

/** Draw the portrait; `root` is the svg element, `update` redraws a frame and tells the openness drawn. */
export function drawPortrait() {
  const ink = new Ink("0 0 600 600");
  drawBackdrop(ink);
  const behind = ink.group(ink.root, {});
  drawBackHair(ink, behind);
  const torso = drawTorso(ink);
  const neckLayer = ink.group(torso.layer, {});
  const neck = drawNeck(ink, neckLayer);
  torso.drawCollar();
  const head = ink.group(ink.root, {});
  const ears = ink.group(head, {});
  drawEars(ink, ears);
  const face = drawFace(ink, head);
  const features = ink.group(head, {});
  const eyes = drawEyes(ink, features);
  const mouth = drawMouth(ink, features);
  const nose = ink.group(features, {});
  drawNose(ink, nose);
  const hair = ink.group(head, {});
  drawFrontHair(ink, hair);

  return {
    root: ink.root,
    update({ pose, look, posture }) {
      const shape = mouthShape(pose);
      const { yaw, pitch, roll } = posture;
      // Depth by parallax: what is nearer the viewer travels further when the head turns.
      const turn = `translate(${n(yaw * 3)} ${n(pitch * 4)}) rotate(${n(roll * 3.2)} 300 470)`;
      write(head, "transform", turn);
      write(behind, "transform", `${turn} translate(${n(-yaw * 3)} ${n(-pitch * 2)})`);
      write(ears, "transform", `translate(${n(-yaw * 3.5)} ${n(-pitch * 3)})`);
      write(features, "transform", `translate(${n(yaw * 6)} ${n(pitch * 4)})`);
      write(nose, "transform", `translate(${n(yaw * 3.5)} ${n(pitch * 2)})`);
      write(hair, "transform", `translate(${n(yaw * 0.8)} ${n(pitch * 1.2)})`);
      face.update(shape);
      neck.update(shape);
      mouth.update(shape);
      eyes.update({ ...look, brow: posture.brow, knit: posture.knit, squint: posture.squint });
      torso.update(posture);
      return shape.openness;
    },
  };
}
