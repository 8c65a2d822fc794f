/** Neck, ears, face and nose; the lower face follows the jaw. */

import { SKIN } from "./avatar_palette.js";
import { write } from "./avatar_svg.js";

const n = (value) => Math.round(value * 100) / 100;

/** The face's outline with the chin dropped by `drop`. */
function faceOutline(drop) {
  const half = n(352 + drop * 0.25);
  const jaw = n(390 + drop * 0.55);
  const side = n(420 + drop * 0.85);
  const chin = n(436 + drop);
  const tip = n(447 + drop);
  return (
    `M 173 205 C 170 255 174 308 185 ${half} C 192 ${jaw} 222 ${side} 256 ${chin} C 278 ${tip} 322 ${tip} 344 ${chin} ` +
    `C 378 ${side} 408 ${jaw} 415 ${half} C 426 308 430 255 427 205 C 424 130 376 94 300 94 C 224 94 176 130 173 205 Z`
  );
}

export function drawNeck(ink, parent) {
  const skin = ink.linear("neck", [215, 420, 390, 470], [[0, SKIN.mid], [0.4, SKIN.mid], [1, SKIN.shade]]);
  const shape = "M 222 360 C 224 420 222 452 204 474 C 224 524 262 550 300 560 C 338 550 376 524 396 474 C 378 452 376 420 378 360 Z";
  ink.path(parent, shape, skin);
  const { url } = ink.clip("neck-edge", shape);
  const shades = ink.group(parent, { "clip-path": url });
  const cast = ink.glow(shades, [306, 428, 132, 74], SKIN.cast, 0.95);
  ink.glow(shades, [380, 450, 46, 90], SKIN.deep, 0.5);
  ink.path(shades, "M 252 462 C 268 500 284 528 296 552 L 290 556 C 270 536 254 500 252 462 Z", SKIN.shade, { opacity: 0.16 });
  ink.path(shades, "M 350 462 C 336 500 318 528 304 552 L 310 556 C 334 536 350 500 350 462 Z", SKIN.deep, { opacity: 0.14 });
  ink.glow(shades, [300, 548, 16, 12], SKIN.shade, 0.6);
  return { update: ({ chin }) => write(cast, "cy", n(428 + chin)) };
}

function drawEar(ink, parent, side) {
  const ear = ink.group(parent, side < 0 ? {} : { transform: "translate(600 0) scale(-1 1)" });
  const tone = side < 0 ? [SKIN.base, SKIN.mid] : [SKIN.mid, SKIN.shade];
  const skin = ink.linear(`ear${side}`, [148, 240, 186, 330], [[0, tone[0]], [1, tone[1]]]);
  ink.path(ear, "M 182 244 C 168 226 148 232 149 260 C 150 282 156 296 160 310 C 164 328 176 334 188 326 Z", skin);
  ink.path(ear, "M 180 254 C 170 244 158 246 158 264 C 158 282 166 292 168 306 C 170 316 176 320 184 316 Z", SKIN.shade, { opacity: 0.55 });
  ink.path(ear, "M 180 270 C 172 266 167 274 171 286 C 174 296 172 302 182 306 Z", SKIN.deep, { opacity: 0.55 });
  ink.stroke(ear, "M 153 256 C 153 240 166 234 176 244", SKIN.light, 2.2, { opacity: side < 0 ? 0.7 : 0.3 });
}

export function drawEars(ink, parent) {
  drawEar(ink, parent, -1);
  drawEar(ink, parent, 1);
}

