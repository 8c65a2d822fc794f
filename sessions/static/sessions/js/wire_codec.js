// @ts-check
/**
 * The wire protocol's bytes and messages: pure functions, no state, no browser API.
 * The contract is docs/wire_protocol.md; both ends run tests/wire_examples.json.
 */

export const PROTOCOL = 1;
export const SUBPROTOCOL = "tutor.v1";
export const MIC_RATE = 16000;
export const FRAME_SAMPLES = 320;
export const FRAME_MS = 20;
export const MAX_TEXT_CHARS = 2000;

const MIC_KIND = 1;
const TUTOR_KIND = 2;
const MIC_HEADER_BYTES = 8;
const TUTOR_HEADER_BYTES = 20;
const BY_TRACK = 1;
const AGAIN = 2;
const VIDEO_KIND = 3;
const VIDEO_HEADER_BYTES = 16;
const VIDEO_INIT = 1;
const VIDEO_LAST = 2;

/** @typedef {"hands_free" | "push_to_talk"} InputMode */
/** @typedef {{type: string, seq?: number, [field: string]: any}} ServerMessage */
/**
 * @typedef {object} TutorAudio
 * @property {number} turn
 * @property {number} seq
 * @property {number} attempt
 * @property {number} clause
 * @property {number} sampleRate
 * @property {number} offsetSamples  of the first sample, from the start of the reply
 * @property {Int16Array} samples
 * @property {boolean} byTrack  its samples go by a WebRTC track
 * @property {number} trackSamples  how many
 * @property {boolean} again  they went that way and come here after all
 */

/**
 * @typedef {object} TutorVideo  a piece of a reply's video, times on its audio timeline
 * @property {number} turn
 * @property {number} attempt
 * @property {number} number  of the piece, from 0
 * @property {number} startMs
 * @property {number} durationMs
 * @property {boolean} init
 * @property {boolean} last  no more follows; it is empty
 * @property {Uint8Array<ArrayBuffer>} data
 */

/** The messages a client may send, one builder a type. */
export const message = {
  /** @param {{lastSeq: number | null, inputMode: InputMode, faces?: string[], face?: string | null}} from */
  hello: ({ lastSeq, inputMode, faces, face, language, rtc }) => ({
    type: "session.hello",
    protocol: PROTOCOL,
    last_seq: lastSeq,
    sample_rate: MIC_RATE,
    input_mode: inputMode,
    ...(faces && { faces, face }),
    ...(language && { language }),
    ...(rtc && { rtc }),
  }),
  /** @param {InputMode} mode */
  inputMode: (mode) => ({ type: "input.mode", mode }),
  /** @param {boolean} muted */
  inputMute: (muted) => ({ type: "input.mute", muted }),
  speechPress: () => ({ type: "speech.press" }),
  speechRelease: () => ({ type: "speech.release" }),
  /** @param {boolean} held */
  turnHold: (held) => ({ type: "turn.hold", held }),
  /** @param {string} text @param {string} clientId */
  textSubmit: (text, clientId) => ({ type: "text.submit", text, client_id: clientId }),
  /** @param {number} turn @param {string} text */
  transcriptCorrect: (turn, text) => ({ type: "transcript.correct", turn, text }),
  /** @param {number} turn */
  turnRedo: (turn) => ({ type: "turn.redo", turn }),
  /** @param {number} turn */
  turnRetry: (turn) => ({ type: "turn.retry", turn }),
  replyStop: () => ({ type: "reply.stop" }),
  /** @param {boolean} slower */
  replyRepeat: (slower) => ({ type: "reply.repeat", slower }),
  /** @param {number} turn @param {number} attempt @param {number} playedMs */
  playbackProgress: (turn, attempt, playedMs) => ({
    type: "playback.progress",
    turn,
    attempt,
    played_ms: Math.round(playedMs),
  }),
  /** @param {number} turn @param {number} attempt */
  playbackFinished: (turn, attempt) => ({ type: "playback.finished", turn, attempt }),
  /** @param {number} turn @param {number} attempt @param {number} playedMs */
  playbackStopped: (turn, attempt, playedMs) => ({
    type: "playback.stopped",
    turn,
    attempt,
    played_ms: Math.round(playedMs),
  }),
  /** @param {string} face */
  faceChoose: (face) => ({ type: "face.choose", face }),
  /** @param {string} face @param {boolean} lasting */
  faceFailed: (face, lasting) => ({ type: "face.failed", face, lasting }),
  /** @param {string} sdp */
  rtcOffer: (sdp) => ({ type: "rtc.offer", sdp }),
  /** @param {string} candidate @param {string} mid */
  rtcCandidate: (candidate, mid) => ({ type: "rtc.candidate", candidate, mid }),
  /** @param {"track" | "socket"} by @param {number} frame */
  rtcMicrophone: (by, frame) => ({ type: "rtc.microphone", by, frame }),
  rtcClose: () => ({ type: "rtc.close" }),
  sessionEnd: () => ({ type: "session.end" }),
  /** @param {number} t */
  ping: (t) => ({ type: "ping", t }),
};

