/** The tutor's face for a page: the only module a page imports. */

import { Blinker } from "./avatar_blinks.js";
import { CueTrack } from "./avatar_cues.js";
import { emphasisAt } from "./avatar_emphasis.js";
import { Gaze } from "./avatar_gaze.js";
import { Mouth } from "./avatar_mouth.js";
import { drawPortrait } from "./avatar_portrait.js";
import { Posture } from "./avatar_posture.js";
import { Stillness } from "./avatar_stillness.js";
import { gettext } from "./i18n.js";

const STATES = ["idle", "listening", "thinking", "speaking"];
/** 30 pictures a second: lips read as well as at 60, and the browser of a small machine stays cool. */
const PICTURE_MS = 1000 / 30;
/** Frames come a little early or late; this much earlier than planned still counts as due. */
const EARLY_MS = 6;
const QUIET = { level: 0, phraseEnded: false };

/**
 * Put a living face into `container`, filling it.
 *
 * `setClock` takes a function that tells the position in ms on the reply's audio, or null when
 * nothing plays. Cues are `[viseme, start_ms, end_ms]` on that timeline.
 */
export function createAvatarView(container, { reducedMotion = false } = {}) {
  const track = new CueTrack();
  const mouth = new Mouth(track);
  const blinker = new Blinker(Math.random);
  const gaze = new Gaze(Math.random);
  const posture = new Posture(Math.random, { still: reducedMotion });
  const stillness = new Stillness();
  const portrait = drawPortrait();
  const { root } = portrait;
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", container.dataset.avatarLabel || gettext("Your tutor"));
  root.setAttribute("preserveAspectRatio", "xMidYMax meet");
  root.style.display = "block";
  root.style.width = "100%";
  root.style.height = "100%";
  container.append(root);

  let clock = () => null;
  let request = null;
  let lastPicture = -Infinity;
  let phraseWasEnding = false;
  let drawn = { viseme: "sil", openness: 0 };

  function draw(now) {
    const position = clock();
    const { pose, viseme } = mouth.step(now, position);
    const { level, phraseEnded } = Number.isFinite(position) ? emphasisAt(track, position) : QUIET;
    if (phraseEnded && !phraseWasEnding) blinker.phraseEnded(now);
    phraseWasEnding = phraseEnded;
    const look = {
      shut: blinker.step(now),
      gaze: reducedMotion ? { x: 0, y: 0 } : gaze.step(now),
    };
    const openness = portrait.update({
      pose, look, posture: stillness.settle(posture.step(now, level)),
    });
    drawn = { viseme, openness };
  }

  function frame(now) {
    request = requestAnimationFrame(frame);
    if (now - lastPicture < PICTURE_MS - EARLY_MS) return;
    lastPicture = now;
    draw(now);
  }

  function follow() {
    if (document.hidden) {
      cancelAnimationFrame(request);
      request = null;
    } else if (request === null) {
      request = requestAnimationFrame(frame);
    }
  }

  document.addEventListener("visibilitychange", follow);
  draw(performance.now());
  follow();

  return {
    setClock(tell) {
      clock = tell;
    },
    setCues(cues) {
      mouth.set(cues);
    },
    addCues(cues) {
      mouth.add(cues);
    },
    clearCues() {
      mouth.clear();
    },
    setState(state) {
      if (!STATES.includes(state)) throw new RangeError(`unknown avatar state: ${state}`);
      gaze.setState(state);
      posture.setState(state);
    },
    /** What the last drawn frame shows: its viseme and its lip opening, 0..1. */
    snapshot() {
      return { ...drawn };
    },
    destroy() {
      document.removeEventListener("visibilitychange", follow);
      cancelAnimationFrame(request);
      root.remove();
    },
  };
}
