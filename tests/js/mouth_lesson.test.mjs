/** A lesson's times: my word over the tutor's, what plays when, what is said of differences. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { energySpans } from "../../sessions/static/sessions/js/energy_spans.js";
import { firstSound, heardSpans, ipaOf, lessonSounds, silentSpans, soundAt } from "../../sessions/static/sessions/js/lesson_sounds.js";
import { createLessonPlayer } from "../../sessions/static/sessions/js/lesson_player.js";
import { facePose } from "../../sessions/static/sessions/js/mouth_front.js";
import { createMouthFace } from "../../sessions/static/sessions/js/mouth_face.js";
import { differenceWords } from "../../sessions/static/sessions/js/mouth_lesson_words.js";
import { mouthShape } from "../../sessions/static/sessions/js/avatar_mouth_shape.js";
import { ownWord } from "../../sessions/static/sessions/js/own_word.js";
import { piecesOf, placeIn, planOf, roundOf } from "../../sessions/static/sessions/js/play_plan.js";
import { pairSounds } from "../../sessions/static/sessions/js/sound_pairs.js";
import { outlineOf, peaksOf } from "../../sessions/static/sessions/js/sound_tracks.js";
import { createWarp } from "../../sessions/static/sessions/js/time_warp.js";
import { posture, postures, wordOf } from "./mouth_postures.mjs";
import { voice } from "./voices.mjs";

const said = (ipa, start_ms, end_ms, verdict = "fine", diagnosis = null) => ({ ipa, start_ms, end_ms, verdict, score: 90, stress: 0, flagged: false, diagnosis });

test("a warp runs straight between moments and as time does outside", () => {
  const { toOther, toOne } = createWarp([[100, 50], [200, 250], [300, 300]]);
  assert.deepEqual([0, 100, 150, 200, 250, 400].map(toOther), [-50, 50, 150, 250, 275, 400]);
  for (const ms of [-20, 100, 133, 222, 500]) assert.ok(Math.abs(toOne(toOther(ms)) - ms) < 1e-9);
});

test("moments that would turn time back, or are no moments, are left out", () => {
  const { anchors, toOther } = createWarp([[0, 0], [50, 80], [60, 70], [100, 100], [NaN, 3], [100, 200]]);
  assert.deepEqual(anchors, [[0, 0], [50, 80], [100, 100]]);
  let before = -Infinity;
  for (let ms = 0; ms < 120; ms += 1) {
    assert.ok(toOther(ms) > before);
    before = toOther(ms);
  }
  assert.equal(createWarp([]).toOther(7), 7);
});

test("the voice's and the dictionary's ways of writing one word are paired", () => {
  const row = (...names) => names.map((ipa) => ({ ipa }));
  const pairs = pairSounds(row("θ", "ɪ", "ŋ", "k"), row("θ", "ɪ", "ŋ", "k"), postures, "en");
  assert.deepEqual(pairs, [0, 1, 2, 3].map((at) => ({ tutor: at, mine: at })));
  // "water": a tap and an r-coloured vowel in two notations.
  assert.deepEqual(pairSounds(row("w", "ɔː", "ɾ", "ɚ"), row("w", "ɑ", "t", "ɝ"), postures, "en").map(({ mine }) => mine), [0, 1, 2, 3]);
  // The tutor says one sound more.
  assert.deepEqual(pairSounds(row("h", "ɛ", "l", "p", "t"), row("h", "ɛ", "l", "p"), postures, "en").at(-1), { tutor: 4, mine: null });
  assert.deepEqual(pairSounds([], row("a"), postures, "en"), [{ tutor: null, mine: 0 }]);
});

test("my word lies over the tutor's, sound by sound", () => {
  const tutor = [{ ipa: "", start_ms: 0, end_ms: 30 }, { ipa: "θ", start_ms: 30, end_ms: 130 }, { ipa: "ɪ", start_ms: 130, end_ms: 200 }, { ipa: "ŋ", start_ms: 200, end_ms: 290 }, { ipa: "k", start_ms: 290, end_ms: 380 }, { ipa: "", start_ms: 380, end_ms: 500 }];
  const mine = [said("θ", 100, 150, "work", { kind: "substituted", heard: "s" }), said("ɪ", 150, 400), said("ŋ", 400, 450), said("k", 450, 600)];
  const { sounds, warp, from, to } = lessonSounds(tutor, mine, postures, "en");
  assert.deepEqual([from, to], [30, 380]);
  assert.equal(ipaOf(sounds), "θɪŋk");
  assert.deepEqual(sounds.map(({ mine: other }) => other.ipa), ["θ", "ɪ", "ŋ", "k"]);
  assert.equal(warp.toOther(130), 150);
  assert.equal(warp.toOther(165), 275);
  assert.equal(warp.toOne(600), 380);
  assert.equal(soundAt(sounds, 250), 2);
  assert.equal(firstSound(sounds, "", postures, "en"), 0, "what differs comes first");
  assert.equal(firstSound(sounds, "ŋ", postures, "en"), 2);
  assert.equal(differenceWords(sounds), "What differs: s instead of θ.");
});

test("a sound that the learner left out has its place on the tutor's time", () => {
  const mine = [said("b", 0, 100), said("ɛ", 100, 250), said("d", 250, 250, "work", { kind: "dropped", heard: null })];
  const { sounds } = lessonSounds(wordOf("b", "ɛ", "d"), mine, postures, "en");
  assert.deepEqual(sounds.map(({ start_ms, end_ms }) => [start_ms, end_ms]), [[0, 100], [100, 200], [200, 300]]);
  assert.deepEqual(heardSpans(mine).map(({ ipa }) => ipa), ["b", "ɛ"]);
  assert.match(differenceWords(sounds), /d is missing/);
});

test("what was heard moves my mouth: another sound, one more, none", () => {
  const spans = heardSpans([said("θ", 0, 100, "work", { kind: "substituted", heard: "s" }), said("d", 100, 200, "work", { kind: "inserted", heard: "ə" })]);
  assert.deepEqual(spans.map(({ ipa }) => ipa), ["s", "d", "ə"]);
  assert.equal(spans[2].end_ms, 200);
});

test("without anything of mine there is the tutor alone, and nothing is said of differences", () => {
  const { sounds } = lessonSounds(silentSpans(["m", "æ", "n"]), null, postures, "en");
  assert.deepEqual(sounds.map(({ mine }) => mine), [null, null, null]);
  assert.equal(differenceWords(sounds), "");
  assert.equal(lessonSounds([], null, postures, "en").sounds.length, 0);
});

test("all sounds alike is said too", () => {
  const { sounds } = lessonSounds(wordOf("m", "æ"), [said("m", 0, 50), said("æ", 50, 90)], postures, "en");
  assert.equal(differenceWords(sounds), "Your sounds are like the tutor's.");
});

test("in turns, sound by sound, or one alone: the plan says when", () => {
  const toMine = (ms) => ms + 1000;
  const part = { fromMs: 0, toMs: 200 };
  assert.deepEqual(piecesOf("mine", part, toMine, []), [{ track: "mine", fromMs: 1000, toMs: 1200 }]);
  assert.deepEqual(piecesOf("turns", part, toMine, []).map(({ track }) => track), ["tutor", "mine"]);
  const pieces = piecesOf("sounds", { fromMs: -40, toMs: 240 }, toMine, wordOf("m", "æ"));
  assert.deepEqual(pieces.map(({ track, fromMs }) => [track, fromMs]), [["tutor", 0], ["mine", 1000], ["tutor", 100], ["mine", 1100]]);
  // One sound alone does not touch its neighbours.
  assert.equal(piecesOf("sounds", { fromMs: 100, toMs: 200 }, toMine, wordOf("m", "æ", "n")).length, 2);
});

test("the clock of a slowed plan is the sound's own time", () => {
  const plan = planOf([{ track: "tutor", fromMs: 100, toMs: 300 }, { track: "mine", fromMs: 0, toMs: 100 }], 0.25);
  assert.ok(Math.abs(plan[0].endS - 0.8) < 1e-9);
  assert.ok(Math.abs(placeIn(plan, 0.4).ms - 200) < 1e-9);
  assert.equal(placeIn(plan, -0.1).ms, 100);
  const breath = placeIn(plan, 0.9);
  assert.deepEqual([breath.track, breath.ms, breath.isOver], ["tutor", 300, false]);
  assert.equal(placeIn(plan, plan[1].startS + 0.2).ms, 50);
  assert.equal(placeIn(plan, 99).isOver, true);
  assert.ok(roundOf(plan) > plan[1].endS);
});

/** What a player does with Web Audio, without sound. */
class FakeAudio {
  currentTime = 10;
  baseLatency = 0;
  destination = {};
  made = [];
  resume = async () => {};
  createBuffer = (channels, length, rate) => ({ length, rate, copyToChannel(samples) { this.samples = samples; } });
}
globalThis.AudioBufferSourceNode = class {
  constructor(audio, { buffer }) {
    Object.assign(this, { audio, buffer, stopped: false });
    audio.made.push(this);
  }
  connect() {}
  start(at) { this.at = at; }
  stop() { this.stopped = true; }
};

