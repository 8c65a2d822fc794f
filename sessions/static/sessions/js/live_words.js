// @ts-check
/** The word panel of a live talk: while it is open, the tutor does not listen. */

import { byId } from "./elements.js";
import { gettext } from "./i18n.js";
import { openPanelOf } from "./panel_setup.js";
import { markedWord, tappedWord } from "./transcript_view.js";

const NO_CLIP = gettext("The sound of this line is no longer in this page. It was never kept anywhere else.");

/**
 * @param {object} options
 * @param {ReturnType<typeof import("./mic_memory.js").createMicMemory>} options.memory
 * @param {ReturnType<typeof import("./mic_hold.js").createMicHold>} options.mic
 * @param {import("./word_panel.js").PanelHelp} options.help
 * @param {() => void} options.silenceTutor
 */
export function createLiveWords({ memory, mic, help, silenceTutor }) {
  const { panel, player, api } = openPanelOf(byId("word-panel"), {
    onTakeFloor: silenceTutor,
    onOpen: mic.take,
    onClose: mic.release,
    help,
  });

  /** @param {number} turn @param {(place: ParentNode) => HTMLElement | null} find */
  const inTurn = (turn, find) => {
    const node = byId("transcript").querySelector(`[data-turn="${turn}"]`);
    return node && find(node);
  };

  return {
    player,
    api,
    /** @param {any} event  pronunciation.ready */
    keepSound({ turn, mic_start_ms, words }) {
      const end = Math.max(0, ...words.map((/** @type {any} */ word) => word.end_ms));
      if (typeof mic_start_ms === "number" && end > 0) memory.keep(turn, mic_start_ms, end + 100);
    },
    /**
     * A word with how it was said.
     * @param {import("./turn_reducer.js").TurnView} turn
     * @param {import("./pronunciation.js").WordResult} word
     * @param {number} [phonemeAt]
     */
    open({ index, pronunciation, learner }, word, phonemeAt) {
      void panel.open({
        text: word.text,
        sentence: learner?.text,
        word,
        phonemeAt,
        language: pronunciation?.language ?? "en",
        hasVoice: true,
        clip: async () => memory.clip(index),
        noClip: NO_CLIP,
        returnTo: () => inTurn(index, (node) => markedWord(node, word.index)),
      });
    },
    /**
     * Any other word, the tutor's or the learner's.
     * @param {number} turn
     * @param {import("./turn_bubbles.js").TappedWord} tapped
     */
    openText(turn, { text, sentence, index, isTutors }) {
      void panel.open({
        text,
        sentence,
        word: null,
        language: help.page.l2,
        hasVoice: true,
        returnTo: () => inTurn(turn, (node) => (isTutors ? tappedWord : markedWord)(node, index)),
      });
    },
  };
}
