// @ts-check
/** Plays a talk stretch by stretch, each from its own recording, at any speed. */

import { LONGEST_PAUSE_MS, endOf, nextWithSound, placeAt } from "./talk_times.js";

/**
 * @param {object} options
 * @param {import("./talk_times.js").Timeline} options.timeline
 * @param {(ms: number) => void} options.onMoment
 * @param {(isPlaying: boolean) => void} options.onPlaying
 * @param {() => void} options.onMissing  a recording cannot be had: deleted since, or no line
 */
export function createTalkPlayer({ timeline, onMoment, onPlaying, onMissing }) {
  const { stretches } = timeline;
  const sound = new Audio();
  sound.preload = "auto";
  sound.preservesPitch = true;
  let at = -1;
  let ms = 0;
  let isPlaying = false;
  let speed = 1;
  /** @type {any} */
  let pause = null;

  /** @param {number} next */
  function moveTo(next) {
    ms = Math.max(0, Math.min(timeline.total_ms, next));
    onMoment(ms);
  }

  function stop() {
    clearTimeout(pause);
    sound.pause();
    if (!isPlaying) return;
    isPlaying = false;
    onPlaying(false);
  }

  /** @param {number} place @param {number} fromMs */
  function playStretch(place, fromMs) {
    const stretch = stretches[place];
    if (at !== place || sound.getAttribute("src") !== stretch.url) {
      at = place;
      sound.src = stretch.url;
    }
    sound.playbackRate = speed;
    sound.currentTime = Math.max(0, fromMs - stretch.start_ms) / 1000;
    sound.play().catch((problem) => {
      // Pausing while it loads is no failure.
      if (problem instanceof DOMException && problem.name === "AbortError") return;
      missing();
    });
  }

  function missing() {
    if (!isPlaying) return;
    onMissing();
    goOn(at + 1);
  }

  /** @param {number} from */
  function goOn(from) {
    const next = nextWithSound(stretches, from);
    if (next < 0) {
      stop();
      return;
    }
    const wait = Math.min(LONGEST_PAUSE_MS, Math.max(0, stretches[next].start_ms - ms)) / speed;
    pause = setTimeout(() => {
      moveTo(stretches[next].start_ms);
      playStretch(next, stretches[next].start_ms);
    }, wait);
  }

  function play() {
    clearTimeout(pause);
    const here = placeAt(stretches, ms);
    const next = nextWithSound(stretches, here < 0 ? 0 : here);
    if (next < 0) return;
    isPlaying = true;
    onPlaying(true);
    const from = here === next && ms > stretches[next].start_ms ? ms : stretches[next].start_ms;
    moveTo(from);
    playStretch(next, from);
  }

  function follow() {
    if (isPlaying && at >= 0 && !sound.paused && !sound.ended) moveTo(stretches[at].start_ms + sound.currentTime * 1000);
    requestAnimationFrame(follow);
  }
  requestAnimationFrame(follow);

  sound.addEventListener("ended", () => {
    if (!isPlaying) return;
    moveTo(endOf(stretches[at]));
    goOn(at + 1);
  });
  sound.addEventListener("error", missing);

  return {
    now: () => ms,
    isPlaying: () => isPlaying,
    stop,
    toggle() {
      if (isPlaying) stop();
      else play();
    },
    /** @param {number} to */
    seek(to) {
      const was = isPlaying;
      stop();
      moveTo(to);
      if (was) play();
    },
    /** From one speaker's words on. @param {number} turn @param {string} speaker */
    playFrom(turn, speaker) {
      stop();
      const place = stretches.findIndex((stretch) => stretch.turn === turn && stretch.speaker === speaker);
      if (place < 0 || stretches[place].url === "") return;
      moveTo(stretches[place].start_ms);
      play();
    },
    /** @param {number} next */
    setSpeed(next) {
      speed = next;
      sound.playbackRate = next;
    },
  };
}
