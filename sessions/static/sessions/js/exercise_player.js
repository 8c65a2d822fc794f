// @ts-check
/** One exercise of a lesson on a card: shown, heard, answered by hand or voice, explained. */

import { element, icon } from "./elements.js";
import { drawAnswer, drawWriting } from "./exercise_answers.js";
import { drawVerdict } from "./exercise_feedback.js";
import { newKey } from "./exercise_keys.js";
import { drawListening } from "./exercise_listen.js";
import { drawPair } from "./exercise_pair.js";
import { drawQuestion } from "./exercise_told.js";
import { drawPrompt } from "./practice_answers.js";
import { drawMic } from "./practice_sound.js";

/** @typedef {import("./exercise_run.js").Task} Task */
/** @typedef {import("./exercise_feedback.js").Result} Result */

/**
 * @param {object} options
 * @param {HTMLFormElement} options.form
 * @param {ReturnType<typeof import("./exercise_api.js").createExerciseApi>} options.api
 * @param {ReturnType<typeof import("./exercise_listen.js").createListening>} options.listening
 * @param {ReturnType<typeof import("./exercise_keys.js").createDrafts>} options.drafts
 * @param {{maxAnswerChars: number, maxAudioMs: number, talkUrl: string, voiceNote: string, words: Record<string, string>}} options.page
 * @param {(said: import("./pronunciation.js").Pronunciation, frames: Int16Array[]) => import("./word_marks.js").OpenWord} options.openWordOf
 * @param {(outcome: Result["outcome"]) => void} options.onAnswered
 * @param {() => void} options.onNext
 * @param {() => void} options.onLeave
 */
