// @ts-check
/** One word as a lesson of the mouth: seen, slowed down, and beside one's own. */

import { createChoiceRow } from "./choice_row.js";
import { element, icon } from "./elements.js";
import { energySpans } from "./energy_spans.js";
import { gettext } from "./i18n.js";
import { drawLessonDetails, spokenFacts } from "./lesson_details.js";
import { createLessonPictures } from "./lesson_pictures.js";
import { firstSound, heardSpans, ipaOf, lessonSounds, markOf, silentSpans, soundAt } from "./lesson_sounds.js";
import { createMotion, cuesOf } from "./mouth_motion.js";
import { WORDS, differenceWords, speedName, speedWords } from "./mouth_lesson_words.js";
import { piecesOf } from "./play_plan.js";
import { VERDICT_WORDS } from "./pronunciation.js";
import { moveFocus } from "./roving_focus.js";
import { soundName } from "./sound_guide.js";
import { createSoundTracks } from "./sound_tracks.js";
import { createWarp } from "./time_warp.js";

/** @typedef {import("./mouth_motion.js").Span} Span */
/** @typedef {{samples: Float32Array, rate: number}} Sound */
/** @typedef {{sound: Sound, phonemes: import("./pronunciation.js").PhonemeResult[]}} Mine */

const SPEEDS = [0.25, 0.5, 0.75, 1];
/** So much silence is left around a word. */
const MARGIN_MS = 40;
const SILENT_RATE = 8000;

/**
 * @param {object} options
 * @param {import("./mouth_postures.js").Postures} options.postures
 * @param {import("./sound_guide.js").Guide} options.guide
 * @param {ReturnType<typeof import("./lesson_player.js").createLessonPlayer>} options.player
 * @param {string} options.language
 * @param {string} options.model  of the head, "" for none
 * @param {string} [options.focus]  IPA of the sound to begin with
 * @param {(ipa: string) => string} options.soundUrl
 * @param {boolean} [options.reducedMotion]
 */
