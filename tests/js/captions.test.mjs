/** Captions: which word is said when, with the voice's own times and without. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { captionWords, progressAt } from "../../sessions/static/sessions/js/caption_words.js";
import { clauseAt } from "../../sessions/static/sessions/js/captions.js";
import { reduce, initialState } from "../../sessions/static/sessions/js/session_store.js";
import { parseServerMessage } from "../../sessions/static/sessions/js/wire_codec.js";

const examples = JSON.parse(readFileSync(new URL("../wire_examples.json", import.meta.url)));
const placed = examples.server_json.find(({ message }) => message.words && message.type === "reply.clause").message;

/** @param {any} clause */
const texts = (clause) => captionWords(clause).map(({ from, to }) => clause.text.slice(from, to));

test("words are those of the voice; what is silent is only text", () => {
  assert.deepEqual(texts(placed), ["25", "of", "them", "wow!"]);
  const [first, , them, wow] = captionWords(placed);
  assert.equal(first.start_ms, 1240);
  assert.equal(placed.text.slice(them.to, wow.from), " 🎒, ", "the emoji is between words");
});

test("the same word twice is two words", () => {
  const words = [["no,", 0, 300], ["no,", 300, 600], ["no.", 600, 1000]].map(([text, start_ms, end_ms]) => ({ text, start_ms, end_ms }));
  const clause = { text: "no, no, no.", start_ms: 0, end_ms: 1000, words };
  assert.deepEqual(captionWords(clause).map(({ from }) => from), [0, 4, 8]);
});

test("without times, or with those of another text, letters share the time", () => {
  const clause = { text: "— Eat it – now?", start_ms: 1000, end_ms: 2500 };
  for (const words of [undefined, [], [{ text: "drink", start_ms: 0, end_ms: 1 }]]) {
    assert.deepEqual(texts({ ...clause, words }), ["Eat", "it", "now?"]);
  }
  const [eat, it, now] = captionWords(clause);
  assert.equal(eat.start_ms, 1200);
  assert.equal(eat.end_ms, it.start_ms, "a word lasts until the next");
  assert.equal(now.end_ms, 2500);
  assert.deepEqual(captionWords({ text: "…", start_ms: 0, end_ms: 100 }), []);
  assert.deepEqual(captionWords({ text: "", start_ms: 0, end_ms: 0 }), []);
});

test("one word is said at a time, none in a pause and none before the first", () => {
  const words = captionWords(placed);
  const at = (ms) => progressAt(words, ms);
  assert.deepEqual(at(1200), { begun: 0, now: null });
  assert.deepEqual(at(1240), { begun: 1, now: 0 });
  assert.deepEqual(at(1815), { begun: 1, now: 0 }, "14 ms between two words are no pause");
  assert.deepEqual(at(1830), { begun: 2, now: 1 });
  assert.deepEqual(at(2200), { begun: 3, now: 2 }, "nor are 170 ms");
  assert.deepEqual(at(2400), { begun: 4, now: 3 });
  assert.deepEqual(at(2700), { begun: 4, now: null }, "all was said");
  assert.deepEqual(progressAt([], 100), { begun: 0, now: null });
  const apart = [{ from: 0, to: 1, start_ms: 0, end_ms: 100 }, { from: 2, to: 3, start_ms: 600, end_ms: 700 }];
  assert.deepEqual(progressAt(apart, 300), { begun: 1, now: null }, "half a second is a pause");
});

test("words only ever go on", () => {
  const words = captionWords(placed);
  let before = 0;
  for (let ms = 1000; ms < 3000; ms += 10) {
    const { begun, now } = progressAt(words, ms);
    assert.ok(begun >= before && (now === null || now === begun - 1));
    before = begun;
  }
});

test("the store keeps the words of a clause, and does without", () => {
  const started = reduce(initialState, { type: "reply.started", turn: 1, attempt: 0, repeat: false });
  const { words: _left_out, ...plain } = placed;
  const state = reduce(reduce(started, placed), { ...plain, clause: 2, start_ms: 2900, end_ms: 4000 });
  const { clauses } = state.turns[0].reply;
  assert.deepEqual(clauses[0].words, placed.words);
  assert.equal(clauses[1].words, undefined);
  assert.equal(clauseAt(clauses, 1300), clauses[0]);
  assert.equal(clauseAt(clauses, 3000), clauses[1]);
});

test("a clause with words of the wrong form is no message", () => {
  assert.ok(parseServerMessage(JSON.stringify(placed)));
  for (const words of ["25 of them", [["25", 0, 1]], [{ text: "25", start_ms: "0", end_ms: 1 }], null]) {
    assert.equal(parseServerMessage(JSON.stringify({ ...placed, words })), null);
  }
});
