/**
 * The light of the studio, in GLSL: key from the upper left, fill, rim, sky and floor, as the
 * processor's renderer has them, with a soft shadow of the key and light that wanders in skin.
 */

const unit = (...axis) => axis.map((x) => x / Math.hypot(...axis));
/** Directions towards the lights, as the camera sees them: x right, y up, z to the viewer. */
export const KEY = Object.freeze(unit(-0.5, 0.55, 0.67));
const FILL = unit(0.8, 0.1, 0.6);
const BACK = unit(0.55, 0.5, -0.67);

const vec3 = (values) => `vec3(${values.map((x) => x.toFixed(5)).join(", ")})`;

/** Points and normals after morphing and skinning, for every surface. */
export const VERTEX = /* glsl */ `
#include <morphtarget_pars_vertex>
#include <skinning_pars_vertex>
attribute vec3 tint;
uniform mat4 shadowMatrix;
varying vec2 vUv;
varying vec3 vTint;
varying vec3 vNormal;
varying vec3 vAxis;
varying vec3 vEye;
varying vec3 vWorld;
varying vec4 vShadow;
void main() {
  #include <beginnormal_vertex>
  #include <morphnormal_vertex>
  #include <skinbase_vertex>
  #include <skinnormal_vertex>
  #include <begin_vertex>
  #include <morphtarget_vertex>
  #include <skinning_vertex>
  vUv = uv;
  vTint = tint;
  vNormal = normalize(normalMatrix * normalize(objectNormal));
  vAxis = normalize(normalMatrix * vec3(0.0, 0.0, 1.0));
  vec4 world = modelMatrix * vec4(transformed, 1.0);
  vWorld = world.xyz;
  vec4 place = viewMatrix * world;
  vEye = -place.xyz;
  vec3 outward = mat3(modelMatrix) * normalize(objectNormal);
  vShadow = shadowMatrix * vec4(world.xyz + 0.0035 * normalize(outward), 1.0);
  gl_Position = projectionMatrix * place;
}`;

const CUT = /* glsl */ `
uniform vec2 cut;
varying vec3 vWorld;
bool isCutAway() { return vWorld.x * cut.y > cut.x; }`;

/** How far a texel covers, and how much smaller than its texels it is drawn, in halvings. */
const OPACITY = /* glsl */ `
vec2 opacityOf(sampler2D paint, vec2 uv) {
  vec2 texels = uv * vec2(textureSize(paint, 0));
  float level = max(0.0, 0.5 * log2(max(dot(dFdx(texels), dFdx(texels)), dot(dFdy(texels), dFdy(texels)))));
  // Strands keep their weight when the picture is small.
  return vec2(min(1.0, texture2D(paint, uv).a * (1.0 + 0.22 * level)), level);
}`;

