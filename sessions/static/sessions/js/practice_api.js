// @ts-check
/** What the practice page asks of the server; every failure has words. */

import { createServerRequest } from "./server_request.js";

/**
 * @param {object} options
 * @param {string} options.answerUrl
 * @param {string} options.voiceUrl
 * @param {string} options.speechUrl
 * @param {() => string} options.token  of the page, against forged requests
 * @param {() => Record<string, string>} [options.more]  goes with each answer
 * @param {typeof globalThis.fetch} [options.fetch]
 */
export function createPracticeApi({ answerUrl, voiceUrl, speechUrl, token, more = () => ({}), fetch }) {
  const { post } = createServerRequest({ token, fetch });
  /** @type {Map<string, Promise<ArrayBuffer>>} */
  const voices = new Map();

  return {
    /**
     * @param {string} exercise
     * @param {string} answer
     * @param {{hinted?: boolean, spoken?: boolean}} [how]
     * @returns {Promise<import("./practice_words.js").Result>}
     */
    answer: (exercise, answer, { hinted = false, spoken = false } = {}) =>
      post(answerUrl, { ...more(), exercise, answer, hinted: String(hinted), spoken: String(spoken) }),
    /** What the tutor says in an exercise; asked for once, then remembered. @param {string} exercise @param {boolean} slow */
    voice(exercise, slow) {
      const key = `${slow} ${exercise}`;
      const known = voices.get(key);
      if (known) return known;
      const asked = post(voiceUrl, { exercise, speed: slow ? "0.6" : "1.0" }).then(
        ({ audio }) => Uint8Array.from(atob(audio), (letter) => letter.charCodeAt(0)).buffer);
      voices.set(key, asked);
      asked.catch(() => voices.delete(key));
      return asked;
    },
    /**
     * A sentence said along, or a spoken answer, of which only `heard` comes back.
     * @param {string} exercise
     * @param {ArrayBuffer} wav
     * @param {{hinted?: boolean}} [how]
     * @returns {Promise<{heard: string, pronunciation?: import("./pronunciation.js").Pronunciation, result?: import("./practice_words.js").Result | null}>}
     */
    speech: (exercise, wav, { hinted = false } = {}) =>
      post(speechUrl, { exercise, hinted: String(hinted), audio: [new Blob([wav], { type: "audio/wav" }), "speech.wav"] }),
  };
}
