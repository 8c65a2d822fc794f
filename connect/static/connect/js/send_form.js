// @ts-check
/** Sends a form that has nothing left to ask; without a script its button does. */

for (const form of document.querySelectorAll("form[data-sends-itself]")) {
  if (form instanceof HTMLFormElement) form.submit();
}
