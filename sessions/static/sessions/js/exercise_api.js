// @ts-check
/** What the page of a lesson's exercises asks of the server; every failure has words. */

import { createServerRequest } from "./server_request.js";

/** @typedef {{exercise: string, key: string}} Showing  of an exercise, once */
/**
 * @typedef {object} Spoken
 * @property {string} heard
 * @property {import("./pronunciation.js").Pronunciation | null} pronunciation
 * @property {string} [note]  what to know about the marks
 * @property {string} [message]  why there is no mark
 * @property {boolean} [isSaid]  of a single word: it was recognised
 * @property {import("./practice_words.js").Result | null} result
 */

/**
 * @param {object} options
 * @param {string} options.answerUrl
 * @param {string} options.leaveUrl
 * @param {string} options.voiceUrl
 * @param {string} options.speechUrl
 * @param {() => string} options.token  of the page, against forged requests
 * @param {typeof globalThis.fetch} [options.fetch]
 */
export function createExerciseApi({ answerUrl, leaveUrl, voiceUrl, speechUrl, token, fetch }) {
  const { post } = createServerRequest({ token, fetch });
  /** @type {Map<string, Promise<ArrayBuffer>>} */
  const voices = new Map();
  /** @param {number | null} part @returns {Record<string, string>} */
  const partField = (part) => (part === null ? {} : { part: String(part) });

  return {
    /**
     * Sent again with the same showing it is counted once.
     * @param {Showing} showing @param {string} answer @param {{hinted?: boolean, spoken?: boolean}} [how]
     * @returns {Promise<import("./practice_words.js").Result>}
     */
    answer: (showing, answer, { hinted = false, spoken = false } = {}) =>
      post(answerUrl, { ...showing, answer, hinted: String(hinted), spoken: String(spoken) }),
    /** @param {Showing} showing */
    leave: (showing) => post(leaveUrl, { ...showing }),
    /** @param {Showing} showing @param {{slow?: boolean, part?: number | null}} [how] */
    voice(showing, { slow = false, part = null } = {}) {
      const id = `${showing.exercise} ${part === null ? showing.key : part} ${slow}`;
      const known = voices.get(id);
      if (known) return known;
      const asked = post(voiceUrl, { ...showing, ...partField(part), speed: slow ? "0.6" : "1.0" }).then(
        ({ audio }) => Uint8Array.from(atob(audio), (letter) => letter.charCodeAt(0)).buffer);
      voices.set(id, asked);
      asked.catch(() => voices.delete(id));
      return asked;
    },
    /** What the voice would say, where there is none. @param {Showing} showing @param {number | null} [part] @returns {Promise<string>} */
    words: (showing, part = null) => post(voiceUrl, { ...showing, ...partField(part), words: "true" }).then(({ text }) => text),
    /**
     * @param {Showing} showing @param {ArrayBuffer} wav @param {{hinted?: boolean, part?: number | null}} [how]
     * @returns {Promise<Spoken>}
     */
    speech: (showing, wav, { hinted = false, part = null } = {}) =>
      post(speechUrl, { ...showing, ...partField(part), hinted: String(hinted), audio: [new Blob([wav], { type: "audio/wav" }), "speech.wav"] }),
  };
}
