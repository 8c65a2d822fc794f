/** Shoulders, jumper and shirt collar. */

import { CLOTHES } from "./avatar_palette.js";
import { write } from "./avatar_svg.js";

const n = (value) => Math.round(value * 100) / 100;

const BODY =
  "M -20 640 C -14 580 30 548 92 528 C 140 512 186 500 214 470 L 386 470 C 414 500 460 512 508 528 C 570 548 614 580 620 640 Z";
const RIB =
  "M 200 484 C 214 520 250 554 300 566 C 350 554 386 520 400 484 L 418 504 C 404 554 358 592 300 598 C 242 592 196 554 182 504 Z";

export function drawTorso(ink) {
  const layer = ink.group(ink.root, {});
  const knit = ink.linear("knit", [60, 480, 560, 640], [[0, CLOTHES.knitLight], [0.4, CLOTHES.knit], [1, CLOTHES.knitDark]]);
  ink.path(layer, BODY, knit);
  const { url } = ink.clip("body", BODY);
  const folds = ink.group(layer, { "clip-path": url });
  ink.glow(folds, [130, 545, 150, 46], CLOTHES.knitLight, 0.8);
  ink.glow(folds, [470, 610, 150, 90], CLOTHES.knitDark, 0.75);
  ink.glow(folds, [300, 560, 150, 60], CLOTHES.knitDark, 0.65);
  ink.path(folds, "M 96 640 C 104 600 116 575 138 556 C 124 584 118 610 118 640 Z", CLOTHES.knitDark, { opacity: 0.28 });
  ink.path(folds, "M 504 640 C 496 600 484 575 462 556 C 476 584 482 610 482 640 Z", CLOTHES.knitDark, { opacity: 0.4 });
  return {
    layer,
    /** The collar sits over the neck, so it is drawn when the neck is there. */
    drawCollar: () => drawCollar(ink, ink.group(layer, {})),
    update({ breath, yaw, roll }) {
      write(layer, "transform", `translate(${n(yaw * 1.2 + roll * 0.8)} ${n(-2.6 * breath)})`);
    },
  };
}

function drawCollar(ink, layer) {
  const rib = ink.linear("rib", [190, 470, 410, 560], [[0, CLOTHES.knitLight], [0.45, CLOTHES.rib], [1, CLOTHES.knitDark]]);
  const shirt = ink.linear("shirt", [200, 450, 400, 540], [[0, CLOTHES.shirt], [0.55, CLOTHES.shirt], [1, CLOTHES.shirtShade]]);
  // Inside of the far side of the collar stays hidden by the neck; only its two wings show.
  ink.path(layer, RIB, rib);
  const { url } = ink.clip("rib-edge", RIB);
  const ribs = ink.group(layer, { "clip-path": url });
  for (let i = 0; i <= 22; i += 1) {
    const u = i / 22;
    const angle = Math.PI * (0.06 + 0.88 * u);
    const [cx, cy] = [300 - Math.cos(angle) * 108, 474 + Math.sin(angle) * 92];
    const [ox, oy] = [300 - Math.cos(angle) * 125, 484 + Math.sin(angle) * 105];
    ink.stroke(ribs, `M ${cx} ${cy} L ${ox} ${oy}`, CLOTHES.knitDark, 1.6, { opacity: 0.35 });
  }
  ink.path(ribs, "M 200 462 C 206 500 246 540 296 556 L 262 588 C 222 560 188 520 182 478 Z", CLOTHES.knitDark, { opacity: 0.4 });
  ink.path(ribs, "M 400 462 C 394 500 354 540 304 556 L 338 588 C 378 560 412 520 418 478 Z", CLOTHES.knitDark, { opacity: 0.4 });
  ink.path(layer, "M 205 449 C 206 442 214 440 217 447 C 224 492 258 530 300 548 L 258 574 C 222 548 192 508 188 470 Z", shirt);
  ink.path(layer, "M 395 449 C 394 442 386 440 383 447 C 376 492 342 530 300 548 L 342 574 C 378 548 408 508 412 470 Z", shirt);
  ink.path(layer, "M 206 448 C 207 442 214 440 217 447 C 224 492 258 530 300 548 L 296 551 C 252 535 216 498 206 448 Z", CLOTHES.shirtDark, { opacity: 0.55 });
  ink.path(layer, "M 394 448 C 393 442 386 440 383 447 C 376 492 342 530 300 548 L 304 551 C 348 535 384 498 394 448 Z", CLOTHES.shirtDark, { opacity: 0.7 });
}
