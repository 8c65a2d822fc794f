/** Help with words and lines: asked once, shown and hidden, and kept from the tutor's ears. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createCorrectionNews } from "../../sessions/static/sessions/js/correction_news.js";
import { changeOf } from "../../sessions/static/sessions/js/correction_view.js";
import { createHelpApi } from "../../sessions/static/sessions/js/help_api.js";
import { explainLabel } from "../../sessions/static/sessions/js/line_help.js";
import { createKeeping, keepLabel } from "../../sessions/static/sessions/js/keep_word.js";
import { createLineAnswer } from "../../sessions/static/sessions/js/line_answer.js";
import { createMicHold } from "../../sessions/static/sessions/js/mic_hold.js";
import { ApiProblem } from "../../sessions/static/sessions/js/server_request.js";
import { tokensOf } from "../../sessions/static/sessions/js/tap_words.js";

const urls = { word: "/w/", keep: "/k/", meaning: "/m/", translation: "/t/", howToSay: "/h/", corrections: "/c/", explanation: "/e/" };

function server(...answers) {
  const asked = [];
  const api = createHelpApi({
    page: { urls },
    token: () => "secret",
    async fetch(url, init) {
      asked.push({ url, method: init.method, token: init.headers?.["X-CSRFToken"], fields: init.body ? Object.fromEntries(init.body) : null });
      const answer = answers.shift() ?? {};
      if (answer instanceof Error) throw answer;
      return { ok: answer.ok ?? true, redirected: answer.redirected ?? false, json: async () => answer.body ?? { text: "hola" } };
    },
  });
  return { api, asked };
}

test("a line is translated once, however often it is looked at", async () => {
  const { api, asked } = server();
  assert.equal(await api.translateLine("Hello"), await api.translateLine("Hello"));
  await api.translateWord("Hello", "Hello there");
  assert.deepEqual(asked.map(({ url, fields }) => [url, fields]), [
    ["/t/", { text: "Hello" }],
    ["/t/", { text: "Hello", sentence: "Hello there" }],
  ]);
  assert.deepEqual(asked.map(({ method, token }) => [method, token]), [["POST", "secret"], ["POST", "secret"]]);
});

test("a word is kept and removed, and looked up anew afterwards", async () => {
  const { api, asked } = server({ body: { word: "go", kept: false } }, { body: { word: "go", kept: true } }, { body: { word: "go", kept: true } });
  await api.word("went");
  assert.deepEqual(await api.keepWord("went", "I went home.", true), { word: "go", kept: true });
  assert.equal((await api.word("went")).kept, true);
  await api.keepWord("went", "", false);
  assert.deepEqual(asked.filter(({ url }) => url === "/k/").map(({ fields }) => fields), [
    { text: "went", sentence: "I went home.", keep: "1" },
    { text: "went", sentence: "", keep: "0" },
  ]);
});

test("the button to keep a word says what it does, once at a time, and tells what failed", async () => {
  const sent = [];
  let answer = Promise.resolve({ kept: true });
  const keeping = createKeeping({ ask: (keep) => { sent.push(keep); return answer; }, onChange() {} });
  assert.equal(keepLabel(keeping), "Keep this word");
  const first = keeping.toggle();
  void keeping.toggle();
  assert.equal(keeping.isBusy(), true);
  await first;
  assert.match(keepLabel(keeping), /remove/);
  answer = Promise.reject(new ApiProblem("You keep 500 words."));
  await keeping.toggle();
  assert.deepEqual([keeping.isKept(), keeping.isBusy(), keeping.problem()], [true, false, "You keep 500 words."]);
  answer = Promise.resolve({ kept: false });
  await keeping.toggle();
  assert.deepEqual([keeping.isKept(), keeping.problem()], [false, ""]);
  assert.deepEqual(sent, [true, false, false]);
});

test("what failed is asked again, and every failure has words", async () => {
  const busy = { ok: false, body: { code: "help.busy", message: "The tutor is answering first." } };
  const { api, asked } = server(busy, new TypeError("no network"), { redirected: true }, { ok: false, body: null }, {});
  const problems = [];
  for (let i = 0; i < 4; i += 1) {
    await api.howToSay("hola").catch((error) => {
      assert.ok(error instanceof ApiProblem);
      problems.push(error.message);
    });
  }
  assert.equal(problems[0], "The tutor is answering first.");
  assert.match(problems[1], /no connection/);
  assert.match(problems[2], /signed out/);
  assert.match(problems[3], /did not work/);
  assert.equal((await api.howToSay("hola")).text, "hola");
  assert.equal(asked.length, 5);
});

test("corrections are those of the talk or of one turn", async () => {
  const found = [{ turn: 2, said: "go", better: "went" }];
  const { api, asked } = server({ body: { corrections: [] } }, { body: { corrections: found } });
  assert.deepEqual(await api.corrections(), []);
  assert.deepEqual(await api.corrections(2), found);
  assert.deepEqual(asked.map(({ url, method }) => [url, method]), [["/c/", "GET"], ["/c/?turn=2", "GET"]]);
});

function answerOf(...outcomes) {
  let asked = 0;
  const steps = [];
  const answer = createLineAnswer({
    ask() {
      const outcome = outcomes[asked];
      asked += 1;
      return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
    },
    onChange: () => steps.push(answer.step()),
  });
  return { answer, steps, asked: () => asked };
}

test("the same button shows and hides an answer that is fetched once", async () => {
  const { answer, steps, asked } = answerOf("hola");
  await answer.toggle();
  await answer.toggle();
  await answer.toggle();
  assert.deepEqual(steps, ["waiting", "shown", "closed", "shown"]);
  assert.equal(answer.answer(), "hola");
  assert.equal(asked(), 1);
});

test("who hides it while it is on its way is not shown it unasked", async () => {
  const { answer, steps } = answerOf("hola");
  const waiting = answer.toggle();
  answer.toggle();
  await waiting;
  assert.equal(answer.step(), "closed");
  await answer.toggle();
  assert.deepEqual(steps, ["waiting", "closed", "shown"]);
});

test("a failure is told in words and can be tried again", async () => {
  const { answer } = answerOf(new ApiProblem("Ask again in a moment."), new Error("secret"), "hola");
  await answer.toggle();
  assert.deepEqual([answer.step(), answer.problem()], ["problem", "Ask again in a moment."]);
  await answer.retry();
  assert.match(answer.problem(), /did not work/);
  await answer.retry();
  assert.deepEqual([answer.step(), answer.answer()], ["shown", "hola"]);
});

test("a line falls into words and what stands between them", () => {
  const texts = (text) => tokensOf(text).filter(({ isWord }) => isWord).map(({ text: word }) => word);
  assert.deepEqual(texts("Well – it's 25 °C, isn't it?"), ["Well", "it's", "25", "°C,", "isn't", "it?"]);
  assert.deepEqual(texts("  … 🎒 "), []);
  assert.equal(tokensOf(" Hello,\n you ").map(({ text }) => text).join(""), " Hello,\n you ");
  assert.deepEqual(texts("¿Qué tal?"), ["¿Qué", "tal?"]);
});

test("a correction says in words where there is nothing to strike out or to put in", () => {
  assert.deepEqual(changeOf({ said: "go", better: "went" }), { before: "go", after: "went", words: "" });
  assert.match(changeOf({ said: "", better: "a" }).words, /missing/);
  assert.match(changeOf({ said: "the", better: "" }).words, /too much/);
});

test("what is withheld is pointed at, not struck out and not told", () => {
  assert.deepEqual(changeOf({ said: "go", better: "", withheld: true }), { before: "go", after: "", words: "Look at these words:" });
  assert.match(changeOf({ said: "", better: "", withheld: true }).words, /missing/);
  const [hint, answer] = [{ withheld: true }, { withheld: false }];
  assert.deepEqual([explainLabel([hint], true), explainLabel([hint], false)], ["Hint", "Hide hint"]);
  assert.deepEqual([explainLabel([hint, answer], true), explainLabel([answer], false)], ["Explain", "Hide explanation"]);
});

function news(answers) {
  const [asked, shown, forgotten] = [[], [], []];
  const made = createCorrectionNews({
    async ask(turn) {
      asked.push(turn);
      const answer = answers.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    show: (found) => shown.push(...found.map(({ turn, withheld }) => [turn, withheld])),
    forget: (turn) => forgotten.push(turn),
  });
  const ready = (turn, corrections) => made.handle({ type: "corrections.ready", turn, corrections, withheld: false });
  return { handle: made.handle, ready, asked, shown, forgotten };
}

test("corrections are asked for when the server has some, and at no other time", async () => {
  const { handle, ready, asked, shown } = news([[], [{ turn: 2, withheld: false }]]);
  await handle({ type: "session.ready", resumed: false });
  for (const type of ["turn.ended", "reply.completed", "toString"]) handle({ type, turn: 2 });
  await handle({ type: "session.ready", resumed: true });
  await ready(1, 0);
  await ready(2, 1);
  await handle({ type: "session.ended" });
  assert.deepEqual(asked, [undefined, 2]);
  assert.deepEqual(shown, [[2, false]]);
});

test("an answer that is withheld is asked for again after the next turn", async () => {
  const hint = [{ turn: 2, withheld: true }];
  const { ready, asked, shown } = news([hint, [{ turn: 2, withheld: false }], []]);
  await ready(2, 1);
  await ready(3, 0);
  await ready(4, 0);
  assert.deepEqual(asked, [2, undefined]);
  assert.deepEqual(shown, [[2, true], [2, false]]);
});

test("an answer that is still withheld at the end of the talk is asked for then", async () => {
  const { handle, ready, asked } = news([[{ turn: 2, withheld: true }], [{ turn: 2, withheld: false }]]);
  await ready(2, 1);
  await handle({ type: "session.ended" });
  await handle({ type: "session.ended" });
  assert.deepEqual(asked, [2, undefined]);
});

test("words that are said anew lose what was said of them, and a failure ends nothing", async () => {
  const { handle, ready, asked, shown, forgotten } = news([new ApiProblem("no connection"), [{ turn: 2, withheld: false }]]);
  await ready(2, 1);
  handle({ type: "transcript.final", turn: 2 });
  await ready(2, 1);
  await ready(2, 0);
  assert.deepEqual(asked, [2, 2]);
  assert.deepEqual(shown, [[2, false]]);
  assert.deepEqual(forgotten, [2, 2]);
});

function microphone({ open = true, muted = false } = {}) {
  const state = { open, muted };
  const mic = createMicHold({
    voice: { isOpen: () => state.open, setMuted: (now) => { state.muted = now; } },
    isMuted: () => state.muted,
  });
  return { state, mic };
}

test("the tutor listens again when the last one who held the microphone lets go", () => {
  const { state, mic } = microphone();
  mic.take();
  mic.take();
  assert.equal(state.muted, true);
  mic.release();
  assert.equal(state.muted, true);
  mic.release();
  assert.equal(state.muted, false);
  mic.release();
  mic.take();
  assert.equal(state.muted, true, "one release too many does not count");
});

test("who was muted before stays muted, and a closed microphone stays closed", () => {
  const muted = microphone({ muted: true });
  muted.mic.take();
  muted.mic.release();
  assert.equal(muted.state.muted, true);
  const closed = microphone({ open: false });
  closed.mic.take();
  assert.equal(closed.state.muted, false);
});
