// @ts-check
/**
 * The tutor's voice whichever way it comes: by the socket through a speech player, by a WebRTC
 * track through an audio element. To the page it is one player.
 */

import { createTrackClock } from "./track_clock.js";

const LOOK_MS = 20;
/** Where the server cannot say which packet begins a reply, it is the one that comes so soon. */
const ARRIVES_MS = 60;
const RATE_PER_MS = 48;

/** @typedef {import("./speech_player.js").ReplyKey} ReplyKey */

/** @param {RTCRtpReceiver | null} receiver @param {number} now  milliseconds since 1970 */
function latestPlayed(receiver, now) {
  const source = receiver?.getSynchronizationSources()[0];
  return source ? { rtp: source.rtpTimestamp, agoMs: Math.max(0, now - source.timestamp) } : null;
}

/**
 * @param {object} options
 * @param {ReturnType<typeof import("./speech_player.js").createSpeechPlayer>} options.player
 * @param {{srcObject: any, muted: boolean, play(): Promise<void>}} options.element
 * @param {(key: ReplyKey) => void} options.onStarted
 * @param {(key: ReplyKey, playedMs: number) => void} options.onFinished
 * @param {(receiver: RTCRtpReceiver | null) => {rtp: number, agoMs: number} | null} [options.played]
 */
export function createTrackVoice({
  player,
  element,
  onStarted,
  onFinished,
  played = (receiver) => latestPlayed(receiver, performance.timeOrigin + performance.now()),
}) {
  /** @type {RTCRtpReceiver | null} */
  let receiver = null;
  /** The reply that the track carries. @type {{key: ReplyKey, clock: ReturnType<typeof createTrackClock>, announced: boolean} | null} */
  let carried = null;
  /** Of a reply that came by track and goes on by the socket: what was heard of it. */
  let heardMs = 0;
  let earlierMs = 0;
  /** @type {number | null} */
  let durationMs = null;
  /** There is sound of the reply up to here. */
  let reachesMs = 0;
  let silent = false;
  let stopped = false;
  /** Where a carried reply stands still. @type {number | null} */
  let heldMs = null;
  /** It is on its way again; what is played until then is silence. */
  let goesOn = false;

  const look = setInterval(step, LOOK_MS);

  const mute = () => {
    element.muted = silent || stopped;
  };
  function position() {
    const at = carried?.clock.at(played(receiver)) ?? { ms: 0, begun: false, sounding: false, over: false };
    if (goesOn && at.begun) {
      heldMs = null;
      goesOn = false;
    }
    return heldMs === null ? at : { ...at, ms: heldMs, sounding: false, over: false };
  }
  /** @param {{turn: number, attempt: number}} a @param {ReplyKey | null | undefined} b */
  const same = (a, b) => b?.turn === a.turn && b.attempt === a.attempt;

  function step() {
    if (!carried) return;
    const { ms, begun, over } = position();
    if (begun && !carried.announced) {
      carried.announced = true;
      onStarted(carried.key);
    }
    if (over) finish(ms);
  }

  /** @param {number} ms */
  function finish(ms) {
    const { key } = /** @type {NonNullable<typeof carried>} */ (carried);
    carried = null;
    earlierMs += ms;
    player.stop();
    onFinished(key, ms);
  }

  /** @param {import("./wire_codec.js").TutorAudio} audio */
  function fresh(audio) {
    const skip = Math.round((heardMs * audio.sampleRate) / 1000) - audio.offsetSamples;
    if (skip <= 0) return audio;
    return { ...audio, offsetSamples: audio.offsetSamples + skip, samples: audio.samples.subarray(skip) };
  }

  return {
    /** @param {RTCRtpReceiver} opened @param {MediaStream} stream */
    connected(opened, stream) {
      receiver = opened;
      element.srcObject = stream;
      mute();
      void element.play().catch(() => {});
    },
    /** The track is gone; what is left of its reply comes by the socket. */
    gone() {
      if (carried) {
        const { ms } = position();
        heldMs = null;
        if (durationMs !== null && ms >= durationMs - LOOK_MS) finish(ms);
        heardMs = ms;
        carried = null;
      }
      receiver = null;
      element.srcObject = null;
    },
    /** @param {import("./wire_codec.js").ServerMessage} event */
    handle(event) {
      const key = player.key();
      if (event.type === "reply.audio_ended" && key && same(/** @type {any} */ (event), key)) {
        durationMs = event.duration_ms;
        carried?.clock.ends(event.duration_ms);
      }
      if (event.type === "rtc.voice" && receiver && key && same(/** @type {any} */ (event), key)) {
        carry(key);
        if (heldMs !== null) {
          carried?.clock.forget();
          goesOn = true;
        }
        const now = played(receiver);
        const rtp = event.rtp ?? (now ? (now.rtp + ARRIVES_MS * RATE_PER_MS) % 2 ** 32 : null);
        if (rtp !== null) carried?.clock.mark(rtp, event.offset_ms);
        stopped = false;
        mute();
      }
    },
    /** Somebody may be speaking: voice and clock stand still, whichever way the voice comes. */
    hold() {
      player.hold();
      if (!carried) return;
      heldMs = position().ms;
      goesOn = false;
      stopped = true;
      mute();
    },
    /** By a track it goes on when the server says with which packet. @param {number} fromMs */
    resume(fromMs) {
      player.resume(fromMs);
    },
    /** @param {ReplyKey} key */
    begin(key) {
      stop();
      player.begin(key);
      heardMs = 0;
      reachesMs = 0;
      durationMs = null;
    },
    stop,
    /** @param {import("./wire_codec.js").TutorAudio} audio */
    push(audio) {
      const key = player.key();
      if (!key || !same(audio, key)) return;
      if (audio.byTrack) {
        reachesMs = ((audio.offsetSamples + audio.trackSamples) / audio.sampleRate) * 1000;
        if (receiver) carry(key);
        carried?.clock.reaches(reachesMs);
        return;
      }
      const rest = fresh(audio);
      player.push(rest);
      const end = ((rest.offsetSamples + rest.samples.length) / rest.sampleRate) * 1000;
      // The end was announced when the track still carried the reply.
      if (audio.again && durationMs !== null && end >= durationMs - 1) player.complete(key);
    },
    /** @param {ReplyKey} key */
    complete(key) {
      if (!carried) player.complete(key);
    },
    clock() {
      if (!carried) return player.clock();
      const { ms, sounding } = position();
      return sounding ? ms : null;
    },
    playedMs: () => (carried ? position().ms : Math.max(heardMs, player.playedMs())),
    totalPlayedMs: () => earlierMs + player.totalPlayedMs() + (carried ? position().ms : 0),
    key: () => player.key(),
    isCarried: () => carried !== null,
    /** @param {boolean} next */
    setSilent(next) {
      silent = next;
      player.setSilent(next);
      mute();
    },
    analyser: player.analyser,
    destroy: () => clearInterval(look),
  };

  /** @param {ReplyKey} key */
  function carry(key) {
    if (carried && same(key, carried.key)) return;
    carried = { key, clock: createTrackClock(), announced: false };
    carried.clock.reaches(reachesMs);
    if (durationMs !== null) carried.clock.ends(durationMs);
  }

  /** @returns {number} how many milliseconds of the reply were heard */
  function stop() {
    const inPlayer = player.stop();
    if (!carried) return Math.max(heardMs, inPlayer);
    const { ms } = position();
    carried = heldMs = null;
    goesOn = false;
    earlierMs += ms;
    // What the browser holds back of it is not to be heard, either.
    stopped = true;
    mute();
    return ms;
  }
}
