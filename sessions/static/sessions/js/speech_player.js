// @ts-check
/**
 * Plays one streamed reply at a time without gaps, stops it at once, and knows to the
 * millisecond what the listener has heard. Every stretch is brought to the context's rate
 * by one running filter, so that stretches join sample to sample.
 */

import { createReplyTimeline } from "./reply_timeline.js";
import { createResampler } from "./resampler.js";

/** Head start of the first stretch against network jitter, and after a stall. */
const LEAD_S = 0.07;
const FADE_S = 0.01;
/** A voice that somebody speaks over fades a little slower: it may go on. */
const HOLD_FADE_S = 0.03;
/** It goes back to the word that was being said, but never farther. */
const MOST_BACK_MS = 500;
/** So much of what was heard is kept for that. */
const KEEP_MS = 2000;

/** @typedef {{turn: number, attempt: number}} ReplyKey */
/**
 * @typedef {object} Playing
 * @property {ReplyKey} key
 * @property {GainNode} gain
 * @property {ReturnType<typeof createReplyTimeline>} timeline
 * @property {ReturnType<typeof createResampler> | null} resampler
 * @property {number} sourceRate
 * @property {number} receivedSamples  input samples taken so far, at sourceRate
 * @property {number} producedSamples  output samples scheduled since baseMs
 * @property {number} baseMs  the reply's time at which the running filter began
 * @property {Set<AudioBufferSourceNode>} sources
 * @property {{buffer: AudioBuffer, offsetMs: number}[]} kept  stretches that may have to be heard again
 * @property {boolean} held  it stands still
 * @property {number} heardMs  how far it was heard when it last stood still
 * @property {boolean} complete
 * @property {boolean} announced
 */

/**
 * @param {object} options
 * @param {AudioContext} options.context
 * @param {(key: ReplyKey) => void} [options.onStarted]
 * @param {(key: ReplyKey, playedMs: number) => void} [options.onFinished]
 */
