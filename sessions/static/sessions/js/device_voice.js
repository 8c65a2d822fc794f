// @ts-check
/** The voice of the learner's own device, where the site has none: only one that stays on it. */

/**
 * The voice to take for a language: one of the device itself, of the same country if there is.
 * @param {readonly {lang: string, localService: boolean}[]} voices
 * @param {string} language
 */
export function chooseVoice(voices, language) {
  const tag = language.toLowerCase();
  const [primary] = tag.split("-");
  const own = voices.filter(({ lang, localService }) => localService && lang.toLowerCase().replace("_", "-").split("-")[0] === primary);
  return own.find(({ lang }) => lang.toLowerCase().replace("_", "-") === tag) ?? own[0] ?? null;
}

/** @param {Window & typeof globalThis} [page] */
export function createDeviceVoice(page = globalThis.window) {
  const speech = page?.speechSynthesis ?? null;
  return {
    /** Says a text; false where no such voice is there. @param {string} text @param {string} language @param {boolean} slow */
    say(text, language, slow) {
      const voice = speech && chooseVoice(speech.getVoices(), language);
      if (!speech || !voice) return false;
      const said = new page.SpeechSynthesisUtterance(text);
      said.voice = /** @type {SpeechSynthesisVoice} */ (voice);
      said.lang = voice.lang;
      said.rate = slow ? 0.6 : 1;
      speech.cancel();
      speech.speak(said);
      return true;
    },
    stop: () => speech?.cancel(),
  };
}
