// @ts-check
/** Records one clip from the microphone; the microphone is closed again afterwards. */

import { measureFrame, meterHeight } from "./audio_level.js";
import { createMicrophone } from "./microphone.js";
import { DEVICE_KEY } from "./voice_input.js";
import { FRAME_MS } from "./wire_codec.js";

/** The last sound is still in the air when the button is pressed. */
const TAIL_MS = 200;
const SPEECH_DB = -40;

/**
 * @param {object} options
 * @param {number} options.longestMs
 * @param {number} [options.quietMs]  so long a silence after speech ends the clip
 * @param {(height: number) => void} options.onLevel  0..1, once a frame
 * @param {(ms: number) => void} [options.onTime]
 * @param {(problem: import("./microphone_words.js").MicProblem) => void} options.onProblem
 * @param {(clip: {frames: Int16Array[], reachedEnd: boolean}) => void} options.onRecorded
 */
export function createRecorder({ longestMs, quietMs = Infinity, onLevel, onTime = () => {}, onProblem, onRecorded }) {
  /** @type {Int16Array[] | null} */
  let frames = null;
  let loudAt = -1;
  /** @type {any} */
  let tail = null;

  const microphone = createMicrophone({
    onFrame(frame) {
      if (!frames) return;
      frames.push(frame);
      const { db } = measureFrame(frame);
      onLevel(meterHeight(db));
      if (db > SPEECH_DB) loudAt = frames.length;
      onTime(frames.length * FRAME_MS);
      if (frames.length * FRAME_MS >= longestMs) finish(true);
      else if (loudAt >= 0 && (frames.length - loudAt) * FRAME_MS >= quietMs) finish(false);
    },
    onProblem(problem) {
      frames = null;
      void microphone.close();
      onLevel(0);
      onProblem(problem);
    },
  });

  /** @param {boolean} reachedEnd */
  function finish(reachedEnd) {
    clearTimeout(tail);
    const recorded = frames;
    frames = null;
    void microphone.close();
    onLevel(0);
    if (recorded) onRecorded({ frames: recorded, reachedEnd });
  }

  return {
    /** @returns {Promise<boolean>} whether the microphone listens now */
    async start() {
      frames = null;
      loudAt = -1;
      const opened = await microphone.open(localStorage.getItem(DEVICE_KEY));
      if (opened) frames = [];
      return opened;
    },
    stop() {
      if (!frames) return;
      clearTimeout(tail);
      tail = setTimeout(() => finish(false), TAIL_MS);
    },
    /** Throws away what was recorded. */
    cancel() {
      clearTimeout(tail);
      frames = null;
      void microphone.close();
    },
    isRecording: () => frames !== null,
  };
}
