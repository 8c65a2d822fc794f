// @ts-check
/** Sounds for trying the speaker: three notes, and what was just recorded. */

const NOTES_HZ = [392, 494, 587];

/** @param {AudioContext} context */
export function playNotes(context) {
  NOTES_HZ.forEach((hz, index) => {
    const at = context.currentTime + 0.05 + index * 0.32;
    const gain = new GainNode(context, { gain: 0 });
    const tone = new OscillatorNode(context, { frequency: hz, type: "triangle" });
    // Soft edges: a tone that starts at full height clicks.
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.25, at + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.55);
  });
}

/** @param {AudioContext} context @param {Int16Array[]} frames @param {number} rate */
export function playSamples(context, frames, rate) {
  const length = frames.reduce((sum, frame) => sum + frame.length, 0);
  if (length === 0) return;
  const buffer = context.createBuffer(1, length, rate);
  const channel = buffer.getChannelData(0);
  let at = 0;
  for (const frame of frames) {
    for (const sample of frame) {
      channel[at] = sample / 32768;
      at += 1;
    }
  }
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(context.destination);
  source.start();
}
