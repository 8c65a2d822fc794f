/** The mouth says what the cues say: contacts close, vowels open, silence shuts, nothing jumps. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { poseAt } from "../../sessions/static/sessions/js/avatar_coarticulation.js";
import { CueTrack } from "../../sessions/static/sessions/js/avatar_cues.js";
import { mouthShape } from "../../sessions/static/sessions/js/avatar_mouth_shape.js";
import { POSES, VISEMES } from "../../sessions/static/sessions/js/avatar_visemes.js";
import { IDEAL_OPENNESS, correlation, opennessAt, spokenCues } from "./avatar_speech.mjs";

function trackOf(...cues) {
  const track = new CueTrack();
  track.add(cues);
  return track;
}

for (const closure of ["PP", "FF"]) {
  for (const vowel of ["aa", "E", "I", "O", "U"]) {
    test(`${closure} between two ${vowel} closes completely at its centre`, () => {
      const track = trackOf([vowel, 0, 140], [closure, 140, 190], [vowel, 190, 330]);
      assert.ok(opennessAt(track, 165) < 0.05, `openness ${opennessAt(track, 165)}`);
      // 25 frames a second sample every 40 ms: one of them always meets the contact.
      for (let phase = 0; phase < 40; phase += 5) {
        const seen = [125 + phase, 165 + phase, 205 + phase].map((time) => opennessAt(track, time));
        assert.ok(Math.min(...seen) < 0.05, `phase ${phase}: ${seen}`);
      }
    });
  }
}

test("a vowel of 120 ms opens wide even between consonants", () => {
  for (const consonant of ["sil", "PP", "DD", "SS", "CH", "kk"]) {
    const track = trackOf([consonant, 0, 80], ["aa", 80, 200], [consonant, 200, 280]);
    assert.ok(opennessAt(track, 140) > 0.7, `${consonant}: ${opennessAt(track, 140)}`);
  }
});

test("a hurried vowel opens less than a long one, but is not lost", () => {
  const peak = (length) => {
    const track = trackOf(["DD", 0, 60], ["aa", 60, 60 + length], ["DD", 60 + length, 120 + length]);
    return opennessAt(track, 60 + length / 2);
  };
  assert.ok(peak(50) < peak(130));
  assert.ok(peak(50) > 0.45, `${peak(50)}`);
});

test("the mouth is shut 120 ms after the last cue and in a gap between clauses", () => {
  const track = trackOf(["aa", 0, 200], ["aa", 600, 800]);
  assert.ok(opennessAt(track, 320) < 0.05);
  assert.ok(opennessAt(track, 450) < 0.05);
  assert.ok(opennessAt(track, 920) < 0.05);
});

test("lips move before their sound", () => {
  const track = trackOf(["aa", 500, 700]);
  assert.ok(opennessAt(track, 460) > 0.03);
  assert.equal(opennessAt(track, 380), 0);
});

test("no edge of the timeline yields anything but finite numbers", () => {
  const empty = new CueTrack();
  const track = trackOf(["PP", 0, 1], ["aa", 0, 0.5], ["U", 5, 5000]);
  for (const time of [-1e9, -1, 0, 0.25, 1, 4.9, 5, 5000, 5001, 1e12]) {
    for (const each of [empty, track]) {
      const shape = mouthShape(poseAt(each, time).pose);
      assert.ok(Number.isFinite(shape.openness));
      assert.doesNotMatch(shape.upperLip + shape.opening + shape.tongue.path, /NaN|Infinity/);
    }
  }
});

test("nothing moves faster than lips can: no jump between two frames", () => {
  const track = trackOf(...spokenCues());
  let previous = opennessAt(track, 0);
  for (let time = 4; time < 3600; time += 4) {
    const openness = opennessAt(track, time);
    assert.ok(Math.abs(openness - previous) < 0.2, `${time} ms: ${previous} to ${openness}`);
    previous = openness;
  }
});

test("the ruling viseme is the one that sounds", () => {
  const cues = spokenCues();
  const track = trackOf(...cues);
  for (const [viseme, start, end] of cues) {
    assert.equal(poseAt(track, (start + end) / 2).viseme, viseme);
  }
});

test("drawn openness follows the openness of speech and closes every bilabial", () => {
  const cues = spokenCues();
  const track = trackOf(...cues);
  const drawn = [];
  const ideal = [];
  for (let time = 0; time < cues.at(-1)[2] + 300; time += 10) {
    drawn.push(opennessAt(track, time));
    const sounding = cues.find(([, start, end]) => time >= start && time < end);
    ideal.push(IDEAL_OPENNESS[sounding?.[0] ?? "sil"]);
  }
  const r = correlation(drawn, ideal);
  assert.ok(r >= 0.55, `r = ${r}`);
  const bilabials = cues.filter(([viseme]) => viseme === "PP");
  const closed = bilabials.filter(([, start, end]) => opennessAt(track, (start + end) / 2) < 0.05);
  assert.ok(closed.length / bilabials.length >= 0.95);
});

test("every viseme has its own pose, and vowels are ordered by height", () => {
  const outlines = VISEMES.map((viseme) => {
    const { upperLip, lowerLip, tongue, tongueTip } = mouthShape(POSES[viseme]);
    return upperLip + lowerLip + tongue.path + tongueTip;
  });
  assert.equal(new Set(outlines).size, 15);
  const open = (viseme) => mouthShape(POSES[viseme]).openness;
  assert.ok(open("aa") > open("E") && open("E") > open("I"));
  assert.ok(open("O") > open("U"));
});
