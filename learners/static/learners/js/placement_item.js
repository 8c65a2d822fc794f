// @ts-check
/** Keys 1 to 4 choose, 0 does not know; an answer is sent once. */

const form = document.querySelector("#item");
if (form instanceof HTMLFormElement) {
  /** @type {Record<string, HTMLButtonElement>} */
  const byKey = {};
  for (const button of form.querySelectorAll("button")) {
    byKey[button.getAttribute("aria-keyshortcuts") ?? ""] = button;
  }
  let isSent = false;

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    byKey[event.key]?.click();
  });
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
    const chosen = /** @type {SubmitEvent} */ (event).submitter;
    chosen?.classList.add("is-chosen");
  });
  // A page that the browser kept and shows again may be answered again: the server decides.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isSent = false;
    window.location.reload();
  });
}
