// @ts-check
/** The mark's form: points of the chosen levels as one goes, and levels by keys. */

import { fill, gettext } from "../../sessions/js/i18n.js";
import { pointsOf } from "./mark_points.js";

/** @param {HTMLFormElement} form */
export function createMarking(form) {
  const criteria = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-criterion]")]);
  const shown = document.getElementById("mark-by-levels");
  const of = Number(form.dataset.points);
  let current = 0;

  /** @param {HTMLElement} criterion @returns {HTMLInputElement[]} */
  const levels = (criterion) => [...criterion.querySelectorAll("input")];

  function show() {
    criteria.forEach((criterion, at) => criterion.classList.toggle("criterion--current", at === current));
    if (!shown) return;
    const chosen = criteria.map((criterion) => {
      const points = levels(criterion).map((level) => Number(level.dataset.points));
      const checked = levels(criterion).find((level) => level.checked);
      return { weight: Number(criterion.dataset.weight ?? 1), points: checked ? Number(checked.dataset.points) : null, most: Math.max(0, ...points) };
    });
    const points = pointsOf(chosen, of);
    shown.textContent = points === null ? "" : fill(gettext("%(points)s by the levels"), { points: Math.round(points * 10) / 10 });
  }

  /** The next criterion without a level, else simply the next. */
  function following() {
    const order = criteria.map((_, at) => (current + 1 + at) % criteria.length);
    const open = order.find((at) => !levels(criteria[at]).some((level) => level.checked));
    return open ?? Math.min(criteria.length - 1, current + 1);
  }

  form.addEventListener("change", show);
  form.addEventListener("focusin", (event) => {
    const inside = /** @type {HTMLElement} */ (event.target).closest("[data-criterion]");
    if (inside) current = criteria.indexOf(/** @type {HTMLElement} */ (inside));
    show();
  });
  show();

  return {
    /** Level by its place from 1; goes on to the next criterion. @param {number} place */
    choose(place) {
      const level = criteria[current] && levels(criteria[current])[place - 1];
      if (!level) return;
      level.checked = true;
      current = following();
      show();
      criteria[current].scrollIntoView({ block: "nearest" });
    },
    toPoints() {
      /** @type {HTMLElement | null} */ (form.querySelector("[name=points]"))?.focus();
    },
    giveBack() {
      const buttons = /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll("button[name=action]")]);
      const button = buttons.find(({ value }) => value === "return_next");
      if (button) form.requestSubmit(button);
    },
  };
}
