// @ts-check
/** The learner's microphone: opens it, follows device changes, hands out 20 ms frames. */

import { fill, gettext } from "./i18n.js";
import { MIC_RATE } from "./wire_codec.js";
import { classifyMicError } from "./microphone_words.js";

const WORKLET_URL = new URL("./mic_capture_worklet.js", import.meta.url).href;

/** @param {string | null} deviceId @returns {MediaStreamConstraints} */
const constraints = (deviceId) => ({
  audio: {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    channelCount: 1,
    ...(deviceId ? { deviceId: { ideal: deviceId } } : {}),
  },
});

/**
 * A capture graph at 16 kHz where the browser can do that, else at the device's own rate
 * (Firefox refuses to join a stream to a context of another rate); the worklet resamples.
 * @param {MediaStream} stream
 */
async function openGraph(stream) {
  for (const options of [{ sampleRate: MIC_RATE }, {}]) {
    const context = new AudioContext(options);
    try {
      const source = context.createMediaStreamSource(stream);
      await context.audioWorklet.addModule(WORKLET_URL);
      const capture = new AudioWorkletNode(context, "mic-capture", { numberOfOutputs: 1 });
      const silent = new GainNode(context, { gain: 0 });
      // A node that leads nowhere is not run: the silent gain keeps the capture going.
      source.connect(capture).connect(silent).connect(context.destination);
      return { context, capture };
    } catch (error) {
      await context.close();
      if (!("sampleRate" in options)) throw error;
    }
  }
  throw new Error("unreachable");
}

/**
 * @param {object} options
 * @param {(frame: Int16Array) => void} options.onFrame
 * @param {(problem: import("./microphone_words.js").MicProblem) => void} options.onProblem
 * @param {() => void} [options.onReady]  called at each successful (re)opening
 */
export function createMicrophone({ onFrame, onProblem, onReady = () => {} }) {
  /** @type {MediaStream | null} */
  let stream = null;
  /** @type {AudioContext | null} */
  let context = null;
  /** @type {string | null} */
  let wanted = null;
  let opening = 0;

  async function close() {
    opening += 1;
    const [oldStream, oldContext] = [stream, context];
    stream = null;
    context = null;
    for (const track of oldStream?.getTracks() ?? []) {
      track.onended = null;
      track.onmute = null;
      track.stop();
    }
    if (oldContext && oldContext.state !== "closed") await oldContext.close();
  }

  /** @param {string | null} [deviceId] @returns {Promise<boolean>} */
  async function open(deviceId = wanted) {
    wanted = deviceId;
    await close();
    const mine = opening;
    if (!navigator.mediaDevices?.getUserMedia || !("AudioWorkletNode" in globalThis)) {
      onProblem(globalThis.isSecureContext === false ? "insecure" : "unsupported");
      return false;
    }
    try {
      const taken = await navigator.mediaDevices.getUserMedia(constraints(deviceId));
      if (mine !== opening) {
        for (const track of taken.getTracks()) track.stop();
        return false;
      }
      stream = taken;
      const graph = await openGraph(taken);
      if (mine !== opening) {
        await graph.context.close();
        return false;
      }
      context = graph.context;
      graph.capture.port.onmessage = (event) => onFrame(new Int16Array(event.data));
      void context.resume();
      watch(taken);
    } catch (error) {
      if (mine === opening) {
        await close();
        onProblem(classifyMicError(error));
      }
      return false;
    }
    onReady();
    return true;
  }

  /** @param {MediaStream} opened */
  function watch(opened) {
    const [track] = opened.getAudioTracks();
    track.onmute = () => onProblem("silenced");
    track.onunmute = () => onReady();
    track.onended = async () => {
      // The device went away. The default one may still be there.
      if (!(await open(null))) onProblem("unplugged");
    };
  }

  return {
    open,
    close,
    /** @returns {boolean} */
    isOpen: () => stream !== null,
    /** Silences the device itself, so that its light may go out. @param {boolean} enabled */
    setEnabled(enabled) {
      for (const track of stream?.getAudioTracks() ?? []) track.enabled = enabled;
    },
    /** @returns {MediaStreamTrack | null} */
    track: () => stream?.getAudioTracks()[0] ?? null,
    /** @returns {string | null} */
    deviceId: () => stream?.getAudioTracks()[0]?.getSettings().deviceId ?? null,
    /** @returns {Promise<{id: string, label: string}[]>} */
    async devices() {
      const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
      return all
        .filter((device) => device.kind === "audioinput" && device.deviceId !== "")
        .map((device, index) => ({
          id: device.deviceId,
          label: device.label || fill(gettext("Microphone %(n)s"), { n: index + 1 }),
        }));
    },
    /** @param {() => void} callback */
    onDevicesChanged(callback) {
      navigator.mediaDevices?.addEventListener("devicechange", callback);
    },
  };
}
