// @ts-check
/**
 * Decides which microphone frames go to the tutor: all of them hands-free, those around
 * the pressed key in push-to-talk, none while muted. Pure.
 */

/** People press the key as they begin to speak: the moment before it belongs to them. */
const BEFORE_PRESS_FRAMES = 10;
/** And they let go with the last sound still in the air. */
const AFTER_RELEASE_FRAMES = 6;

/**
 * @param {object} options
 * @param {(frame: Int16Array) => void} options.sendFrame
 * @param {() => void} options.sendPress
 * @param {() => void} options.sendRelease
 */
export function createTalkGate({ sendFrame, sendPress, sendRelease }) {
  /** @type {import("./wire_codec.js").InputMode} */
  let mode = "hands_free";
  let muted = false;
  let pressed = false;
  let tail = 0;
  /** @type {Int16Array[]} */
  let before = [];

  function release() {
    pressed = false;
    tail = 0;
    sendRelease();
  }

  return {
    /** @param {Int16Array} frame */
    push(frame) {
      if (muted) return;
      if (mode === "hands_free") {
        sendFrame(frame);
      } else if (pressed) {
        sendFrame(frame);
        if (tail > 0) {
          tail -= 1;
          if (tail === 0) release();
        }
      } else {
        before = [...before, frame].slice(-BEFORE_PRESS_FRAMES);
      }
    },
    /** @returns {boolean} whether the tutor is now being spoken to */
    press() {
      if (mode !== "push_to_talk" || muted) return false;
      if (pressed) {
        tail = 0;
        return true;
      }
      pressed = true;
      sendPress();
      for (const frame of before) sendFrame(frame);
      before = [];
      return true;
    },
    release() {
      if (pressed && tail === 0) tail = AFTER_RELEASE_FRAMES;
    },
    /** @param {import("./wire_codec.js").InputMode} next */
    setMode(next) {
      if (pressed) release();
      mode = next;
      before = [];
    },
    /** @param {boolean} next */
    setMuted(next) {
      if (next && pressed) release();
      muted = next;
      before = [];
    },
  };
}
