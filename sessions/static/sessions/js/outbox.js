// @ts-check
/**
 * What the page has said and may have to say again: microphone frames of the last ten
 * seconds, and the messages of a time without a socket, in their order. Pure.
 */

import { createMicMemory } from "./mic_memory.js";
import { FRAME_MS, encodeMicFrame } from "./wire_codec.js";

const KEPT_FRAMES = 10_000 / FRAME_MS;
/** Meaningless once the socket they were meant for is gone. */
const EPHEMERAL = new Set(["ping", "playback.progress"]);

/** @typedef {{type: string, [field: string]: any}} ClientMessage */

export function createOutbox() {
  const memory = createMicMemory();
  /** @type {{number: number, samples: Int16Array}[]} */
  let frames = [];
  /** @type {{message: ClientMessage, before: number}[]} */
  let waiting = [];
  /** @type {ClientMessage[]} */
  let unconfirmedText = [];
  let next = 0;

  return {
    memory,
    /** The number of the next frame. */
    next: () => next,
    /** Numbers and keeps a frame. @param {Int16Array} samples @returns {ArrayBuffer} */
    frame(samples) {
      frames.push({ number: next, samples });
      memory.push(next, samples);
      next += 1;
      if (frames.length > KEPT_FRAMES) frames = frames.slice(-KEPT_FRAMES);
      return encodeMicFrame(next - 1, samples);
    },
    /** Keeps typed words until the server has taken them. @param {ClientMessage} message */
    sent(message) {
      if (message.type === "text.submit") unconfirmedText.push(message);
    },
    /** @param {ClientMessage} message */
    wait(message) {
      if (!EPHEMERAL.has(message.type)) waiting.push({ message, before: next });
    },
    /** The server made a turn of the oldest typed words. */
    confirmText() {
      unconfirmedText.shift();
    },
    /**
     * All that has to be sent on a new socket, in order.
     * @param {number} nextFrame  the frame number the server expects
     * @returns {(ArrayBuffer | ClientMessage)[]}
     */
    resume(nextFrame) {
      if (nextFrame > next) {
        // A reloaded page counts from 0 again, the session does not.
        const shift = nextFrame - next + frames.length;
        for (const frame of frames) frame.number += shift;
        for (const entry of waiting) entry.before += shift;
        memory.renumber(shift);
        next += shift;
      }
      frames = frames.filter((frame) => frame.number >= nextFrame);
      /** @type {(ArrayBuffer | ClientMessage)[]} */
      const out = [...unconfirmedText];
      let at = 0;
      for (const frame of frames) {
        while (at < waiting.length && waiting[at].before <= frame.number) {
          out.push(waiting[at].message);
          at += 1;
        }
        out.push(encodeMicFrame(frame.number, frame.samples));
      }
      for (const { message } of waiting.slice(at)) out.push(message);
      unconfirmedText.push(
        ...waiting.map((entry) => entry.message).filter((m) => m.type === "text.submit"),
      );
      waiting = [];
      return out;
    },
  };
}
