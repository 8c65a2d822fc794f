// @ts-check
/** Comments: written or said, sent without leaving the page, deleted. */

import { element } from "../../sessions/js/elements.js";
import { fill, gettext } from "../../sessions/js/i18n.js";
import { MIC_PROBLEM_TEXT } from "../../sessions/js/microphone_words.js";
import { createRecorder } from "../../sessions/js/recorder.js";
import { encodeWav } from "../../sessions/js/wav.js";
import { MIC_RATE } from "../../sessions/js/wire_codec.js";
import { clock } from "./talk_times.js";

const LONGEST_MS = 60_000;
const NO_CONNECTION = gettext("There is no connection right now. Your words are still here.");
const TROUBLE = gettext("That did not work. Your words are still here; try again.");

/**
 * @param {object} options
 * @param {HTMLElement} options.root
 * @param {() => void} [options.onRecording]  others fall silent
 * @param {() => void} [options.onChange]
 */
export function createComments({ root, onRecording = () => {}, onChange = () => {} }) {
  /** The form that records now. @type {HTMLFormElement | null} */
  let recording = null;

  const recorder = createRecorder({
    longestMs: LONGEST_MS,
    onLevel() {},
    onTime(ms) {
      if (recording) say(recording, fill(gettext("Recording, %(time)s. Press again to send."), { time: clock(ms) }));
    },
    onProblem(problem) {
      if (recording) say(recording, MIC_PROBLEM_TEXT[problem], true);
      showRecording(recording, false);
      recording = null;
    },
    onRecorded({ frames }) {
      const form = recording;
      recording = null;
      showRecording(form, false);
      if (form && frames.length > 0) void send(form, new Blob([encodeWav(frames, MIC_RATE)], { type: "audio/wav" }));
    },
  });

  /** @param {HTMLFormElement} form @param {string} words @param {boolean} [isProblem] */
  function say(form, words, isProblem = false) {
    const status = form.querySelector("[data-status]");
    if (!status) return;
    status.textContent = words;
    status.classList.toggle("comment-form__status--problem", isProblem);
  }

  /** @param {HTMLFormElement | null} form @param {boolean} on */
  function showRecording(form, on) {
    form?.classList.toggle("comment-form--recording", on);
    const label = form?.querySelector("[data-record] span");
    if (label) label.textContent = on ? gettext("Send") : gettext("Say it");
  }

  /** @param {HTMLFormElement} form */
  async function record(form) {
    if (recording === form) {
      recorder.stop();
      return;
    }
    if (recording) return;
    onRecording();
    recording = form;
    showRecording(form, true);
    if (!(await recorder.start())) showRecording(form, false);
  }

  /** @param {HTMLFormElement} form @param {Blob | null} audio */
  async function send(form, audio) {
    const body = new FormData(form);
    if (audio) body.set("audio", audio, "comment.wav");
    const buttons = [...form.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    say(form, gettext("Sending …"));
    try {
      const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
      if (!response.ok || response.redirected) {
        const answer = await response.json().catch(() => null);
        say(form, answer?.message ?? TROUBLE, true);
        return;
      }
      add(form, await response.text());
      const field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
      field.value = "";
      say(form, gettext("Added."));
      onChange();
    } catch {
      say(form, NO_CONNECTION, true);
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }

  /** The server's own piece of the page. @param {HTMLFormElement} form @param {string} html */
  function add(form, html) {
    const made = new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html").querySelector("li");
    if (!made) return;
    const replies = form.querySelector("[name=parent]") ? form.closest(".comment")?.querySelector(".comment__replies") : null;
    const list = replies ?? root.querySelector("#comments-list");
    const added = document.importNode(made, true);
    const ms = Number(added.dataset.commentMs ?? -1);
    const after = replies ? null : [...(list?.children ?? [])].find((one) => Number(/** @type {HTMLElement} */ (one).dataset.commentMs ?? -1) > ms);
    list?.insertBefore(added, after ?? null);
    wire(added);
    added.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLFormElement} form */
  async function remove(form) {
    const comment = /** @type {HTMLElement} */ (form.closest(".comment"));
    const button = form.querySelector("button");
    if (button && button.dataset.sure !== "1") {
      button.dataset.sure = "1";
      button.textContent = gettext("Delete it? Press again");
      return;
    }
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
      if (!response.ok || response.redirected) throw new Error("refused");
      comment.remove();
      onChange();
    } catch {
      comment.append(element("p", { class: "small comment-form__status--problem", role: "alert" }, gettext("It could not be deleted. Try again.")));
    }
  }

  /** @param {ParentNode} part */
  function wire(part) {
    for (const node of part.querySelectorAll("[data-comment-form]")) {
      const form = /** @type {HTMLFormElement} */ (node);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        void send(form, null);
      });
      const button = /** @type {HTMLButtonElement | null} */ (form.querySelector("[data-record]"));
      if (button) {
        button.hidden = false;
        button.addEventListener("click", () => void record(form));
      }
    }
    for (const node of part.querySelectorAll("[data-comment-delete]")) {
      node.addEventListener("submit", (event) => {
        event.preventDefault();
        void remove(/** @type {HTMLFormElement} */ (node));
      });
    }
  }
  wire(root);

  const main = /** @type {HTMLFormElement | null} */ (root.querySelector(":scope > [data-comment-form]"));
  return {
    /** Puts the next comment at a moment; none: about all of it. @param {{ms: number, turn: number | null} | null} place */
    placeAt(place) {
      if (!main) return;
      /** @type {HTMLInputElement} */ (main.querySelector("[name=at_ms]")).value = place ? String(Math.round(place.ms)) : "";
      /** @type {HTMLInputElement} */ (main.querySelector("[name=turn]")).value = place?.turn === null || !place ? "" : String(place.turn);
      const words = main.querySelector("[data-comment-place]");
      if (words) words.textContent = place ? fill(gettext("At %(time)s"), { time: clock(place.ms) }) : gettext("About all of it");
      /** @type {HTMLElement} */ (main.querySelector("[data-no-place]")).hidden = place === null;
    },
    write() {
      const field = main?.querySelector("textarea");
      field?.focus();
      field?.scrollIntoView({ block: "nearest" });
    },
    speak() {
      if (main) void record(main);
    },
    isSpeaking: () => recording !== null,
    main,
  };
}
