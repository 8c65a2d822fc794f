// @ts-check
/**
 * A WebRTC connection beside the socket: proposed over it, given up when it does not come
 * about, proposed again a while after it broke. Knows neither page nor sound; the browser's
 * parts are passed in.
 */

import { message } from "./wire_codec.js";

const RETRY_MS = 60_000;
const MOST_BREAKS = 3;
/** Packets come 50 times a second, also of silence: so long without one is a break. */
const STALL_MS = 1_500;
const LOOK_MS = 500;

/** @typedef {{ice_servers: RTCIceServer[], connect_ms: number}} RtcOffered */
/**
 * @typedef {object} RtcEnvironment
 * @property {(config: RTCConfiguration) => RTCPeerConnection} connect
 * @property {(callback: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 */

/** @returns {RtcEnvironment} */
const browser = () => ({
  connect: (config) => new RTCPeerConnection(config),
  setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
});

/** Whether this browser has all that it takes. */
export const canRtc = () =>
  "RTCPeerConnection" in globalThis && "getSynchronizationSources" in (globalThis.RTCRtpReceiver?.prototype ?? {});

/**
 * @param {object} options
 * @param {(sent: {type: string}) => void} options.send
 * @param {() => MediaStreamTrack | null} options.microphone  the track to send, if there is one
 * @param {(receiver: RTCRtpReceiver, stream: MediaStream) => void} options.onConnected
 * @param {() => void} options.onGone  it stands no more, or never did
 * @param {RtcEnvironment} [options.environment]
 */
export function createRtcLink({ send, microphone, onConnected, onGone, environment = browser() }) {
  /** @type {RTCPeerConnection | null} */
  let peer = null;
  /** @type {RtcOffered | null} */
  let offered = null;
  let connected = false;
  let breaks = 0;
  /** @type {any} */
  let timer = null;
  /** What of the answer has to wait until it is known. @type {RTCRtpSender | null} */
  let sender = null;

  async function propose() {
    drop();
    if (!offered) return;
    const opened = environment.connect({ iceServers: offered.ice_servers });
    peer = opened;
    const incoming = new MediaStream();
    const track = microphone();
    const transceiver = opened.addTransceiver(track ?? "audio", { direction: "sendrecv" });
    sender = transceiver.sender;
    opened.ontrack = ({ track: tutor }) => incoming.addTrack(tutor);
    opened.onicecandidate = ({ candidate }) => {
      if (opened !== peer) return;
      send(message.rtcCandidate(candidate?.candidate ?? "", candidate?.sdpMid ?? "0"));
    };
    opened.onconnectionstatechange = () => {
      if (opened !== peer) return;
      const state = opened.connectionState;
      if (state === "connected" && !connected) {
        connected = true;
        onConnected(transceiver.receiver, incoming);
        void watch(opened, transceiver.receiver);
      }
      if (state === "failed" || state === "disconnected") giveUp();
    };
    timer = environment.setTimeout(giveUp, offered.connect_ms);
    try {
      await opened.setLocalDescription(await opened.createOffer());
      if (opened === peer) send(message.rtcOffer(opened.localDescription?.sdp ?? ""));
    } catch {
      if (opened === peer) giveUp();
    }
  }

  /** Looks whether packets come. @param {RTCPeerConnection} watched @param {RTCRtpReceiver} receiver */
  async function watch(watched, receiver) {
    environment.clearTimeout(timer);
    let received = -1;
    let still = 0;
    const look = async () => {
      const stats = await receiver.getStats();
      if (watched !== peer) return;
      let now = received;
      stats.forEach((entry) => {
        if (entry.type === "inbound-rtp") now = entry.packetsReceived;
      });
      still = now === received ? still + LOOK_MS : 0;
      received = now;
      if (still >= STALL_MS) giveUp();
      else timer = environment.setTimeout(() => void look(), LOOK_MS);
    };
    timer = environment.setTimeout(() => void look(), LOOK_MS);
  }

  /** The page's side of a break: the server says what follows. */
  function giveUp() {
    if (!peer) return;
    send(message.rtcClose());
    gone();
  }

  function gone() {
    if (!peer) return;
    drop();
    breaks += 1;
    if (breaks < MOST_BREAKS) timer = environment.setTimeout(() => void propose(), RETRY_MS);
    onGone();
  }

  function drop() {
    environment.clearTimeout(timer);
    const old = peer;
    peer = null;
    sender = null;
    connected = false;
    old?.close();
  }

  return {
    /** @param {import("./wire_codec.js").ServerMessage} event */
    handle(event) {
      if (event.type === "session.ready") {
        // A connection ends with the socket it was proposed over.
        if (peer) {
          drop();
          onGone();
        }
        offered = event.rtc ?? null;
        if (breaks < MOST_BREAKS) void propose();
      }
      if (event.type === "rtc.answer" && peer && !connected) {
        const answered = peer;
        answered.setRemoteDescription({ type: "answer", sdp: event.sdp }).catch(() => {
          if (answered === peer) giveUp();
        });
      }
      if (event.type === "rtc.closed") gone();
    },
    /** The microphone was opened, closed or exchanged. */
    async useMicrophone() {
      await sender?.replaceTrack(microphone());
    },
    isConnected: () => connected,
    close() {
      const stood = peer !== null;
      offered = null;
      breaks = MOST_BREAKS;
      drop();
      if (stood) onGone();
    },
  };
}
