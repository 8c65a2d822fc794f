// @ts-check
/** What the page of reviews asks of the server. */

import { gettext } from "./i18n.js";
import { createServerRequest } from "./server_request.js";

/**
 * @param {object} options
 * @param {Record<"answer" | "undo" | "aside" | "voice" | "speech", string>} options.urls
 * @param {() => string} options.token  of the page, against forged requests
 * @param {typeof globalThis.fetch} [options.fetch]
 * @param {() => number} [options.clock]
 */
export function createCardsApi({ urls, token, fetch = (...args) => globalThis.fetch(...args), clock = Date.now }) {
  const { post } = createServerRequest({ token, fetch });
  /** @type {Map<string, Promise<ArrayBuffer>>} */
  const voices = new Map();

  return {
    /**
     * Sends an answer; tells how that ended and never throws.
     * @param {import("./cards_outbox.js").Answer} answer
     * @returns {Promise<import("./cards_outbox.js").Reply>}
     */
    async answer({ card, key, rating, version, at, tookMs, spoken, heard }) {
      const body = new FormData();
      // How long ago, not when: this device's clock may be wrong.
      const fields = { card, key, rating, version, ago_ms: Math.max(0, clock() - at), took_ms: tookMs, spoken, heard };
      for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
      try {
        const response = await fetch(urls.answer, { method: "POST", body, credentials: "same-origin", headers: { "X-CSRFToken": token() } });
        // Sent to sign in: the answer waits until somebody has.
        if (response.redirected) return { status: 401, body: { message: gettext("You were signed out. Your answers wait on this device until you sign in.") } };
        return { status: response.status, body: await response.json().catch(() => null) };
      } catch {
        return { status: 0, body: null };
      }
    },
    /** @param {string} card @param {string} key @returns {Promise<{card: import("./cards_run.js").Card, forecast: Record<"today" | "tomorrow" | "week" | "done", number>}>} */
    undo: (card, key) => post(urls.undo, { card, key }),
    /** @param {string} card */
    aside: (card) => post(urls.aside, { card }),
    /** What the voice says of a part of a card; asked for once, then remembered. @param {string} card @param {string} part @param {boolean} slow */
    voice(card, part, slow) {
      const key = `${slow} ${part} ${card}`;
      const known = voices.get(key);
      if (known) return known;
      const asked = post(urls.voice, { card, part, speed: slow ? "0.6" : "1.0" }).then(
        ({ audio }) => Uint8Array.from(atob(audio), (letter) => letter.charCodeAt(0)).buffer);
      voices.set(key, asked);
      asked.catch(() => voices.delete(key));
      return asked;
    },
    /**
     * @param {string} card @param {ArrayBuffer} wav
     * @returns {Promise<{heard: string, outcome: string, words: string, rating: number | null}>}
     */
    speech: (card, wav) => post(urls.speech, { card, audio: [new Blob([wav], { type: "audio/wav" }), "speech.wav"] }),
  };
}