export function createSpeechPlayer({ context, onStarted = () => {}, onFinished = () => {} }) {
  const volume = new GainNode(context, { gain: 1 });
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  analyser.connect(volume).connect(context.destination);
  /** @type {Playing | null} */
  let playing = null;
  let earlierMs = 0;

  /** What is audible now, not what leaves the graph now. */
  const audibleTime = () => context.currentTime - (context.outputLatency || context.baseLatency || 0);

  /** @param {ReplyKey} key */
  function begin(key) {
    stop();
    const gain = new GainNode(context, { gain: 1 });
    gain.connect(analyser);
    playing = {
      key,
      gain,
      timeline: createReplyTimeline(),
      resampler: null,
      sourceRate: 0,
      receivedSamples: 0,
      producedSamples: 0,
      baseMs: 0,
      sources: new Set(),
      kept: [],
      held: false,
      heardMs: 0,
      complete: false,
      announced: false,
    };
  }

  /** @param {Playing} reply @param {Float32Array} samples  at the context's rate */
  function schedule(reply, samples) {
    if (samples.length === 0) return;
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(/** @type {Float32Array<ArrayBuffer>} */ (samples), 0);
    const offsetMs = reply.baseMs + (reply.producedSamples / context.sampleRate) * 1000;
    reply.producedSamples += samples.length;
    const needed = place(reply) - KEEP_MS;
    reply.kept = reply.kept.filter((stretch) => endMs(stretch) > needed);
    reply.kept.push({ buffer, offsetMs });
    if (!reply.held) start(reply, buffer, offsetMs);
  }

  /** @param {{buffer: AudioBuffer, offsetMs: number}} stretch */
  const endMs = ({ buffer, offsetMs }) => offsetMs + buffer.duration * 1000;

  /** How far it was heard. @param {Playing} reply */
  const place = (reply) => Math.max(reply.heardMs, reply.held ? 0 : reply.timeline.at(audibleTime()).ms);

  /** @param {Playing} reply @param {AudioBuffer} buffer @param {number} offsetMs @param {number} [skipS]  of the stretch */
  function start(reply, buffer, offsetMs, skipS = 0) {
    const earliest = context.currentTime + LEAD_S;
    const follows = reply.timeline.endsAt();
    const stalled = follows === null || follows < context.currentTime;
    const wished = stalled ? earliest : follows;
    const at = Math.round(wished * context.sampleRate) / context.sampleRate;
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(reply.gain);
    source.start(at, skipS);
    reply.sources.add(source);
    source.onended = () => {
      reply.sources.delete(source);
      finishIfDone(reply);
    };
    reply.timeline.add(at, buffer.duration - skipS, offsetMs + skipS * 1000);
    if (!reply.announced) {
      reply.announced = true;
      onStarted(reply.key);
    }
  }

  /** @param {Playing} reply */
  function finishIfDone(reply) {
    if (reply !== playing || !reply.complete || reply.held || reply.sources.size > 0) return;
    const ms = Math.max(reply.heardMs, reply.timeline.at(Infinity).ms);
    earlierMs += ms;
    playing = null;
    onFinished(reply.key, ms);
  }

  /** Starts the filter anew at a place of the reply. @param {Playing} reply @param {number} rate @param {number} offsetSamples */
  function restartFilter(reply, rate, offsetSamples) {
    if (reply.resampler) schedule(reply, reply.resampler.flush());
    reply.resampler = createResampler(rate, context.sampleRate);
    reply.sourceRate = rate;
    reply.receivedSamples = offsetSamples;
    reply.producedSamples = 0;
    reply.baseMs = (offsetSamples / rate) * 1000;
  }

  /** @param {Playing} reply @param {number} fadeS */
  function silence(reply, fadeS) {
    const now = context.currentTime;
    reply.gain.gain.setValueAtTime(1, now);
    reply.gain.gain.linearRampToValueAtTime(0, now + fadeS);
    for (const source of reply.sources) source.stop(now + fadeS + 0.005);
  }

  /** @returns {number} how many milliseconds of the reply were heard */
  function stop() {
    if (!playing) return 0;
    const stopped = playing;
    playing = null;
    const ms = place(stopped);
    silence(stopped, FADE_S);
    earlierMs += ms;
    return ms;
  }

  /** Somebody may be speaking: voice and clock stand still, nothing is lost. */
  function hold() {
    if (!playing || playing.held) return;
    playing.heardMs = place(playing);
    playing.held = true;
    silence(playing, HOLD_FADE_S);
    for (const source of playing.sources) source.onended = null;
    playing.sources.clear();
  }

  /** It was nothing: the voice goes on, a little before it stood still. @param {number} fromMs */
  function resume(fromMs) {
    const reply = playing;
    if (!reply?.held) return;
    const from = Math.max(0, Math.min(reply.heardMs, Math.max(fromMs, reply.heardMs - MOST_BACK_MS)));
    reply.held = false;
    reply.timeline = createReplyTimeline();
    reply.gain = new GainNode(context, { gain: 0 });
    reply.gain.connect(analyser);
    reply.gain.gain.setValueAtTime(0, context.currentTime + LEAD_S);
    reply.gain.gain.linearRampToValueAtTime(1, context.currentTime + LEAD_S + FADE_S);
    for (const stretch of reply.kept.filter((kept) => endMs(kept) > from)) {
      start(reply, stretch.buffer, stretch.offsetMs, Math.max(0, from - stretch.offsetMs) / 1000);
    }
    finishIfDone(reply);
  }

  return {
    begin,
    stop,
    hold,
    resume,
    analyser,
    /** @param {import("./wire_codec.js").TutorAudio} audio */
    push(audio) {
      if (!playing || playing.key.turn !== audio.turn || playing.key.attempt !== audio.attempt) return;
      const reply = playing;
      const jumped = audio.offsetSamples > reply.receivedSamples;
      if (!reply.resampler || jumped || audio.sampleRate !== reply.sourceRate) {
        restartFilter(reply, audio.sampleRate, audio.offsetSamples);
      }
      // What was already taken is cut off: a resend must not be heard twice.
      const fresh = audio.samples.subarray(reply.receivedSamples - audio.offsetSamples);
      if (fresh.length === 0) return;
      reply.receivedSamples += fresh.length;
      const floats = Float32Array.from(fresh, (sample) => sample / 32768);
      schedule(reply, /** @type {any} */ (reply.resampler).process(floats));
    },
    /** No more audio comes for this reply. @param {ReplyKey} key */
    complete(key) {
      if (!playing || playing.key.turn !== key.turn || playing.key.attempt !== key.attempt) return;
      playing.complete = true;
      if (playing.resampler) schedule(playing, playing.resampler.flush());
      finishIfDone(playing);
    },
    /** Position on the reply's timeline while its sound is audible, else null. */
    clock() {
      if (!playing || playing.held) return null;
      const { ms, sounding } = playing.timeline.at(audibleTime());
      return sounding ? ms : null;
    },
    playedMs: () => (playing ? place(playing) : 0),
    totalPlayedMs: () => earlierMs + (playing ? place(playing) : 0),
    /** @returns {ReplyKey | null} */
    key: () => playing?.key ?? null,
    /** @param {boolean} silent */
    setSilent(silent) {
      volume.gain.setTargetAtTime(silent ? 0 : 1, context.currentTime, FADE_S);
    },
  };
}