test("slowed sound lasts as long as the picture's clock says", () => {
  const audio = new FakeAudio();
  let floor = 0;
  const player = createLessonPlayer({ createContext: () => audio, onTakeFloor: () => (floor += 1) });
  const rate = 8000;
  player.setTrack("tutor", { samples: voice({ rate, seconds: 0.5, from: 120 }), rate });
  player.play([{ track: "tutor", fromMs: 100, toMs: 300 }], { speed: 0.25, loops: false });
  assert.equal(floor, 1);
  const [source] = audio.made;
  assert.ok(Math.abs(source.buffer.length / rate - 0.8) < 0.001);
  audio.currentTime = source.at + 0.4;
  assert.deepEqual([player.place().track, Math.round(player.place().ms)], ["tutor", 200]);
  audio.currentTime = source.at + 0.81;
  assert.equal(player.place(), null);
  assert.equal(player.isPlaying(), false);
});

test("a loop goes on without a gap that was not meant, until it is stopped", () => {
  const audio = new FakeAudio();
  const player = createLessonPlayer({ createContext: () => audio });
  player.setTrack("tutor", { samples: new Float32Array(4000).fill(0.1), rate: 8000 });
  player.play([{ track: "tutor", fromMs: 0, toMs: 500 }], { speed: 0.5, loops: true });
  const length = roundOf(planOf([{ track: "tutor", fromMs: 0, toMs: 500 }], 0.5));
  for (let i = 0; i < 40; i += 1) {
    audio.currentTime += 0.1;
    player.place();
  }
  assert.ok(audio.made.length >= 3);
  for (let i = 1; i < audio.made.length; i += 1) assert.ok(Math.abs(audio.made[i].at - audio.made[i - 1].at - length) < 1e-6);
  player.stop();
  assert.equal(audio.made.at(-1).stopped, true);
  assert.equal(player.place(), null);
});

