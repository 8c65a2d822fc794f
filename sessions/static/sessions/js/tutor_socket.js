// @ts-check
/**
 * One session over as many WebSockets as it takes: hello, resume from the last message
 * seen, heartbeat, reconnecting with back-off. Time, chance and the socket are passed in.
 */

import { closeReason } from "./close_reasons.js";
import { createOutbox } from "./outbox.js";
import { SUBPROTOCOL, decodeTutorAudio, decodeTutorVideo, message, parseServerMessage } from "./wire_codec.js";

const FIRST_RETRY_MS = 400;
const LONGEST_RETRY_MS = 12_000;
const PING_MS = 2_500;
/** A line on which nothing came for this long is dead, whatever the browser thinks. */
const DEAD_AFTER_MS = 7_000;
/** While this much waits to leave the browser, more sound would only come too late. */
const MAX_BUFFERED_BYTES = 512 * 1024;

/** @typedef {"connecting" | "ready" | "waiting" | "closed"} SocketStatus */
/**
 * @typedef {object} Environment
 * @property {new (url: string, protocols: string[]) => WebSocket} WebSocket
 * @property {(callback: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} now
 * @property {() => number} random
 */

/** @returns {Environment} */
const browser = () => ({
  WebSocket: globalThis.WebSocket,
  setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
  now: () => performance.now(),
  random: Math.random,
});

/**
 * Whether the server took or refused typed words: they need not be sent again.
 * @param {import("./wire_codec.js").ServerMessage} event
 */
const settlesText = ({ type, source, code }) =>
  (type === "transcript.final" && source === "text") || (type === "error" && String(code).startsWith("text."));

/**
 * @param {object} options
 * @param {string} options.url
 * @param {() => import("./wire_codec.js").InputMode} options.inputMode
 * @param {(event: import("./wire_codec.js").ServerMessage) => void} options.onEvent
 * @param {(audio: import("./wire_codec.js").TutorAudio) => void} options.onAudio
 * @param {(video: import("./wire_codec.js").TutorVideo) => void} [options.onVideo]
 * @param {() => {faces?: string[], face?: string | null, language?: string, rtc?: boolean}} [options.greeting]  what else hello says
 * @param {(status: SocketStatus, detail: {attempt: number, kind?: string, text?: string}) => void} options.onStatus
 * @param {Environment} [options.environment]
 */
