/** The drawn mouth: each sound is made where phonetics says, and nothing breaks between sounds. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { airAt, wayUpTo } from "../../sessions/static/sessions/js/mouth_air.js";
import { TEETH, WALL_X, noseGap, roofAt, roofLine, tonguePoint } from "../../sessions/static/sessions/js/mouth_anatomy.js";
import { createMotion, cuesOf } from "../../sessions/static/sessions/js/mouth_motion.js";
import { factsOf } from "../../sessions/static/sessions/js/mouth_postures.js";
import { lipPoints, meetingPoint, mouthAir, mouthShapes, noseAir, tongueLine, tongueTip } from "../../sessions/static/sessions/js/mouth_shapes.js";
import { LANGUAGES, data, posture, postures, wordOf } from "./mouth_postures.mjs";

/** How far below the roof a part of the tongue is drawn. */
const under = (pose, part) => {
  const roof = roofLine(pose.velum);
  const [x, y] = tonguePoint(roof, pose.tongue[part]);
  return { x, gap: y - roofAt(roof, x) };
};
const lipGap = (pose) => {
  const { upper, lower } = lipPoints(pose);
  return lower.edge[1] - upper.edge[1];
};
const highest = (pose) => tongueLine(pose).slice(27).reduce((top, point) => (point[1] < top[1] ? point : top));

test("t, d, n and l touch the ridge with the tip", () => {
  for (const ipa of ["t", "d", "n", "l", "ɾ"]) {
    const { x, gap } = under(posture(ipa), "tip");
    assert.equal(gap, 0, ipa);
    assert.ok(x > 116 && x < 136, `${ipa} touches at ${x}`);
  }
});

test("in Spanish and French t and d touch the teeth", () => {
  for (const language of ["es", "fr"]) {
    for (const ipa of ["t", "d"]) {
      const { x, gap } = under(posture(ipa, language), "tip");
      assert.ok(gap === 0 && x > TEETH.x && x < 114, `${ipa} touches at ${x}`);
    }
  }
});

test("θ and ð put the tip between the teeth, and the teeth are apart for it", () => {
  for (const ipa of ["θ", "ð"]) {
    const pose = posture(ipa);
    const [x, y] = tongueTip(pose);
    assert.ok(x < TEETH.x, `the tip is at ${x}`);
    assert.ok(y >= TEETH.y && y < TEETH.y + 12);
    const lowerTooth = lipPoints(pose).moved([111, 199]);
    assert.ok(lowerTooth[1] > y - 1, "the lower teeth leave room");
    assert.ok(lipGap(pose) > 8);
  }
});

test("m, n, ŋ, ɲ and the nasal vowels open the nose, every other sound shuts it", () => {
  const nasal = new Set(["m", "n", "ŋ", "ɲ", "n̪", "ɑ̃", "ɛ̃", "ɔ̃", "œ̃"].map((ipa) => ipa.normalize("NFC")));
  for (const [ipa, pose] of Object.entries(data.postures)) {
    const gap = noseGap(pose.velum);
    if (nasal.has(ipa.normalize("NFC"))) assert.ok(gap > 15, `${ipa}: ${gap}`);
    else assert.ok(gap < 1, `${ipa}: ${gap}`);
  }
});

test("p, b and m shut the lips; f and v rest the lower lip on the teeth", () => {
  for (const ipa of ["p", "b", "m"]) assert.ok(Math.abs(lipGap(posture(ipa))) < 0.5, ipa);
  for (const ipa of ["f", "v"]) {
    const { lower } = lipPoints(posture(ipa));
    assert.ok(Math.hypot(lower.edge[0] - TEETH.x, lower.edge[1] - TEETH.y) < 4, ipa);
  }
  for (const ipa of ["i", "a", "s", "k"]) assert.ok(lipGap(posture(ipa)) > 5, ipa);
});

test("k, ɡ and ŋ press the back to the soft palate, also when it hangs", () => {
  for (const ipa of ["k", "ɡ", "ŋ"]) {
    const { x, gap } = under(posture(ipa), "back");
    assert.ok(gap === 0 && x > 240 && x < 300, `${ipa} at ${x}`);
  }
  for (const ipa of ["x", "ɣ", "χ"]) assert.ok(under(posture(ipa), "back").gap > 1, `${ipa} leaves a gap`);
  assert.ok(under(posture("ʁ", "fr"), "back").x > under(posture("x"), "back").x, "ʁ is further back than x");
});

test("s, ʃ and ç come near the roof, one behind the other, and do not touch it", () => {
  const places = [["s", "blade"], ["ʃ", "blade"], ["ç", "body"]].map(([ipa, part]) => under(posture(ipa), part));
  for (const { gap } of places) assert.ok(gap > 1 && gap < 8);
  assert.ok(places[0].x < places[1].x && places[1].x < places[2].x);
});

