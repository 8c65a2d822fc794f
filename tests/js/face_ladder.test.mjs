/** What a browser offers, what its learner wants, and what is said about it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { FACES, changeWords, keepWish, possibleFaces, wantedFace } from "../../sessions/static/sessions/js/face_ladder.js";

const h264 = { isTypeSupported: (type) => type.includes("avc1") };
const yes = async () => true;
const no = async () => false;

/** A storage that lives as long as a test. */
function storage() {
  const held = new Map();
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value) };
}

test("offers what the browser can show, best first", async () => {
  assert.deepEqual(await possibleFaces({ MediaSource: h264, has3d: yes }), FACES);
  assert.deepEqual(await possibleFaces({ MediaSource: undefined, has3d: yes }), ["3d", "drawn", "voice"]);
  assert.deepEqual(await possibleFaces({ MediaSource: { isTypeSupported: () => false }, has3d: no }), ["drawn", "voice"]);
});

test("a 3D head that cannot be loaded is not offered", async () => {
  const broken = async () => {
    throw new Error("404");
  };
  assert.deepEqual(await possibleFaces({ MediaSource: h264, has3d: broken }), ["video", "drawn", "voice"]);
});

test("a wish is kept, nonsense is none", () => {
  const kept = storage();
  assert.equal(wantedFace(kept), null);
  keepWish(kept, "3d");
  assert.equal(wantedFace(kept), "3d");
  kept.setItem("tutor.face", "hologram");
  assert.equal(wantedFace(kept), null);
});

test("a change is told in one or two short sentences, a beginning not at all", () => {
  assert.equal(changeWords("drawn", "beginning"), "");
  assert.equal(changeWords("drawn", "failure"), "", "the banner says it");
  for (const face of FACES) {
    for (const reason of ["chosen", "capability", "load", "back"]) {
      const words = changeWords(face, reason);
      assert.match(words, /^[A-Z].*\.$/);
      assert.ok(words.length < 90, words);
    }
  }
});
