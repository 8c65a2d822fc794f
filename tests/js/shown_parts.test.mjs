/** Captions, transcript and voice: hidden as wished, remembered, and never all at once. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { keepParts, PARTS, showsCaptions, storedParts, turnPart } from "../../sessions/static/sessions/js/shown_parts.js";

const ALL = { captions: true, transcript: true, voice: true };

/** A storage that lives as long as a test. @param {Record<string, string>} held */
function storage(held = {}) {
  return { getItem: (key) => held[key] ?? null, setItem: (key, value) => (held[key] = value) };
}

test("everything is shown until something is hidden, and the browser remembers", () => {
  const kept = storage();
  assert.deepEqual(storedParts(kept), ALL);
  const { shown, refused } = turnPart(ALL, "transcript", false);
  assert.equal(refused, false);
  keepParts(kept, shown);
  assert.deepEqual(storedParts(kept), { ...ALL, transcript: false });
});

test("a memory in which nothing is left shows everything", () => {
  const kept = storage({ "tutor.captions": "off", "tutor.transcript": "off", "tutor.voice": "off" });
  assert.deepEqual(storedParts(kept), ALL);
  assert.deepEqual(storedParts(storage({ "tutor.captions": "purple" })), ALL);
});

test("the last part stays, and the words say why and what to do", () => {
  for (const part of PARTS) {
    const alone = Object.fromEntries(PARTS.map((name) => [name, name === part]));
    const turned = turnPart(alone, part, false);
    assert.equal(turned.refused, true);
    assert.equal(turned.shown, alone);
    assert.match(turned.words, /all that is left .* first\.$/);
  }
});

test("any two parts can be hidden, in any order", () => {
  for (const [one, two] of [["captions", "transcript"], ["transcript", "voice"], ["voice", "captions"]]) {
    const first = turnPart(ALL, one, false);
    const second = turnPart(first.shown, two, false);
    assert.equal(second.refused, false);
    assert.equal(PARTS.filter((part) => second.shown[part]).length, 1);
  }
});

test("what is turned on or off is said in a short sentence", () => {
  for (const part of PARTS) {
    for (const isOn of [true, false]) {
      const { shown, words } = turnPart(ALL, part, isOn);
      assert.equal(shown[part], isOn);
      assert.match(words, /^[A-Z].{10,40}\.$/);
    }
  }
});

test("a voice that fails brings the captions back to who has no other text", () => {
  const onlyVoice = { captions: false, transcript: false, voice: true };
  assert.equal(showsCaptions(onlyVoice, false), false);
  assert.equal(showsCaptions(onlyVoice, true), true);
  assert.equal(showsCaptions({ ...onlyVoice, transcript: true }, true), false);
  assert.equal(showsCaptions(ALL, false), true);
});
