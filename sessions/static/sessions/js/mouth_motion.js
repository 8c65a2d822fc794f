// @ts-check
/**
 * The mouth over the time of a word. Each part moves by itself: a sound holds the parts it is
 * made with and leaves the others to its neighbours, as lips do during a k. Pure.
 */

/** @typedef {import("./mouth_postures.js").Pose} Pose */
/** @typedef {import("./mouth_postures.js").Posture} Posture */
/** @typedef {import("./mouth_postures.js").Postures} Postures */
/** @typedef {{ipa: string, start_ms: number, end_ms: number}} Span  ipa "" is silence */
/** @typedef {{posture: Posture, ipa: string, index: number, start: number, end: number, isSilence: boolean}} Cue */

const PARTS = /** @type {const} */ (["jaw", "lips", "velum", "tip", "blade", "body", "back", "root"]);
/** The middle of a sound, where what it holds is held whole. */
const HELD_FROM = 0.28;
const HELD_TO = 0.7;
const LEAD_MS = 110;
const TAIL_MS = 160;
/** A shorter silence is a stop of the voice, not a mouth at rest. */
const REST_MS = 130;
const VOICE_EDGE_MS = 14;
const FIRMLY = 0.9;

const smooth = (/** @type {number} */ x) => x * x * (3 - 2 * x);

/** A part of a pose as numbers. @param {Pose} pose @param {string} part @returns {number[]} */
function valueOf({ jaw, velum, lips, tongue }, part) {
  if (part === "jaw") return [jaw];
  if (part === "velum") return [velum];
  if (part === "root") return [tongue.root];
  if (part === "lips") return [lips.open, lips.round, lips.spread, lips.tuck];
  return tongue[/** @type {"tip"} */ (part)];
}

/** How strongly a sound holds a part, 0..1. @param {Posture} posture @param {string} part */
export function holdOf({ key, manner, place }, part) {
  if (key.includes(/** @type {any} */ (part))) return 1;
  if (manner === "rest") return part === "lips" ? 0.7 : 0.6;
  const isStream = manner === "plosive" || manner === "fricative";
  // With the nose open no pressure builds up: these keep it shut.
  if (part === "velum") return isStream ? 1 : manner === "vowel" ? 0.85 : 0.7;
  if (manner === "vowel") return 1;
  if (place === "glottal") return 0.04;
  if (part === "jaw") return 0.55;
  if (part === "lips") return place === "bilabial" || place === "labiodental" ? 1 : 0.3;
  if (part === "root") return 0.35;
  if (place === "bilabial" || place === "labiodental") return 0.1;
  // The tongue is one piece: what is next to the part that works comes along.
  return nextTo(key, part) ? 0.75 : 0.35;
}

const ROW = ["tip", "blade", "body", "back"];
/** @param {readonly string[]} key @param {string} part */
const nextTo = (key, part) => key.some((worker) => ROW.includes(worker) && Math.abs(ROW.indexOf(worker) - ROW.indexOf(part)) === 1);

/**
 * Spans as cues: two for a sound that moves, silence at rest; an unknown sound keeps its place
 * and holds nothing.
 * @param {Span[]} spans
 * @param {Postures} postures
 * @param {string} language
 * @returns {Cue[]}
 */
export function cuesOf(spans, postures, language) {
  return spans.flatMap(({ ipa, start_ms, end_ms }, index) => {
    if (!(end_ms > start_ms)) return [];
    if (ipa === "") return [{ posture: postures.rest, ipa, index, start: start_ms, end: end_ms, isSilence: true }];
    const making = postures.find(ipa, language);
    if (!making) return [{ posture: { ...postures.rest, voiced: true, air: "free", manner: "unknown", key: [] }, ipa, index, start: start_ms, end: end_ms, isSilence: false }];
    let from = start_ms;
    return making.stages.map(({ posture, share }) => {
      const cue = { posture, ipa, index, start: from, end: from + share * (end_ms - start_ms), isSilence: false };
      from = cue.end;
      return cue;
    });
  });
}

