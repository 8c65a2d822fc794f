// @ts-check
/** Wires the live page: store in the middle, socket, sound and face around it, views on top. */

import { createCaptions } from "./captions.js";
import { createComposer } from "./composer_view.js";
import { canHold, createControlsView } from "./controls_view.js";
import { byId } from "./elements.js";
import { gettext } from "./i18n.js";
import { bindKeyboard } from "./keyboard.js";
import { createLiveFace } from "./live_face.js";
import { createLiveHelp } from "./live_help.js";
import { createLiveParts } from "./live_parts.js";
import { createLiveRtc } from "./live_rtc.js";
import { createOutputMeter } from "./output_meter.js";
import { summaryWords } from "./pronunciation.js";
import { createReplyConductor } from "./reply_conductor.js";
import { createStore } from "./session_store.js";
import { createStatusView } from "./status_view.js";
import { shownPhase } from "./status_words.js";
import { createTranscriptView } from "./transcript_view.js";
import { createTutorSocket } from "./tutor_socket.js";
import { createVoiceInput } from "./voice_input.js";
import { drawWaterfall } from "./waterfall_view.js";
import { message } from "./wire_codec.js";

const MODE_KEY = "tutor.input_mode";
const page = JSON.parse(byId("page-data").textContent);
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;

const store = createStore();
const face = createLiveFace({
  container: byId("face"),
  menu: byId("face-menu"),
  reducedMotion,
  send: (sent) => socket.send(sent),
  announce: (words) => status.announce(words),
  notice: (text) => store.dispatch({ type: "local.notice", code: "face", message: text }),
});
const avatar = face.view;
const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${page.socketPath}`;
const rtc = createLiveRtc({ socket: () => socket, microphone: () => voice.track(), store });
/** @type {ReturnType<typeof rtc.output> | null} */
let player = null;
/** @type {ReturnType<typeof createReplyConductor> | null} */
let conductor = null;
let joinedWithVoice = false;

const socket = createTutorSocket({
  url,
  inputMode: () => store.state().inputMode,
  greeting: () => ({ ...face.greeting(), ...rtc.greeting() }),
  onEvent(event) {
    face.handle(event);
    rtc.handle(event);
    conductor?.handle(event);
    if (!player?.key()) markPlaying(false);
    store.dispatch(event);
    if (event.type === "transcript.final") status.announce(`You: ${event.text}`);
    if (event.type === "reply.completed") status.announce(`Tutor: ${event.text}`);
    help.handle(event);
    if (event.type === "pronunciation.ready") {
      help.words.keepSound(event);
      status.announce(summaryWords(event));
    }
    if (event.type === "session.ended") leave();
  },
  onAudio: (audio) => conductor?.audio(audio),
  onVideo: (piece) => conductor?.video(piece),
  onStatus(name, detail) {
    store.dispatch({ type: "local.connection", status: name, ...detail });
    if (name === "closed") leave();
  },
});
const voice = createVoiceInput({ socket, store, onLevel: (height) => controls.level(height), onTrack: rtc.microphoneChanged });

const intents = {
  toggleMode() {
    const mode = store.state().inputMode === "hands_free" ? "push_to_talk" : "hands_free";
    localStorage.setItem(MODE_KEY, mode);
    if (store.state().muted) voice.setMuted(false);
    voice.setMode(mode);
  },
  toggleMute() {
    if (voice.isOpen() && store.state().inputMode === "hands_free") voice.setMuted(!store.state().muted);
  },
  pressTalk() {
    // Who presses to talk wants to be heard now: the tutor falls silent at once.
    if (!voice.press()) return;
    conductor?.silence();
    markPlaying(false);
  },
  releaseTalk: () => voice.release(),
  toggleHold() {
    const { held } = store.state();
    if (!held && !canHold(store.state(), voice.isOpen())) return;
    socket.send(message.turnHold(!held));
    store.dispatch({ type: "local.held", held: !held });
    if (!held) status.announce(gettext("Take your time"));
  },
  stop() {
    conductor?.silence();
    markPlaying(false);
    socket.send(message.replyStop());
  },
  /** @param {boolean} slower */
  repeat(slower) {
    if (store.state().turns.some((turn) => turn.reply)) socket.send(message.replyRepeat(slower));
  },
  end: () => socket.send(message.sessionEnd()),
  /** @param {import("./shown_parts.js").PartName} part */
  togglePart: (part) => parts.toggle(part),
  writeText: () => composer.focus(),
  askHowToSay: () => help.openSayHelp(),
  showKeys: () => byId("keys-dialog").showModal(),
};

const controls = createControlsView(intents);
const status = createStatusView({
  onConnectionAction(does) {
    if (does === "retry") socket.retryNow();
    if (does === "take_back") takeBack();
    if (does === "sign_in") location.assign(page.signInUrl);
    if (does === "reload") location.reload();
  },
  onMicRetry() {
    joinedWithVoice = true;
    void voice.open();
  },
  onDismiss: (id) => store.dispatch({ type: "local.dismiss", id }),
});
const transcript = createTranscriptView({
  list: byId("transcript"),
  scroller: byId("transcript-scroll"),
  empty: byId("transcript-empty"),
  intents: {
    correct: (turn, text) => socket.send(message.transcriptCorrect(turn, text)),
    redo(turn) {
      socket.send(message.turnRedo(turn));
      store.dispatch({ type: "local.redo", turn });
    },
    retry: (turn) => socket.send(message.turnRetry(turn)),
    openWord: (turn, word, phonemeAt) => help.words.open(turn, word, phonemeAt),
    openText: (turn, tapped) => help.words.openText(turn, tapped),
    lineHelp: (turn, text) => help.lines.draw(turn, text),
  },
});
const help = createLiveHelp({
  page: page.help,
  memory: socket.micMemory,
  voice,
  store,
  silenceTutor() {
    if (store.state().playing) intents.stop();
  },
  use: (text) => composer.insert(text),
});
const composer = createComposer({
  limit: () => store.state().limits.max_text_chars,
  submit(text) {
    conductor?.silence();
    markPlaying(false);
    socket.send(message.textSubmit(text, crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`));
  },
});
const parts = createLiveParts({
  page: byId("live"),
  button: byId("shown-open"),
  panel: byId("shown-panel"),
  why: byId("shown-why"),
  speaker: byId("speaker"),
  announce: (words) => status.announce(words),
  notice: (text) => store.dispatch({ type: "local.notice", code: "shown", message: text }),
  setSilent: (silent) => player?.setSilent(silent),
});
createCaptions({
  line: byId("caption"),
  clock: () => player?.clock() ?? null,
  state: store.state,
  isShown: () => parts.showsCaptions(store.state()),
});
bindKeyboard(intents, () => store.state().inputMode === "push_to_talk");

