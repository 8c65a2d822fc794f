// @ts-check
/** "How do I say ...?": a small box in the talk. The tutor hears nothing of what is asked here. */

import { byId, element, icon } from "./elements.js";
import { drawHelpText, drawWaiting } from "./help_text.js";
import { gettext } from "./i18n.js";
import { ApiProblem } from "./server_request.js";
import { listenButton } from "./word_head.js";

const TROUBLE = gettext("That did not work. Try again in a moment.");
const NO_VOICE = gettext("Your browser could not play this sound.");
/** The voice takes no more at once. */
const MOST_SPOKEN = 80;

/**
 * @param {object} options
 * @param {ReturnType<typeof import("./help_api.js").createHelpApi>} options.api
 * @param {import("./help_api.js").HelpPage} options.page
 * @param {(text: string, slow: boolean) => Promise<void>} options.speak
 * @param {(text: string) => void} options.use  puts the phrase where the learner may send it
 */
export function createSayHelp({ api, page, speak, use }) {
  const box = byId("say-help");
  const toggle = byId("say-help-toggle");
  const form = byId("say-help-form");
  const field = byId("say-help-text");
  const answer = byId("say-help-answer");
  let asked = 0;

  /** @param {boolean} open */
  function show(open) {
    box.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    (open ? field : toggle).focus();
  }

  async function ask() {
    const text = field.value.trim();
    if (text === "") return;
    asked += 1;
    const mine = asked;
    answer.replaceChildren(drawWaiting(gettext("Asking the tutor…")));
    try {
      const found = await api.howToSay(text);
      if (mine === asked) answer.replaceChildren(found.text === "" ? drawHelpText(found) : drawPhrase(found));
    } catch (error) {
      if (mine === asked) answer.replaceChildren(problem(error instanceof ApiProblem ? error.message : TROUBLE));
    }
  }

  /** @param {import("./help_api.js").HelpText & {ipa: string, level: string}} found */
  function drawPhrase(found) {
    const failed = element("p", { class: "help-problem", role: "status" });
    /** @param {boolean} slow */
    const say = (slow) => {
      failed.textContent = "";
      speak(found.text, slow).catch((error) => {
        failed.textContent = error instanceof ApiProblem ? error.message : NO_VOICE;
      });
    };
    const canBeSaid = [...found.text].length <= MOST_SPOKEN;
    return element("div", { class: "phrase-help" },
      element("p", { class: "phrase-help__text", lang: found.language, dir: "auto" }, found.text),
      element("p", { class: "phrase-help__facts" },
        found.ipa !== "" && element("span", { class: "phrase-help__ipa" }, element("span", { class: "visually-hidden" }, gettext("Sounds: ")), `/${found.ipa}/`),
        found.level !== "" && element("span", { class: "badge badge--level", title: gettext("Level of its hardest word") }, element("span", { class: "visually-hidden" }, gettext("Level of its hardest word: ")), found.level)),
      element("div", { class: "phrase-help__does" },
        canBeSaid && listenButton("speaker", gettext("Listen"), () => say(false)),
        canBeSaid && listenButton("slower", gettext("Slowly"), () => say(true)),
        element("button", { class: "button", type: "button", on: { click: () => {
          show(false);
          use(found.text);
        } } }, icon("edit"), gettext("Put it in my answer"))),
      failed,
      element("p", { class: "help-text__note" }, found.note));
  }

  toggle.addEventListener("click", () => show(box.hidden));
  byId("say-help-close").addEventListener("click", () => show(false));
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    void ask();
  });
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    // Here it closes the box; elsewhere it stops the tutor.
    event.stopPropagation();
    show(false);
  });

  return {
    /** Does nothing before the talk and after it. */
    open() {
      if (!box.hidden) field.focus();
      else if (toggle.offsetParent !== null) show(true);
    },
  };
}

/** @param {string} words */
const problem = (words) => element("p", { class: "help-problem" }, words);
