// @ts-check
/** What can go wrong with a microphone, in words, and how to allow it in each browser. Pure. */

import { gettext } from "./i18n.js";

/** @typedef {"insecure" | "unsupported" | "denied" | "missing" | "busy" | "unplugged" | "silenced" | "failed"} MicProblem */

/** @type {Record<MicProblem, string>} */
export const MIC_PROBLEM_TEXT = {
  insecure:
    gettext("Browsers give the microphone only to pages with a secure address. Open this site with https, or as localhost on this computer. You can type instead."),
  unsupported: gettext("This browser cannot use a microphone here. You can type instead, or try a current version of Chrome, Edge, Firefox or Safari."),
  denied: gettext("The microphone is blocked for this site. You can type instead, or allow it:"),
  missing: gettext("No microphone was found. Plug one in, or type instead."),
  busy: gettext("Another program is using the microphone. Close it and try again, or type instead."),
  unplugged: gettext("The microphone was unplugged. Plug it in again, or choose another one. You can type meanwhile."),
  silenced: gettext("Your computer has muted the microphone. Look for a mute key on the keyboard or headset."),
  failed: gettext("The microphone could not be started. Try again, or type instead."),
};

/** The same where typing is no way out. @type {Record<MicProblem, string>} */
export const MIC_NEEDED_TEXT = {
  insecure:
    gettext("Browsers give the microphone only to pages with a secure address. Open this site with https, or as localhost on this computer."),
  unsupported: gettext("This browser cannot use a microphone here. Try a current version of Chrome, Edge, Firefox or Safari."),
  denied: gettext("The microphone is blocked for this site. To allow it:"),
  missing: gettext("No microphone was found. Plug one in and try again."),
  busy: gettext("Another program is using the microphone. Close it and try again."),
  unplugged: gettext("The microphone was unplugged. Plug it in again, or choose another one."),
  silenced: MIC_PROBLEM_TEXT.silenced,
  failed: gettext("The microphone could not be started. Try again."),
};

/**
 * @param {unknown} error  what getUserMedia threw
 * @returns {MicProblem}
 */
export function classifyMicError(error) {
  const name = error instanceof Error || typeof error === "object" ? /** @type {any} */ (error)?.name : "";
  switch (name) {
    case "NotAllowedError":
    case "PermissionDeniedError":
      return "denied";
    case "SecurityError":
      return "insecure";
    case "NotFoundError":
    case "DevicesNotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "TrackStartError":
    case "AbortError":
      return "busy";
    case "NotSupportedError":
    case "TypeError":
      return "unsupported";
    default:
      return "failed";
  }
}

/**
 * The steps that allow the microphone again in the browser at hand.
 * @param {string} userAgent
 * @returns {string}
 */
export function permissionHelp(userAgent) {
  if (/iPhone|iPad/.test(userAgent)) {
    return gettext("Tap the page-settings button (aA or the small page symbol) beside the address, choose Website Settings, set Microphone to Allow, then reload this page.");
  }
  if (/Android/.test(userAgent) && /Firefox\//.test(userAgent)) {
    return gettext("Tap the lock beside the address, tap Microphone until it says Allowed, then reload this page.");
  }
  if (/Firefox\//.test(userAgent)) {
    return gettext("Click the crossed-out microphone beside the address, remove the block, then reload this page.");
  }
  if (/Android/.test(userAgent)) {
    return gettext("Tap the symbol to the left of the address, choose Permissions, allow Microphone, then reload this page.");
  }
  if (/Edg\//.test(userAgent)) {
    return gettext("Click the lock beside the address, open Permissions for this site, set Microphone to Allow, then reload this page.");
  }
  if (/Chrome\/|Chromium\//.test(userAgent)) {
    return gettext("Click the symbol to the left of the address, switch Microphone on, then reload this page.");
  }
  if (/Safari\//.test(userAgent)) {
    return gettext("Choose Safari, then Settings for This Website, set Microphone to Allow, then reload this page.");
  }
  return gettext("Open the browser's settings for this site, allow the microphone, then reload this page.");
}
