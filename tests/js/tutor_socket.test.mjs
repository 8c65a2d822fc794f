/** The socket over a network that breaks: what is said again, what is not, and when. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createTutorSocket } from "../../sessions/static/sessions/js/tutor_socket.js";
import { message } from "../../sessions/static/sessions/js/wire_codec.js";
import { createFakeNetwork } from "./fake_network.mjs";

const frame = () => new Int16Array(320);

function setUp() {
  const network = createFakeNetwork();
  const events = [];
  const audio = [];
  const statuses = [];
  const socket = createTutorSocket({
    url: "ws://host/ws/sessions/x/",
    inputMode: () => "hands_free",
    onEvent: (event) => events.push(event),
    onAudio: (chunk) => audio.push(chunk),
    onStatus: (status, detail) => statuses.push({ status, ...detail }),
    environment: network.environment,
  });
  return { network, socket, events, audio, statuses };
}

const readyMessage = (fields = {}) => ({
  type: "session.ready", protocol: 1, session: "x", resumed: false, input_mode: "hands_free",
  next_frame: 0, state: "listening", degraded: [], engines: {}, limits: {}, last_seq: 0, transcript: [], ...fields,
});

function connected(fields) {
  const all = setUp();
  all.socket.connect();
  all.network.last().accept();
  all.network.last().say(readyMessage(fields));
  return all;
}

function tutorAudio(seq) {
  const buffer = new ArrayBuffer(24);
  const view = new DataView(buffer);
  view.setUint8(0, 2);
  view.setUint32(4, seq, true);
  view.setUint32(12, 22050, true);
  return buffer;
}

test("says hello first, under the protocol's name, with nothing seen yet", () => {
  const { network, statuses } = connected();
  assert.deepEqual(network.last().protocols, ["tutor.v1"]);
  assert.deepEqual(network.last().sent, [message.hello({ lastSeq: null, inputMode: "hands_free" })]);
  assert.deepEqual(statuses.map((entry) => entry.status), ["connecting", "ready"]);
});

test("after a drop it resumes after the last message seen, text or audio", () => {
  const { network, audio } = connected();
  network.last().say({ type: "speech.started", seq: 4, turn: 1 });
  network.last().say(tutorAudio(5));
  network.last().drop();
  network.advance(400);
  network.last().accept();
  assert.equal(network.sockets.length, 2);
  assert.equal(network.last().sent[0].last_seq, 5);
  assert.equal(audio.length, 1);
});

test("what comes twice after a resume is passed over", () => {
  const { network, events, audio } = connected();
  network.last().say({ type: "speech.started", seq: 4, turn: 1 });
  network.last().say(tutorAudio(5));
  network.last().drop();
  network.advance(400);
  network.last().accept();
  network.last().say(readyMessage({ resumed: true, last_seq: 6 }));
  network.last().say({ type: "speech.started", seq: 4, turn: 1 });
  network.last().say(tutorAudio(5));
  network.last().say({ type: "speech.ended", seq: 6, turn: 1, reason: "silence" });
  assert.deepEqual(events.map((event) => event.type), ["session.ready", "speech.started", "session.ready", "speech.ended"]);
  assert.equal(audio.length, 1);
});

test("a redraw starts counting where the server's history stands", () => {
  const { network, events } = connected({ last_seq: 900 });
  network.last().say({ type: "speech.started", seq: 900, turn: 1 });
  network.last().say({ type: "speech.started", seq: 901, turn: 2 });
  assert.deepEqual(events.slice(1).map((event) => event.turn), [2]);
});

test("frames spoken without a socket are sent on return, from the one the server expects", () => {
  const { network, socket } = connected();
  for (let i = 0; i < 5; i += 1) socket.sendFrame(frame());
  assert.deepEqual(network.last().frames(), [0, 1, 2, 3, 4]);
  network.last().drop();
  for (let i = 0; i < 3; i += 1) socket.sendFrame(frame());
  network.advance(400);
  network.last().accept();
  network.last().say(readyMessage({ resumed: true, next_frame: 4 }));
  socket.sendFrame(frame());
  assert.deepEqual(network.last().frames(), [4, 5, 6, 7, 8], "4 never arrived, 5..7 were kept");
});

test("only the last ten seconds are kept", () => {
  const { network, socket } = connected();
  network.last().drop();
  for (let i = 0; i < 700; i += 1) socket.sendFrame(frame());
  network.advance(400);
  network.last().accept();
  network.last().say(readyMessage({ resumed: true, next_frame: 0 }));
  const frames = network.last().frames();
  assert.equal(frames.length, 500);
  assert.equal(frames[0], 200);
});

test("a reloaded page goes on counting frames where the session is", () => {
  const { network, socket } = connected({ next_frame: 411 });
  socket.sendFrame(frame());
  assert.deepEqual(network.last().frames(), [411]);
});

test("messages of a time without a socket keep their place between the frames", () => {
  const { network, socket } = connected();
  network.last().drop();
  socket.send(message.speechPress());
  socket.sendFrame(frame());
  socket.sendFrame(frame());
  socket.send(message.speechRelease());
  socket.send(message.playbackProgress(0, 0, 100));
  network.advance(400);
  network.last().accept();
  network.last().say(readyMessage({ resumed: true }));
  assert.deepEqual(network.last().types(), ["session.hello", "speech.press", "frame", "frame", "speech.release"]);
});

test("typed words are sent again until the server has taken them, with the same id", () => {
  const { network, socket } = connected();
  socket.send(message.textSubmit("hello", "id-1"));
  network.last().drop();
  network.advance(400);
  network.last().accept();
  network.last().say(readyMessage({ resumed: true }));
  assert.deepEqual(network.last().sent[1], message.textSubmit("hello", "id-1"));
  network.last().say({ type: "transcript.final", seq: 1, turn: 1, text: "hello", words: [], source: "text" });
  network.last().drop();
  network.advance(800);
  network.last().accept();
  network.last().say(readyMessage({ resumed: true }));
  assert.deepEqual(network.last().types(), ["session.hello"]);
});

test("it waits longer each time, up to a limit, and starts anew once a line has held", () => {
  const { network, statuses } = connected();
  const waits = [];
  for (let i = 0; i < 9; i += 1) {
    network.last().drop();
    const before = network.sockets.length;
    let waited = 0;
    while (network.sockets.length === before) {
      network.advance(100);
      waited += 100;
    }
    waits.push(waited);
  }
  assert.deepEqual(waits, [400, 800, 1600, 3200, 6400, 12000, 12000, 12000, 12000]);
  network.last().accept();
  network.last().say(readyMessage({ resumed: true }));
  network.last().drop();
  assert.equal(statuses.at(-1).attempt, 10, "it died at once: no success");
  network.advance(12_000);
  network.last().accept();
  network.last().say(readyMessage({ resumed: true }));
  network.advance(5_000);
  network.last().drop();
  assert.equal(statuses.at(-1).attempt, 1);
});

test("a line on which nothing comes is given up, one that answers is not", () => {
  const { network, statuses } = connected();
  network.advance(6_000);
  network.last().say({ type: "pong", t: 1 });
  network.advance(6_000);
  network.last().say({ type: "pong", t: 2 });
  assert.equal(network.sockets.length, 1);
  assert.ok(network.last().types().filter((type) => type === "ping").length >= 2);
  network.advance(10_000);
  assert.equal(statuses.some((entry) => entry.status === "waiting"), true);
  assert.ok(network.sockets.length > 1);
});

for (const [code, kind] of [[1000, "ended"], [4400, "refused"], [4401, "signed_out"], [4404, "gone"], [4409, "replaced"], [4410, "ended"]]) {
  test(`close ${code} is "${kind}" and not tried again`, () => {
    const { network, statuses } = connected();
    network.last().drop(code);
    network.advance(60_000);
    assert.equal(network.sockets.length, 1);
    assert.equal(statuses.at(-1).kind, kind);
    assert.ok(statuses.at(-1).text.length > 10);
  });
}

test("a session taken by another tab can be taken back", () => {
  const { network, socket } = connected();
  network.last().say({ type: "speech.started", seq: 3, turn: 1 });
  network.last().drop(4409);
  socket.takeBack();
  network.last().accept();
  assert.equal(network.last().sent[0].last_seq, 3);
});

test("what an old socket still says does not count", () => {
  const { network, socket, events } = connected();
  const old = network.last();
  old.drop();
  socket.retryNow();
  old.say({ type: "speech.started", seq: 9, turn: 1 });
  assert.equal(events.filter((event) => event.type === "speech.started").length, 0);
});

test("rubbish from the server is passed over", () => {
  const { network, events } = connected();
  network.last().onmessage({ data: "{" });
  network.last().say(new ArrayBuffer(3));
  network.last().say({ type: "reply.delta", seq: 1, turn: "x" });
  assert.equal(events.length, 1);
});

test("frames that go another way are kept, and sent from the number the server expects", () => {
  const { network, socket } = connected();
  for (let count = 0; count < 3; count += 1) socket.sendFrame(frame());
  assert.equal(socket.holdFrames(), 3);
  for (let count = 0; count < 4; count += 1) socket.sendFrame(frame());
  assert.deepEqual(network.last().frames(), [0, 1, 2]);
  socket.releaseFrames(5);
  socket.sendFrame(frame());
  assert.deepEqual(network.last().frames(), [0, 1, 2, 5, 6, 7]);
});

test("sound that comes again is taken, though its number is known", () => {
  const { network, audio } = connected();
  network.last().say(tutorAudio(5));
  network.last().say(tutorAudio(5));
  assert.equal(audio.length, 1);
  const again = tutorAudio(5);
  new DataView(again).setUint8(1, 2);
  network.last().say(again);
  assert.deepEqual(audio.map((chunk) => chunk.again), [false, true]);
});
