// @ts-check
/** PCM16 frames as one row of samples, and as a WAV file. Pure. */

const HEADER_BYTES = 44;

/**
 * @param {Int16Array[]} frames
 * @param {number} rate
 * @returns {ArrayBuffer}
 */
export function encodeWav(frames, rate) {
  const count = frames.reduce((sum, frame) => sum + frame.length, 0);
  const buffer = new ArrayBuffer(HEADER_BYTES + 2 * count);
  const view = new DataView(buffer);
  const tag = (/** @type {number} */ at, /** @type {string} */ letters) =>
    [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  tag(0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + 2 * count, true);
  tag(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, "data");
  view.setUint32(40, 2 * count, true);
  let at = HEADER_BYTES;
  for (const frame of frames) {
    for (const sample of frame) {
      view.setInt16(at, sample, true);
      at += 2;
    }
  }
  return buffer;
}

/** @param {Int16Array[]} frames @returns {Int16Array} */
export function joinedFrames(frames) {
  const samples = new Int16Array(frames.reduce((sum, frame) => sum + frame.length, 0));
  frames.reduce((at, frame) => (samples.set(frame, at), at + frame.length), 0);
  return samples;
}
