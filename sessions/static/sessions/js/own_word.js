// @ts-check
/** Sounds as a mouth lesson wants them: decoded, and my word out of a longer recording. */

/** @typedef {import("./pronunciation.js").PhonemeResult} PhonemeResult */

/** What is left around the word: its edges are heard, not cut. */
const AROUND_MS = 120;

/** @param {Float32Array | Int16Array} samples @returns {Float32Array} -1..1 */
export const asFloats = (samples) => (samples instanceof Float32Array ? samples : Float32Array.from(samples, (sample) => sample / 32768));

/** A rate that all browsers decode to. */
const DECODED_RATE = 48_000;

/** Any sound file the browser knows; needs no click before it. @param {ArrayBuffer} bytes */
export async function decodedSound(bytes) {
  const decoded = await new OfflineAudioContext(1, 1, DECODED_RATE).decodeAudioData(bytes);
  return { samples: decoded.getChannelData(0), rate: decoded.sampleRate };
}

/**
 * @param {{samples: Float32Array | Int16Array, rate: number}} clip
 * @param {readonly PhonemeResult[]} phonemes  on the clip's time
 * @returns {import("./mouth_lesson.js").Mine | null} null where there is nothing to compare
 */
export function ownWord({ samples, rate }, phonemes) {
  const said = phonemes.filter(({ start_ms, end_ms }) => Number.isFinite(start_ms) && end_ms >= start_ms);
  const first = said[0];
  const last = said[said.length - 1];
  if (!first || !(last.end_ms > first.start_ms)) return null;
  const from = Math.max(0, Math.floor(((first.start_ms - AROUND_MS) * rate) / 1000));
  const to = Math.min(samples.length, Math.ceil(((last.end_ms + AROUND_MS) * rate) / 1000));
  if (to <= from) return null;
  const shift = (from / rate) * 1000;
  return {
    sound: { samples: asFloats(samples.subarray(from, to)), rate },
    phonemes: said.map((phoneme) => ({ ...phoneme, start_ms: phoneme.start_ms - shift, end_ms: phoneme.end_ms - shift })),
  };
}
