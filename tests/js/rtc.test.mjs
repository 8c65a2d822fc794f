/** WebRTC beside the socket: the connection, where on a track a reply is, who carries what. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createRtcLink } from "../../sessions/static/sessions/js/rtc_link.js";
import { createTrackClock } from "../../sessions/static/sessions/js/track_clock.js";
import { createTrackVoice } from "../../sessions/static/sessions/js/track_voice.js";
import { createFakeNetwork } from "./fake_network.mjs";

globalThis.MediaStream = class {
  addTrack() {}
};

class FakePeer {
  connectionState = "new";
  closed = false;
  packets = 0;
  receiver = { getStats: async () => new Map([["a", { type: "inbound-rtp", packetsReceived: this.packets }]]) };
  sender = { replaceTrack: async (track) => (this.track = track) };
  constructor(config) {
    this.config = config;
  }
  addTransceiver(track, { direction }) {
    Object.assign(this, { track, direction });
    return { sender: this.sender, receiver: this.receiver };
  }
  async createOffer() {
    return { sdp: "offer" };
  }
  async setLocalDescription(described) {
    this.localDescription = described;
  }
  async setRemoteDescription(described) {
    this.remote = described.sdp;
  }
  become(state) {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
  close() {
    this.closed = true;
  }
}

const settle = () => new Promise((done) => setImmediate(done));
const offered = { type: "session.ready", rtc: { ice_servers: [{ urls: ["stun:a"] }], connect_ms: 5000 } };

function setUp() {
  const network = createFakeNetwork();
  const sent = [];
  const peers = [];
  const news = [];
  const link = createRtcLink({
    send: (message) => sent.push(message),
    microphone: () => "track",
    onConnected: () => news.push("connected"),
    onGone: () => news.push("gone"),
    environment: {
      ...network.environment,
      connect(config) {
        peers.push(new FakePeer(config));
        return peers.at(-1);
      },
    },
  });
  return { network, sent, peers, news, link };
}

async function proposed() {
  const all = setUp();
  all.link.handle(offered);
  await settle();
  return all;
}

test("proposes what the server offers, and nothing where it does not", async () => {
  const { link, peers, sent } = setUp();
  link.handle({ type: "session.ready" });
  await settle();
  assert.equal(peers.length, 0);
  link.handle(offered);
  await settle();
  assert.deepEqual(peers[0].config, { iceServers: offered.rtc.ice_servers });
  assert.deepEqual([peers[0].track, peers[0].direction], ["track", "sendrecv"]);
  peers[0].onicecandidate({ candidate: { candidate: "candidate:1", sdpMid: "0" } });
  assert.deepEqual(sent, [{ type: "rtc.offer", sdp: "offer" }, { type: "rtc.candidate", candidate: "candidate:1", mid: "0" }]);
  link.handle({ type: "rtc.answer", sdp: "answer" });
  assert.equal(peers[0].remote, "answer");
});

test("what does not stand in time is given up, and tried again a minute later, three times in all", async () => {
  const { network, peers, sent, news } = await proposed();
  for (const count of [1, 2, 3]) {
    network.advance(5000);
    assert.equal(peers.length, count);
    assert.equal(peers.at(-1).closed, true);
    network.advance(60_000);
    await settle();
  }
  assert.equal(peers.length, 3);
  assert.deepEqual(news, ["gone", "gone", "gone"]);
  assert.deepEqual(sent.map((message) => message.type).filter((type) => type === "rtc.close").length, 3);
});

test("a connection from which nothing comes any more is given up", async () => {
  const { network, peers, news, link, sent } = await proposed();
  peers[0].become("connected");
  assert.equal(link.isConnected(), true);
  for (let at = 0; at < 6; at += 1) {
    peers[0].packets += 25;
    network.advance(500);
    await settle();
  }
  assert.deepEqual(news, ["connected"]);
  for (let at = 0; at < 4; at += 1) {
    network.advance(500);
    await settle();
  }
  assert.deepEqual(news, ["connected", "gone"]);
  assert.equal(sent.at(-1).type, "rtc.close");
});

test("what the server closed is closed without a word, and a new socket begins anew", async () => {
  const { peers, news, link, sent } = await proposed();
  peers[0].become("connected");
  link.handle({ type: "rtc.closed", reason: "stalled", next_frame: 0, message: "" });
  assert.deepEqual([peers[0].closed, news.at(-1), sent.at(-1).type], [true, "gone", "rtc.offer"]);
  link.handle(offered);
  await settle();
  assert.equal(peers.length, 2);
});

test("a clock reads a reply's place from the packet that is played, also where its numbers wrap", () => {
  const clock = createTrackClock();
  const rtp = 2 ** 32 - 480;
  assert.equal(clock.at({ rtp, agoMs: 0 }).begun, false);
  clock.mark(rtp, 0);
  clock.reaches(1000);
  assert.equal(clock.at({ rtp: rtp - 4800, agoMs: 0 }).begun, false);
  assert.equal(clock.at({ rtp, agoMs: 5 }).ms, 5);
  assert.equal(clock.at({ rtp: 480, agoMs: 0 }).ms, 20);
  assert.equal(clock.at({ rtp: 480, agoMs: 900 }).ms, 60, "no further than what a packet holds");
  // The voice came late: what follows has a mark of its own.
  clock.mark(96_000, 1000);
  assert.equal(clock.at({ rtp: 72_000, agoMs: 0 }).ms, 1000);
  clock.reaches(1500);
  assert.deepEqual(clock.at({ rtp: 96_480, agoMs: 0 }), { ms: 1010, begun: true, sounding: true, over: false });
  clock.ends(1500);
  assert.equal(clock.at({ rtp: 96_000 + 24_480, agoMs: 0 }).over, true);
});

function voiceSetUp() {
  const player = { pushed: [], completed: 0, now: null, begin: (key) => (player.now = key), key: () => player.now,
    stop() { player.now = null; return 0; }, push: (audio) => player.pushed.push(audio), complete: () => (player.completed += 1),
    playedMs: () => 0, totalPlayedMs: () => 0, clock: () => null, hold() {}, resume() {}, setSilent() {}, analyser: {} };
  const element = { muted: false, srcObject: null, play: async () => {} };
  const heard = [];
  let played = { rtp: 1000, agoMs: 0 };
  const voice = createTrackVoice({ player, element, onStarted: () => heard.push("started"), onFinished: (_key, ms) => heard.push(ms), played: () => played });
  voice.connected({}, {});
  const key = { turn: 1, attempt: 0 };
  voice.begin(key);
  return { player, element, heard, voice, key, at: (rtp) => (played = { rtp, agoMs: 0 }) };
}

const byTrack = { turn: 1, attempt: 0, offsetSamples: 0, sampleRate: 16_000, samples: new Int16Array(0), byTrack: true, trackSamples: 8000, again: false };

test("a reply that goes by track is heard to its end without the player", async () => {
  const { voice, player, heard, key, at } = voiceSetUp();
  voice.push(byTrack);
  voice.handle({ type: "rtc.voice", ...key, offset_ms: 0, rtp: 2000 });
  assert.equal(voice.clock(), null);
  at(2000 + 4800);
  assert.equal(voice.clock(), 100);
  voice.handle({ type: "reply.audio_ended", ...key, duration_ms: 500 });
  voice.complete(key);
  at(2000 + 24_000);
  await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual(heard, ["started", 500]);
  assert.deepEqual([player.pushed.length, player.completed, voice.key()], [0, 0, null]);
  voice.destroy();
});

test("stopping says what was heard and is silent at once, until the next reply begins", () => {
  const { voice, element, key, at } = voiceSetUp();
  voice.push(byTrack);
  voice.handle({ type: "rtc.voice", ...key, offset_ms: 0, rtp: 2000 });
  at(2000 + 9600);
  assert.equal(voice.stop(), 200);
  assert.equal(element.muted, true);
  const next = { turn: 2, attempt: 0 };
  voice.begin(next);
  voice.handle({ type: "rtc.voice", ...next, offset_ms: 0, rtp: 50_000 });
  assert.equal(element.muted, false);
  voice.destroy();
});

test("after a break the player goes on where the listener was", () => {
  const { voice, player, key, at } = voiceSetUp();
  voice.push(byTrack);
  voice.handle({ type: "rtc.voice", ...key, offset_ms: 0, rtp: 2000 });
  voice.handle({ type: "reply.audio_ended", ...key, duration_ms: 500 });
  at(2000 + 4800);
  voice.gone();
  assert.equal(voice.playedMs(), 100);
  voice.push({ ...byTrack, byTrack: false, again: true, samples: new Int16Array(4000) });
  assert.equal(player.completed, 0);
  voice.push({ ...byTrack, byTrack: false, again: true, offsetSamples: 4000, samples: new Int16Array(4000) });
  assert.deepEqual(player.pushed.map(({ offsetSamples, samples }) => [offsetSamples, samples.length]), [[1600, 2400], [4000, 4000]]);
  assert.equal(player.completed, 1);
  voice.destroy();
});

test("a carried reply stands still until the server says with which packet it goes on", async () => {
  const { voice, element, heard, key, at } = voiceSetUp();
  voice.push(byTrack);
  voice.handle({ type: "rtc.voice", ...key, offset_ms: 0, rtp: 2000 });
  voice.handle({ type: "reply.audio_ended", ...key, duration_ms: 500 });
  at(2000 + 14_400);
  await new Promise((done) => setTimeout(done, 50));
  voice.hold();
  assert.equal(element.muted, true);
  // Silence is played meanwhile: longer than the rest of the reply.
  at(2000 + 96_000);
  assert.deepEqual([voice.playedMs(), voice.clock()], [300, null]);
  voice.resume(200);
  voice.handle({ type: "rtc.voice", ...key, offset_ms: 200, rtp: 100_000 });
  assert.equal(element.muted, false);
  await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual([voice.playedMs(), voice.clock(), heard], [300, null, ["started"]]);
  at(100_000 + 4800);
  assert.equal(voice.clock(), 300);
  at(100_000 + 14_400);
  await new Promise((done) => setTimeout(done, 50));
  assert.deepEqual(heard, ["started", 500]);
  voice.destroy();
});
