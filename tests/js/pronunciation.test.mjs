/** How something was said: matched with its text, put into words, kept in the page's state. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  bareWord, firstToLookAt, flaggedSounds, matchWords, noteOf, progressWords, summaryWords, trustWords,
} from "../../sessions/static/sessions/js/pronunciation.js";
import { initialState, reduce } from "../../sessions/static/sessions/js/session_store.js";
import { adviceWords, createSoundGuide, heardWords } from "../../sessions/static/sessions/js/sound_guide.js";
import { measureWords } from "../../sessions/static/sessions/js/speech_measures.js";
import { parseServerMessage } from "../../sessions/static/sessions/js/wire_codec.js";

const examples = JSON.parse(readFileSync(new URL("../wire_examples.json", import.meta.url), "utf8"));
const example = (name) => examples.server_json.find((entry) => entry.name === name).message;
const spoken = example("pronunciation of a spoken turn");
const noisy = example("pronunciation that was not judged");
const half = example("pronunciation of half a text, in a language without ratings");
const withdrawn = example("scores that do not apply any more");

const phoneme = (ipa, more = {}) => ({ ipa, start_ms: 0, end_ms: 1, verdict: "fine", score: null, stress: 0, flagged: false, diagnosis: null, ...more });
const word = (index, text, phonemes = [phoneme("a")]) => ({ index, text, start_ms: 0, end_ms: 1, verdict: "fine", score: null, weak: false, phonemes });
const judged = (text, words) => ({ ...spoken, text, words });

test("each word of a text finds what was said of it", () => {
  const words = matchWords("I think it's three", spoken);
  assert.deepEqual(words.map(({ word: found }) => found.verdict), ["fine", "work", "fine", "unsure"]);
  const gaps = matchWords("Well – yes", judged("Well – yes", [word(0, "Well"), word(2, "yes")]));
  assert.deepEqual(gaps.map(({ word: found }) => found?.text), ["Well", undefined, "yes"]);
});

test("a judgement of other words than those shown is not used", () => {
  assert.equal(matchWords("I sink it's three", spoken), null);
  assert.equal(matchWords("I think", spoken), null);
  assert.notEqual(matchWords("i think, it's three.", spoken), null);
  assert.equal(matchWords("see you", noisy), null);
  assert.equal(matchWords("anything", null), null);
});

test("never more than three sounds are flagged", () => {
  const many = judged("a b", [word(0, "a", "pqrs".split("").map((ipa) => phoneme(ipa, { flagged: true }))), word(1, "b")]);
  assert.deepEqual(flaggedSounds(many).map(({ phoneme: { ipa }, at }) => [ipa, at]), [["p", 0], ["q", 1], ["r", 2]]);
  assert.deepEqual(flaggedSounds(noisy), []);
});

test("a word opens at its flagged sound, else at the weakest", () => {
  assert.equal(firstToLookAt([phoneme("a", { verdict: "work" }), phoneme("b", { flagged: true })]), 1);
  assert.equal(firstToLookAt([phoneme("a"), phoneme("b", { verdict: "close" })]), 1);
  assert.equal(firstToLookAt([phoneme("a"), phoneme("b")]), 0);
});

test("a word is said without the marks around it", () => {
  assert.equal(bareWord("“friends.”"), "friends");
  assert.equal(bareWord("¿qué?"), "qué");
  assert.equal(bareWord("it's"), "it's");
});

test("the line below says what the marks go by, or the server's words", () => {
  assert.equal(noteOf(spoken), "Judged against what I heard");
  assert.equal(noteOf(noisy), noisy.message);
  assert.equal(noteOf(half), half.message);
  assert.equal(noteOf({ ...half, outcome: "judged", message: "" }), "");
});

test("a screen reader hears what to work on, or why nothing was judged", () => {
  assert.equal(summaryWords(spoken), "To work on: θ in think.");
  assert.equal(summaryWords(judged("a", [word(0, "a")])), "Pronunciation: nothing to work on here.");
  assert.equal(summaryWords(noisy), noisy.message);
});

test("how far marks can be trusted is said for each case", () => {
  assert.match(trustWords({ ...spoken, validated: true }, "English"), /Mandarin.*checked against experts for such speakers/);
  assert.match(trustWords(spoken, "English"), /not checked/);
  assert.match(trustWords({ ...spoken, model: "asr-confidence-1" }, "English"), /guessed/);
  assert.match(trustWords({ ...spoken, model: "ctc-gop-1" }, "English"), /compare/);
  assert.match(trustWords(half, "Spanish"), /Spanish were not checked/);
});

test("a second try is compared with the first", () => {
  assert.equal(progressWords("work", "fine"), "That was it!");
  assert.equal(progressWords("missed", "work"), "Better than before.");
  assert.match(progressWords("work", "work"), /same/);
  assert.match(progressWords("close", "work"), /Less clear/);
  assert.match(progressWords("work", "unsure"), /not sure/);
  assert.equal(progressWords("unsure", "close"), "This time: close.");
});

const entry = { ipa: "θ", respelling: "th (no voice)", example: "think", mistake: "It hides.", instead: { s: "Out with it." } };
const guide = { sounds: { "θ": entry, s: { ipa: "s", respelling: "s", example: "sun", mistake: "-", instead: {} } }, speakers: "", hard: [], sentences: {} };

test("advice fits what was heard", () => {
  const heard = (kind, sound) => phoneme("θ", { verdict: "work", diagnosis: { kind, heard: sound } });
  assert.equal(heardWords(guide, heard("substituted", "s")), "I heard another sound: s, as in sun.");
  assert.equal(adviceWords(guide, heard("substituted", "s")), "Out with it.");
  assert.match(heardWords(guide, heard("dropped", null)), /did not hear/);
  assert.match(heardWords(guide, heard("inserted", "s")), /one more sound/);
  assert.equal(adviceWords(guide, phoneme("θ", { verdict: "work" })), "It hides.");
  assert.equal(adviceWords(guide, phoneme("ʘ")), "");
  assert.match(heardWords(guide, heard("substituted", "ʘ")), /ʘ/);
});

test("sounds are fetched once, and asked for again after a failure", async () => {
  const asked = [];
  let works = false;
  const sounds = createSoundGuide({
    urlOf: (language) => `/sounds/${language}/`,
    async fetch(url) {
      asked.push(url);
      if (!works) throw new TypeError("no network");
      return { ok: true, redirected: false, json: async () => ({ sounds: { a: entry } }) };
    },
  });
  assert.deepEqual((await sounds.of("en")).sounds, {});
  works = true;
  assert.equal((await sounds.of("en")).sounds.a, entry);
  await sounds.of("en");
  assert.deepEqual(asked, ["/sounds/en/", "/sounds/en/"]);
});

test("speed, pauses and melody come as words", () => {
  const rows = measureWords(spoken.measures);
  assert.deepEqual(rows.map(({ value }) => value), ["Calm", "1 pause", "It moves"]);
  assert.match(rows[1].detail, /14 %/);
  const silent = measureWords({ ...spoken.measures, pauses: [], pitch_range_semitones: null, fillers: 2 });
  assert.deepEqual(silent.map(({ value }) => value), ["Calm", "None", "Not heard", "2 fillers"]);
});

test("a judgement without the phonemes of its words is not relied on", () => {
  const broken = { ...spoken, words: [{ index: 0, text: "I", verdict: "fine" }] };
  assert.equal(parseServerMessage(JSON.stringify(broken)), null);
  assert.notEqual(parseServerMessage(JSON.stringify(spoken)), null);
});

const heardTurn = { type: "transcript.final", turn: 1, text: "I think it's three", words: [], source: "speech" };
const after = (...events) => events.reduce(reduce, initialState);
const said = (state) => state.turns[0]?.pronunciation;

test("a judgement joins its turn whenever it comes, and a later one replaces it", () => {
  const late = after(heardTurn, { type: "reply.started", turn: 1, attempt: 0, repeat: false }, { type: "turn.ended", turn: 1, outcome: "completed" }, spoken);
  assert.equal(said(late), spoken);
  assert.equal(late.phase, "listening");
  const again = { ...spoken, model: "frames-2" };
  assert.equal(said(reduce(late, again)), again);
});

test("a judgement of an unknown turn or of words not yet final changes nothing", () => {
  assert.deepEqual(after(spoken), initialState);
  const hearing = after({ type: "speech.started", turn: 1 });
  assert.equal(said(reduce(hearing, spoken)), null);
});

test("words said or written anew lose the marks of those before", () => {
  const marked = after(heardTurn, spoken);
  assert.equal(said(reduce(marked, { type: "speech.started", turn: 1 })), null);
  assert.equal(said(reduce(marked, { ...heardTurn, source: "corrected", text: "I sink" })), null);
  const gone = said(reduce(marked, withdrawn));
  assert.equal(noteOf(gone), withdrawn.message);
  assert.equal(matchWords("I think it's three", gone), null);
});

test("marks come back with the history", () => {
  const ready = { ...example("a new session"), transcript: [
    { turn: 1, learner: { text: spoken.text, heard: null, source: "speech", words: [], pronunciation: spoken }, tutor: null, outcome: "completed" },
    { turn: 2, learner: { text: "typed", heard: null, source: "text", words: [] }, tutor: null, outcome: "completed" },
  ] };
  const { turns } = after(ready);
  assert.equal(turns[0].pronunciation, spoken);
  assert.equal(turns[1].pronunciation, null);
});
