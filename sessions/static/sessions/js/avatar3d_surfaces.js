/** The surfaces of a head: skin, eyes, hair and the rest, from what the file says of them. */

import { DoubleSide, FrontSide, ShaderMaterial } from "../vendor/three.module.js";
import { DEPTH, FRAGMENT, VEIL, VERTEX } from "./avatar3d_shaders.js";

const TWO_SIDED = new Set(["two_sided", "cut_out", "shadow"]);
/** Solid things first, hair over them, veils last. */
const ORDER = { solid: 1, two_sided: 1, cut_out: 2, shadow: 3 };

/** `{seen, shadow, order}`: the visible surface, the one the key light sees, and when to draw it. */
export function makeSurface({ name, cover, shine, sharpness, warmth, sheen }, paint, shared) {
  const side = TWO_SIDED.has(cover) ? DoubleSide : FrontSide;
  const defines = {};
  if (cover === "cut_out") defines.CUT_OUT = "";
  if (side === DoubleSide) defines.TWO_SIDED = "";
  if (name === "skin") defines.SKIN = "";
  if (name === "eye") defines.CORNEA = "";
  const uniforms = { ...shared.uniforms, paint: { value: paint } };
  if (cover === "shadow") {
    const seen = new ShaderMaterial({
      vertexShader: VERTEX, fragmentShader: VEIL, uniforms, side, defines,
      transparent: true, depthWrite: false,
    });
    return { seen, shadow: null, order: ORDER[cover] };
  }
  if (cover === "cut_out" && shared.coverage) defines.COVERAGE = "";
  const seen = new ShaderMaterial({
    vertexShader: VERTEX, fragmentShader: FRAGMENT, side, defines,
    uniforms: { ...uniforms, finish: { value: [shine, sharpness, warmth, sheen] } },
    alphaToCoverage: "COVERAGE" in defines,
  });
  const shadow = new ShaderMaterial({
    vertexShader: VERTEX, fragmentShader: DEPTH, uniforms, side: DoubleSide,
    defines: cover === "cut_out" ? { CUT_OUT: "" } : {},
  });
  return { seen, shadow, order: ORDER[cover] };
}
