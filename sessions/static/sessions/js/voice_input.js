// @ts-check
/** From microphone to socket: the gate in between, the level, and what goes wrong. */

import { measureFrame, meterHeight } from "./audio_level.js";
import { createMicrophone } from "./microphone.js";
import { createTalkGate } from "./talk_gate.js";
import { message } from "./wire_codec.js";

/** Where the device check leaves the chosen microphone. */
export const DEVICE_KEY = "tutor.microphone";

/**
 * @param {object} options
 * @param {ReturnType<typeof import("./tutor_socket.js").createTutorSocket>} options.socket
 * @param {ReturnType<typeof import("./session_store.js").createStore>} options.store
 * @param {(height: number) => void} options.onLevel  0..1, once a frame
 * @param {() => void} [options.onTrack]  the microphone's track is another one
 */
export function createVoiceInput({ socket, store, onLevel, onTrack = () => {} }) {
  const gate = createTalkGate({
    sendFrame: (frame) => socket.sendFrame(frame),
    sendPress: () => socket.send(message.speechPress()),
    sendRelease: () => socket.send(message.speechRelease()),
  });
  const microphone = createMicrophone({
    onFrame(frame) {
      onLevel(meterHeight(measureFrame(frame).db));
      gate.push(frame);
    },
    onProblem(problem) {
      onLevel(0);
      store.dispatch({ type: "local.mic_problem", problem });
    },
    onReady() {
      store.dispatch({ type: "local.mic_problem", problem: null });
      microphone.setEnabled(!store.state().muted);
      onTrack();
    },
  });

  return {
    open: () => microphone.open(localStorage.getItem(DEVICE_KEY)),
    close: () => microphone.close(),
    isOpen: () => microphone.isOpen(),
    track: () => microphone.track(),
    /** @param {boolean} muted */
    setMuted(muted) {
      gate.setMuted(muted);
      microphone.setEnabled(!muted);
      if (muted) onLevel(0);
      socket.send(message.inputMute(muted));
      store.dispatch({ type: "local.muted", muted });
    },
    /** @param {import("./wire_codec.js").InputMode} mode */
    setMode(mode) {
      gate.setMode(mode);
      socket.send(message.inputMode(mode));
      store.dispatch({ type: "local.input_mode", mode });
    },
    /** @returns {boolean} whether the tutor is being spoken to now */
    press() {
      const talking = gate.press();
      store.dispatch({ type: "local.talking", talking });
      return talking;
    },
    release() {
      gate.release();
      store.dispatch({ type: "local.talking", talking: false });
    },
  };
}