test("a track that is not there is passed over", () => {
  const player = createLessonPlayer({ createContext: () => new FakeAudio() });
  player.setTrack("tutor", { samples: new Float32Array(800), rate: 8000 });
  player.play([{ track: "mine", fromMs: 0, toMs: 50 }], { speed: 1, loops: false });
  assert.equal(player.isPlaying(), false);
  assert.equal(player.has("mine"), false);
});

test("my word is cut out of its line, with its times", () => {
  const samples = new Int16Array(16000).fill(1000);
  const word = ownWord({ samples, rate: 16000 }, [said("a", 500, 600), said("b", 600, 700)]);
  assert.equal(word.phonemes[0].start_ms, 120);
  assert.ok(Math.abs(word.sound.samples.length / 16 - 440) < 1);
  assert.ok(Math.abs(word.sound.samples[0] - 1000 / 32768) < 1e-6);
  assert.equal(ownWord({ samples, rate: 16000 }, []), null);
  assert.equal(ownWord({ samples: new Int16Array(0), rate: 16000 }, [said("a", 500, 600)]), null);
});

test("without times the mouth opens with the voice", () => {
  const rate = 8000;
  const samples = Float32Array.from([...new Float32Array(1600), ...voice({ rate, seconds: 0.3, from: 120 }), ...new Float32Array(1600)]);
  const spans = energySpans(samples, rate);
  assert.deepEqual([spans[0].ipa, spans.at(-1).ipa], ["", ""]);
  assert.ok(spans.some(({ ipa }) => ipa === "a"));
  spans.slice(1).forEach((span, at) => assert.equal(span.start_ms, spans[at].end_ms));
  assert.deepEqual(energySpans(new Float32Array(0), rate), []);
});