test("vowels stand where they stand in the chart", () => {
  const place = (ipa) => highest(posture(ipa));
  assert.ok(place("i")[1] < place("e")[1] && place("e")[1] < place("ɛ")[1] && place("ɛ")[1] < place("æ")[1], "high to low at the front");
  assert.ok(place("u")[1] < place("o")[1] && place("o")[1] < place("ɔ")[1], "high to low at the back");
  assert.ok(place("i")[0] < place("ə")[0] && place("ə")[0] < place("u")[0], "front to back");
  const throat = (ipa) => WALL_X - Math.max(...tongueLine(posture(ipa)).filter(([, y]) => y > 240 && y < 280).map(([x]) => x));
  assert.ok(throat("ɑ") < throat("i") / 2, "ɑ is narrow in the throat");
});

test("rounded vowels push the lips forward, spread ones do not", () => {
  const front = (ipa) => lipPoints(posture(ipa)).upper.edge[0];
  for (const [round, flat] of [["u", "i"], ["y", "i"], ["o", "e"], ["ø", "e"], ["œ", "ɛ"]]) assert.ok(front(round) < front(flat) - 8, round);
  for (const [round, flat] of [["y", "i"], ["ø", "e"]]) assert.ok(Math.abs(highest(posture(round))[0] - highest(posture(flat))[0]) < 12, `${round} keeps the tongue of ${flat}`);
});

test("voice and no voice differ in pairs that are else made alike", () => {
  for (const [off, on] of [["p", "b"], ["t", "d"], ["k", "ɡ"], ["f", "v"], ["θ", "ð"], ["s", "z"], ["ʃ", "ʒ"]]) {
    assert.deepEqual([posture(off).voiced, posture(on).voiced], [false, true]);
    assert.deepEqual(posture(off).tongue, posture(on).tongue);
  }
});

test("between any two sounds the mouth is whole: no NaN, the tongue never through the palate", () => {
  const all = Object.keys(data.postures);
  for (const [at, first] of all.entries()) {
    for (const [to, second] of all.entries()) {
      const motion = createMotion(wordOf(first, second), postures, "en");
      // Every pair where the sounds meet; elsewhere each sound with some others.
      for (const ms of (at + to) % 12 === 0 ? [-60, 20, 85, 100, 125, 190, 260] : [100]) {
        const { pose, voice, share } = motion.at(ms);
        const line = tongueLine(pose);
        const roof = roofLine(pose.velum);
        assert.ok([voice, share, pose.jaw, pose.velum].every(Number.isFinite), `${first}${second} ${ms}`);
        for (const [x, y] of line.slice(27)) {
          assert.ok(Number.isFinite(x) && Number.isFinite(y), `${first}${second} at ${ms}`);
          if (y < 232) assert.ok(y > roofAt(roof, x) - 0.01, `${first}${second} at ${ms}: ${x} ${y}`);
        }
      }
    }
  }
});

test("every outline of every sound is drawn with figures", () => {
  for (const pose of [data.rest, ...Object.values(data.postures)]) {
    const { tip, ...shapes } = mouthShapes(pose);
    for (const [name, d] of Object.entries(shapes)) assert.match(d, /^M[-\d. L]+Z?$/, name);
    for (const way of [mouthAir(pose), noseAir(pose)]) assert.ok(way.flat().every(Number.isFinite));
  }
});

test("each symbol of each language is known, in the notations of voice and dictionary", () => {
  for (const [language, symbols] of Object.entries({ en: "iː ɜː ɑːɹ əʊ oʊ ɐ ᵻ ɫ g tʰ ˈæ n̩", es: "r ɾ β ʎ", fr: "ɑ̃ ɔ̃ ʁ ɥ œ̃", de: "yː øː ʏ pf ts ç ɐ̯ ɔø" })) {
    for (const ipa of symbols.split(" ")) {
      if (ipa !== "ɑːɹ") assert.ok(postures.find(ipa, language), `${ipa} in ${language}`);
    }
  }
  assert.equal(postures.find("ǃ", "en"), null);
  assert.equal(postures.find("", "en"), null);
  assert.equal(postures.find("r", "en").ipa, "ɹ", "English r is no trill");
  assert.equal(postures.find("r", "es").stages[0].posture.manner, "trill");
  assert.equal(postures.find("r", "de-AT").stages[0].posture.place, "uvular");
});

test("a sound that moves has stages that make up its time", () => {
  for (const blend of Object.keys(data.blends)) {
    for (const language of LANGUAGES) {
      const { stages } = postures.find(blend, language);
      assert.equal(stages.length, 2);
      assert.ok(stages.every((stage) => stage.posture), blend);
      assert.ok(Math.abs(stages[0].share + stages[1].share - 1) < 1e-9);
    }
  }
});

