// @ts-check
/**
 * One reply's pieces of video in a <video>, through Media Source Extensions: queued until
 * the browser takes them, appended in order, trimmed behind the voice.
 */

import { covers } from "./face_clock.js";

/** So much behind the voice is kept, in seconds; more than twice that is trimmed. */
const KEEP_S = 10;

/** @param {string} codec */
export const mimeType = (codec) => `video/mp4; codecs="${codec}"`;

/**
 * @param {object} options
 * @param {HTMLVideoElement} options.video
 * @param {string} options.codec  as the server calls it
 * @param {(problem: "codec" | "decode") => void} options.onProblem  told of once
 */
export function createVideoBuffer({ video, codec, onProblem }) {
  const source = new MediaSource();
  const url = URL.createObjectURL(source);
  /** @type {Uint8Array[]} */
  let waiting = [];
  /** @type {SourceBuffer | null} */
  let buffer = null;
  let complete = false;
  let over = false;

  /** @param {"codec" | "decode"} problem */
  function fail(problem) {
    if (over) return;
    over = true;
    onProblem(problem);
  }

  source.addEventListener("sourceopen", () => {
    if (over) return;
    try {
      buffer = source.addSourceBuffer(mimeType(codec));
    } catch {
      fail("codec");
      return;
    }
    buffer.addEventListener("updateend", work);
    buffer.addEventListener("error", () => fail("decode"));
    work();
  });
  video.addEventListener("error", onVideoError);
  video.src = url;

  function onVideoError() {
    fail("decode");
  }

  /** Does the next thing there is to do, if the browser is done with the last. */
  function work() {
    if (over || !buffer || buffer.updating || source.readyState !== "open") return;
    try {
      if (waiting.length > 0) {
        const data = joined(waiting);
        waiting = [];
        append(buffer, data);
      } else if (complete) {
        source.endOfStream();
      } else {
        trim(buffer);
      }
    } catch {
      fail("decode");
    }
  }

  /** @param {SourceBuffer} into @param {Uint8Array<ArrayBuffer>} data */
  function append(into, data) {
    try {
      into.appendBuffer(data);
    } catch (error) {
      if (/** @type {DOMException} */ (error).name !== "QuotaExceededError") throw error;
      waiting.unshift(data);
      if (!trim(into)) throw error;
    }
  }

  /** @param {SourceBuffer} from @returns {boolean} whether something is being removed */
  function trim(from) {
    const ranges = from.buffered;
    if (ranges.length === 0 || video.currentTime - ranges.start(0) < 2 * KEEP_S) return false;
    from.remove(0, video.currentTime - KEEP_S);
    return true;
  }

  return {
    /** @param {Uint8Array} data */
    add(data) {
      waiting.push(data);
      work();
    },
    /** No more comes. */
    end() {
      complete = true;
      work();
    },
    /** @param {number} ms */
    covers: (ms) => buffer !== null && !over && covers(buffer.buffered, ms),
    destroy() {
      over = true;
      video.removeEventListener("error", onVideoError);
      video.pause();
      video.removeAttribute("src");
      video.load();
      URL.revokeObjectURL(url);
    },
  };
}

/** @param {Uint8Array[]} parts @returns {Uint8Array<ArrayBuffer>} */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
