// @ts-check
/** The practice page: a few exercises one after the other, and what came out. */

import { byId, element } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { openPanelOf } from "./panel_setup.js";
import { createPracticeApi } from "./practice_api.js";
import { drawResults } from "./practice_feedback.js";
import { createPracticePlayer } from "./practice_player.js";
import { createPracticeRun } from "./practice_run.js";
import { OUTCOME_TITLE, summaryWords } from "./practice_words.js";
import { markedWord } from "./transcript_view.js";
import { joinedFrames } from "./wav.js";
import { MIC_RATE } from "./wire_codec.js";

const page = JSON.parse(byId("page-data").textContent);
/** @type {HTMLFormElement} */
const form = byId("exercise");
const csrf = form.querySelector("input[name=csrfmiddlewaretoken]");
const { player, panel, api: words } = openPanelOf(byId("word-panel"));
const run = createPracticeRun(page.tasks);
const api = createPracticeApi({ ...page, token: () => byId("word-panel").dataset.token ?? "" });

const exercises = createPracticePlayer({
  form,
  api,
  player,
  limits: page,
  onAnswered: (outcome) => {
    run.answered(outcome);
    showProgress();
  },
  onNext: () => {
    run.next();
    showCurrent();
  },
  onSkip: () => {
    run.skip();
    showCurrent();
  },
  async hearWord(word) {
    try {
      player.play(await player.decode((await words.sayWord(word, false)).bytes.slice(0)), {});
    } catch {
      // Heard once already; the mark stands.
    }
  },
  openWordOf: (said, frames) => (word, phonemeAt) => void panel.open({
    text: word.text,
    sentence: said.text,
    word,
    phonemeAt,
    language: said.language,
    hasVoice: page.voiceLanguages.includes(said.language),
    clip: async () => (frames.length ? { samples: joinedFrames(frames), rate: MIC_RATE } : null),
    noClip: gettext("The sound of this try is no longer in this page."),
    returnTo: () => markedWord(form, word.index),
  }),
});
// What the server wants to see in a form that leads away.
if (csrf) form.append(csrf);

function showProgress() {
  const { at, of, steps } = run.progress();
  byId("progress-words").textContent = fill(gettext("%(n)s of %(all)s"), { n: at, all: of });
  byId("progress").replaceChildren(...steps.map((step) => element("li", { class: `steps-bar__step steps-bar__step--${step}`, title: OUTCOME_TITLE[step] ?? null })));
}

/** @param {boolean} [takesFocus] */
function showCurrent(takesFocus = true) {
  const task = run.current();
  if (!task) {
    showSummary();
    return;
  }
  showProgress();
  exercises.show(task, { isAgain: run.isAgain(), takesFocus });
}

function showSummary() {
  const results = run.results();
  form.hidden = true;
  byId("progress-line").hidden = true;
  byId("summary-words").textContent = summaryWords(results);
  byId("results").replaceChildren(drawResults(results));
  byId("summary").hidden = false;
  byId("more").hidden = page.left <= results.filter(({ outcome }) => outcome === "right" || outcome === "open").length;
  byId("summary-title").focus();
}

showCurrent(false);
