// @ts-check
/** Keeps the tutor from listening to what is not meant for it, and lets it listen again. */

/**
 * @param {object} options
 * @param {Pick<ReturnType<typeof import("./voice_input.js").createVoiceInput>, "isOpen" | "setMuted">} options.voice
 * @param {() => boolean} options.isMuted
 */
export function createMicHold({ voice, isMuted }) {
  let holders = 0;
  /** Whether the microphone was open, so that letting go opens it. */
  let held = false;

  return {
    take() {
      holders += 1;
      if (holders > 1) return;
      held = voice.isOpen() && !isMuted();
      if (held) voice.setMuted(true);
    },
    release() {
      if (holders === 0) return;
      holders -= 1;
      if (holders > 0) return;
      if (held && voice.isOpen()) voice.setMuted(false);
      held = false;
    },
  };
}
