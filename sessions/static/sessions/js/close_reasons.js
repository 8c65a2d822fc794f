// @ts-check
/** Why a socket closed, in words, and whether to try again. Pure. */

import { gettext } from "./i18n.js";

/**
 * @typedef {object} CloseReason
 * @property {"reconnect" | "replaced" | "ended" | "signed_out" | "gone" | "refused"} kind
 * @property {string} text
 */

/** @param {number} code @returns {CloseReason} */
export function closeReason(code) {
  switch (code) {
    case 1000:
    case 4410:
      return { kind: "ended", text: gettext("This session is over.") };
    case 4400:
      return {
        kind: "refused",
        text: gettext("This page and the tutor do not understand each other. Reload the page to get the current version."),
      };
    case 4401:
      return {
        kind: "signed_out",
        text: gettext("You are signed out. Sign in again: your session is kept."),
      };
    case 4404:
      return { kind: "gone", text: gettext("This session is not there any more.") };
    case 4503:
      return {
        kind: "refused",
        text: gettext("The tutor cannot listen on this server. Please tell whoever runs it."),
      };
    case 4429:
      return {
        kind: "refused",
        text: gettext("You cannot talk at this moment. Reload the page to see why, and for a place in the queue."),
      };
    case 4409:
      return { kind: "replaced", text: gettext("This session is open in another tab or window.") };
    default:
      return { kind: "reconnect", text: gettext("The connection was lost. Trying to reach the tutor again…") };
  }
}
