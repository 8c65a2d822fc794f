/** Practice: the run through exercises, the words about answers, pieces in order, requests. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createOrder } from "../../sessions/static/sessions/js/practice_order.js";
import { createPracticeApi } from "../../sessions/static/sessions/js/practice_api.js";
import { createPracticeRun } from "../../sessions/static/sessions/js/practice_run.js";
import { choiceLabel, leadWords, markedAnswer, summaryWords } from "../../sessions/static/sessions/js/practice_words.js";

const task = (exercise) => ({ exercise, kind: "gap_fill", title: "t" });
const result = (changes) => ({ outcome: "wrong", score: 0, feedback: "word", words: "", expected: "", whole: "", differences: [], choices: [], ...changes });
const marked = (pieces) => pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join("");

test("what went wrong comes once more at the end, and only once", () => {
  const run = createPracticeRun([task("a"), task("b")]);
  run.answered("wrong");
  assert.deepEqual(run.progress(), { at: 1, of: 3, steps: ["wrong", "ahead"] });
  run.next();
  assert.equal(run.current().exercise, "b");
  run.answered("right");
  run.next();
  assert.equal(run.current().exercise, "a");
  assert.equal(run.isAgain(), true);
  assert.deepEqual(run.progress().steps, ["now", "right"]);
  run.answered("wrong");
  run.next();
  assert.equal(run.current(), null);
  assert.deepEqual(run.results().map(({ outcome }) => outcome), ["wrong", "right"]);
});

test("what is left out stays so, but a second look does not undo an answer", () => {
  const run = createPracticeRun([task("a"), task("b")]);
  run.skip();
  run.answered("wrong");
  run.next();
  run.skip();
  assert.deepEqual(run.results().map(({ outcome }) => outcome), ["skipped", "wrong"]);
  run.answered("right");
  assert.equal(run.current(), null);
  assert.equal(run.progress().at, 3);
});

test("an empty run has nothing to show", () => {
  const run = createPracticeRun([]);
  assert.equal(run.current(), null);
  assert.deepEqual(run.progress(), { at: 0, of: 0, steps: [] });
});

test("the answer stands behind its lead, also where the words hold it twice", () => {
  assert.equal(leadWords(result({ words: "Not yet. The right form is: is", expected: "is" })), "Not yet. The right form is:");
  assert.equal(leadWords(result({ words: "That's right." })), "That's right.");
});

test("in a gap only what was filled in is marked", () => {
  const gap = { kind: "gap_fill", before: "I want to buy ", after: " umbrella." };
  assert.equal(marked(markedAnswer(result({ expected: "an", whole: "I want to buy an umbrella." }), gap)), "I want to buy [an] umbrella.");
  assert.equal(marked(markedAnswer(result({ expected: "–", whole: "I went home." }), { kind: "gap_fill", before: "I went ", after: " home." })), "I went home.");
});

test("in a sentence the words are marked that were missed", () => {
  const found = markedAnswer(result({
    expected: "Yesterday I went to the market.",
    whole: "Yesterday I went to the market.",
    differences: [{ said: "go", wanted: "went", kind: "word" }, { said: "", wanted: "the", kind: "missing" }, { said: "very", wanted: "", kind: "extra" }],
  }), { kind: "transform" });
  assert.equal(marked(found), "Yesterday I [went] to [the] market.");
});

test("typographic signs make no difference, and a word is marked as often as it was missed", () => {
  const found = markedAnswer(result({ whole: "I’m sure I’m late.", differences: [{ said: "", wanted: "i'm", kind: "missing" }] }), { kind: "dictation" });
  assert.equal(marked(found), "[I’m] sure I’m late.");
});

test("the end is said as it was", () => {
  assert.match(summaryWords([{ outcome: "right" }, { outcome: "open" }]), /All of them/);
  assert.match(summaryWords([{ outcome: "right" }, { outcome: "skipped" }]), /1 of 2/);
  assert.match(summaryWords([{ outcome: "skipped" }]), /another time/);
  assert.equal(choiceLabel("–"), "no word");
});

test("pieces are placed once and taken back", () => {
  const order = createOrder(3);
  order.place(2);
  order.place(2);
  order.place(9);
  order.place(0);
  assert.deepEqual(order.placed(), [2, 0]);
  assert.deepEqual(order.left(), [1]);
  order.takeBack(2);
  assert.deepEqual(order.placed(), [0]);
  order.takeBack();
  order.takeBack();
  assert.deepEqual(order.placed(), []);
  assert.equal(order.isComplete(), false);
});

function server(answers) {
  const asked = [];
  const fetch = async (url, { body }) => {
    asked.push([url, Object.fromEntries(body)]);
    const { status = 200, ...json } = answers.shift();
    return { ok: status < 400, redirected: false, json: async () => json };
  };
  return { asked, fetch };
}

test("an answer says whether it was hinted, and what else goes along", async () => {
  const { asked, fetch } = server([{ outcome: "right" }]);
  const api = createPracticeApi({ answerUrl: "/answer/", voiceUrl: "/voice/", speechUrl: "/speech/", token: () => "t", more: () => ({ prompt: "x" }), fetch });
  assert.equal((await api.answer("a", "went", { hinted: true })).outcome, "right");
  assert.deepEqual(asked, [["/answer/", { prompt: "x", exercise: "a", answer: "went", hinted: "true", spoken: "false" }]]);
});

test("a voice is fetched once for each speed, and again after a failure", async () => {
  const { asked, fetch } = server([{ status: 503, message: "No voice today." }, { audio: btoa("RIFF") }, { audio: btoa("RIFF") }]);
  const api = createPracticeApi({ answerUrl: "/a/", voiceUrl: "/v/", speechUrl: "/s/", token: () => "t", fetch });
  await assert.rejects(api.voice("a", false), /No voice today/);
  assert.equal((await api.voice("a", false)).byteLength, 4);
  await api.voice("a", false);
  await api.voice("a", true);
  assert.deepEqual(asked.map(([, { speed }]) => speed), ["1.0", "1.0", "0.6"]);
});