/** @typedef {{from: number, to: number, value: number[]}} Key  held between from and to */

/** @param {Key[]} keys in order @param {number} time @returns {number[]} */
function between(keys, time) {
  let after = keys.findIndex((key) => key.from > time);
  if (after === 0) return keys[0].value;
  if (after < 0) after = keys.length;
  const before = keys[after - 1];
  if (after === keys.length || time <= before.to) return before.value;
  const next = keys[after];
  const share = smooth((time - before.to) / (next.from - before.to));
  return before.value.map((value, at) => value + (next.value[at] - value) * share);
}

/** @param {Cue[]} cues @param {string} part @param {Posture} rest @returns {Key[]} */
function keysOf(cues, part, rest) {
  const first = cues[0]?.start ?? 0;
  const last = cues[cues.length - 1]?.end ?? 0;
  const still = valueOf(rest, part);
  const ends = { before: { from: -Infinity, to: first - LEAD_MS, value: still }, after: { from: last + TAIL_MS, to: Infinity, value: still } };
  const placed = cues.map((cue) => {
    const length = cue.end - cue.start;
    const hold = cue.posture.manner === "unknown" ? 0 : cue.isSilence && length < REST_MS ? 0 : holdOf(cue.posture, part);
    return { hold, middle: cue.start + length * ((HELD_FROM + HELD_TO) / 2), from: cue.start + length * HELD_FROM, to: cue.start + length * HELD_TO, value: valueOf(cue.posture, part) };
  });
  const firm = [ends.before, ...placed.filter(({ hold }) => hold >= FIRMLY), ends.after];
  const all = placed.flatMap(({ hold, middle, from, to, value }) => {
    if (hold >= FIRMLY) return [{ from, to, value }];
    if (hold === 0) return [];
    const led = between(firm, middle);
    return [{ from: middle, to: middle, value: led.map((other, at) => other + (value[at] - other) * hold) }];
  });
  return [ends.before, ...all, ends.after];
}

/**
 * @typedef {object} Moment
 * @property {Pose} pose
 * @property {Posture} posture  of the sound that is heard
 * @property {number} index  of its span, -1 outside
 * @property {string} ipa
 * @property {number} share  how far into it, 0..1
 * @property {number} voice  0..1
 */

/**
 * @param {Span[]} spans
 * @param {Postures} postures
 * @param {string} language
 */
export function createMotion(spans, postures, language) {
  const cues = cuesOf(spans, postures, language);
  const keys = Object.fromEntries(PARTS.map((part) => [part, keysOf(cues, part, postures.rest)]));

  return {
    /** @param {number} ms @returns {Moment} */
    at(ms) {
      const read = (/** @type {string} */ part) => between(keys[part], ms);
      const [open, round, spread, tuck] = read("lips");
      const pair = (/** @type {string} */ part) => /** @type {[number, number]} */ (read(part));
      const cue = cues.find(({ start, end }) => ms >= start && ms < end);
      const voice = Math.max(0, ...cues.filter(({ posture }) => posture.voiced).map(({ start, end }) =>
        Math.min(1, Math.min(ms - start, end - ms) / VOICE_EDGE_MS + 0.5)));
      return {
        pose: {
          jaw: read("jaw")[0],
          velum: read("velum")[0],
          lips: { open, round, spread, tuck },
          tongue: { tip: pair("tip"), blade: pair("blade"), body: pair("body"), back: pair("back"), root: read("root")[0] },
        },
        posture: cue?.posture ?? postures.rest,
        index: cue?.index ?? -1,
        ipa: cue?.ipa ?? "",
        share: cue ? (ms - cue.start) / (cue.end - cue.start) : 0,
        voice,
      };
    },
  };
}

/** @typedef {ReturnType<typeof createMotion>} Motion */
