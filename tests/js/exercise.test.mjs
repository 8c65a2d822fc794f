/** The exercises of a lesson: the round, answers beside the right ones, pairs, keys, requests. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { chooseVoice, createDeviceVoice } from "../../sessions/static/sessions/js/device_voice.js";
import { createExerciseApi } from "../../sessions/static/sessions/js/exercise_api.js";
import { diffWords } from "../../sessions/static/sessions/js/exercise_diff.js";
import { createDrafts, newKey } from "../../sessions/static/sessions/js/exercise_keys.js";
import { createListening, readingMs } from "../../sessions/static/sessions/js/exercise_listen.js";
import { createMatch } from "../../sessions/static/sessions/js/exercise_match.js";
import { createLessonRun } from "../../sessions/static/sessions/js/exercise_run.js";
import { leadOf, shownOf } from "../../sessions/static/sessions/js/exercise_summary.js";
import { countWords, fillIn, usedWords } from "../../sessions/static/sessions/js/exercise_told.js";
import { createOrder } from "../../sessions/static/sessions/js/practice_order.js";
import { placeOf } from "../../sessions/static/sessions/js/practice_order_drag.js";

const task = (exercise, state = {}) => ({ exercise, type: "gap_fill", kind: "gap_fill", title: "t", l2: "en", last: "", isRepeated: false, isLeft: false, ...state });
const names = (tasks) => tasks.map(({ exercise }) => exercise);

test("a new round goes through all, and what went wrong comes once more", () => {
  const run = createLessonRun([task("a"), task("b")]);
  assert.equal(run.isResumed(), false);
  run.answered("wrong");
  assert.deepEqual(run.progress(), { at: 1, of: 2, steps: ["wrong", "ahead"] });
  run.next();
  run.answered("right");
  run.next();
  assert.equal(run.current().exercise, "a");
  assert.equal(run.isAgain(), true);
  run.answered("wrong");
  run.next();
  assert.equal(run.current(), null);
  assert.deepEqual(names(run.hard()), ["a"]);
});

test("a round goes on where it was: new ones first, then what was wrong once", () => {
  const run = createLessonRun([task("done", { last: "right" }), task("wrong", { last: "wrong" }), task("twice", { last: "wrong", isRepeated: true }), task("left", { isLeft: true }), task("new")]);
  assert.equal(run.isResumed(), true);
  assert.equal(run.current().exercise, "new");
  assert.deepEqual(run.progress(), { at: 5, of: 5, steps: ["right", "wrong", "wrong", "skipped", "now"] });
  run.answered("open");
  run.next();
  assert.equal(run.current().exercise, "wrong");
  run.answered("nearly");
  run.next();
  assert.equal(run.current(), null);
  assert.deepEqual(names(run.left()), ["left"]);
});

test("a finished round begins with its end, and what is left or hard can be done then", () => {
  const run = createLessonRun([task("a", { last: "right" }), task("b", { isLeft: true }), task("c", { last: "nearly" })]);
  assert.equal(run.current(), null);
  run.startLeft();
  assert.equal(run.current().exercise, "b");
  run.leave();
  assert.deepEqual(names(run.left()), ["b"]);
  run.startHard();
  run.answered("right");
  run.next();
  assert.deepEqual(names(run.hard()), []);
  assert.deepEqual(names(run.well()), ["a", "c"]);
});

test("a second try at once that is right takes the repetition away", () => {
  const run = createLessonRun([task("a")]);
  run.answered("wrong");
  run.answered("right");
  run.settle();
  run.next();
  assert.equal(run.current(), null);
});

test("leaving an exercise does not undo its answer, and an empty answer is none", () => {
  const run = createLessonRun([task("a"), task("b")]);
  run.answered("empty");
  assert.deepEqual(run.progress().steps, ["now", "ahead"]);
  run.answered("right");
  run.leave();
  run.leave();
  assert.deepEqual(run.results().map(({ outcome }) => outcome), ["right", "skipped"]);
});

test("the end is told as it was", () => {
  const words = { allLeft: "left", allWell: "well", someWell: "{n} of {of}" };
  assert.equal(leadOf(createLessonRun([task("a", { isLeft: true })]), words), "left");
  assert.equal(leadOf(createLessonRun([task("a", { last: "open" })]), words), "well");
  assert.equal(leadOf(createLessonRun([task("a", { last: "right" }), task("b", { last: "wrong", isRepeated: true })]), words), "1 of 2");
  assert.equal(shownOf(task("a", { before: "I ", after: " here." })), "I … here.");
  assert.equal(shownOf(task("a", { kind: "dictation" })), "");
});

const shown = (answer, wanted) => diffWords(answer, wanted).map(({ text, kind, wanted: right }) => (kind === "same" ? right : `${kind}(${text}|${right})`)).join(" ");

test("an answer lies beside the right one, word by word", () => {
  assert.equal(shown("She is my neihbor he my brother", "She is my neighbor, and he is my brother."), "She is my changed(neihbor|neighbor,) missing(|and) he missing(|is) my brother.");
  assert.equal(shown("i LIVE in a small city", "I live in a small city."), "I live in a small city.");
  assert.equal(shown("I I live", "I live"), "extra(I|) I live");
  assert.equal(shown("", "Il fait nuit."), "missing(|Il) missing(|fait) missing(|nuit.)");
  assert.equal(shown("Je m’appelle", "Je m'appelle"), "Je m'appelle");
});

test("an enormous answer is laid beside the right one, too", () => {
  const began = performance.now();
  assert.ok(diffWords("word ".repeat(5000), "One short sentence.").length > 3);
  assert.ok(performance.now() - began < 500);
});

test("pairs are made from either side, parted and made anew", () => {
  const match = createMatch(3);
  assert.equal(match.choose("left", 0), null);
  assert.deepEqual(match.choose("right", 2), { left: 0, right: 2 });
  match.choose("right", 0);
  assert.deepEqual(match.choose("left", 1), { left: 1, right: 0 });
  assert.equal(match.value(), "0-2,1-0");
  // Choosing one of a pair parts it and holds that one.
  match.choose("right", 2);
  assert.equal(match.rightOf(0), null);
  assert.deepEqual(match.choose("left", 2), { left: 2, right: 2 });
  match.choose("left", 0);
  match.choose("right", 1);
  assert.equal(match.isComplete(), true);
  assert.equal(match.value(), "0-1,1-0,2-2");
});

test("what is held is let go by choosing it again, or another on its side", () => {
  const match = createMatch(3);
  match.choose("left", 0);
  match.choose("left", 1);
  assert.deepEqual(match.held(), { side: "left", at: 1 });
  match.choose("left", 1);
  assert.equal(match.held(), null);
  assert.equal(match.value(), "");
});

test("words are found as they stand, and counted", () => {
  assert.deepEqual(usedWords("There’s a man NEXT TO him.", ["there's", "next to", "he"]), ["there's", "next to"]);
  assert.equal(countWords("  Il y a, enfin… du pain ! "), 6);
  assert.equal(countWords(""), 0);
  assert.equal(fillIn("{n} of {of} {what}", { n: 1, of: 2 }), "1 of 2 {what}");
});

test("a key is a random UUID, never the same", () => {
  const keys = new Set(Array.from({ length: 50 }, () => newKey()));
  assert.equal(keys.size, 50);
  for (const key of keys) assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("drafts are kept in the tab, and a store that refuses loses nothing else", () => {
  const kept = new Map();
  const drafts = createDrafts({ getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key) });
  drafts.write("a", "half an ans");
  assert.equal(drafts.read("a"), "half an ans");
  drafts.write("a", "");
  assert.equal(drafts.read("a"), "");
  const refuse = () => { throw new Error("full"); };
  const closed = createDrafts({ getItem: refuse, setItem: refuse, removeItem: refuse });
  closed.write("a", "text");
  assert.equal(closed.read("a"), "");
});

test("pieces are moved to a place, also from outside", () => {
  const order = createOrder(4);
  order.move(2, 0);
  order.move(0, 9);
  order.move(3, 1);
  assert.deepEqual(order.placed(), [2, 3, 0]);
  order.move(2, 1);
  assert.deepEqual(order.placed(), [3, 2, 0]);
  order.move(7, 0);
  assert.deepEqual(order.placed(), [3, 2, 0]);
});

test("a dragged piece falls before the one whose middle it has not passed, line by line", () => {
  const box = (left, top) => ({ left, right: left + 40, top, bottom: top + 40 });
  const boxes = [box(0, 0), box(50, 0), box(0, 50)];
  assert.equal(placeOf(boxes, 10, 20), 0);
  assert.equal(placeOf(boxes, 60, 20), 1);
  assert.equal(placeOf(boxes, 300, 20), 2);
  assert.equal(placeOf(boxes, 300, 70), 3);
  assert.equal(placeOf([], 5, 5), 0);
});

test("only a voice of the device itself is taken, of the same country if there is one", () => {
  const voices = [{ lang: "fr-FR", localService: false }, { lang: "fr_CA", localService: true }, { lang: "fr-FR", localService: true }, { lang: "de-DE", localService: true }];
  assert.equal(chooseVoice(voices, "fr"), voices[1]);
  assert.equal(chooseVoice(voices, "fr-FR"), voices[2]);
  assert.equal(chooseVoice(voices, "es"), null);
  assert.equal(createDeviceVoice(undefined).say("Hola", "es", false), false);
});

function server(answers) {
  const asked = [];
  const fetch = async (url, { body }) => {
    asked.push([url, Object.fromEntries(body)]);
    const { status = 200, ...json } = answers.shift();
    return { ok: status < 400, redirected: false, json: async () => json };
  };
  const api = createExerciseApi({ answerUrl: "/a/", leaveUrl: "/l/", voiceUrl: "/v/", speechUrl: "/s/", token: () => "t", fetch });
  return { asked, api };
}

test("an answer that is sent again goes with the key of its showing", async () => {
  const { asked, api } = server([{ status: 503, message: "Later." }, { outcome: "right" }]);
  const showing = { exercise: "a", key: "k" };
  await assert.rejects(api.answer(showing, "went"), /Later/);
  assert.equal((await api.answer(showing, "went", { hinted: true })).outcome, "right");
  assert.deepEqual(asked.map(([, { key }]) => key), ["k", "k"]);
  assert.deepEqual(asked[1], ["/a/", { exercise: "a", key: "k", answer: "went", hinted: "true", spoken: "false" }]);
});

const listening = (api, { languages = ["en"], device = { say: () => false, stop() {} } } = {}) => {
  const played = [];
  const player = { decode: async (bytes) => bytes, play: (sound) => played.push(sound.byteLength), stop() {} };
  return { played, heard: createListening({ api, player, device, languages }) };
};

test("the site's voice comes first and is fetched once for each showing and speed", async () => {
  const { asked, api } = server([{ audio: btoa("RIFF") }, { audio: btoa("RIFF") }, { audio: btoa("RIFF") }]);
  const { played, heard } = listening(api);
  const showing = { exercise: "a", key: "k" };
  assert.equal(await heard.say(showing, { l2: "en-GB" }), null);
  await heard.say(showing, { l2: "en" });
  await heard.say(showing, { l2: "en", slow: true });
  // Of a pair another showing asks for another word.
  await heard.say({ exercise: "a", key: "other" }, { l2: "en" });
  assert.deepEqual(played, [4, 4, 4, 4]);
  assert.deepEqual(asked.map(([, { speed }]) => speed), ["1.0", "0.6", "1.0"]);
});

test("where the site has no voice or it fails the device speaks, else the words come", async () => {
  const said = [];
  const { asked, api } = server([{ text: "Hola." }, { status: 503, message: "No voice." }, { text: "Hello." }]);
  const speaks = { say: (text, language, slow) => said.push([text, language, slow]) > 0, stop() {} };
  assert.equal(await listening(api, { device: speaks }).heard.say({ exercise: "a", key: "k" }, { l2: "es", slow: true }), null);
  assert.deepEqual(said, [["Hola.", "es", true]]);
  assert.equal(await listening(api).heard.say({ exercise: "a", key: "k" }, { l2: "en", part: 1 }), "Hello.");
  assert.deepEqual(asked.map(([, { words, part }]) => [words, part]), [["true", undefined], [undefined, "1"], ["true", "1"]]);
});

test("words stay longer the more there are", () => {
  assert.ok(readingMs("One two three four five six.") > readingMs("One."));
});