/** @param {boolean} playing */
function markPlaying(playing) {
  if (store.state().playing !== playing) store.dispatch({ type: "local.playback", playing });
}

/** Runs inside the click that joins: only then may a page make sound. @param {boolean} withVoice */
async function join(withVoice) {
  byId("join").hidden = true;
  joinedWithVoice = withVoice;
  const context = new AudioContext();
  player = rtc.output({
    context,
    onStarted: () => markPlaying(true),
    onFinished(key, ms) {
      conductor?.finished(key, ms);
      markPlaying(false);
    },
  });
  conductor = createReplyConductor({ player, avatar, send: (sent) => socket.send(sent) });
  avatar.setClock(player.clock);
  parts.joined();
  exposeDebug(player);
  const resumed = context.resume();
  status.joined();
  const saved = localStorage.getItem(MODE_KEY);
  if (saved === "push_to_talk") voice.setMode(saved);
  const opened = withVoice ? voice.open() : Promise.resolve(false);
  await Promise.all([resumed, opened, face.look()]);
  socket.connect();
  if (!withVoice) composer.focus();
}

async function takeBack() {
  socket.takeBack();
  if (joinedWithVoice && !voice.isOpen()) await voice.open();
}

/** The talk is over, here or at all: no microphone stays open. */
function leave() {
  conductor?.silence();
  markPlaying(false);
  rtc.close();
  void voice.close();
}

/** @param {NonNullable<typeof player>} output */
function exposeDebug(output) {
  if (byId("live").dataset.debug !== "1") return;
  const meter = createOutputMeter(output.analyser);
  setInterval(() => meter.rms(), 50);
  Object.assign(window, {
    tutorDebug: {
      state: store.state,
      mouth: avatar.snapshot,
      rtc: rtc.state,
      audio: () => ({
        playing: store.state().playing,
        clockMs: output.clock(),
        rms: meter.rms(),
        maxRms: meter.maxRms(),
        totalPlayedMs: output.totalPlayedMs(),
      }),
    },
  });
}

const FACE = { joining: "idle", listening: "listening", hearing: "listening", thinking: "thinking", speaking: "speaking", ended: "idle" };

/** Whoever is spoken over looks up. @param {import("./session_store.js").SessionState} state */
const faceState = (state) => FACE[shownPhase(state)];

store.subscribe((state, before) => {
  status.render(state, before);
  controls.render(state, voice.isOpen());
  if (state.turns !== before.turns || state.phase !== before.phase) transcript.render(state);
  if (faceState(state) !== faceState(before)) avatar.setState(faceState(state));
  if (state.timedTurn !== before.timedTurn) renderTiming();
});

function renderTiming() {
  const { turns, timedTurn } = store.state();
  const timing = turns.find((turn) => turn.index === timedTurn)?.timing;
  const empty = document.createTextNode(gettext("The times of the next answer will appear here."));
  byId("waterfall").replaceChildren(timing ? drawWaterfall(timing) : empty);
}

/** @param {boolean} open */
function showTiming(open) {
  byId("timing").hidden = !open;
  byId("timing-toggle").setAttribute("aria-pressed", String(open));
  renderTiming();
  byId("transcript-scroll").scrollTop = byId("transcript-scroll").scrollHeight;
}

byId("timing-toggle").addEventListener("click", () => showTiming(byId("timing").hidden));
byId("timing-close").addEventListener("click", () => showTiming(false));
byId("keys-open").addEventListener("click", intents.showKeys);
for (const [id, withVoice] of /** @type {[string, boolean][]} */ ([["join-voice", true], ["join-text", false]])) {
  byId(id).addEventListener("click", () => void join(withVoice));
  // Until here a click would have gone nowhere.
  /** @type {HTMLButtonElement} */ (byId(id)).disabled = false;
}
window.addEventListener("online", () => socket.retryNow());
status.render(store.state(), store.state());
controls.render(store.state(), false);
