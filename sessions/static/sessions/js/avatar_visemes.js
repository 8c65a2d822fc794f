/**
 * The 15 visemes as mouth poses, and how strongly each one holds on to its own shape.
 *
 * A pose is a set of muscle-like numbers, mostly 0..1:
 *   jaw    lower jaw drop              wide   corners pulled apart (I, SS)
 *   round  corners pulled in, pouted   upper  upper lip lifted off the teeth
 *   lower  lower lip drawn down        press  lips pressed together
 *   tuck   lower lip under the upper teeth
 *   tipUp  tongue tip towards the palate      tipOut  tongue tip between the teeth
 *   back   tongue body raised at the back     smile   corners lifted
 */

export const POSE_KEYS = Object.freeze([
  "jaw", "wide", "round", "upper", "lower", "press", "tuck", "tipUp", "tipOut", "back", "smile",
]);

const TONGUE_KEYS = new Set(["tipUp", "tipOut", "back"]);

/** Which of the two dominance columns rules a pose key. */
export const isTongueKey = (key) => TONGUE_KEYS.has(key);

const pose = (values) =>
  Object.freeze(Object.fromEntries(POSE_KEYS.map((key) => [key, values[key] ?? 0])));

/** The closed, friendly mouth shown whenever nothing is being said. */
export const REST = pose({ smile: 0.72, wide: 0.12 });

export const POSES = Object.freeze({
  sil: REST,
  PP: pose({ jaw: 0.08, press: 1, wide: 0.02, smile: 0.36 }),
  FF: pose({ jaw: 0.12, tuck: 1, upper: 0.6, wide: 0.12, smile: 0.36 }),
  TH: pose({ jaw: 0.3, upper: 0.4, lower: 0.35, wide: 0.15, tipUp: 0.5, tipOut: 1, smile: 0.36 }),
  DD: pose({ jaw: 0.3, upper: 0.45, lower: 0.35, wide: 0.25, tipUp: 0.9, smile: 0.36 }),
  kk: pose({ jaw: 0.38, upper: 0.4, lower: 0.35, wide: 0.15, back: 1, smile: 0.36 }),
  CH: pose({ jaw: 0.2, round: 0.55, upper: 0.75, lower: 0.85, tipUp: 0.3 }),
  SS: pose({ jaw: 0.1, wide: 0.5, upper: 0.65, lower: 0.7, tipUp: 0.2, smile: 0.5 }),
  nn: pose({ jaw: 0.36, upper: 0.4, lower: 0.12, wide: 0.15, tipUp: 1, smile: 0.36 }),
  RR: pose({ jaw: 0.26, round: 0.5, upper: 0.5, lower: 0.4, tipUp: 0.45, back: 0.5 }),
  aa: pose({ jaw: 1, upper: 0.6, lower: 0.25, wide: 0.12, smile: 0.3 }),
  E: pose({ jaw: 0.58, upper: 0.55, lower: 0.35, wide: 0.48, smile: 0.6 }),
  I: pose({ jaw: 0.26, upper: 0.55, lower: 0.4, wide: 0.75, back: 0.4, smile: 0.85 }),
  O: pose({ jaw: 0.62, round: 0.72, upper: 0.3, lower: 0.15, back: 0.3 }),
  U: pose({ jaw: 0.3, round: 1, upper: 0.25, lower: 0.2, back: 0.5 }),
});

export const VISEMES = Object.freeze(Object.keys(POSES));

/** Vowels carry stress, scale with duration and own the jaw. */
export const VOWELS = new Set(["aa", "E", "I", "O", "U"]);

/** Visemes whose contact a viewer reads at once: it must never be blended away. */
export const CLOSURES = new Set(["PP", "FF"]);

/** [lips and jaw, tongue]: a velar leaves the lips to its neighbours, an alveolar keeps the tongue. */
export const DOMINANCE = Object.freeze({
  sil: [0.9, 0.3], PP: [1, 0.1], FF: [1, 0.1], TH: [0.7, 1.4], DD: [0.55, 1.2],
  kk: [0.5, 0.8], CH: [0.9, 0.5], SS: [0.75, 0.5], nn: [0.5, 1.2], RR: [0.7, 0.7],
  aa: [1, 0.35], E: [1, 0.35], I: [1, 0.35], O: [1, 0.35], U: [1, 0.35],
});