export function drawFace(ink, parent) {
  const skin = ink.linear("face", [215, 110, 385, 450], [[0, SKIN.light], [0.45, SKIN.base], [0.9, SKIN.mid], [1, SKIN.mid]]);
  const outline = ink.path(parent, faceOutline(0), skin);
  const edge = ink.clip("face-edge", faceOutline(0));
  const shades = ink.group(parent, { "clip-path": edge.url });
  const far = ink.linear("far-side", [320, 260, 436, 280], [[0, SKIN.shade, 0], [0.5, SKIN.shade, 0.28], [1, SKIN.deep, 0.62]]);
  ink.path(shades, "M 300 80 H 450 V 480 H 300 Z", far);
  ink.glow(shades, [176, 300, 30, 130], SKIN.shade, 0.4);
  ink.glow(shades, [262, 176, 100, 62], SKIN.light, 0.85);
  ink.glow(shades, [300, 130, 150, 50], SKIN.deep, 0.45);
  ink.glow(shades, [222, 314, 50, 34], SKIN.blush, 0.3);
  ink.glow(shades, [378, 314, 50, 34], SKIN.blush, 0.34);
  ink.glow(shades, [219, 298, 38, 20], SKIN.light, 0.6);
  ink.glow(shades, [372, 297, 28, 14], SKIN.light, 0.42);
  // A close shave still tints the jaw and the upper lip.
  const beard = ink.group(shades, {});
  ink.glow(beard, [300, 416, 104, 50], SKIN.beard, 0.2);
  ink.glow(beard, [208, 384, 46, 66], SKIN.beard, 0.18);
  ink.glow(beard, [392, 384, 46, 66], SKIN.beard, 0.2);
  ink.glow(beard, [300, 362, 54, 17], SKIN.beard, 0.16);
  const chinLight = ink.glow(shades, [294, 424, 40, 22], SKIN.light, 0.42);
  const under = ink.glow(shades, [302, 446, 84, 14], SKIN.deep, 0.26);
  return {
    shades,
    update({ chin }) {
      const d = faceOutline(chin);
      write(outline, "d", d);
      write(edge.shape, "d", d);
      write(chinLight, "cy", n(424 + chin * 0.95));
      write(beard, "transform", `translate(0 ${n(chin * 0.5)})`);
      write(under, "cy", n(446 + chin));
    },
  };
}

export function drawNose(ink, parent) {
  const far = ink.linear("nose-far", [301, 300, 334, 304], [[0, SKIN.shade, 0], [0.45, SKIN.shade, 0.55], [1, SKIN.shade, 0]]);
  const ridge = ink.linear("nose-ridge", [0, 246, 0, 320], [[0, SKIN.light, 0], [0.5, SKIN.light, 0.5], [1, SKIN.light, 0.1]]);
  ink.path(parent, "M 304 246 C 308 280 314 305 330 328 C 337 342 322 350 306 347 L 301 250 Z", far);
  ink.glow(parent, [274, 256, 13, 24], SKIN.shade, 0.5);
  ink.glow(parent, [326, 256, 13, 26], SKIN.deep, 0.42);
  ink.glow(parent, [302, 350, 40, 13], SKIN.deep, 0.5);
  ink.path(parent, "M 295 246 C 294 276 291 300 287 322 C 292 330 302 328 304 320 C 303 298 302 274 303 246 Z", ridge);
  ink.glow(parent, [272, 335, 13, 13], SKIN.shade, 0.6);
  ink.glow(parent, [328, 335, 13, 13], SKIN.deep, 0.55);
  ink.glow(parent, [280, 334, 11, 10], SKIN.base, 0.9);
  ink.glow(parent, [320, 335, 11, 10], SKIN.mid, 0.8);
  ink.glow(parent, [297, 328, 18, 15], SKIN.light, 0.8);
  ink.path(parent, "M 271 342 C 265 336 266 326 273 323 C 269 329 270 337 277 344 C 275 345 273 344 271 342 Z", SKIN.deep, { opacity: 0.34 });
  ink.path(parent, "M 329 342 C 335 336 334 326 327 323 C 331 329 330 337 323 344 C 325 345 327 344 329 342 Z", SKIN.deep, { opacity: 0.42 });
  ink.path(parent, "M 277 347 C 280 341 289 341 294 348 C 289 350.5 282 350 277 347 Z", "#6b3424", { opacity: 0.75 });
  ink.path(parent, "M 323 347 C 320 341 311 341 306 348 C 311 350.5 318 350 323 347 Z", "#6b3424", { opacity: 0.8 });
  ink.stroke(parent, "M 292 349 C 297 353 303 353 308 349", SKIN.deep, 1.5, { opacity: 0.5 });
}
