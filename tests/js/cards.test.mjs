/** Reviews: the order of cards, and answers that outlive a lost connection. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createCardsApi } from "../../sessions/static/sessions/js/cards_api.js";
import { createCardsOutbox } from "../../sessions/static/sessions/js/cards_outbox.js";
import { createCardsRun } from "../../sessions/static/sessions/js/cards_run.js";

const MINUTE = 60_000;
const card = (id, changes = {}) => ({ card: id, version: "0.0", dueInMs: 0, ...changes });
const answer = (key, changes = {}) => ({ key, card: `card-${key}`, rating: 3, version: "0.0", at: 0, tookMs: 1, spoken: false, heard: "", ...changes });

function runOf(ids) {
  const clock = { now: 0 };
  const run = createCardsRun(ids.map((id) => card(id)), { aheadMs: 20 * MINUTE, clock: () => clock.now });
  return { run, clock };
}

test("a card stays until it is answered, and comes back when its minutes are over", () => {
  const { run, clock } = runOf(["a", "b", "c"]);
  assert.equal(run.current().card, "a");
  assert.equal(run.current().card, "a");
  run.answered(1);
  run.returned(card("a", { version: "1.5", dueInMs: MINUTE }));
  assert.equal(run.current().card, "b");
  run.answered(3);
  run.returned(card("b", { dueInMs: 3 * 24 * 60 * MINUTE }));
  clock.now = 2 * MINUTE;
  assert.equal(run.current().card, "a");
  assert.equal(run.current().version, "1.5");
  assert.deepEqual(run.progress(), { done: 2, left: 2 });
});

test("with nothing else left a card on its way comes a little early, one far away does not", () => {
  const { run } = runOf(["a", "b"]);
  run.current();
  run.answered(3);
  run.returned(card("a", { dueInMs: 10 * MINUTE }));
  run.current();
  run.answered(3);
  run.returned(card("b", { dueInMs: 40 * MINUTE }));
  assert.equal(run.current().card, "a");
  run.answered(3);
  assert.equal(run.current(), null);
  assert.equal(run.waitMs(), null);
});

test("an answer taken back shows its card again, before the one at hand", () => {
  const { run } = runOf(["a", "b"]);
  const first = run.current();
  run.answered(4);
  assert.equal(run.current().card, "b");
  run.undone(first);
  assert.equal(run.current().card, "a");
  assert.deepEqual(run.results(), [0, 0, 0, 0]);
  run.answered(1);
  assert.equal(run.current().card, "b");
  assert.deepEqual(run.progress(), { done: 1, left: 1 });
});

test("what was set aside or answered elsewhere is not shown", () => {
  const { run } = runOf(["a", "b", "c"]);
  run.current();
  run.forget("a");
  run.forget("b");
  assert.equal(run.current().card, "c");
});

function outboxOf(replies, kept = {}) {
  const storage = { getItem: (name) => kept[name] ?? null, setItem: (name, value) => { kept[name] = value; }, removeItem: (name) => { delete kept[name]; } };
  const heard = { sent: [], taken: [], refused: [], states: [], later: [] };
  const outbox = createCardsOutbox({
    name: "box",
    storage,
    send: async (one) => {
      heard.sent.push(one.key);
      return replies.shift() ?? { status: 200, body: {} };
    },
    onTaken: (one) => heard.taken.push(one.key),
    onRefused: (one, message) => heard.refused.push([one.key, message]),
    onState: (waiting) => heard.states.push(waiting),
    later: (work, ms) => heard.later.push([work, ms]),
  });
  return { outbox, heard, kept };
}

test("answers go out in order and leave nothing behind", async () => {
  const { outbox, heard, kept } = outboxOf([]);
  await Promise.all([outbox.add(answer("1")), outbox.add(answer("2"))]);
  assert.deepEqual(heard.taken, ["1", "2"]);
  assert.deepEqual(kept, {});
});

test("without a connection answers stay on the device and are sent later, in order", async () => {
  const kept = {};
  const first = outboxOf([{ status: 0, body: null }], kept);
  await first.outbox.add(answer("1"));
  assert.equal(JSON.parse(kept.box).length, 1);
  assert.equal(first.heard.later[0][1], 2000);
  // The page is closed and opened again.
  const second = outboxOf([{ status: 502, body: null }, { status: 200, body: {} }], kept);
  assert.deepEqual(second.outbox.waiting(), ["card-1"]);
  await second.outbox.add(answer("2"));
  assert.deepEqual(second.heard.taken, []);
  second.heard.later[0][0]();
  await second.outbox.flush();
  assert.deepEqual(second.heard.taken, ["1", "2"]);
  assert.deepEqual(kept, {});
});

test("an answer that cannot count is dropped with its reason, the next ones go on", async () => {
  const { outbox, heard } = outboxOf([{ status: 409, body: { message: "answered elsewhere" } }]);
  await Promise.all([outbox.add(answer("1")), outbox.add(answer("2"))]);
  assert.deepEqual(heard.refused, [["1", "answered elsewhere"]]);
  assert.deepEqual(heard.taken, ["2"]);
});

test("what never left is taken back here; what may have arrived is not", async () => {
  const { outbox, heard } = outboxOf([{ status: 0, body: null }, { status: 0, body: null }]);
  await outbox.add(answer("1"));
  assert.equal(await outbox.takeBack("1"), false);
  assert.deepEqual(outbox.waiting(), []);
  const later = outboxOf([]);
  const adding = later.outbox.add(answer("2"));
  const added = later.outbox.add(answer("3"));
  assert.equal(await later.outbox.takeBack("3"), true);
  await Promise.all([adding, added]);
  assert.deepEqual(later.heard.taken, ["2"]);
  assert.equal(await later.outbox.takeBack("2"), false);
  assert.deepEqual(heard.taken, []);
});

test("a device whose storage is full or broken still sends", async () => {
  const { outbox, heard } = outboxOf([], { box: "{not json" });
  await outbox.add(answer("1"));
  assert.deepEqual(heard.taken, ["1"]);
});

test("the server hears how long ago it was, not what this clock says; a sign-in page is no answer", async () => {
  const asked = [];
  const fetch = async (url, init) => {
    asked.push([url, Object.fromEntries(init.body)]);
    return asked.length === 1 ? { status: 200, redirected: false, json: async () => ({ card: {} }) } : { status: 200, redirected: true, json: async () => null };
  };
  const api = createCardsApi({ urls: { answer: "/a/" }, token: () => "t", fetch, clock: () => 5000 });
  assert.equal((await api.answer(answer("1", { at: 2000 }))).status, 200);
  assert.equal(asked[0][1].ago_ms, "3000");
  assert.equal((await api.answer(answer("1", { at: 9000 }))).status, 401);
  assert.equal(asked[1][1].ago_ms, "0");
});