export function createMouthLesson({ postures, guide, player, language, model, focus = "", soundUrl, reducedMotion = matchMedia("(prefers-reduced-motion: reduce)").matches }) {
  /** @type {import("./play_plan.js").Order} */
  let order = "tutor";
  let speed = 0.5;
  let loops = false;
  /** @type {"word" | "sound"} */
  let part = "word";
  let chosen = 0;
  let row = lessonSounds([], null, postures, language);
  /** @type {Span[]} */
  let spans = [];
  /** @type {Sound | null} */
  let tutorSound = null;
  /** @type {Mine | null} */
  let mine = null;
  let knowsTimes = true;
  let motions = { tutor: createMotion([], postures, language), mine: createMotion([], postures, language) };
  /** @type {"tutor" | "mine" | null} */
  let shownCues = null;
  /** @type {HTMLElement[]} */
  let chips = [];

  const status = element("p", { class: "lesson__status", role: "status" });
  const ipa = element("p", { class: "lesson__ipa" });
  const strip = element("div", { class: "chip-sounds lesson__strip", role: "group", "aria-label": gettext("Sounds of the word. Arrow keys step through them."),
    on: { keydown: (/** @type {KeyboardEvent} */ event) => moveFocus(event, chips) } });
  const details = element("div", { class: "lesson__details", "aria-live": "polite" });
  const differs = element("p", { class: "lesson__differs" });
  const pictures = createLessonPictures({ model, reducedMotion, heard: nowHeard, onFrame });
  const playButton = /** @type {HTMLButtonElement} */ (element("button", { class: "button button--primary lesson__play", type: "button", on: { click: toggle } }, icon("play"), element("span", {}, gettext("Play"))));
  const loopButton = element("button", { class: "button lesson__loop", type: "button", "aria-pressed": "false", on: { click: switchLoop } }, icon("repeat"), gettext("Loop"));
  const speeds = createChoiceRow({ legend: gettext("Speed"), chosen: speed, onChoice: (value) => again(() => (speed = value)),
    choices: SPEEDS.map((value) => ({ value, name: speedName(value), words: speedWords(value) })) });
  const parts = createChoiceRow({ legend: gettext("What"), chosen: part, onChoice: (value) => again(() => (part = value)),
    choices: [{ value: /** @type {"word" | "sound"} */ ("word"), name: gettext("Word") }, { value: "sound", name: gettext("This sound") }] });
  const orders = createChoiceRow({ legend: gettext("Who"), chosen: order, onChoice: (value) => again(() => (order = value)),
    choices: [{ value: /** @type {import("./play_plan.js").Order} */ ("tutor"), name: gettext("Tutor") }, { value: "mine", name: gettext("You") }, { value: "turns", name: gettext("In turns") }, { value: "sounds", name: gettext("Sound by sound") }] });
  const trackPlace = element("div", { class: "lesson__tracks" });
  const tracks = createSoundTracks(trackPlace, (ms) => {
    const at = soundAt(row.sounds, ms);
    if (at >= 0) choose(at);
  });
  const node = element("div", { class: "lesson" }, ipa, pictures.node, strip,
    element("div", { class: "lesson__transport" }, playButton, loopButton, speeds.node, parts.node, orders.node),
    status, details, differs, trackPlace);

  /** What plays now, on the time of its own track. */
  function nowHeard() {
    const place = player.place();
    if (!place) return null;
    if (shownCues !== place.track) showCues(place.track);
    return { motion: motions[place.track], ms: place.ms };
  }

  /** @param {"tutor" | "mine"} track */
  function showCues(track) {
    shownCues = track;
    const said = track === "tutor" ? spans : heardSpans(mine?.phonemes ?? []);
    pictures.setCues(cuesOf(said, postures, language).map(({ posture, start, end }) => [posture.viseme, start, end]));
  }

  /** @param {number | null} ms  of what is heard */
  function onFrame(ms) {
    const track = player.place()?.track ?? null;
    if (ms === null || track === null) {
      if (playButton.dataset.on) rest();
      return;
    }
    const axis = track === "tutor" ? ms : row.warp.toOne(ms);
    tracks.follow(axis, track);
    const at = soundAt(row.sounds, axis);
    chips.forEach((chip, i) => chip.classList.toggle("chip-sound--now", i === at));
  }

  /** @param {boolean} on */
  function showPlaying(on) {
    if (on) playButton.dataset.on = "1";
    else delete playButton.dataset.on;
    playButton.querySelector("use")?.setAttribute("href", on ? "#i-stop" : "#i-play");
    const name = playButton.querySelector("span");
    if (name) name.textContent = on ? gettext("Stop") : gettext("Play");
    if (!on) chips.forEach((chip) => chip.classList.remove("chip-sound--now"));
  }

  /** @param {() => void} change  of how it is played; what plays goes on in the new way */
  function again(change) {
    change();
    if (player.isPlaying()) play();
  }

  function switchLoop() {
    again(() => (loops = !loops));
    loopButton.setAttribute("aria-pressed", String(loops));
  }

  function toggle() {
    if (player.isPlaying()) {
      player.stop();
      rest();
    } else play();
  }

  function play() {
    const { from, to, sounds, warp } = row;
    const sound = sounds[chosen];
    const stretch = part === "sound" && sound ? { fromMs: sound.start_ms, toMs: sound.end_ms } : { fromMs: from - MARGIN_MS, toMs: to + MARGIN_MS };
    try {
      player.play(piecesOf(mine ? order : "tutor", stretch, warp.toOther, sounds), { speed, loops });
    } catch {
      status.textContent = WORDS.noSound;
      return;
    }
    showPlaying(player.isPlaying());
    pictures.wake();
  }

  /** Holds the chosen sound in the pictures. */
  function rest() {
    showPlaying(false);
    showCues("tutor");
    const sound = row.sounds[chosen];
    if (!sound) {
      pictures.hold(motions.tutor, 0);
      return;
    }
    const heard = sound.mine?.diagnosis?.heard ? postures.find(sound.mine.diagnosis.heard, language)?.stages[0].posture : null;
    const making = postures.find(sound.ipa, language);
    // The end of a sound that moves is where it goes; the middle of any other is what it is.
    const share = making && making.stages.length > 1 ? making.stages[0].share / 2 : 0.5;
    const ms = sound.start_ms + share * (sound.end_ms - sound.start_ms);
    pictures.hold(motions.tutor, ms, { ghost: heard ?? null });
    pictures.describe(`${sound.ipa}: ${spokenFacts(making)}`);
    tracks.follow(ms, null);
  }

  /** @param {number} at */
  function choose(at) {
    player.stop();
    chosen = at;
    chips.forEach((chip, i) => {
      chip.setAttribute("aria-pressed", String(i === at));
      chip.setAttribute("tabindex", i === at ? "0" : "-1");
    });
    const sound = row.sounds[at];
    if (sound && knowsTimes) details.replaceChildren(drawLessonDetails({ sound, making: postures.find(sound.ipa, language), guide, url: soundUrl(postures.find(sound.ipa, language)?.ipa ?? "") }));
    rest();
  }

  function draw() {
    row = lessonSounds(spans, knowsTimes ? (mine?.phonemes ?? null) : null, postures, language);
    // Without sounds to pair, one word is laid over the other as a whole.
    if (!knowsTimes && mine) row = { ...row, warp: createWarp([[row.from, mine.phonemes[0].start_ms], [row.to, mine.phonemes[mine.phonemes.length - 1].end_ms]]) };
    strip.hidden = !knowsTimes;
    parts.node.hidden = !knowsTimes;
    motions = { tutor: createMotion(spans, postures, language), mine: createMotion(heardSpans(mine?.phonemes ?? []), postures, language) };
    chips = row.sounds.map(({ ipa: name, mine: said }, at) => element("button", {
      class: `chip-sound${said ? ` chip-sound--${said.verdict}` : ""}`, type: "button", "aria-pressed": "false", on: { click: () => choose(at), focus: () => at !== chosen && choose(at) },
    }, element("span", { "aria-hidden": "true" }, name), element("span", { class: "visually-hidden" }, `${soundName(guide.sounds[name], name)}${said ? `: ${VERDICT_WORDS[said.verdict]}` : ""}`)));
    strip.replaceChildren(...chips);
    ipa.textContent = knowsTimes && row.sounds.length > 0 ? `/${ipaOf(row.sounds)}/` : "";
    orders.node.hidden = mine === null;
    if (!mine) orders.choose((order = "tutor"));
    differs.textContent = differenceWords(row.sounds);
    const axis = { from: row.from - MARGIN_MS, to: row.to + MARGIN_MS };
    tracks.draw(axis,
      tutorSound && { sound: tutorSound, sounds: knowsTimes ? row.sounds.filter(({ isTutors }) => isTutors) : [] },
      mine && { sound: mine.sound, toMine: row.warp.toOther, sounds: mine.phonemes.map((said) => ({ ipa: said.diagnosis?.kind === "dropped" ? "" : (said.diagnosis?.heard ?? said.ipa), start_ms: row.warp.toOne(said.start_ms), end_ms: row.warp.toOne(said.end_ms), mark: markOf(said) })) });
    choose(Math.min(row.sounds.length - 1, firstSound(row.sounds, focus, postures, language)));
  }

  return {
    node,
    /**
     * The tutor's word; without sound the pictures move in silence.
     * @param {{sound: Sound, spans: Span[]} | null} said
     * @param {string[]} [expected]  its sounds, where no voice tells them
     */
    setTutor(said, expected = []) {
      const known = said?.spans.some(({ ipa: name }) => name !== "") ?? false;
      spans = said && known ? said.spans : said ? energySpans(said.sound.samples, said.sound.rate) : silentSpans(expected);
      tutorSound = said?.sound ?? null;
      const length = spans[spans.length - 1]?.end_ms ?? 0;
      player.setTrack("tutor", said?.sound ?? { samples: new Float32Array(Math.ceil(((length + MARGIN_MS) * SILENT_RATE) / 1000)), rate: SILENT_RATE });
      knowsTimes = known || !said;
      if (!knowsTimes) status.textContent = WORDS.noTimes;
      draw();
    },
    /** @param {Mine | null} said  times on its own sound */
    setMine(said) {
      mine = said && said.phonemes.length > 0 ? said : null;
      player.setTrack("mine", mine?.sound ?? null);
      if (mine) orders.choose((order = "turns"));
      draw();
    },
    /** @param {string} words */
    say: (words) => (status.textContent = words),
    stop() {
      player.stop();
      rest();
    },
    destroy() {
      player.close();
      pictures.destroy();
    },
  };
}
