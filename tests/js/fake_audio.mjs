/** A WebAudio of which only time and scheduling exist; the test moves the clock. */

class Node {
  connect(to) {
    return to;
  }
}

class Param {
  constructor(value) {
    this.events = [["set", value, 0]];
  }
  setValueAtTime(value, at) {
    this.events.push(["set", value, at]);
  }
  linearRampToValueAtTime(value, at) {
    this.events.push(["ramp", value, at]);
  }
  setTargetAtTime(value, at) {
    this.events.push(["target", value, at]);
  }
}

export class FakeAudioContext {
  currentTime = 10;
  outputLatency = 0;
  destination = new Node();
  sources = [];

  constructor(sampleRate) {
    this.sampleRate = sampleRate;
  }

  createBuffer(_channels, length, sampleRate) {
    return {
      length,
      duration: length / sampleRate,
      copyToChannel(samples) {
        this.samples = samples;
      },
    };
  }

  /** Moves time on, and ends what has been played by then. */
  advance(seconds) {
    this.currentTime += seconds;
    for (const source of this.sources) {
      const end = Math.min(source.startsAt + source.buffer.duration - source.skips, source.stopsAt);
      if (!source.ended && end <= this.currentTime) {
        source.ended = true;
        source.onended?.();
      }
    }
  }
}

/** Puts the node classes a page would have into the global scope. */
export function installFakeAudioNodes() {
  globalThis.GainNode = class extends Node {
    constructor(_context, { gain = 1 } = {}) {
      super();
      this.gain = new Param(gain);
    }
  };
  globalThis.AnalyserNode = class extends Node {};
  globalThis.AudioBufferSourceNode = class extends Node {
    stopsAt = Infinity;
    ended = false;
    constructor(context, { buffer }) {
      super();
      this.buffer = buffer;
      context.sources.push(this);
    }
    start(at, skips = 0) {
      this.startsAt = at;
      this.skips = skips;
    }
    stop(at) {
      this.stopsAt = at;
    }
  };
}