export function createExercisePlayer({ form, api, listening, drafts, page, openWordOf, onAnswered, onNext, onLeave }) {
  const { words } = page;
  /** @type {Task} */
  let task;
  /** @type {import("./practice_answers.js").Answer} */
  let answer;
  /** @type {import("./exercise_api.js").Showing} */
  let showing;
  /** @type {ReturnType<typeof drawMic> | null} */
  let mic = null;
  /** @type {ReturnType<typeof drawPair> | null} */
  let pair = null;
  /** @type {ReturnType<typeof drawQuestion> | null} */
  let question = null;
  let state = { isAgain: false, hinted: false, spoken: false, writes: false, isBusy: false, isDone: false };

  const title = element("h2", { class: "practice__title", tabindex: "-1" });
  const body = element("div", { class: "practice__body" });
  const problem = element("p", { class: "errorlist", role: "alert" });
  const hintText = element("p", { class: "practice__hint small", role: "status" });
  const feedback = element("div", { role: "status" });
  const after = element("div", {});
  const hint = small(words.hint, "bulb", showHint);
  const write = small(words.cannotSpeak, "keys", () => startWriting());
  const skip = small(words.notNow, "later", leave);
  const retry = small(words.tryAgain, "repeat", () => show(task, { isAgain: true }));
  const check = /** @type {HTMLButtonElement} */ (element("button", { class: "button button--primary button--large practice__check", type: "submit" }));
  form.replaceChildren(title, body, hintText, problem, feedback, after,
    element("div", { class: "practice__foot" }, hint, write, skip, retry, check));

  /** @param {string} text @param {string} symbol @param {() => void} act */
  function small(text, symbol, act) {
    return /** @type {HTMLButtonElement} */ (element("button", { class: "button button--quiet", type: "button", on: { click: act } }, icon(symbol), text));
  }

  /** @param {string} text */
  const say = (text) => {
    problem.textContent = text;
  };

  function refresh() {
    const { isBusy, isDone, writes } = state;
    const onlySaid = task.speaks && !writes;
    hint.hidden = isDone || task.hint === "" || state.hinted;
    write.hidden = isDone || !onlySaid;
    skip.hidden = isDone;
    retry.hidden = !isDone || !task.speaks;
    check.hidden = !isDone && (onlySaid || task.kind === "talk");
    check.textContent = isDone ? words.next : isBusy ? words.wait : words.check;
    check.disabled = isBusy || (!isDone && !answer.isReady());
  }

  function showHint() {
    state.hinted = true;
    hintText.textContent = task.hint;
    refresh();
    answer.focus();
  }

  function quiet() {
    mic?.close();
    pair?.close();
    listening.stop();
  }

  /** What was left is told to the server, but nobody waits for it. */
  function leave() {
    quiet();
    if (!state.isDone) api.leave(showing).catch(() => {});
    onLeave();
  }

  /** @param {Result} result @param {{said?: import("./pronunciation.js").Pronunciation | null, heard?: string, note?: string, frames?: Int16Array[]}} [how] */
  function conclude(result, { said = null, heard = "", note = "", frames = [] } = {}) {
    if (result.outcome === "empty") {
      say(result.words);
      return;
    }
    const isFirst = !state.isDone;
    state.isDone = true;
    drafts.forget(task.exercise);
    answer.lock();
    hintText.textContent = "";
    say("");
    mic?.hide();
    feedback.replaceChildren(drawVerdict(task, result, {
      words, said, heard, note, openWord: said ? openWordOf(said, frames) : undefined,
      comesAgain: result.outcome === "wrong" && !state.isAgain && isFirst,
    }));
    if (task.kind === "minimal_pair") showPair();
    onAnswered(result.outcome);
    refresh();
    check.focus({ preventScroll: true });
    feedback.scrollIntoView({ block: "nearest" });
  }

  function showPair() {
    pair = drawPair(task, {
      words,
      longestMs: page.maxAudioMs / 8,
      hear: (part) => listening.say(showing, { l2: task.l2, part }),
      send: (part, wav) => api.speech(showing, wav, { part }),
      openWordOf,
      onStart: () => listening.stop(),
    });
    after.replaceChildren(pair.node);
  }

  async function send() {
    say("");
    state.isBusy = true;
    refresh();
    try {
      const result = /** @type {Result} */ (await api.answer(showing, answer.value(), { hinted: state.hinted, spoken: state.spoken }));
      state.isBusy = false;
      conclude(result);
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
    state.isBusy = false;
    refresh();
  }

  /** @param {ArrayBuffer} wav @param {Int16Array[]} frames */
  async function said(wav, frames) {
    const { key } = showing;
    try {
      const spoken = await api.speech(showing, wav, { hinted: state.hinted });
      // The learner went on meanwhile.
      if (showing.key !== key) return;
      if (spoken.result) conclude(/** @type {Result} */ (spoken.result), { said: spoken.pronunciation, heard: spoken.heard, note: spoken.note, frames });
      else if (spoken.message) say(spoken.message);
      else if (spoken.heard === "") say(words.noWords);
      else {
        state.spoken = true;
        answer.fill?.(spoken.heard);
        answer.focus();
      }
    } catch (error) {
      say(/** @type {Error} */ (error).message);
    }
    refresh();
  }

  /** In place of speaking: own words, or the sentence from memory. */
  function startWriting() {
    mic?.close();
    state.writes = true;
    answer = drawWriting(task, { onChange: changed, maxChars: page.maxAnswerChars, words, onText: (text) => question?.mark(text) });
    const draft = drafts.read(task.exercise);
    const sentence = task.kind === "read" ? hideableSentence() : null;
    body.replaceChildren(...[sentence, question?.node, listenNode(), answer.node].filter((part) => part instanceof Node));
    if (draft) answer.fill?.(draft);
    refresh();
    answer.focus();
  }

  /** A sentence that is written from memory: seen only when asked for. */
  function hideableSentence() {
    const text = element("p", { class: "practice__sentence", lang: task.l2, dir: "auto", hidden: true }, task.prompt);
    const look = small(words.lookAgain, "speaker", () => {
      text.hidden = !text.hidden;
      look.setAttribute("aria-expanded", String(!text.hidden));
      if (text.hidden) answer.focus();
    });
    look.setAttribute("aria-expanded", "false");
    look.querySelector(".icon")?.remove();
    return element("div", { class: "stack stack--tight" }, element("p", { class: "small muted" }, words.fromMemory), element("div", { class: "row" }, look), text);
  }

  function changed() {
    if (!state.isDone && "fill" in answer) drafts.write(task.exercise, answer.value());
    if (!state.isDone && task.kind === "gap_fill") drafts.write(task.exercise, answer.value());
    refresh();
  }

  function listenNode() {
    if (!task.voice) return null;
    return drawListening({
      say: (slow) => listening.say(showing, { l2: task.l2, slow }),
      words, lang: task.l2, onProblem: say, isQuiet: !task.listens, note: task.listens ? page.voiceNote : "",
      onShown: () => {
        // Who saw both words cannot tell them apart by ear.
        if (task.kind === "minimal_pair") {
          showPair();
        }
        state.hinted = true;
      },
    }).node;
  }

  function micNode() {
    mic = task.mic ? drawMic({
      label: task.speaks ? words.sayIt : words.sayInstead,
      longestMs: task.kind === "told" ? page.maxAudioMs : page.maxAudioMs / 2,
      onStart: () => {
        listening.stop();
        say("");
      },
      onProblem: say,
      onSaid: said,
    }) : null;
    return mic?.node ?? null;
  }

  function promptNode() {
    if (task.kind === "told") {
      question = drawQuestion(task, words);
      return question.node;
    }
    if (task.kind === "read") return element("p", { class: "practice__sentence", lang: task.l2, dir: "auto" }, task.prompt);
    if (task.kind === "talk") return drawPrompt({ ...task, kind: "role_play" });
    if (task.kind !== "transform") return null;
    return element("div", { class: "stack stack--tight" }, element("p", { class: "exercise__instruction", lang: task.l2, dir: "auto" }, task.instruction), drawPrompt(task));
  }

  function talkNode() {
    if (task.kind !== "talk") return null;
    return element("div", { class: "stack stack--tight" }, element("input", { type: "hidden", name: "key", value: showing.key }),
      element("div", { class: "row" }, element("button", { class: "button button--primary button--large", type: "submit", formaction: page.talkUrl, formmethod: "post", name: "exercise", value: task.exercise }, icon("mic"), words.startTalk)),
      element("p", { class: "small muted" }, words.talkCounts));
  }

  /** @param {Task} next @param {{isAgain?: boolean, takesFocus?: boolean}} [how] */
  function show(next, { isAgain = false, takesFocus = true } = {}) {
    quiet();
    task = next;
    showing = { exercise: task.exercise, key: newKey() };
    state = { isAgain, hinted: false, spoken: false, writes: false, isBusy: false, isDone: false };
    question = null;
    pair = null;
    answer = drawAnswer(task, { onChange: changed, maxChars: page.maxAnswerChars, words });
    title.textContent = task.title;
    body.replaceChildren(...[promptNode(), listenNode(), answer.node, micNode(), talkNode()].filter((part) => part instanceof Node));
    feedback.replaceChildren();
    after.replaceChildren();
    hintText.textContent = "";
    say("");
    const draft = drafts.read(task.exercise);
    if (draft) answer.fill?.(draft);
    refresh();
    // The title first: whoever listens to the page must hear what to do.
    if (takesFocus) title.focus({ preventScroll: true });
  }

  form.addEventListener("submit", (event) => {
    // The button of a talk leads away to it.
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (state.isDone) {
      quiet();
      onNext();
    } else if (!check.disabled && !check.hidden) void send();
  });
  // A digit chooses, as long as nothing is being written.
  document.addEventListener("keydown", (event) => {
    const at = Number(event.key) - 1;
    if (state.isDone || event.ctrlKey || event.metaKey || event.altKey || !(at >= 0)) return;
    if (event.target instanceof HTMLElement && event.target.matches("textarea, input[type=text]")) return;
    const choice = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=radio]")])[at];
    if (!choice) return;
    choice.click();
    choice.focus();
  });

  return { show };
}
