import assert from "node:assert/strict";
import { test } from "node:test";

import { createQueueWait } from "../../sessions/static/sessions/js/queue_wait.js";

const second = { waits: true, place: 2, words: "You are number 2." };
const turn = { waits: false, place: 1, words: "It is your turn." };

function makeQueue(answers) {
  const timers = [];
  const told = [];
  const wait = createQueueWait({
    everyMs: 5000,
    later: (callback) => timers.push(callback),
    async ask() {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onPlace: ({ words }) => told.push(words),
    onProblem: () => told.push("problem"),
    onTurn: () => told.push("turn"),
  });
  return { wait, told, timers, next: () => timers.shift()() };
}

test("goes on by itself when it is its turn, and asks no more", async () => {
  const { wait, told, timers, next } = makeQueue([second, turn]);
  wait.start();
  await next();
  await next();
  assert.deepEqual(told, [second.words, turn.words, "turn"]);
  assert.equal(timers.length, 0);
  assert.equal(wait.isWaiting(), false);
});

test("keeps asking when the line is lost for a moment", async () => {
  const { wait, told, next } = makeQueue([new Error("offline"), second]);
  wait.start();
  await next();
  await next();
  assert.deepEqual(told, ["problem", second.words]);
});

test("a talk that is over sends the page on", async () => {
  const { wait, told, next } = makeQueue([null]);
  wait.start();
  await next();
  assert.deepEqual(told, ["turn"]);
});

test("who left is told nothing more", async () => {
  const { wait, told, next } = makeQueue([second]);
  wait.start();
  const asked = next();
  wait.stop();
  await asked;
  assert.deepEqual(told, []);
});
