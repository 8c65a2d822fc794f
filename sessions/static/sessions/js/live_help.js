// @ts-check
/** Help in a live talk: under the tutor's lines, on every word, and "How do I say ...?". */

import { byId } from "./elements.js";
import { createHelpApi } from "./help_api.js";
import { createLineHelp } from "./line_help.js";
import { createLiveWords } from "./live_words.js";
import { createMicHold } from "./mic_hold.js";
import { createSayHelp } from "./say_help_view.js";

/** A turn is kept a moment after it ended, and a late look at it takes longer still. */
const LOOK_AFTER_MS = [500, 4000];

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
  let hint = document.getElementById("help-hint");
  const sayHelp = page.translates ? createSayHelp({ api, page, speak, use }) : null;

  /** Says a phrase; meanwhile the tutor does not take it for an answer. @param {string} text @param {boolean} slow */
  async function speak(text, slow) {
    const { bytes } = await words.api.sayWord(text, slow);
    const clip = await words.player.decode(bytes.slice(0));
    mic.take();
    words.player.play(clip, { onPlace: (ms) => ms === null && mic.release() });
  }

  /** @param {number} [turn] */
  async function lookForCorrections(turn) {
    if (!page.corrects) return;
    try {
      lines.showCorrections(await api.corrections(turn));
    } catch {
      // Nobody asked for it: a talk goes on without.
    }
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
      if (event.type === "session.ready" && !event.resumed) void lookForCorrections();
      if (event.type !== "turn.ended") return;
      for (const ms of LOOK_AFTER_MS) setTimeout(() => void lookForCorrections(event.turn), ms);
    },
  };
}