test("waves are drawn where the warp says", () => {
  const samples = new Float32Array(1000);
  samples.fill(0.5, 500, 600);
  const plain = peaksOf(samples, 1000, (share) => share * 1000, 10);
  assert.deepEqual(plain.map((peak) => peak > 0.4), Array.from({ length: 10 }, (_, at) => at === 5));
  const shifted = peaksOf(samples, 1000, (share) => share * 1000 + 300, 10);
  assert.equal(shifted.findIndex((peak) => peak > 0.4), 2);
  assert.match(outlineOf(plain), /^M[\d. L]+Z$/);
});

test("the drawn mouth from the front shuts for m, opens for a, shows the tongue for θ", () => {
  const openness = (ipa) => mouthShape(facePose(posture(ipa))).openness;
  assert.ok(openness("m") < 0.02);
  assert.ok(openness("ɑ") > openness("ɛ") && openness("ɛ") > openness("i"));
  assert.notEqual(mouthShape(facePose(posture("θ"))).tongueTip, "");
  assert.equal(mouthShape(facePose(posture("i"))).tongueTip, "");
  assert.ok(mouthShape(facePose(posture("u"))).half < mouthShape(facePose(posture("i"))).half - 10);
  assert.equal(facePose(posture("f")).tuck, 1);
});

test("a browser with 3D gets the head, and the drawing when the head gives up", async () => {
  const calls = [];
  const kinds = [];
  let giveUp = () => {};
  const head = { setView: (view) => calls.push(view), setClock() {}, setCues: (cues) => calls.push(cues), destroy() {} };
  const library = { isSupported: () => true, createAvatar3dView: (_place, { onFailure }) => ((giveUp = onFailure), head) };
  const face = createMouthFace(fakePlace(), { model: "/head.glb", reducedMotion: true, clock: () => 0, loadHead: async () => library, onKind: (kind) => kinds.push(kind) });
  await face.ready;
  face.setView("inside");
  assert.deepEqual(calls.at(-1), { shot: "mouth", angle: 78, cutaway: true });
  assert.deepEqual(kinds, ["head"]);
  giveUp("context");
  assert.deepEqual(kinds, ["head", "drawn"]);
});

test("no 3D, no model or no network: the mouth is drawn", async () => {
  for (const options of [{ model: "" }, { model: "/h.glb", loadHead: async () => ({ isSupported: () => false }) }, { model: "/h.glb", loadHead: async () => { throw new TypeError("network"); } }]) {
    const face = createMouthFace(fakePlace(), { reducedMotion: true, clock: () => 0, loadHead: async () => ({}), ...options });
    await face.ready;
    assert.equal(face.kind(), "drawn");
    face.show(posture("a"));
  }
});

/** So much of a document that a drawing can be made in it. */
function fakePlace() {
  const node = () => ({
    attributes: {}, children: [], style: { setProperty() {} }, dataset: {}, classList: { toggle() {} },
    setAttribute(name, value) { this.attributes[name] = String(value); },
    getAttribute(name) { return this.attributes[name] ?? null; },
    appendChild(child) { this.children.push(child); return child; },
    append(...more) { this.children.push(...more); },
    querySelector() { return node(); },
    remove() {},
  });
  globalThis.document = { createElementNS: node, createElement: node };
  return node();
}
