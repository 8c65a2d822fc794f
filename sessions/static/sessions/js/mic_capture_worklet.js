// @ts-check
/** Runs on the audio thread: microphone samples in, 20 ms PCM16 frames at 16 kHz out. */

import { createFrameCutter } from "./frame_cutter.js";
import { createResampler } from "./resampler.js";
import { FRAME_SAMPLES, MIC_RATE } from "./wire_codec.js";

class MicCapture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = createResampler(sampleRate, MIC_RATE);
    this.cutter = createFrameCutter(FRAME_SAMPLES, (frame) => {
      this.port.postMessage(frame.buffer, [frame.buffer]);
    });
  }

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    const channels = inputs[0];
    if (channels && channels.length > 0) {
      this.cutter.push(this.resampler.process(mixDown(channels)));
    }
    return true;
  }
}

/** @param {Float32Array[]} channels */
function mixDown(channels) {
  if (channels.length === 1) return channels[0];
  const mono = new Float32Array(channels[0].length);
  for (const channel of channels) {
    for (let i = 0; i < mono.length; i += 1) mono[i] += channel[i] / channels.length;
  }
  return mono;
}

registerProcessor("mic-capture", MicCapture);
