// @ts-check
/** One exercise on a card: what is shown, answered, checked, and what came out. */

import { element, icon } from "./elements.js";
import { gettext } from "./i18n.js";
import { drawAnswer, drawPrompt } from "./practice_answers.js";
import { drawFeedback } from "./practice_feedback.js";
import { drawMic, drawVoice } from "./practice_sound.js";

/** @typedef {import("./practice_run.js").Task} Task */
/** @typedef {import("./practice_words.js").Result} Result */

/**
 * @param {object} options
 * @param {HTMLFormElement} options.form
 * @param {ReturnType<typeof import("./practice_api.js").createPracticeApi>} options.api
 * @param {ReturnType<typeof import("./clip_player.js").createClipPlayer>} options.player
 * @param {{maxAnswerChars: number, maxAudioMs: number, rolePlayUrl?: string, voiceLanguages: string[]}} options.limits
 * @param {(word: string) => void} [options.hearWord]
 * @param {(said: import("./pronunciation.js").Pronunciation, frames: Int16Array[]) => import("./word_marks.js").OpenWord} [options.openWordOf]
 * @param {(outcome: Result["outcome"]) => void} [options.onAnswered]
 * @param {() => void} [options.onNext]
 * @param {() => void} [options.onSkip]
 * @param {boolean} [options.records]  whether what is said is recorded here
 */
export function createPracticePlayer({ form, api, player, limits, hearWord, openWordOf, onAnswered = () => {}, onNext, onSkip, records = true }) {
  /** @type {Task} */
  let task;
  /** @type {import("./practice_answers.js").Answer} */
  let answer;
  /** @type {ReturnType<typeof drawMic> | null} */
  let mic = null;
  let state = { isAgain: false, hinted: false, spoken: false, isBusy: false, isDone: false };

  const title = element("h2", { class: "practice__title", tabindex: "-1" });
  const body = element("div", { class: "practice__body" });
  const problem = element("p", { class: "errorlist", role: "alert" });
  const hintText = element("p", { class: "practice__hint small", role: "status" });
  const feedback = element("div", { role: "status" });
  const hint = smallButton(gettext("Hint"), "bulb", showHint);
  const skip = smallButton(gettext("Not now"), "later", () => leave(onSkip));
  const check = /** @type {HTMLButtonElement} */ (element("button", { class: "button button--primary button--large practice__check", type: "submit" }));
  form.replaceChildren(title, body, hintText, problem, feedback,
    element("div", { class: "practice__foot" }, hint, skip, check));

  /** @param {string} words @param {string} symbol @param {() => void} act */
  function smallButton(words, symbol, act) {
    return /** @type {HTMLButtonElement} */ (element("button", { class: "button button--quiet", type: "button", on: { click: act } }, icon(symbol), words));
  }

  /** @param {string} words */
  const say = (words) => {
    problem.textContent = words;
  };

  function refresh() {
    const { isBusy, isDone } = state;
    const isSaid = task.kind === "shadowing";
    hint.hidden = isDone || task.hint === "" || state.hinted;
    skip.hidden = isDone || !onSkip;
    check.hidden = isDone ? !onNext : isSaid || task.kind === "role_play";
    check.textContent = isDone ? gettext("Next") : isBusy ? gettext("One moment…") : task.long ? gettext("Send") : gettext("Check");
    check.disabled = isBusy || (!isDone && !answer.isReady());
  }

  function showHint() {
    state.hinted = true;
    hintText.textContent = task.hint;
    refresh();
    answer.focus();
  }

  /** @param {(() => void) | undefined} onward */
  function leave(onward) {
    mic?.close();
    player.stop();
    onward?.();
  }

  /** @param {Result} result @param {{said?: import("./pronunciation.js").Pronunciation, heard?: string, frames?: Int16Array[]}} [how] */
  function show(result, { said, heard, frames = [] } = {}) {
    if (result.outcome === "empty") {
      say(result.words);
      return;
    }
    state.isDone = true;
    answer.lock();
    hintText.textContent = "";
    mic?.hide();
    feedback.replaceChildren(drawFeedback(task, result, {
      said, heard, hearWord, openWord: said && openWordOf?.(said, frames),
      comesAgain: result.outcome === "wrong" && !state.isAgain && Boolean(onNext),
    }));
    onAnswered(result.outcome);
    refresh();
    check.focus();
    feedback.scrollIntoView({ block: "nearest" });
  }

  async function send() {
    say("");
    state.isBusy = true;
    refresh();
    try {
      const result = await api.answer(task.exercise, answer.value(), { hinted: state.hinted, spoken: state.spoken });
      state.isBusy = false;
      show(result);
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
    state.isBusy = false;
    refresh();
  }

  /** @param {ArrayBuffer} wav @param {Int16Array[]} frames */
  async function said(wav, frames) {
    try {
      const { heard, result, pronunciation } = await api.speech(task.exercise, wav, { hinted: state.hinted });
      if (result) show(result, { said: pronunciation, heard, frames });
      else if (pronunciation) say(pronunciation.message || gettext("I could not hear you well. Try again."));
      else if (heard === "") say(gettext("I did not hear any words. Try again, or write."));
      else {
        state.spoken = true;
        answer.fill?.(heard);
        answer.focus();
      }
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
    refresh();
  }

  form.addEventListener("submit", (event) => {
    // The button of a role play leads away to the talk.
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (state.isDone) leave(onNext);
    else if (!check.disabled) void send();
  });

  return {
    /** @param {Task} next @param {{isAgain?: boolean, takesFocus?: boolean}} [how] */
    show(next, { isAgain = false, takesFocus = true } = {}) {
      task = next;
      state = { isAgain, hinted: false, spoken: false, isBusy: false, isDone: false };
      answer = drawAnswer(task, { onChange: refresh, maxChars: limits.maxAnswerChars });
      const speaks = limits.voiceLanguages.includes(task.l2);
      const voice = task.voice && speaks && drawVoice({ player, onProblem: say, fetchVoice: (slow) => api.voice(task.exercise, slow) });
      mic = task.mic && records ? drawMic({
        label: task.kind === "shadowing" ? gettext("Say it") : gettext("Say it instead"),
        longestMs: limits.maxAudioMs / 2,
        onStart: () => {
          player.stop();
          say("");
        },
        onProblem: say,
        onSaid: said,
      }) : null;
      title.textContent = task.title;
      body.replaceChildren(...[drawPrompt(task), voice && voice.node, answer.node, mic?.node, rolePlayButton()].filter((part) => part instanceof Node));
      feedback.replaceChildren();
      hintText.textContent = "";
      say("");
      refresh();
      // The title first: whoever listens to the page must hear what to do.
      if (takesFocus) title.focus({ preventScroll: true });
    },
  };

  function rolePlayButton() {
    if (task.kind !== "role_play" || !limits.rolePlayUrl) return null;
    return element("button", { class: "button button--primary button--large", type: "submit", formaction: limits.rolePlayUrl, formmethod: "post", name: "exercise", value: task.exercise }, icon("mic"), gettext("Start the talk"));
  }
}