/**
 * Whether a person's text may be sent, as the error code the server would answer.
 * @param {string} text
 * @param {number} [limit]
 * @returns {"text.empty" | "text.too_long" | null}
 */
export function textProblem(text, limit = MAX_TEXT_CHARS) {
  if (text.trim() === "") return "text.empty";
  // Code points, as Python counts them: an emoji is one character on both sides.
  return [...text].length > limit ? "text.too_long" : null;
}

/**
 * One microphone frame with its header.
 * @param {number} frame
 * @param {Int16Array} samples
 * @returns {ArrayBuffer}
 */
export function encodeMicFrame(frame, samples) {
  if (samples.length !== FRAME_SAMPLES) throw new RangeError("a frame has 320 samples");
  const buffer = new ArrayBuffer(MIC_HEADER_BYTES + 2 * FRAME_SAMPLES);
  const view = new DataView(buffer);
  view.setUint8(0, MIC_KIND);
  view.setUint32(4, frame, true);
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    view.setInt16(MIC_HEADER_BYTES + 2 * i, samples[i], true);
  }
  return buffer;
}

/**
 * The tutor's audio of a binary message, or null when it is something else.
 * @param {ArrayBuffer} buffer
 * @returns {TutorAudio | null}
 */
export function decodeTutorAudio(buffer) {
  if (buffer.byteLength < TUTOR_HEADER_BYTES || buffer.byteLength % 2 !== 0) return null;
  const view = new DataView(buffer);
  if (view.getUint8(0) !== TUTOR_KIND) return null;
  const byTrack = (view.getUint8(1) & BY_TRACK) !== 0;
  if (byTrack && buffer.byteLength !== TUTOR_HEADER_BYTES + 4) return null;
  const samples = new Int16Array(byTrack ? 0 : (buffer.byteLength - TUTOR_HEADER_BYTES) / 2);
  for (let i = 0; i < samples.length; i += 1) {
    samples[i] = view.getInt16(TUTOR_HEADER_BYTES + 2 * i, true);
  }
  const sampleRate = view.getUint32(12, true);
  if (sampleRate === 0) return null;
  return {
    turn: view.getUint16(2, true),
    seq: view.getUint32(4, true),
    attempt: view.getUint16(8, true),
    clause: view.getUint16(10, true),
    sampleRate,
    offsetSamples: view.getUint32(16, true),
    samples,
    byTrack,
    trackSamples: byTrack ? view.getUint32(TUTOR_HEADER_BYTES, true) : 0,
    again: (view.getUint8(1) & AGAIN) !== 0,
  };
}

/**
 * The piece of video of a binary message, or null when it is something else.
 * @param {ArrayBuffer} buffer
 * @returns {TutorVideo | null}
 */
export function decodeTutorVideo(buffer) {
  if (buffer.byteLength < VIDEO_HEADER_BYTES) return null;
  const view = new DataView(buffer);
  if (view.getUint8(0) !== VIDEO_KIND) return null;
  const flags = view.getUint8(1);
  return {
    turn: view.getUint16(2, true),
    attempt: view.getUint16(8, true),
    number: view.getUint32(4, true),
    startMs: view.getUint32(12, true),
    durationMs: view.getUint16(10, true),
    init: (flags & VIDEO_INIT) !== 0,
    last: (flags & VIDEO_LAST) !== 0,
    data: new Uint8Array(buffer, VIDEO_HEADER_BYTES),
  };
}

