// @ts-check
/** Asks the server to judge a reading, and to say a word; every failure has words. */

import { createServerRequest } from "./server_request.js";

export { ApiProblem } from "./server_request.js";

/**
 * @param {object} options
 * @param {string} options.assessUrl
 * @param {string} options.sayWordUrl
 * @param {() => string} options.token  of the page, against forged requests
 * @param {typeof globalThis.fetch} [options.fetch]
 */
export function createPronunciationApi({ assessUrl, sayWordUrl, token, fetch }) {
  const { post } = createServerRequest({ token, fetch });
  /** @type {Map<string, Promise<any>>} */
  const spoken = new Map();

  return {
    /**
     * @param {{text: string, language: string, wav: ArrayBuffer}} reading
     * @returns {Promise<import("./pronunciation.js").Pronunciation & {heard: string, audio_url: string}>}
     */
    assess({ text, language, wav }) {
      return post(assessUrl, { text, language, audio: [new Blob([wav], { type: "audio/wav" }), "reading.wav"] });
    },
    /**
     * A word in the tutor's voice; asked for once, then remembered.
     * @param {string} text
     * @param {boolean} slow
     * @param {string} [language]  without it, the one that is learned
     * @returns {Promise<{bytes: ArrayBuffer, phonemes: {ipa: string, start_ms: number, end_ms: number}[]}>}
     */
    sayWord(text, slow, language = "") {
      const key = `${slow} ${language} ${text}`;
      const known = spoken.get(key);
      if (known) return known;
      const asked = post(sayWordUrl, { text, speed: slow ? "0.6" : "1.0", ...(language && { language }) }).then(({ audio, phonemes }) => ({
        bytes: Uint8Array.from(atob(audio), (letter) => letter.charCodeAt(0)).buffer,
        phonemes: phonemes ?? [],
      }));
      spoken.set(key, asked);
      asked.catch(() => spoken.delete(key));
      return asked;
    },
  };
}
