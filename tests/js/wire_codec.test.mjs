/** The browser's codec against the examples both ends share. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  decodeTutorAudio,
  decodeTutorVideo,
  encodeMicFrame,
  message,
  parseServerMessage,
  textProblem,
} from "../../sessions/static/sessions/js/wire_codec.js";

const examples = JSON.parse(readFileSync(new URL("../wire_examples.json", import.meta.url)));

/** @param {string} hex */
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));

const rebuild = {
  "session.hello": (m) => message.hello({ lastSeq: m.last_seq, inputMode: m.input_mode, faces: m.faces, face: m.face, language: m.language, rtc: m.rtc }),
  "face.choose": (m) => message.faceChoose(m.face),
  "face.failed": (m) => message.faceFailed(m.face, m.lasting),
  "input.mode": (m) => message.inputMode(m.mode),
  "input.mute": (m) => message.inputMute(m.muted),
  "speech.press": () => message.speechPress(),
  "speech.release": () => message.speechRelease(),
  "turn.hold": (m) => message.turnHold(m.held),
  "text.submit": (m) => message.textSubmit(m.text, m.client_id),
  "transcript.correct": (m) => message.transcriptCorrect(m.turn, m.text),
  "turn.redo": (m) => message.turnRedo(m.turn),
  "turn.retry": (m) => message.turnRetry(m.turn),
  "reply.stop": () => message.replyStop(),
  "reply.repeat": (m) => message.replyRepeat(m.slower),
  "playback.progress": (m) => message.playbackProgress(m.turn, m.attempt, m.played_ms),
  "playback.finished": (m) => message.playbackFinished(m.turn, m.attempt),
  "playback.stopped": (m) => message.playbackStopped(m.turn, m.attempt, m.played_ms),
  "rtc.offer": (m) => message.rtcOffer(m.sdp),
  "rtc.candidate": (m) => message.rtcCandidate(m.candidate, m.mid),
  "rtc.microphone": (m) => message.rtcMicrophone(m.by, m.frame),
  "rtc.close": () => message.rtcClose(),
  "session.end": () => message.sessionEnd(),
  ping: (m) => message.ping(m.t),
};

for (const { name, message: example } of examples.client_json.filter((e) => e.valid)) {
  test(`builds "${name}"`, () => {
    const built = rebuild[example.type](example);
    const { locale: _ignored, ...known } = example;
    assert.deepEqual(built, known);
  });
}

test("every message a client may send has an example", () => {
  const shown = new Set(examples.client_json.filter((e) => e.valid).map((e) => e.message.type));
  assert.deepEqual([...shown].sort(), Object.keys(rebuild).sort());
  assert.equal(Object.keys(message).length, shown.size);
});

for (const { name, hex, decoded } of examples.client_binary.filter((e) => e.valid)) {
  test(`encodes microphone frame "${name}"`, () => {
    const samples = new Int16Array(bytes(hex).buffer.slice(8));
    const encoded = Buffer.from(encodeMicFrame(decoded.frame, samples)).toString("hex");
    assert.equal(encoded, hex);
    assert.deepEqual([...samples.slice(0, 4)], decoded.first_samples);
  });
}

test("refuses to encode a frame of the wrong length", () => {
  assert.throws(() => encodeMicFrame(0, new Int16Array(319)), RangeError);
});

for (const { name, hex, decoded } of examples.server_video) {
  test(`decodes tutor video "${name}"`, () => {
    const { start_ms: startMs, duration_ms: durationMs, data, ...same } = decoded;
    const video = decodeTutorVideo(bytes(hex).buffer);
    assert.deepEqual({ ...video, data: Buffer.from(video.data).toString("hex") }, { ...same, startMs, durationMs, data });
    assert.equal(decodeTutorAudio(bytes(hex).buffer), null);
  });
}

for (const { name, hex } of examples.server_binary) {
  test(`tutor audio "${name}" is no video`, () => assert.equal(decodeTutorVideo(bytes(hex).buffer), null));
}

for (const { name, hex, decoded } of examples.server_binary) {
  test(`decodes tutor audio "${name}"`, () => {
    const audio = decodeTutorAudio(bytes(hex).buffer);
    assert.deepEqual(
      { ...audio, samples: [...audio.samples] },
      {
        turn: decoded.turn,
        seq: decoded.seq,
        attempt: decoded.attempt,
        clause: decoded.clause,
        sampleRate: decoded.sample_rate,
        offsetSamples: decoded.offset_samples,
        samples: decoded.samples,
        byTrack: (decoded.flags & 1) !== 0,
        trackSamples: decoded.track_samples ?? 0,
        again: (decoded.flags & 2) !== 0,
      },
    );
  });
}

test("binary that is not tutor audio is nothing", () => {
  const good = bytes(examples.server_binary[0].hex);
  assert.equal(decodeTutorAudio(new ArrayBuffer(0)), null);
  assert.equal(decodeTutorAudio(good.buffer.slice(0, 19)), null);
  assert.equal(decodeTutorAudio(good.buffer.slice(0, 21)), null);
  const otherKind = good.slice();
  otherKind[0] = 7;
  assert.equal(decodeTutorAudio(otherKind.buffer), null);
  const noRate = good.slice();
  noRate.fill(0, 12, 16);
  assert.equal(decodeTutorAudio(noRate.buffer), null);
});

for (const { name, message: example } of examples.server_json) {
  test(`takes server message "${name}"`, () => {
    assert.deepEqual(parseServerMessage(JSON.stringify(example)), example);
  });

  test(`passes over server message "${name}" when a field it needs is gone`, () => {
    const needed = Object.keys(example).filter((field) => typeof example[field] === "object");
    if (!example.turn && !needed.length) return;
    const broken = { ...example, turn: "one", words: 3, transcript: {}, cues: 1, marks: [], stages: 1, faces: 1 };
    const alsoFine = ["error", "stage.degraded", "session.ended", "pong", "session.replaced"];
    if (alsoFine.includes(example.type)) return;
    assert.equal(parseServerMessage(JSON.stringify(broken)), null);
  });
}

test("an unknown type of a newer server is handed on, rubbish is not", () => {
  assert.equal(parseServerMessage('{"type":"score.ready","seq":4}').type, "score.ready");
  for (const rubbish of ["", "{", "null", "[]", '"x"', "{}", '{"type":1}', '{"type":"pong","t":1,"seq":"2"}']) {
    assert.equal(parseServerMessage(rubbish), null, rubbish);
  }
});

test("text is counted in characters, not in halves of an emoji", () => {
  assert.equal(textProblem("   \n"), "text.empty");
  assert.equal(textProblem("🎒".repeat(2000)), null);
  assert.equal(textProblem("🎒".repeat(2001)), "text.too_long");
});
