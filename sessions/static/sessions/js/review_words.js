// @ts-check
/** The learner's lines of a past talk with their marks, and the panel of each word. */

import { byId } from "./elements.js";
import { gettext } from "./i18n.js";
import { matchWords } from "./pronunciation.js";
import { drawPronunciationNote } from "./pronunciation_note.js";
import { markedWord } from "./transcript_view.js";
import { drawLegend, drawMarkedWords } from "./word_marks.js";

const NO_CLIP = gettext("No sound was kept of this line.");

/** @param {Pick<ReturnType<typeof import("./panel_setup.js").openPanelOf>, "panel" | "player">} opened */
export function markReviewedWords({ panel, player }) {
  const data = document.getElementById("pronunciations-data");
  if (!data) return;
  /** @type {Record<string, import("./pronunciation.js").Pronunciation>} */
  const said = JSON.parse(data.textContent ?? "{}");
  const isOwn = byId("review").dataset.own === "1";
  /** @type {Map<string, Promise<import("./clip_player.js").Clip | null>>} */
  const clips = new Map();

  /** A line's sound, fetched at the first word that is asked for. @param {string} url */
  function clipOf(url) {
    const known = clips.get(url);
    if (known) return known;
    const asked = fetch(url, { credentials: "same-origin" })
      .then((response) => (response.ok ? response.arrayBuffer().then(player.decode) : null))
      .catch(() => null);
    clips.set(url, asked);
    return asked;
  }

  let marked = 0;
  for (const node of document.querySelectorAll("[data-said]")) {
    const line = /** @type {HTMLElement} */ (node);
    const judged = said[line.dataset.said ?? ""];
    const text = (line.textContent ?? "").trim();
    const words = matchWords(text, judged);
    if (!judged) continue;
    const url = /** @type {HTMLElement | null} */ (line.closest("[data-audio]"))?.dataset.audio;
    /** @type {import("./word_marks.js").OpenWord} */
    const open = (word, phonemeAt) => void panel.open({
      text: word.text,
      sentence: text,
      word,
      phonemeAt,
      isOwn,
      language: judged.language,
      hasVoice: true,
      clip: async () => (url ? clipOf(url) : null),
      noClip: NO_CLIP,
      returnTo: () => markedWord(line, word.index),
    });
    if (words) {
      marked += 1;
      line.replaceChildren(drawMarkedWords(words, open));
      // The replay lights these words as they sound, as it does all others.
      for (const { word } of words) {
        const button = word && markedWord(line, word.index);
        if (!word || !button || word.verdict === "missed") continue;
        button.classList.add("word");
        button.dataset.start = String(word.start_ms);
        button.dataset.end = String(word.end_ms);
      }
    }
    line.after(drawPronunciationNote(judged, { open, isMarked: words !== null, hasLegend: false }) ?? "");
  }
  if (marked > 0) byId("marks-key").append(drawLegend());
}
