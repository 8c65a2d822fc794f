// @ts-check
/** Asks the server to judge a reading, and to say a word; every failure has words. */

const NO_CONNECTION = "There is no connection right now. Try again in a moment.";
const SIGNED_OUT = "You were signed out. Load this page again and sign in.";
const TROUBLE = "That did not work on our side. Try again in a moment.";

/** A failure that can be shown as it is. */
export class ApiProblem extends Error {}

/**
 * @param {object} options
 * @param {string} options.assessUrl
 * @param {string} options.sayWordUrl
 * @param {() => string} options.token  of the page, against forged requests
 * @param {typeof globalThis.fetch} [options.fetch]
 */
export function createPronunciationApi({ assessUrl, sayWordUrl, token, fetch = (...args) => globalThis.fetch(...args) }) {
  /** @type {Map<string, Promise<any>>} */
  const spoken = new Map();

  /** @param {string} url @param {FormData} body */
  async function post(url, body) {
    let response;
    try {
      response = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
    } catch {
      throw new ApiProblem(NO_CONNECTION);
    }
    if (response.redirected) throw new ApiProblem(SIGNED_OUT);
    const answer = await response.json().catch(() => null);
    if (!response.ok || answer === null) throw new ApiProblem(answer?.message || TROUBLE);
    return answer;
  }

  return {
    /**
     * @param {{text: string, language: string, wav: ArrayBuffer}} reading
     * @returns {Promise<import("./pronunciation.js").Pronunciation & {heard: string, audio_url: string}>}
     */
    assess({ text, language, wav }) {
      const body = new FormData();
      body.set("text", text);
      body.set("language", language);
      body.set("audio", new Blob([wav], { type: "audio/wav" }), "reading.wav");
      return post(assessUrl, body);
    },
    /**
     * A word in the tutor's voice; asked for once, then remembered.
     * @param {string} text
     * @param {boolean} slow
     * @returns {Promise<{bytes: ArrayBuffer, phonemes: {ipa: string, start_ms: number, end_ms: number}[]}>}
     */
    sayWord(text, slow) {
      const key = `${slow} ${text}`;
      const known = spoken.get(key);
      if (known) return known;
      const body = new FormData();
      body.set("text", text);
      body.set("speed", slow ? "0.6" : "1.0");
      const asked = post(sayWordUrl, body).then(({ audio, phonemes }) => ({
        bytes: Uint8Array.from(atob(audio), (letter) => letter.charCodeAt(0)).buffer,
        phonemes: phonemes ?? [],
      }));
      spoken.set(key, asked);
      asked.catch(() => spoken.delete(key));
      return asked;
    },
  };
}
