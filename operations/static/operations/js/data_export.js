// @ts-check
/** Shows how far an archive is, and the page with its link once it is there. */

const EVERY_MS = 1500;
const place = /** @type {HTMLElement} */ (document.getElementById("export"));
const bar = /** @type {HTMLProgressElement} */ (document.getElementById("export-progress"));

async function look() {
  try {
    const response = await fetch(place.dataset.stateUrl ?? "", { credentials: "same-origin" });
    const { state, done, total } = await response.json();
    if (state === "READY" || state === "FAILED") {
      globalThis.location.reload();
      return;
    }
    if (total) {
      bar.max = total;
      bar.value = done;
    }
  } catch {
    // It is being made all the same; the next look may tell.
  }
  setTimeout(() => void look(), EVERY_MS);
}

void look();
