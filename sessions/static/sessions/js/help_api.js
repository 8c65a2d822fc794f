// @ts-check
/** Asks the server what words and lines mean; what was answered once is remembered. */

import { createServerRequest } from "./server_request.js";

/**
 * What the page knows of the help there is; `urls` by what they answer.
 * @typedef {object} HelpPage
 * @property {{word: string, keep: string, meaning: string, translation: string, howToSay: string, corrections: string, explanation: string}} urls
 * @property {string} l1
 * @property {string} l1Name
 * @property {string} l1OwnName
 * @property {string} l2
 * @property {string} l2Name
 * @property {boolean} translates  lines, words, and how to say something
 * @property {boolean} eager  words are translated without being asked
 * @property {boolean} corrects  the tutor corrects, so that there is something to explain
 */
/** @typedef {{text: string, language: string, source: string, note: string, missing: string}} HelpText */
/** @typedef {{text: string, part: string, example: string}} Meaning */
/** @typedef {{word: string, meanings: Meaning[], language: string, source: string, note: string, attribution: string, missing: string}} Gloss */
/** @typedef {Gloss & {ipa: string, level: string, level_is_estimated: boolean, kept: boolean}} WordCard */
/** @typedef {{turn: number, sentence: string, said: string, better: string, withheld: boolean, why: HelpText}} Correction  withheld: better is not told yet, and why is a hint */

/**
 * @param {object} options
 * @param {HelpPage} options.page
 * @param {() => string} options.token
 * @param {typeof globalThis.fetch} [options.fetch]
 */
export function createHelpApi({ page, token, fetch }) {
  const { get, post } = createServerRequest({ token, fetch });
  const { urls } = page;
  /** @type {Map<string, Promise<any>>} */
  const answers = new Map();

  /** @param {string} url @param {Record<string, string>} fields @returns {Promise<any>} */
  function once(url, fields) {
    const key = JSON.stringify([url, fields]);
    const known = answers.get(key);
    if (known) return known;
    const asked = post(url, fields);
    answers.set(key, asked);
    asked.catch(() => answers.delete(key));
    return asked;
  }

  return {
    /** At once, without a model. @param {string} text @returns {Promise<WordCard>} */
    word: (text) => once(urls.word, { text }),
    /** Among the learner's own words, or no longer. @param {string} text @param {string} sentence @param {boolean} keep @returns {Promise<{word: string, kept: boolean}>} */
    async keepWord(text, sentence, keep) {
      const answer = await post(urls.keep, { text, sentence, keep: keep ? "1" : "0" });
      // What was looked up before, in this form or another, says the old thing.
      for (const key of answers.keys()) if (JSON.parse(key)[0] === urls.word) answers.delete(key);
      return answer;
    },
    /** By a model, where data do not know it. @param {string} text @param {string} sentence @returns {Promise<Gloss>} */
    meaning: (text, sentence) => once(urls.meaning, { text, sentence }),
    /** @param {string} text @returns {Promise<HelpText>} */
    translateLine: (text) => once(urls.translation, { text }),
    /** @param {string} text @param {string} sentence @returns {Promise<HelpText>} */
    translateWord: (text, sentence) => once(urls.translation, { text, sentence }),
    /** @param {string} text @returns {Promise<HelpText & {ipa: string, level: string}>} */
    howToSay: (text) => once(urls.howToSay, { text }),
    /** @param {Correction} correction @returns {Promise<HelpText>} */
    explain: ({ turn, said, better }) => once(urls.explanation, { turn: String(turn), said, better }),
    /** What the tutor corrected so far, or in one turn. @param {number} [turn] @returns {Promise<Correction[]>} */
    corrections: (turn) => get(turn === undefined ? urls.corrections : `${urls.corrections}?turn=${turn}`).then((found) => found.corrections),
  };
}
