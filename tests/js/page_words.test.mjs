/** Small pure parts of the live page: the gate, the meter's verdict, words, captions, chart. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createLevelJudge, measureFrame, meterHeight } from "../../sessions/static/sessions/js/audio_level.js";
import { clauseAt } from "../../sessions/static/sessions/js/captions.js";
import { MIC_PROBLEM_TEXT, classifyMicError, permissionHelp } from "../../sessions/static/sessions/js/microphone_words.js";
import { initialState } from "../../sessions/static/sessions/js/session_store.js";
import { clockText, connectionWords, endedWords, micWords, phaseWords, shownPhase } from "../../sessions/static/sessions/js/status_words.js";
import { createTalkGate } from "../../sessions/static/sessions/js/talk_gate.js";
import { hasteWords, layOut, seconds } from "../../sessions/static/sessions/js/waterfall_chart.js";

function gate() {
  const sent = [];
  const made = createTalkGate({
    sendFrame: (frame) => sent.push(frame),
    sendPress: () => sent.push("press"),
    sendRelease: () => sent.push("release"),
  });
  return { gate: made, sent };
}

test("hands-free sends every frame, muted none", () => {
  const { gate: open, sent } = gate();
  open.push(1);
  open.setMuted(true);
  open.push(2);
  open.setMuted(false);
  open.push(3);
  assert.deepEqual(sent, [1, 3]);
});

test("push-to-talk sends the moment before the key and a moment after it", () => {
  const { gate: held, sent } = gate();
  held.setMode("push_to_talk");
  for (let i = 0; i < 30; i += 1) held.push(i);
  assert.deepEqual(sent, []);
  assert.equal(held.press(), true);
  held.push(30);
  held.release();
  for (let i = 31; i < 60; i += 1) held.push(i);
  assert.deepEqual(sent, ["press", 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, "release"]);
});

test("pressing again before the tail is over is one utterance", () => {
  const { gate: held, sent } = gate();
  held.setMode("push_to_talk");
  held.press();
  held.release();
  held.push(1);
  held.press();
  for (let i = 2; i < 12; i += 1) held.push(i);
  assert.equal(sent.filter((entry) => entry === "press").length, 1);
  assert.equal(sent.includes("release"), false);
});

test("a key held while the mode or the microphone changes is let go", () => {
  for (const change of [(held) => held.setMode("hands_free"), (held) => held.setMuted(true)]) {
    const { gate: held, sent } = gate();
    held.setMode("push_to_talk");
    held.press();
    change(held);
    assert.deepEqual(sent, ["press", "release"]);
  }
  const { gate: free, sent } = gate();
  assert.equal(free.press(), false, "hands-free has no key");
  assert.deepEqual(sent, []);
});

const wave = (height) => Int16Array.from({ length: 320 }, (_, i) => (i % 2 ? height : -height));
const verdictOf = (...frames) => {
  const judge = createLevelJudge();
  for (let i = 0; i < 75; i += 1) judge.push(measureFrame(frames[i % frames.length]));
  return judge.verdict();
};

test("levels in words: speech has pauses, and one loud click is not too loud", () => {
  assert.equal(createLevelJudge().verdict(), "waiting");
  assert.equal(verdictOf(wave(0)), "silent");
  assert.equal(verdictOf(wave(30)), "quiet");
  assert.equal(verdictOf(wave(4000), wave(10), wave(10), wave(10)), "good");
  assert.equal(verdictOf(wave(32767), wave(4000)), "loud");
  const clicked = [wave(32767), ...Array.from({ length: 74 }, () => wave(4000))];
  assert.equal(verdictOf(...clicked), "good");
});

test("the meter stays between its ends", () => {
  assert.equal(meterHeight(measureFrame(wave(0)).db), 0);
  assert.equal(meterHeight(measureFrame(wave(32767)).db), 1);
});

test("each way of failing has its words", () => {
  const named = (name) => Object.assign(new Error("x"), { name });
  const kinds = { NotAllowedError: "denied", NotFoundError: "missing", NotReadableError: "busy", SecurityError: "insecure", Strange: "failed" };
  for (const [name, kind] of Object.entries(kinds)) assert.equal(classifyMicError(named(name)), kind);
  assert.equal(classifyMicError(undefined), "failed");
  for (const text of Object.values(MIC_PROBLEM_TEXT)) assert.match(text, /\.|:$/);
});

test("permission help fits the browser", () => {
  const agents = {
    "Mozilla/5.0 (X11; Linux) Chrome/140.0 Safari/537.36": "switch Microphone on",
    "Mozilla/5.0 (Windows) Chrome/140.0 Safari/537.36 Edg/140.0": "Permissions for this site",
    "Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0": "crossed-out microphone",
    "Mozilla/5.0 (Macintosh) Version/18.0 Safari/605.1": "Settings for This Website",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1": "Website Settings",
    "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36": "allow Microphone",
    "Something else": "settings for this site",
  };
  for (const [agent, words] of Object.entries(agents)) assert.ok(permissionHelp(agent).includes(words), agent);
  assert.ok(micWords("denied", "HELP").endsWith("HELP"));
  assert.equal(micWords("busy", "HELP").includes("HELP"), false);
  assert.equal(micWords(null, "HELP"), "");
});

test("the tutor's state in words puts the connection first", () => {
  const live = { ...initialState, phase: "listening", connection: { status: "ready", attempt: 0, kind: "", text: "" } };
  assert.equal(phaseWords(live), "Listening");
  assert.equal(phaseWords({ ...live, muted: true }), "You are muted");
  assert.equal(phaseWords({ ...live, inputMode: "push_to_talk" }), "Hold to talk");
  assert.equal(phaseWords({ ...live, micProblem: "denied" }), "Type to talk");
  assert.equal(phaseWords({ ...live, phase: "speaking", connection: { ...live.connection, status: "waiting" } }), "Not connected");
});

test("a tutor that stands still is not said to speak", () => {
  const live = { ...initialState, connection: { status: "ready", attempt: 0, kind: "", text: "" } };
  const look = (fields) => [shownPhase({ ...live, ...fields }), phaseWords({ ...live, ...fields })];
  assert.deepEqual(look({ phase: "speaking" }), ["speaking", "Speaking"]);
  assert.deepEqual(look({ phase: "speaking", attends: true }), ["listening", "Listening"]);
  assert.deepEqual(look({ phase: "thinking", attends: true }), ["listening", "Listening"]);
  assert.deepEqual(look({ phase: "hearing", attends: true }), ["hearing", "Hearing you"]);
  assert.deepEqual(look({ phase: "ended", attends: true }), ["ended", "Talk ended"]);
});

test("every lost connection says what to do", () => {
  const say = (fields) => connectionWords({ status: "closed", attempt: 0, kind: "", text: "why", ...fields });
  assert.equal(say({ status: "ready" }), null);
  assert.equal(say({ status: "waiting", attempt: 1 }).action, "");
  assert.equal(say({ status: "waiting", attempt: 3 }).does, "retry");
  assert.equal(say({ kind: "replaced" }).does, "take_back");
  assert.equal(say({ kind: "signed_out" }).does, "sign_in");
  assert.equal(say({ kind: "refused" }).does, "reload");
  assert.equal(say({ kind: "ended" }), null);
});

test("the summary counts in words", () => {
  assert.equal(endedWords({ turns: 1 }, "2:05"), "You talked for 2:05, with 1 exchange.");
  assert.match(endedWords({ turns: 3 }, "0:10"), /0:10.*3 exchanges/);
  assert.equal(clockText(125_900), "2:05");
});

test("the caption is the clause being heard, and holds through a pause", () => {
  const clauses = [{ text: "a", start_ms: 0, end_ms: 900 }, { text: "b", start_ms: 1000, end_ms: 2000 }];
  assert.equal(clauseAt(clauses, 500).text, "a");
  assert.equal(clauseAt(clauses, 950).text, "a");
  assert.equal(clauseAt(clauses, 1000).text, "b");
  assert.equal(clauseAt([], 10), null);
});

test("what was done for haste is said, and nothing of turns that do not tell", () => {
  assert.deepEqual(hasteWords(["quick_recognition", "later_scores"]), ["a quicker look for your words", "sounds judged later"]);
  assert.deepEqual(hasteWords(undefined), []);
});

test("the waterfall spans all stages and marks, in order", () => {
  const chart = layOut({
    zero: "last_voiced_sample",
    stages: [
      { name: "transcribe", start_ms: -100, end_ms: 400 },
      { name: "new_stage", start_ms: 400, end_ms: 650 },
      { name: "new_stage", start_ms: 800, end_ms: 900 },
    ],
    marks: { first_audio_ms: 900, final_transcript_ms: 400 },
  });
  assert.deepEqual([chart.from, chart.to], [-100, 900]);
  assert.deepEqual(chart.rows.map((row) => row.bars), [[{ left: 0, width: 50 }], [{ left: 50, width: 25 }, { left: 90, width: 10 }]]);
  assert.deepEqual(chart.rows.map((row) => row.ms), [500, 350]);
  assert.equal(chart.rows[1].name, "new stage");
  assert.deepEqual(chart.marks.map((mark) => mark.at), [50, 100]);
  assert.ok(layOut({ zero: "text_submitted", stages: [], marks: {} }).to > 0);
  assert.deepEqual([seconds(840.4), seconds(1300)], ["840 ms", "1.30 s"]);
});
