// @ts-check
/** Asks the server for JSON; every failure has words that can be shown as they are. */

import { gettext } from "./i18n.js";

const NO_CONNECTION = gettext("There is no connection right now. Try again in a moment.");
const SIGNED_OUT = gettext("You were signed out. Load this page again and sign in.");
const TROUBLE = gettext("That did not work on our side. Try again in a moment.");

/** A failure that can be shown as it is. */
export class ApiProblem extends Error {}

/**
 * @param {object} options
 * @param {() => string} options.token  of the page, against forged requests
 * @param {typeof globalThis.fetch} [options.fetch]
 */
export function createServerRequest({ token, fetch = (...args) => globalThis.fetch(...args) }) {
  /** @param {string} url @param {RequestInit} init @returns {Promise<any>} */
  async function ask(url, init) {
    let response;
    try {
      response = await fetch(url, { credentials: "same-origin", ...init });
    } catch {
      throw new ApiProblem(NO_CONNECTION);
    }
    if (response.redirected) throw new ApiProblem(SIGNED_OUT);
    const answer = await response.json().catch(() => null);
    if (!response.ok || answer === null) throw new ApiProblem(answer?.message || TROUBLE);
    return answer;
  }

  return {
    /** @param {string} url */
    get: (url) => ask(url, { method: "GET" }),
    /** @param {string} url @param {Record<string, string | Blob | [Blob, string]>} fields  a file comes with its name */
    post(url, fields) {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) {
        if (Array.isArray(value)) body.set(name, ...value);
        else body.set(name, value);
      }
      return ask(url, { method: "POST", body, headers: { "X-CSRFToken": token() } });
    },
  };
}
