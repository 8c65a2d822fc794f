// @ts-check
/** The word panel of a live talk: while it is open, the tutor does not listen. */

import { byId } from "./elements.js";
import { openPanelOf } from "./panel_setup.js";
import { markedWord } from "./transcript_view.js";

const NO_CLIP = "The sound of this line is no longer in this page. It was never kept anywhere else.";

/**
 * @param {object} options
 * @param {ReturnType<typeof import("./mic_memory.js").createMicMemory>} options.memory
 * @param {ReturnType<typeof import("./voice_input.js").createVoiceInput>} options.voice
 * @param {ReturnType<typeof import("./session_store.js").createStore>} options.store
 * @param {() => void} options.silenceTutor
 */
export function createLiveWords({ memory, voice, store, silenceTutor }) {
  let held = false;
  const { panel } = openPanelOf(byId("word-panel"), {
    onTakeFloor: silenceTutor,
    onOpen() {
      held = voice.isOpen() && !store.state().muted;
      if (held) voice.setMuted(true);
    },
    onClose() {
      if (held && voice.isOpen()) voice.setMuted(false);
      held = false;
    },
  });

  return {
    /** @param {any} event  pronunciation.ready */
    keepSound({ turn, mic_start_ms, words }) {
      const end = Math.max(0, ...words.map((/** @type {any} */ word) => word.end_ms));
      if (typeof mic_start_ms === "number" && end > 0) memory.keep(turn, mic_start_ms, end + 100);
    },
    /**
     * @param {import("./turn_reducer.js").TurnView} turn
     * @param {import("./pronunciation.js").WordResult} word
     * @param {number} [phonemeAt]
     */
    open({ index, pronunciation }, word, phonemeAt) {
      void panel.open({
        word,
        phonemeAt,
        language: pronunciation?.language ?? "en",
        hasVoice: true,
        clip: async () => memory.clip(index),
        noClip: NO_CLIP,
        returnTo: () => {
          const turn = byId("transcript").querySelector(`[data-turn="${index}"]`);
          return turn && markedWord(turn, word.index);
        },
      });
    },
  };
}