export function createTutorSocket({
  url,
  inputMode,
  onEvent,
  onAudio,
  onVideo = () => {},
  onStatus,
  greeting = () => ({}),
  environment = browser(),
}) {
  const outbox = createOutbox();
  /** @type {WebSocket | null} */
  let socket = null;
  let ready = false;
  /** Frames go another way: here they are only numbered and kept. */
  let held = false;
  let stopped = false;
  /** @type {number | null} */
  let lastSeq = null;
  let attempt = 0;
  let heardAt = 0;
  /** @type {any} */
  let retryTimer = null;
  /** @type {any} */
  let pingTimer = null;

  function connect() {
    environment.clearTimeout(retryTimer);
    drop();
    onStatus("connecting", { attempt });
    const opened = new environment.WebSocket(url, [SUBPROTOCOL]);
    opened.binaryType = "arraybuffer";
    socket = opened;
    heardAt = environment.now();
    opened.onopen = () => {
      if (opened !== socket) return;
      opened.send(JSON.stringify(message.hello({ lastSeq, inputMode: inputMode(), ...greeting() })));
      beat();
    };
    opened.onmessage = (received) => {
      if (opened === socket) receive(received.data);
    };
    opened.onclose = (closed) => {
      if (opened === socket) lost(closed.code);
    };
  }

  /** Forgets the socket at hand: nothing it still says counts. */
  function drop() {
    environment.clearTimeout(pingTimer);
    const old = socket;
    socket = null;
    ready = false;
    if (old && old.readyState <= 1) old.close();
  }

  /** @param {number} code */
  function lost(code) {
    drop();
    const reason = closeReason(code);
    if (stopped || reason.kind !== "reconnect") {
      stopped = true;
      onStatus("closed", { attempt, kind: reason.kind, text: reason.text });
      return;
    }
    attempt += 1;
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
    // Half fixed, half chance: a restarted server is not met by everyone at once.
    retryTimer = environment.setTimeout(connect, longest * (0.5 + environment.random() / 2));
    onStatus("waiting", { attempt, kind: reason.kind, text: reason.text });
  }

  function beat() {
    const watched = socket;
    pingTimer = environment.setTimeout(() => {
      if (watched !== socket || !watched) return;
      if (environment.now() - heardAt > DEAD_AFTER_MS) {
        lost(1006);
        return;
      }
      // Only a line that held counts as success: one that dies at once waits longer each time.
      if (ready) attempt = 0;
      if (watched.readyState === 1) watched.send(JSON.stringify(message.ping(environment.now())));
      beat();
    }, PING_MS);
  }

  /** Whether a message is new; what came twice is passed over. @param {number} seq */
  function isNew(seq) {
    if (lastSeq !== null && seq <= lastSeq) return false;
    lastSeq = seq;
    return true;
  }

  /** @param {string | ArrayBuffer} data */
  function receive(data) {
    heardAt = environment.now();
    if (typeof data !== "string") {
      const video = decodeTutorVideo(data);
      if (video) onVideo(video);
      const audio = decodeTutorAudio(data);
      if (audio && (audio.again || isNew(audio.seq))) onAudio(audio);
      return;
    }
    const event = parseServerMessage(data);
    if (!event || event.type === "pong") return;
    if (event.seq !== undefined && !isNew(event.seq)) return;
    if (event.type === "session.ready") becomeReady(event);
    if (settlesText(event)) outbox.confirmText();
    onEvent(event);
  }

  /** @param {import("./wire_codec.js").ServerMessage} event */
  function becomeReady(event) {
    if (!event.resumed) lastSeq = Number.isInteger(event.last_seq) ? event.last_seq : null;
    ready = true;
    held = false;
    resume(event.next_frame);
    onStatus("ready", { attempt });
  }

  /** Says what has to be said once more. @param {number} nextFrame  the number the server expects */
  function resume(nextFrame) {
    for (const item of outbox.resume(nextFrame)) {
      if (item instanceof ArrayBuffer) socket?.send(item);
      else socket?.send(JSON.stringify(item));
    }
  }

  return {
    connect,
    /** @param {import("./outbox.js").ClientMessage} sent */
    send(sent) {
      if (ready && socket?.readyState === 1) {
        socket.send(JSON.stringify(sent));
        outbox.sent(sent);
      } else if (!stopped) {
        outbox.wait(sent);
      }
    },
    /** @param {Int16Array} samples */
    sendFrame(samples) {
      if (stopped) return;
      const bytes = outbox.frame(samples);
      if (ready && !held && socket?.readyState === 1 && socket.bufferedAmount < MAX_BUFFERED_BYTES) {
        socket.send(bytes);
      }
    },
    /** From the number returned on frames are kept, not sent. */
    holdFrames() {
      held = true;
      return outbox.next();
    },
    /** Frames are sent again, those kept as well. @param {number} nextFrame  the number the server expects */
    releaseFrames(nextFrame) {
      if (!held) return;
      held = false;
      if (ready && socket?.readyState === 1) resume(nextFrame);
    },
    /** Tries now instead of at the end of the wait. */
    retryNow() {
      if (!stopped && !ready) connect();
    },
    /** Takes a session back that another tab had taken. */
    takeBack() {
      stopped = false;
      attempt = 0;
      connect();
    },
    close() {
      stopped = true;
      environment.clearTimeout(retryTimer);
      drop();
    },
    isReady: () => ready,
    /** The learner's own sound, by turn; in this page only. */
    micMemory: outbox.memory,
  };
}
