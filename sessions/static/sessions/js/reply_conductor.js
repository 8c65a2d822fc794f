// @ts-check
/**
 * Keeps voice, face and server together for the reply being spoken: starts and stops
 * player and mouth as one, and tells the server how far the learner has heard.
 */

import { message } from "./wire_codec.js";

const PROGRESS_MS = 250;

/**
 * @param {object} options
 * @param {ReturnType<typeof import("./speech_player.js").createSpeechPlayer>} options.player
 * @param {{addCues(cues: any[]): void, clearCues(): void, beginVideo?(announced: any): void, videoPiece?(piece: any): void}} options.avatar
 * @param {(sent: {type: string}) => void} options.send
 */
export function createReplyConductor({ player, avatar, send }) {
  const timer = setInterval(() => {
    const key = player.key();
    const playedMs = player.playedMs();
    if (key && playedMs > 0) send(message.playbackProgress(key.turn, key.attempt, playedMs));
  }, PROGRESS_MS);

  /** How far the learner heard the reply that played last. */
  let heard = { turn: -1, attempt: -1, ms: 0 };

  /** @param {{turn: number, attempt: number}} event */
  const isCurrent = ({ turn, attempt }) => {
    const key = player.key();
    return key !== null && key.turn === turn && key.attempt === attempt;
  };

  /** @type {Record<string, (event: any) => void>} */
  const handlers = {
    "reply.started"(event) {
      silence();
      player.begin({ turn: event.turn, attempt: event.attempt });
    },
    "reply.visemes"(event) {
      if (isCurrent(event)) avatar.addCues(event.cues);
    },
    "reply.video"(event) {
      if (isCurrent(event)) avatar.beginVideo?.(event);
    },
    "reply.audio_ended"(event) {
      player.complete({ turn: event.turn, attempt: event.attempt });
    },
    "reply.held"(event) {
      if (!isCurrent(event)) return;
      player.hold();
      // Where it stands is where it goes on, if it does.
      send(message.playbackProgress(event.turn, event.attempt, player.playedMs()));
    },
    "reply.resumed"(event) {
      if (isCurrent(event)) player.resume(event.from_ms);
    },
    "reply.interrupted"(event) {
      if (isCurrent(event)) silence();
      const known = heard.turn === event.turn && heard.attempt === event.attempt;
      send(message.playbackStopped(event.turn, event.attempt, known ? heard.ms : 0));
    },
    "session.ready"(event) {
      if (!event.resumed) silence();
    },
    "session.replaced": silence,
    "session.ended": silence,
  };

  function silence() {
    const key = player.key();
    const ms = player.stop();
    if (key) heard = { ...key, ms };
    avatar.clearCues();
  }

  return {
    /** @param {{type: string}} event */
    handle(event) {
      handlers[event.type]?.(event);
    },
    /** @param {import("./wire_codec.js").TutorAudio} audio */
    audio: (audio) => player.push(audio),
    /** @param {import("./wire_codec.js").TutorVideo} piece */
    video(piece) {
      if (isCurrent(piece)) avatar.videoPiece?.(piece);
    },
    /** The learner stopped the tutor: silence first, the server's word follows. */
    silence,
    /** @param {{turn: number, attempt: number}} key @param {number} ms */
    finished(key, ms) {
      heard = { ...key, ms };
      avatar.clearCues();
      send(message.playbackFinished(key.turn, key.attempt));
    },
    destroy: () => clearInterval(timer),
  };
}
