/** Clips of states: fetched once when they first come, shown when they are there, else waiting. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { createStateClips } from "../../sessions/static/sessions/js/face_states.js";

class Video {
  dataset = {};
  readyState = 0;
  playing = false;
  currentTime = 3;
  #loaded = () => {};

  addEventListener(name, then) {
    if (name === "loadeddata") this.#loaded = then;
  }

  async play() {
    this.playing = true;
  }

  pause() {
    this.playing = false;
  }

  load() {
    this.readyState = 4;
    this.#loaded();
  }
}

let asked;
let answer;
const real = { fetch: globalThis.fetch, create: URL.createObjectURL, revoke: URL.revokeObjectURL };

beforeEach(() => {
  asked = [];
  answer = { ok: true, blob: async () => "clip" };
  globalThis.fetch = async (address) => {
    asked.push(address);
    if (answer === null) throw new TypeError("no line");
    return answer;
  };
  URL.createObjectURL = () => "blob:clip";
  URL.revokeObjectURL = () => {};
});

afterEach(() => {
  globalThis.fetch = real.fetch;
  URL.createObjectURL = real.create;
  URL.revokeObjectURL = real.revoke;
});

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const made = () => createStateClips({ idleUrl: "/f.mp4", states: ["listening", "thinking"], layer: () => new Video() });

test("a clip is fetched when its state first comes, and shown from its beginning once it is there", async () => {
  const clips = made();
  const [listening] = clips.layers;
  assert.deepEqual(asked, []);
  clips.show("listening");
  await settle();
  assert.deepEqual(asked, ["/f.mp4?state=listening"]);
  assert.notEqual(listening.dataset.shown, "1");
  listening.load();
  assert.equal(listening.dataset.shown, "1");
  assert.ok(listening.playing);
  assert.equal(listening.currentTime, 0);
  clips.show("idle");
  assert.equal(listening.dataset.shown, "0");
  clips.show("listening");
  assert.equal(listening.dataset.shown, "1");
  assert.equal(asked.length, 1);
  clips.destroy();
});

test("who left the state before its clip was there is not shown it", async () => {
  const clips = made();
  const [listening, thinking] = clips.layers;
  clips.show("listening");
  clips.show("thinking");
  await settle();
  listening.load();
  assert.notEqual(listening.dataset.shown, "1");
  thinking.load();
  assert.equal(thinking.dataset.shown, "1");
  clips.destroy();
});

test("a clip that cannot be had leaves the tutor waiting, and nobody is told", async () => {
  for (const bad of [null, { ok: false }]) {
    answer = bad;
    const clips = made();
    clips.show("thinking");
    await settle();
    assert.equal(clips.layers[1].src, undefined);
    assert.notEqual(clips.layers[1].dataset.shown, "1");
    clips.destroy();
  }
});

test("nothing plays where nobody sees it", async () => {
  const clips = made();
  const [listening] = clips.layers;
  clips.show("listening");
  await settle();
  listening.load();
  clips.setHidden(true);
  await settle();
  assert.ok(!listening.playing);
  clips.setHidden(false);
  assert.ok(listening.playing);
  clips.destroy();
});
