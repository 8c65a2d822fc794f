// @ts-check
/**
 * The tutor as video: a clip of waiting that loops, others of listening and thinking over it,
 * and, while a reply is spoken, the reply's own pictures, steered to the clock of the voice.
 */

import { createVideoBuffer } from "./face_buffer.js";
import { FAR_MS, START_MS, createPatience, steer } from "./face_clock.js";
import { createStateClips } from "./face_states.js";
import { createVideoStatistics } from "./face_statistics.js";
import { gettext } from "./i18n.js";

/** @typedef {"autoplay" | "codec" | "decode" | "idle"} VideoProblem */

/** @param {string} name */
function layer(name) {
  const video = document.createElement("video");
  video.className = `face-video__${name}`;
  video.muted = true;
  video.playsInline = true;
  video.disablePictureInPicture = true;
  video.setAttribute("aria-hidden", "true");
  return video;
}

/**
 * @param {HTMLElement} container
 * @param {object} options
 * @param {string} options.idleUrl  the clip of waiting
 * @param {string[]} [options.states]  of which there are other clips
 * @param {boolean} [options.reducedMotion]
 * @param {() => void} options.onReady  the clip is there: this face can be shown
 * @param {(announced: boolean) => void} options.onLate  the reply goes on without pictures
 * @param {(problem: VideoProblem) => void} options.onProblem  told of once
 */
export function createVideoFace(container, { idleUrl, states = [], reducedMotion = false, onReady, onLate, onProblem }) {
  const root = document.createElement("div");
  root.className = "face-video";
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", container.dataset.avatarLabel || gettext("Your tutor"));
  const idle = layer("idle");
  const speech = layer("speech");
  idle.loop = true;
  // Less motion: one picture of waiting is enough.
  const clips = createStateClips({ idleUrl, states: reducedMotion ? [] : states, layer });
  root.append(idle, ...clips.layers, speech);
  container.append(root);

  const statistics = createVideoStatistics(speech);
  const patience = createPatience();
  /** @type {() => number | null} */
  let clock = () => null;
  /** @type {ReturnType<typeof createVideoBuffer> | null} */
  let buffer = null;
  let givenUp = false;
  let request = 0;
  /** @type {string | null} */
  let idleObject = null;
  let gone = false;
  // Whoever hears of it takes this face away: there is nothing to add.
  let failed = false;

  /** @param {VideoProblem} problem */
  function fail(problem) {
    if (failed) return;
    failed = true;
    onProblem(problem);
  }

  /** @param {HTMLVideoElement} video */
  async function play(video) {
    try {
      await video.play();
    } catch (error) {
      // Another load, or a pause: only a refusal is a problem.
      if (/** @type {DOMException} */ (error).name === "NotAllowedError") fail("autoplay");
    }
  }

  async function loadIdle() {
    try {
      const answer = await fetch(idleUrl);
      if (!answer.ok) throw new Error(String(answer.status));
      const clip = await answer.blob();
      if (gone) return;
      idleObject = URL.createObjectURL(clip);
      idle.src = idleObject;
      idle.addEventListener("loadeddata", onReady, { once: true });
      idle.addEventListener("error", () => fail("idle"), { once: true });
      if (!reducedMotion) await play(idle);
    } catch {
      if (!gone) fail("idle");
    }
  }

  /** @param {number} now */
  function tick(now) {
    request = requestAnimationFrame(tick);
    const voiceMs = clock();
    const covered = voiceMs !== null && buffer !== null && buffer.covers(voiceMs);
    if (givenUp) return;
    const seen = { now, sounding: voiceMs !== null, covered, announced: buffer !== null };
    if (patience.isOver(seen)) {
      const announced = buffer !== null;
      stop();
      givenUp = true;
      onLate(announced);
    } else if (voiceMs !== null && covered) {
      follow(voiceMs);
    } else if (!speech.paused) {
      // The voice waits for the network, or the pictures do: the last one stays.
      speech.pause();
    }
  }

  /** @param {number} voiceMs */
  function follow(voiceMs) {
    const shown = root.dataset.shows === "speech";
    const pictureMs = speech.currentTime * 1000;
    const { rate, seekMs } = steer(pictureMs, voiceMs, shown ? FAR_MS : START_MS);
    if (seekMs !== null && !speech.seeking) speech.currentTime = seekMs / 1000;
    if (speech.playbackRate !== rate) speech.playbackRate = rate;
    if (speech.paused) void play(speech);
    if (shown) {
      statistics.skew(pictureMs - voiceMs);
    } else if (seekMs === null && !speech.seeking && speech.readyState >= 2) {
      root.dataset.shows = "speech";
    }
  }

  /** Back to waiting, at once; what was buffered goes when the fade is over. */
  function stop() {
    patience.reset();
    givenUp = false;
    root.dataset.shows = "idle";
    if (!buffer) return;
    statistics.replyOver();
    speech.pause();
    buffer.destroy();
    buffer = null;
  }

  function watch() {
    cancelAnimationFrame(request);
    clips.setHidden(document.hidden);
    if (document.hidden) {
      idle.pause();
      speech.pause();
      patience.reset();
      return;
    }
    if (!reducedMotion && idle.paused && idleObject) void play(idle);
    request = requestAnimationFrame(tick);
  }

  document.addEventListener("visibilitychange", watch);
  root.dataset.shows = "idle";
  void loadIdle();
  watch();

  return {
    /** @param {() => number | null} tell */
    setClock(tell) {
      clock = tell;
    },
    setCues() {},
    addCues() {},
    /** The reply is over or was stopped. */
    clearCues: stop,
    /** @param {string} name */
    setState(name) {
      clips.show(name);
    },
    /** A reply's video is announced. @param {{codec: string}} announced */
    begin({ codec }) {
      stop();
      buffer = createVideoBuffer({ video: speech, codec, onProblem: fail });
    },
    /** @param {import("./wire_codec.js").TutorVideo} piece */
    piece({ data, last }) {
      if (last) buffer?.end();
      else buffer?.add(data);
    },
    snapshot: () => ({ viseme: "", openness: 0, shows: root.dataset.shows, ...statistics.read() }),
    destroy() {
      gone = true;
      stop();
      document.removeEventListener("visibilitychange", watch);
      cancelAnimationFrame(request);
      clips.destroy();
      if (idleObject) URL.revokeObjectURL(idleObject);
      root.remove();
    },
  };
}
