// @ts-check
/** An exercise as its learner sees it, to be tried out while it is edited. Nothing is kept. */

import { createClipPlayer } from "./clip_player.js";
import { byId } from "./elements.js";
import { createPracticeApi } from "./practice_api.js";
import { createPracticePlayer } from "./practice_player.js";

const page = JSON.parse(byId("page-data").textContent);
/** @type {HTMLFormElement} */
const edited = byId("exercise-form");
/** @type {HTMLFormElement} */
const form = byId("exercise");
const token = edited.querySelector("input[name=csrfmiddlewaretoken]")?.getAttribute("value") ?? "";

/** The fields as they stand, so that what is tried is what would be saved. */
function fields() {
  /** @type {Record<string, string>} */
  const found = {};
  new FormData(edited).forEach((value, name) => {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") found[name] = value;
  });
  return found;
}

const exercises = createPracticePlayer({
  form,
  api: createPracticeApi({ ...page, token: () => token, more: fields }),
  player: createClipPlayer(),
  limits: page,
  records: false,
});
exercises.show(page.task, { takesFocus: false });
byId("try-again").addEventListener("click", () => exercises.show(page.task));
