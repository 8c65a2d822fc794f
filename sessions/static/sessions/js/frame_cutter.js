// @ts-check
/** Cuts a stream of float samples into PCM16 frames of one size. Pure. */

/**
 * @param {number} frameSamples
 * @param {(frame: Int16Array) => void} emit
 */
export function createFrameCutter(frameSamples, emit) {
  let frame = new Int16Array(frameSamples);
  let filled = 0;

  return {
    /** @param {Float32Array} samples */
    push(samples) {
      for (let i = 0; i < samples.length; i += 1) {
        const value = Math.max(-1, Math.min(1, samples[i]));
        frame[filled] = Math.round(value < 0 ? value * 32768 : value * 32767);
        filled += 1;
        if (filled === frameSamples) {
          emit(frame);
          // A new array each time: the receiver takes the old one's memory over.
          frame = new Int16Array(frameSamples);
          filled = 0;
        }
      }
    },
  };
}
