// @ts-check
/** Shows how far the file for Anki is, and the page with its link once it is there. */

import { byId } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { createServerRequest } from "./server_request.js";

const EVERY_MS = 1500;
const place = byId("export");
const bar = /** @type {HTMLProgressElement} */ (byId("export-progress"));
const { get } = createServerRequest({ token: () => "" });

async function look() {
  try {
    const { state, done, total } = await get(place.dataset.stateUrl ?? "");
    if (state === "READY" || state === "FAILED") {
      globalThis.location.reload();
      return;
    }
    if (total) {
      bar.max = total;
      bar.value = done;
      byId("export-words").textContent = fill(gettext("The voice has said %(done)s of %(total)s."), { done, total });
    }
  } catch {
    // It is being made all the same; the next look may tell.
  }
  setTimeout(() => void look(), EVERY_MS);
}

void look();
