// @ts-check
/** Plays a plan slowed down at its own pitch, and is the one clock of a lesson. */

import { placeIn, planOf, roundOf } from "./play_plan.js";
import { stretch } from "./time_stretch.js";

/** @typedef {import("./play_plan.js").TrackName} TrackName */
/** @typedef {{samples: Float32Array, rate: number}} Sound */

/** Cut sounds begin and end in silence. */
const EDGE_S = 0.006;
const START_S = 0.06;

/** @param {{createContext?: () => AudioContext, onTakeFloor?: () => void}} [options] */
export function createLessonPlayer({ createContext = () => new AudioContext(), onTakeFloor = () => {} } = {}) {
  /** @type {AudioContext | null} */
  let context = null;
  /** @type {Map<TrackName, Sound>} */
  const tracks = new Map();
  /** @type {Map<string, Float32Array>} */
  const slowed = new Map();
  /** @type {{plan: import("./play_plan.js").Planned[], startedAt: number, sources: AudioBufferSourceNode[], speed: number, loops: boolean, planned: number} | null} */
  let playing = null;

  /** A browser makes no sound before the first click. */
  function output() {
    context ??= createContext();
    void context.resume();
    return context;
  }

  /** The whole track at a speed; made once. @param {TrackName} track @param {number} speed */
  function slow(track, speed) {
    const key = `${track} ${speed}`;
    const known = slowed.get(key);
    if (known) return known;
    const { samples, rate } = /** @type {Sound} */ (tracks.get(track));
    const made = stretch(samples, rate, speed);
    slowed.set(key, made);
    return made;
  }

  /** @param {AudioContext} audio @param {import("./play_plan.js").Planned} piece @param {number} speed @param {number} at */
  function schedule(audio, { track, fromMs, toMs }, speed, at) {
    const sound = tracks.get(track);
    if (!sound) return null;
    const whole = slow(track, speed);
    const place = (/** @type {number} */ ms) => Math.max(0, Math.min(whole.length, Math.round((ms / 1000 / speed) * sound.rate)));
    const part = whole.slice(place(fromMs), place(toMs));
    if (part.length === 0) return null;
    const edge = Math.min(Math.floor(part.length / 2), Math.round(EDGE_S * sound.rate));
    for (let i = 0; i < edge; i += 1) {
      part[i] *= i / edge;
      part[part.length - 1 - i] *= i / edge;
    }
    const buffer = audio.createBuffer(1, part.length, sound.rate);
    buffer.copyToChannel(/** @type {Float32Array<ArrayBuffer>} */ (part), 0);
    const source = new AudioBufferSourceNode(audio, { buffer });
    source.connect(audio.destination);
    source.start(at);
    return source;
  }

  /** Lays out the next time round. @param {NonNullable<typeof playing>} run */
  function layOut(run) {
    const audio = output();
    const from = run.startedAt + run.planned * roundOf(run.plan);
    run.planned += 1;
    const made = run.plan.map((piece) => schedule(audio, piece, run.speed, from + piece.startS)).filter((source) => source !== null);
    run.sources = [...run.sources.slice(-run.plan.length), ...made];
  }

  function stop() {
    for (const source of playing?.sources ?? []) source.stop();
    playing = null;
  }

  return {
    /** @param {TrackName} track @param {Sound | null} sound  null: there is none */
    setTrack(track, sound) {
      stop();
      for (const key of [...slowed.keys()]) if (key.startsWith(track)) slowed.delete(key);
      if (sound) tracks.set(track, sound);
      else tracks.delete(track);
    },
    has: (/** @type {TrackName} */ track) => tracks.has(track),
    /** @param {readonly import("./play_plan.js").Piece[]} pieces @param {{speed: number, loops: boolean}} how */
    play(pieces, { speed, loops }) {
      stop();
      const heard = pieces.filter(({ track }) => tracks.has(track));
      if (heard.length === 0) return;
      onTakeFloor();
      playing = { plan: planOf(heard, speed), startedAt: output().currentTime + START_S, sources: [], speed, loops, planned: 0 };
      layOut(playing);
    },
    stop,
    close() {
      stop();
      void context?.close();
      context = null;
    },
    isPlaying: () => playing !== null,
    /**
     * Where the sound is that is heard now; null when nothing plays. Ends what is over.
     * @returns {{track: TrackName, ms: number} | null}
     */
    place() {
      if (!playing || !context) return null;
      const late = context.outputLatency || context.baseLatency || 0;
      const seconds = context.currentTime - playing.startedAt - late;
      const length = roundOf(playing.plan);
      if (!playing.loops) {
        const found = placeIn(playing.plan, seconds);
        if (found.isOver) stop();
        return found.isOver ? null : found;
      }
      // The next time round is laid out while this one is still heard.
      if (context.currentTime > playing.startedAt + playing.planned * length - 0.2) layOut(playing);
      return placeIn(playing.plan, seconds < 0 ? 0 : seconds % length);
    },
  };
}
