// @ts-check
/** WebRTC in a talk: the link, the voice that comes by it, and which way the microphone takes. */

import { canRtc, createRtcLink } from "./rtc_link.js";
import { createSpeechPlayer } from "./speech_player.js";
import { createTrackVoice } from "./track_voice.js";
import { message } from "./wire_codec.js";

/**
 * @param {object} options
 * @param {() => Pick<ReturnType<typeof import("./tutor_socket.js").createTutorSocket>, "send" | "holdFrames" | "releaseFrames">} options.socket
 * @param {() => MediaStreamTrack | null} options.microphone
 * @param {ReturnType<typeof import("./session_store.js").createStore>} options.store
 */
export function createLiveRtc({ socket, microphone, store }) {
  /** @type {ReturnType<typeof createTrackVoice> | null} */
  let voice = null;
  /** The copy that is sent; it is silent unless the tutor listens to it. @type {MediaStreamTrack | null} */
  let copy = null;
  let carriesMicrophone = false;

  const link = createRtcLink({
    send: (sent) => socket().send(sent),
    microphone: copied,
    onConnected(receiver, stream) {
      voice?.connected(receiver, stream);
      consider();
    },
    onGone() {
      voice?.gone();
      // Its frames are asked for by number: until then they are kept.
      listen(false);
    },
  });

  function copied() {
    copy?.stop();
    copy = microphone()?.clone() ?? null;
    if (copy) copy.enabled = carriesMicrophone;
    return copy;
  }

  /** @param {boolean} carries */
  function listen(carries) {
    carriesMicrophone = carries;
    if (copy) copy.enabled = carries;
  }

  /** The track takes the microphone over in a pause, and only where all that is said is meant. */
  function consider() {
    const { inputMode, muted, phase } = store.state();
    const may = link.isConnected() && copy !== null && inputMode === "hands_free";
    if (!may && carriesMicrophone && link.isConnected()) {
      listen(false);
      socket().send(message.rtcMicrophone("socket", socket().holdFrames()));
    }
    if (may && !carriesMicrophone && !muted && phase !== "hearing") {
      listen(true);
      socket().send(message.rtcMicrophone("track", socket().holdFrames()));
    }
  }

  store.subscribe((state, before) => {
    if (copy) copy.enabled = carriesMicrophone && !state.muted;
    if (state.muted !== before.muted && !state.muted && carriesMicrophone) {
      // What was not sent was not counted: the numbers are told anew.
      socket().send(message.rtcMicrophone("track", socket().holdFrames()));
    }
    if (state.phase !== before.phase || state.inputMode !== before.inputMode || state.muted !== before.muted) consider();
  });

  return {
    greeting: () => ({ rtc: canRtc() }),
    /** @param {import("./wire_codec.js").ServerMessage} event */
    handle(event) {
      link.handle(event);
      voice?.handle(event);
      if (event.type === "rtc.closed" || event.type === "rtc.frames") {
        listen(false);
        socket().releaseFrames(event.next_frame);
      }
      if (event.type === "rtc.closed" && event.message) {
        store.dispatch({ type: "local.notice", code: "rtc", message: event.message });
      }
      if (event.type === "session.ended") link.close();
    },
    /**
     * What plays the tutor's voice, whichever way it comes.
     * @param {{context: AudioContext, onStarted: (key: any) => void, onFinished: (key: any, ms: number) => void}} options
     */
    output({ context, onStarted, onFinished }) {
      voice = createTrackVoice({
        player: createSpeechPlayer({ context, onStarted, onFinished }),
        element: new Audio(),
        onStarted,
        onFinished,
      });
      return voice;
    },
    /** The microphone was opened, closed or exchanged. */
    microphoneChanged: () => void link.useMicrophone(),
    state: () => ({ connected: link.isConnected(), microphone: carriesMicrophone, voice: voice?.isCarried() ?? false }),
    close: () => link.close(),
  };
}
