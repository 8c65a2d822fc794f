// @ts-check
/** The page of a lesson's exercises: one after the other from where the learner was, and the end. */

import { createDeviceVoice } from "./device_voice.js";
import { byId, element } from "./elements.js";
import { createExerciseApi } from "./exercise_api.js";
import { createDrafts } from "./exercise_keys.js";
import { createListening } from "./exercise_listen.js";
import { createExercisePlayer } from "./exercise_player.js";
import { createLessonRun } from "./exercise_run.js";
import { drawSummary } from "./exercise_summary.js";
import { fillIn } from "./exercise_told.js";
import { openPanelOf } from "./panel_setup.js";
import { OUTCOME_TITLE } from "./practice_words.js";
import { markedWord } from "./transcript_view.js";
import { joinedFrames } from "./wav.js";
import { MIC_RATE } from "./wire_codec.js";

const page = JSON.parse(byId("page-data").textContent);
const { words } = page;
/** @type {HTMLFormElement} */
const form = byId("exercise");
const csrf = form.querySelector("input[name=csrfmiddlewaretoken]");
const { player, panel } = openPanelOf(byId("word-panel"));
const run = createLessonRun(page.tasks);
const api = createExerciseApi({ ...page, token: () => byId("word-panel").dataset.token ?? "" });

const exercises = createExercisePlayer({
  form,
  api,
  page,
  listening: createListening({ api, player, device: createDeviceVoice(), languages: page.voiceLanguages }),
  drafts: createDrafts(sessionStorage),
  onAnswered(outcome) {
    run.answered(outcome);
    byId("resumed").hidden = true;
    showProgress();
  },
  onNext() {
    run.settle();
    run.next();
    showCurrent();
  },
  onLeave() {
    run.leave();
    showCurrent();
  },
  openWordOf: (said, frames) => (word, phonemeAt) => void panel.open({
    text: word.text,
    sentence: said.text,
    word,
    phonemeAt,
    language: said.language,
    hasVoice: page.voiceLanguages.length > 0,
    clip: async () => (frames.length ? { samples: joinedFrames(frames), rate: MIC_RATE } : null),
    noClip: words.noClip,
    returnTo: () => markedWord(form, word.index),
  }),
});
// What the server wants to see in a form that leads away.
if (csrf) form.append(csrf);

function showProgress() {
  const { at, of, steps } = run.progress();
  byId("progress-words").textContent = run.isAgain() ? words.onceMore : fillIn(words.progress, { at, of });
  byId("progress").replaceChildren(...steps.map((step) => element("li", { class: `steps-bar__step steps-bar__step--${step}`, title: OUTCOME_TITLE[step] ?? null })));
}

/** @param {boolean} [takesFocus] */
function showCurrent(takesFocus = true) {
  const task = run.current();
  form.hidden = task === null;
  byId("progress-line").hidden = task === null;
  byId("summary").hidden = task !== null;
  if (!task) {
    byId("resumed").hidden = true;
    showSummary(takesFocus);
    return;
  }
  showProgress();
  exercises.show(task, { isAgain: run.isAgain(), takesFocus });
}

/** @param {boolean} takesFocus */
function showSummary(takesFocus) {
  drawSummary(run, words, {
    lead: byId("summary-words"),
    results: byId("results"),
    /** @param {() => void} start */
    onStart(start) {
      start();
      showCurrent();
    },
  });
  if (takesFocus) byId("summary-title").focus();
}

byId("resumed").hidden = !run.isResumed();
showCurrent(false);