test("in a word each sound reaches its place, whatever stands beside it", () => {
  const motion = createMotion(wordOf("θ", "ɪ", "ŋ", "k", "t", "m", "u"), postures, "en");
  assert.ok(tongueTip(motion.at(50).pose)[0] < TEETH.x);
  assert.ok(noseGap(motion.at(250).pose.velum) > 15);
  assert.ok(noseGap(motion.at(350).pose.velum) < 1, "k needs a shut nose right after ŋ");
  assert.equal(under(motion.at(450).pose, "tip").gap, 0);
  assert.ok(Math.abs(lipGap(motion.at(550).pose)) < 0.5);
  assert.ok(lipPoints(motion.at(650).pose).upper.edge[0] < 70);
  assert.deepEqual([-1, 0, 3, -1].map((_, at) => motion.at([-5, 10, 350, 705][at]).index), [-1, 0, 3, -1]);
});

test("parts a sound does not need get ready for the next one", () => {
  const lips = (...word) => createMotion(wordOf(...word), postures, "en").at(50).pose.lips.round;
  assert.ok(lips("k", "u") > lips("k", "i") + 0.3, "round lips already in the k of koo");
  const tongue = (...word) => createMotion(wordOf(...word), postures, "en").at(50).pose.tongue.body[1];
  assert.ok(tongue("p", "i") < tongue("p", "ɑ") - 0.2, "the tongue of ee already in the p of pea");
});

test("the mouth moves without jumps", () => {
  const motion = createMotion(wordOf("s", "t", "ɹ", "ɛ", "ŋ", "θ", "s"), postures, "en");
  for (let ms = -200; ms < 900; ms += 2) {
    const [before, after] = [motion.at(ms).pose, motion.at(ms + 2).pose];
    assert.ok(Math.abs(before.tongue.tip[1] - after.tongue.tip[1]) < 0.05, `tip at ${ms}`);
    assert.ok(Math.abs(before.velum - after.velum) < 0.12, `velum at ${ms}`);
  }
});

test("silence is a mouth at rest; an unknown sound leaves the mouth to its neighbours", () => {
  const pause = createMotion([{ ipa: "a", start_ms: 0, end_ms: 100 }, { ipa: "", start_ms: 100, end_ms: 600 }, { ipa: "a", start_ms: 600, end_ms: 700 }], postures, "en");
  assert.ok(pause.at(350).pose.jaw < 0.4);
  const odd = createMotion(wordOf("a", "ǃ", "a"), postures, "en").at(150);
  assert.ok(odd.pose.jaw > 0.7);
  assert.equal(odd.ipa, "ǃ");
  assert.equal(cuesOf([{ ipa: "a", start_ms: 5, end_ms: 5 }], postures, "en").length, 0);
  assert.ok(Number.isFinite(createMotion([], postures, "en").at(10).pose.jaw));
});

test("the voice swings in voiced sounds alone", () => {
  const motion = createMotion(wordOf("s", "z"), postures, "en");
  assert.deepEqual([motion.at(50).voice, motion.at(150).voice], [0, 1]);
});

test("the place where parts meet is marked where they meet", () => {
  const at = (ipa) => meetingPoint(posture(ipa), posture(ipa).key);
  assert.ok(Math.abs(at("t")[0] - 125) < 10);
  assert.ok(at("p")[0] < 85);
  assert.ok(Math.hypot(at("f")[0] - TEETH.x, at("f")[1] - TEETH.y) < 4);
  assert.ok(at("k")[0] > 240);
  assert.ok(at("h")[1] > 350);
  assert.equal(at("a"), null);
});

test("air is held and bursts, flows round, hisses, goes through the nose", () => {
  assert.equal(airAt("burst", 0.3).mouth, "held");
  assert.ok(airAt("burst", 0.7).puff > airAt("burst", 0.95).puff);
  assert.deepEqual([airAt("nose", 0.5).mouth, airAt("nose", 0.5).nose], ["none", true]);
  assert.deepEqual([airAt("nose_mouth", 0.5).mouth, airAt("nose_mouth", 0.5).nose], ["flows", true]);
  assert.equal(airAt("hiss", 0.5).hisses, true);
  assert.equal(airAt("side", 0.5).mouth, "round");
  const t = posture("t");
  const held = wayUpTo(mouthAir(t), meetingPoint(t, t.key));
  assert.ok(held.at(-1)[0] > 118, "held air ends behind the tongue");
});

test("facts are in words", () => {
  const facts = (ipa, language = "en") => factsOf(postures.find(ipa, language)).map(({ words }) => words);
  assert.deepEqual(facts("θ"), ["tongue and teeth", "air hisses through a gap", "off"]);
  assert.deepEqual(facts("m"), ["both lips", "air goes through the nose", "on"]);
  assert.deepEqual(facts("tʃ"), ["ridge behind the teeth", "air stops, then hisses", "off"]);
  assert.deepEqual(facts("ɑ̃", "fr"), ["through mouth and nose", "on"]);
  assert.deepEqual(facts("aɪ"), ["two vowels in one", "on"]);
});
