// @ts-check
/** How loud the tutor's voice leaves the page, watched while it plays. */

/** @param {AnalyserNode} analyser */
export function createOutputMeter(analyser) {
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;

  return {
    /** @returns {number} */
    rms() {
      analyser.getFloatTimeDomainData(samples);
      let sum = 0;
      for (const sample of samples) sum += sample * sample;
      const rms = Math.sqrt(sum / samples.length);
      loudest = Math.max(loudest, rms);
      return rms;
    },
    /** @returns {number} */
    maxRms: () => loudest,
  };
}
