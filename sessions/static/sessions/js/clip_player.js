// @ts-check
/** Plays one short clip at a time, and says where it is. */

/** @typedef {{samples: Int16Array | Float32Array, rate: number}} Clip */
/**
 * @typedef {object} PlayOptions
 * @property {number} [fromMs]
 * @property {number} [toMs]
 * @property {(ms: number | null) => void} [onPlace]  on the clip's own timeline; null at the end
 */

/** A word that starts or stops at its very edge sounds bitten off. */
const MARGIN_MS = 60;

/** @param {{onTakeFloor?: () => void}} [options]  called before any sound: others fall silent */
export function createClipPlayer({ onTakeFloor = () => {} } = {}) {
  /** @type {AudioContext | null} */
  let context = null;
  /** @type {{source: AudioBufferSourceNode, end: () => void} | null} */
  let playing = null;

  /** Made in a click: before, a page may make no sound. */
  function output() {
    context ??= new AudioContext();
    void context.resume();
    return context;
  }

  function stop() {
    const stopped = playing;
    playing = null;
    if (!stopped) return;
    stopped.source.stop();
    stopped.end();
  }

  function takeFloor() {
    stop();
    onTakeFloor();
  }

  return {
    stop,
    takeFloor,
    /** Any sound file the browser knows, as a clip. @param {ArrayBuffer} bytes @returns {Promise<Clip>} */
    async decode(bytes) {
      const decoded = await output().decodeAudioData(bytes);
      return { samples: decoded.getChannelData(0), rate: decoded.sampleRate };
    },
    /** @param {Clip} clip @param {PlayOptions} [options] */
    play({ samples, rate }, { fromMs = 0, toMs = (samples.length / rate) * 1000, onPlace = () => {} } = {}) {
      takeFloor();
      const audio = output();
      const first = Math.max(0, Math.floor(((fromMs - MARGIN_MS) * rate) / 1000));
      const last = Math.min(samples.length, Math.ceil(((toMs + MARGIN_MS) * rate) / 1000));
      if (last <= first) {
        onPlace(null);
        return;
      }
      const buffer = audio.createBuffer(1, last - first, rate);
      const part = samples.subarray(first, last);
      const floats = part instanceof Float32Array ? part : Float32Array.from(part, (sample) => sample / 32768);
      buffer.copyToChannel(/** @type {Float32Array<ArrayBuffer>} */ (floats), 0);
      const source = new AudioBufferSourceNode(audio, { buffer });
      source.connect(audio.destination);
      const startedAt = audio.currentTime;
      const mine = { source, end: () => onPlace(null) };
      playing = mine;
      source.onended = () => {
        if (playing === mine) stop();
      };
      source.start();
      const follow = () => {
        if (playing !== mine) return;
        onPlace((first / rate + audio.currentTime - startedAt) * 1000);
        requestAnimationFrame(follow);
      };
      follow();
    },
  };
}
