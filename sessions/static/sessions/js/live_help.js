// @ts-check
/** Help in a live talk: under the tutor's lines, on every word, and "How do I say ...?". */

import { createCorrectionNews } from "./correction_news.js";
import { byId } from "./elements.js";
import { createHelpApi } from "./help_api.js";
import { createLineHelp } from "./line_help.js";
import { createLiveWords } from "./live_words.js";
import { createMicHold } from "./mic_hold.js";
import { createSayHelp } from "./say_help_view.js";

/**
 * @param {object} options
 * @param {import("./help_api.js").HelpPage} options.page
 * @param {ReturnType<typeof import("./mic_memory.js").createMicMemory>} options.memory
 * @param {ReturnType<typeof import("./voice_input.js").createVoiceInput>} options.voice
 * @param {ReturnType<typeof import("./session_store.js").createStore>} options.store
 * @param {() => void} options.silenceTutor
 * @param {(text: string) => void} options.use  puts a phrase into the text box
 */
export function createLiveHelp({ page, memory, voice, store, silenceTutor, use }) {
  const { token = "" } = byId("word-panel").dataset;
  const api = createHelpApi({ page, token: () => token });
  const mic = createMicHold({ voice, isMuted: () => store.state().muted });
  const words = createLiveWords({ memory, mic, help: { api, page }, silenceTutor });
  const lines = createLineHelp({ api, page });
  const corrections = createCorrectionNews({ ask: api.corrections, show: lines.showCorrections, forget: lines.forgetCorrections });
  let hint = document.getElementById("help-hint");
  const sayHelp = page.translates ? createSayHelp({ api, page, speak, use }) : null;

  /** Says a phrase; meanwhile the tutor does not take it for an answer. @param {string} text @param {boolean} slow */
  async function speak(text, slow) {
    const { bytes } = await words.api.sayWord(text, slow);
    const clip = await words.player.decode(bytes.slice(0));
    mic.take();
    words.player.play(clip, { onPlace: (ms) => ms === null && mic.release() });
  }

  store.subscribe(({ turns }, before) => {
    if (turns !== before.turns && turns.some(({ reply }) => reply?.complete)) hint?.removeAttribute("hidden");
  });
  byId("word-panel").addEventListener("close", () => {
    // Who found out needs no hint.
    hint?.remove();
    hint = null;
  });

  return {
    words,
    lines,
    openSayHelp: () => sayHelp?.open(),
    /** @param {any} event  of the server */
    handle(event) {
      if (page.corrects) void corrections.handle(event);
    },
  };
}