export const FRAGMENT = /* glsl */ `
precision highp sampler2DShadow;
uniform sampler2D paint;
uniform vec4 finish; // shine, sharpness, warmth, sheen
uniform sampler2DShadow shadowMap;
uniform float shadowStrength;
uniform float shadowTexel;
uniform float dusk;
varying vec2 vUv;
varying vec3 vTint;
varying vec3 vNormal;
varying vec3 vAxis;
varying vec3 vEye;
varying vec4 vShadow;
${CUT}
${OPACITY}
const vec3 KEY = ${vec3(KEY)};
const vec3 FILL = ${vec3(FILL)};
const vec3 BACK = ${vec3(BACK)};
const vec3 KEY_LIGHT = vec3(1.02, 0.96, 0.88);
const vec3 FILL_LIGHT = vec3(0.14, 0.16, 0.19);
const vec3 BACK_LIGHT = vec3(1.10, 1.12, 1.20);
const vec3 SKY_LIGHT = vec3(0.32, 0.345, 0.385);
const vec3 FLOOR_LIGHT = vec3(0.21, 0.175, 0.16);

vec3 encoded(vec3 light) {
  vec3 high = 0.7 + 0.3 * tanh((light - 0.7) / 0.3);
  vec3 rolled = mix(light, high, step(0.7, light));
  return mix(rolled * 12.92, 1.055 * pow(max(rolled, 0.0), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, rolled));
}

float keyReach() {
  if (shadowStrength <= 0.0) return 1.0;
  vec3 at = vShadow.xyz / vShadow.w - vec3(0.0, 0.0, 0.0006);
  float seen = 0.0;
  float turn = 6.2832 * fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  vec2 side = vec2(cos(turn), sin(turn)) * shadowTexel;
  for (int i = 0; i < 8; i++) {
    float far = sqrt((float(i) + 0.5) / 8.0) * 4.5;
    float about = float(i) * 2.39996;
    vec2 spin = vec2(cos(about), sin(about)) * far;
    seen += texture(shadowMap, vec3(at.xy + vec2(spin.x * side.x - spin.y * side.y, spin.x * side.y + spin.y * side.x), at.z));
  }
  return mix(1.0, seen / 8.0, shadowStrength);
}

void main() {
  if (isCutAway()) discard;
  vec4 texel = texture2D(paint, vUv);
#ifdef CUT_OUT
  vec2 covers = opacityOf(paint, vUv);
  float opacity = covers.x;
  #ifdef COVERAGE
  // Sharp edges from near; from afar, where strands are finer than pixels, as much as they cover.
  float sharp = clamp((opacity - 0.42) / max(fwidth(opacity), 1e-3) + 0.5, 0.0, 1.0);
  opacity = mix(sharp, opacity, smoothstep(0.0, 1.0, covers.y));
  if (opacity <= 0.06) discard;
  #else
  if (opacity < 0.42) discard;
  opacity = 1.0;
  #endif
#else
  float opacity = 1.0;
#endif
  vec3 n = normalize(vNormal);
#ifdef TWO_SIDED
  if (n.z < 0.0) n = vec3(n.xy, -n.z * 0.2);
  n = normalize(n);
#endif
  vec3 eye = normalize(vEye);
  float shine = finish.x, sharpness = finish.y, warmth = finish.z, sheen = finish.w;
  vec3 gleam = n;
#ifdef CORNEA
  // The cornea bulges over the iris: it gathers highlights near the pupil.
  vec3 axis = normalize(vAxis);
  vec3 aside = n - axis * dot(n, axis);
  float bulge = 1.0 - smoothstep(0.40, 0.56, length(aside));
  gleam = normalize(n + aside * 0.75 * bulge);
#endif
#ifdef SKIN
  // Pores break highlights: the paint's own grain bends the surface a little.
  vec3 dx = dFdx(-vEye), dy = dFdy(-vEye);
  float grain = 5e-4 * dot(texel.rgb, vec3(0.33));
  vec3 across = cross(dy, n), down = cross(n, dx);
  float area = dot(dx, across);
  vec3 slope = sign(area) * (dFdx(grain) * across + dFdy(grain) * down) / max(abs(area), 1e-12);
  gleam = normalize(n - clamp(slope, -0.4, 0.4));
#endif
  float facing = clamp(dot(n, eye), 0.0, 1.0);
  float edge = pow(1.0 - facing, 3.0);
  float reach = keyReach();
  vec3 wrap = 0.25 + warmth * vec3(0.28, 0.14, 0.0);
  float key = dot(n, KEY);
  vec3 lit = max((vec3(key) + wrap) / (1.0 + wrap), 0.0);
  // Shadow edges on skin are red: light that entered beside them comes out here.
  lit *= mix(vec3(reach), vec3(sqrt(reach), reach, reach), warmth);
  float sky = 0.5 + 0.5 * n.y;
  vec3 half_ = normalize(KEY + eye);
  float gloss = shine * pow(max(dot(gleam, half_), 0.0), sharpness);
#ifdef SKIN
  gloss += 0.35 * shine * pow(max(dot(gleam, half_), 0.0), sharpness * 3.2);
#endif
  gloss *= reach;
#ifdef CORNEA
  gloss += 0.10 * pow(max(dot(gleam, normalize(FILL + eye)), 0.0), 60.0);
#endif
  gloss += sheen * edge;
  vec3 total = lit * KEY_LIGHT + max(dot(n, FILL), 0.0) * FILL_LIGHT
    + max(dot(n, BACK), 0.0) * edge * BACK_LIGHT
    + sky * SKY_LIGHT + (1.0 - sky) * FLOOR_LIGHT;
  vec3 light = texel.rgb * vTint * total + gloss * vTint * KEY_LIGHT;
  light *= mix(vec3(1.0), vec3(0.86, 0.88, 0.93), dusk);
#ifdef CUT_OPEN
  // Into an opened mouth light falls from everywhere.
  light = gl_FrontFacing ? light * 1.25 + texel.rgb * 0.14 : texel.rgb * vec3(0.42, 0.30, 0.29);
#endif
  gl_FragColor = vec4(encoded(light), opacity);
}`;

/** A veil that dims what lies behind it: the lids' shadow on the eyes. */
export const VEIL = /* glsl */ `
uniform sampler2D paint;
varying vec2 vUv;
${CUT}
void main() {
  if (isCutAway()) discard;
  float kept = 1.0 - texture2D(paint, vUv).a;
  gl_FragColor = vec4(vec3(0.0), 1.0 - pow(kept, 1.0 / 2.2));
}`;

/** What the key light sees: depth alone. */
export const DEPTH = /* glsl */ `
uniform sampler2D paint;
varying vec2 vUv;
${CUT}
${OPACITY}
void main() {
  if (isCutAway()) discard;
#ifdef CUT_OUT
  if (opacityOf(paint, vUv).x < 0.5) discard;
#endif
  gl_FragColor = vec4(1.0);
}`;

/** Flesh where the head is cut open. */
export const CAP_VERTEX = /* glsl */ `
varying vec3 vAt;
void main() {
  vAt = (modelMatrix * vec4(position, 1.0)).xyz;
  gl_Position = projectionMatrix * viewMatrix * vec4(vAt, 1.0);
}`;
export const CAP_FRAGMENT = /* glsl */ `
uniform vec3 flesh;
varying vec3 vAt;
float speckle(vec2 p) {
  return fract(sin(dot(floor(p), vec2(12.9898, 78.233))) * 43758.5453);
}
void main() {
  float grain = speckle(vAt.zy * 1400.0) * 0.5 + speckle(vAt.zy * 500.0) * 0.5;
  gl_FragColor = vec4(flesh * (0.965 + 0.05 * grain), 1.0);
}`;

/** The wall behind: the first colour glows behind the head. */
export const WALL_VERTEX = /* glsl */ `
varying vec2 vAt;
void main() { vAt = position.xy * 0.5 + 0.5; gl_Position = vec4(position.xy, 0.999, 1.0); }`;
export const WALL_FRAGMENT = /* glsl */ `
uniform vec3 glow;
uniform vec3 wall;
uniform float aspect;
varying vec2 vAt;
void main() {
  vec2 away = vec2((vAt.x - 0.5) * aspect, (vAt.y - 0.58) * 0.9);
  float share = smoothstep(0.0, 0.7, length(away) * min(1.0, 1.6 / max(aspect, 1.0)));
  float noise = fract(sin(dot(gl_FragCoord.xy, vec2(12.9898, 78.233))) * 43758.5453) - 0.5;
  gl_FragColor = vec4(mix(glow, wall, share) + noise / 255.0, 1.0);
}`;
