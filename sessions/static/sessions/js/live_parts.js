// @ts-check
/** Captions, transcript and voice of a talk: switches in the panel, keys, the loudspeaker's button. */

import { gettext } from "./i18n.js";
import { createMenuPanel } from "./menu_panel.js";
import { keepParts, PARTS, showsCaptions, storedParts, turnPart } from "./shown_parts.js";

/** @typedef {import("./shown_parts.js").PartName} PartName */

/**
 * @param {object} options
 * @param {HTMLElement} options.page  says in its data what is hidden
 * @param {HTMLButtonElement} options.button  opens the panel
 * @param {HTMLElement} options.panel  holds a checkbox for each part
 * @param {HTMLElement} options.why  in the panel: why a part stays
 * @param {HTMLButtonElement} options.speaker  silences the voice with one click
 * @param {(words: string) => void} options.announce  to screen readers alone
 * @param {(words: string) => void} options.notice  to everybody
 * @param {(silent: boolean) => void} options.setSilent
 */
export function createLiveParts({ page, button, panel, why, speaker, announce, notice, setSilent }) {
  let shown = storedParts(localStorage);
  const menu = createMenuPanel({ button, panel, onClose: () => explain("") });
  /** @type {Map<PartName, HTMLInputElement>} */
  const switches = new Map();

  /** @param {string} words */
  function explain(words) {
    why.textContent = words;
    why.hidden = words === "";
  }

  function render() {
    for (const [part, input] of switches) input.checked = shown[part];
    page.dataset.transcript = shown.transcript ? "on" : "off";
    speaker.setAttribute("aria-pressed", String(!shown.voice));
    speaker.querySelector("use")?.setAttribute("href", shown.voice ? "#i-speaker" : "#i-speaker-off");
  }

  /** @param {PartName} part @param {boolean} isOn */
  function turn(part, isOn) {
    const turned = turnPart(shown, part, isOn);
    shown = turned.shown;
    render();
    explain(turned.refused && menu.isOpen() ? turned.words : "");
    // A notice is read out, and so is how a switch stands; the rest has to be said.
    if (turned.refused && !menu.isOpen()) notice(turned.words);
    else if (turned.refused || !menu.isOpen()) announce(turned.words);
    if (turned.refused) return;
    keepParts(localStorage, shown);
    if (part === "voice") setSilent(!shown.voice);
  }

  for (const part of PARTS) {
    const input = /** @type {HTMLInputElement} */ (panel.querySelector(`input[name="${part}"]`));
    switches.set(part, input);
    input.addEventListener("change", () => turn(part, input.checked));
  }
  speaker.addEventListener("click", () => turn("voice", !shown.voice));
  render();

  return {
    /** @param {PartName} part */
    toggle: (part) => turn(part, !shown[part]),
    /** The voice begins as it was left. */
    joined() {
      setSilent(!shown.voice);
      if (!shown.voice) notice(gettext("Your tutor's voice is off, as you left it. The loudspeaker turns it on."));
    },
    /** @param {import("./session_store.js").SessionState} state */
    showsCaptions: ({ degraded }) => showsCaptions(shown, Boolean(degraded.synthesize || degraded.tts)),
  };
}
