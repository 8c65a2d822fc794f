// A conversation line by line: who speaks when, and what stops it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createConversation, turnMs } from "../../sessions/static/sessions/js/conversation.js";

const LINES = [
  { speaker: "1", text: "Good evening!" },
  { speaker: "2", text: "Hello. When is the class?" },
  { speaker: "1", text: "At seven." },
];

function recorded(options = {}) {
  const events = [];
  const conversation = createConversation({
    lines: LINES,
    say: async (n) => { events.push(`say ${n}`); },
    prepare: (n) => events.push(`prepare ${n}`),
    onLine: (n, isMine) => events.push(n === null ? "over" : `line ${n}${isMine ? " mine" : ""}`),
    wait: async (ms) => { if (ms > 1000) events.push(`wait ${ms}`); },
    ...options,
  });
  return { events, conversation };
}

test("every line is said in order, the next one fetched meanwhile", async () => {
  const { events, conversation } = recorded();
  await conversation.play();
  assert.deepEqual(events, ["line 0", "prepare 1", "say 0", "line 1", "prepare 2", "say 1", "line 2", "say 2", "over"]);
  assert.equal(conversation.isGoing(), false);
});

test("the learner's own lines are waited for, not said", async () => {
  const { events, conversation } = recorded();
  await conversation.play({ role: "2" });
  assert.deepEqual(events, ["line 0", "prepare 2", "say 0", "line 1 mine", "prepare 2", `wait ${turnMs(LINES[1].text)}`, "line 2", "say 2", "over"]);
});

test("what was stopped says nothing more and ends once", async () => {
  const heard = [];
  const { events, conversation } = recorded({
    say: async (n) => {
      heard.push(n);
      if (n === 1) conversation.stop();
    },
  });
  await conversation.play();
  assert.deepEqual(heard, [0, 1]);
  assert.equal(events.filter((event) => event === "over").length, 1);
});

test("a voice that fails ends the run and is told", async () => {
  const { events, conversation } = recorded({ say: async () => { throw new Error("no voice"); } });
  await assert.rejects(conversation.play(), /no voice/);
  assert.equal(events.at(-1), "over");
});
