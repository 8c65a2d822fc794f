/** Sounds like speech whose pitch is known, and how to measure it. */

/** Pulses through two resonances: a vowel whose melody goes from one pitch to another, in Hz. */
export function voice({ rate, seconds, from, to = from }) {
  const count = Math.round(rate * seconds);
  const samples = new Float32Array(count);
  let phase = 0;
  for (let i = 0; i < count; i += 1) {
    phase += (from + ((to - from) * i) / count) / rate;
    if (phase >= 1) {
      phase -= 1;
      samples[i] = 1;
    }
  }
  return normal(resonate(resonate(samples, rate, 650, 90), rate, 1200, 120));
}

/** Noise that is the same each time. */
export function hiss(count) {
  let seed = 12345;
  return Float32Array.from({ length: Math.round(count) }, () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return (seed / 1073741824 - 1) * 0.3;
  });
}

function resonate(samples, rate, hertz, width) {
  const radius = Math.exp((-Math.PI * width) / rate);
  const turn = 2 * radius * Math.cos((2 * Math.PI * hertz) / rate);
  const made = new Float32Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) made[i] = samples[i] + turn * (made[i - 1] ?? 0) - radius ** 2 * (made[i - 2] ?? 0);
  return made;
}

function normal(samples) {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return samples.map((sample) => (0.6 * sample) / peak);
}

/** Loudness as the root of the mean square. */
export const rms = (samples) => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));

/** The pitch around a sample in Hz, from the lag at which the sound is most like itself. */
export function pitchAt(samples, rate, middle) {
  const length = Math.round(0.05 * rate);
  const start = Math.max(0, Math.min(middle - length, samples.length - 3 * length));
  const likeness = (lag) => {
    let product = 0;
    let one = 1e-9;
    let other = 1e-9;
    for (let i = start; i < start + length; i += 1) {
      product += samples[i] * samples[i + lag];
      one += samples[i] ** 2;
      other += samples[i + lag] ** 2;
    }
    return product / Math.sqrt(one * other);
  };
  const lags = Array.from({ length: Math.round(rate / 60) - Math.round(rate / 400) }, (_, i) => i + Math.round(rate / 400));
  const found = lags.map((lag) => ({ lag, value: likeness(lag) }));
  const highest = Math.max(...found.map(({ value }) => value));
  // A multiple of the period is as good: the shortest peak that is nearly the best is the period.
  const first = found.findIndex(({ value }, at) => value > 0.9 * highest && value >= (found[at - 1]?.value ?? -1) && value >= (found[at + 1]?.value ?? -1));
  const [before, peak, after] = [found[first - 1]?.value ?? 0, found[first].value, found[first + 1]?.value ?? 0];
  const shift = (before - after) / (2 * (before - 2 * peak + after) || 1);
  return rate / (found[first].lag + shift);
}