/** @param {unknown} value */
const isIndex = (value) => Number.isInteger(value) && /** @type {number} */ (value) >= 0;
/** @param {unknown} value */
const isText = (value) => typeof value === "string";
/** @param {unknown} value */
const isFlag = (value) => typeof value === "boolean";
/** @param {unknown} value */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
/** @param {unknown} value */
const isList = (value) => Array.isArray(value);
/** @param {unknown} value */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Words as the panel takes them: each with its phonemes. @param {unknown} value */
const isWordList = (value) =>
  Array.isArray(value) &&
  value.every((word) => isRecord(word) && isIndex(word.index) && isText(word.text) && isText(word.verdict) && isList(word.phonemes));

/** Words and when they are said; a server may leave them out. @param {unknown} value */
const isTimedWords = (value) =>
  value === undefined ||
  (Array.isArray(value) &&
    value.every((word) => isRecord(word) && isText(word.text) && isNumber(word.start_ms) && isNumber(word.end_ms)));

const ofTurn = { turn: isIndex };
const ofReply = { turn: isIndex, attempt: isIndex };

/**
 * What the page relies on, by type; other fields are the views' to take or leave.
 * @type {Record<string, Record<string, (value: unknown) => boolean>>}
 */
const SERVER_FIELDS = {
  "session.ready": { resumed: isFlag, next_frame: isIndex, state: isText, transcript: isList },
  "speech.started": ofTurn,
  "speech.ended": { ...ofTurn, reason: isText },
  "transcript.partial": { ...ofTurn, text: isText, stable: isText },
  "transcript.final": { ...ofTurn, text: isText, words: isList, source: isText },
  "reply.started": { ...ofReply, repeat: isFlag },
  "reply.delta": { ...ofReply, text: isText },
  "reply.clause": { ...ofReply, text: isText, start_ms: isNumber, end_ms: isNumber, words: isTimedWords },
  "reply.visemes": { ...ofReply, cues: isList },
  "reply.video": { ...ofReply, codec: isText },
  "face.changed": { face: isText, faces: isList, reason: isText, idle_url: isText },
  "reply.completed": { ...ofReply, text: isText },
  "reply.audio_ended": { ...ofReply, duration_ms: isNumber },
  "reply.held": ofReply,
  "reply.resumed": { ...ofReply, from_ms: isNumber },
  "reply.interrupted": { ...ofReply, reason: isText },
  "reply.heard": { ...ofReply, text: isText },
  "pronunciation.ready": { ...ofTurn, outcome: isText, message: isText, source: isText, text: isText, language: isText, words: isWordList },
  "pronunciation.withdrawn": { ...ofTurn, message: isText },
  "corrections.ready": { ...ofTurn, corrections: isIndex, withheld: isFlag },
  "turn.timing": { ...ofTurn, stages: isList, marks: isRecord },
  "turn.ended": { ...ofTurn, outcome: isText },
  "rtc.answer": { sdp: isText },
  "rtc.voice": { ...ofReply, offset_ms: isNumber },
  "rtc.frames": { next_frame: isIndex },
  "rtc.closed": { reason: isText, next_frame: isIndex, message: isText },
  "stage.degraded": { stage: isText, message: isText },
  "stage.recovered": { stage: isText },
  "session.ended": { reason: isText },
  "session.time_left": { seconds: isNumber, message: isText },
  "session.replaced": {},
  error: { code: isText, message: isText },
  pong: { t: isNumber },
};

/**
 * A server's text message, or null when it is not one this page can rely on.
 * @param {string} text
 * @returns {ServerMessage | null}
 */
export function parseServerMessage(text) {
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(parsed) || typeof parsed.type !== "string") return null;
  if (parsed.seq !== undefined && !isIndex(parsed.seq)) return null;
  const fields = SERVER_FIELDS[parsed.type] ?? {};
  for (const [name, accepts] of Object.entries(fields)) {
    if (!accepts(parsed[name])) return null;
  }
  return parsed;
}
