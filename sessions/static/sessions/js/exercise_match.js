// @ts-check
/** Pairs to be put together: choose one on each side; choose a pair again to part it. */

import { element } from "./elements.js";
import { moveFocus } from "./roving_focus.js";

/** Which left goes with which right, by their places. Pure. @param {number} count */
export function createMatch(count) {
  /** @type {Map<number, number>} */
  const pairs = new Map();
  /** @type {{side: "left" | "right", at: number} | null} */
  let held = null;
  /** @param {number} right */
  const leftOf = (right) => [...pairs].find(([, other]) => other === right)?.[0] ?? null;

  return {
    held: () => held,
    /** @param {number} left @returns {number | null} */
    rightOf: (left) => pairs.get(left) ?? null,
    leftOf,
    isComplete: () => pairs.size === count,
    value: () => [...pairs].sort(([a], [b]) => a - b).map(([left, right]) => `${left}-${right}`).join(","),
    /**
     * Returns the pair that came about, null if none did.
     * @param {"left" | "right"} side @param {number} at @returns {{left: number, right: number} | null}
     */
    choose(side, at) {
      const left = side === "left" ? at : leftOf(at);
      if (left !== null && pairs.has(left) && (side === "left" || pairs.get(left) === at)) {
        pairs.delete(left);
        held = { side, at };
        return null;
      }
      if (held === null || held.side === side) {
        held = held !== null && held.side === side && held.at === at ? null : { side, at };
        return null;
      }
      const pair = side === "left" ? { left: at, right: held.at } : { left: held.at, right: at };
      pairs.set(pair.left, pair.right);
      held = null;
      return pair;
    },
  };
}

/**
 * @param {{left: string[], right: string[]}} sides
 * @param {{lang: string, words: Record<string, string>, onChange: () => void}} options
 */
export function drawMatch({ left, right }, { lang, words, onChange }) {
  const match = createMatch(left.length);
  let isLocked = false;
  const told = element("p", { class: "visually-hidden", role: "status", lang });
  const sides = { left: side("left", left, words.matchLeft), right: side("right", right, words.matchRight) };
  const node = element("div", { class: "match" }, sides.left.node, sides.right.node, told);

  /** @param {"left" | "right"} which @param {string[]} texts @param {string} label */
  function side(which, texts, label) {
    const buttons = texts.map((text, at) => element("button", { class: "match__one", type: "button", tabindex: at === 0 ? "0" : "-1",
      on: { click: () => choose(which, at) } }, element("span", { class: "match__number", "aria-hidden": "true" }), element("span", { lang, dir: "auto" }, text)));
    return {
      buttons,
      node: element("div", { class: "match__side", role: "group", "aria-label": label,
        on: { keydown: (/** @type {KeyboardEvent} */ event) => moveFocus(event, buttons) } }, ...buttons),
    };
  }

  /** @param {"left" | "right"} which @param {number} at */
  function choose(which, at) {
    if (isLocked) return;
    const pair = match.choose(which, at);
    draw();
    told.textContent = pair ? `${left[pair.left]} – ${right[pair.right]}` : "";
    onChange();
    if (pair) focusFree("left");
    else if (match.held()) focusFree(which === "left" ? "right" : "left");
  }

  /** @param {"left" | "right"} which */
  function focusFree(which) {
    const free = sides[which].buttons.findIndex((_, at) => (which === "left" ? match.rightOf(at) : match.leftOf(at)) === null);
    if (free < 0) return;
    sides[which].buttons.forEach((button, at) => button.setAttribute("tabindex", at === free ? "0" : "-1"));
    sides[which].buttons[free].focus({ preventScroll: true });
  }

  function draw() {
    const held = match.held();
    for (const which of /** @type {const} */ (["left", "right"])) {
      sides[which].buttons.forEach((button, at) => {
        const other = which === "left" ? match.rightOf(at) : match.leftOf(at);
        const row = which === "left" ? at : other;
        const isHeld = held?.side === which && held.at === at;
        button.classList.toggle("match__one--held", isHeld);
        button.classList.toggle("match__one--paired", other !== null);
        button.setAttribute("aria-pressed", String(isHeld || other !== null));
        const partner = other === null ? "" : which === "left" ? right[other] : left[other];
        button.setAttribute("aria-label", partner ? `${(which === "left" ? left : right)[at]} – ${partner}` : (which === "left" ? left : right)[at]);
        const number = button.querySelector(".match__number");
        if (number) number.textContent = other === null ? "" : String(Number(row) + 1);
      });
    }
  }

  draw();
  return {
    node,
    value: match.value,
    isReady: match.isComplete,
    focus: () => focusFree("left"),
    lock() {
      isLocked = true;
      for (const { buttons } of Object.values(sides)) buttons.forEach((button) => button.setAttribute("disabled", ""));
    },
  };
}
