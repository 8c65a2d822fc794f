// @ts-check
/** Pieces to be put in order: press one to add it, again to take it back; drag it, or move it by arrow keys. */

import { element } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { createOrderDrag } from "./practice_order_drag.js";

/**
 * What is placed and what is left, as numbers of pieces. Pure.
 * @param {number} count
 */
export function createOrder(count) {
  /** @type {number[]} */
  let placed = [];
  return {
    placed: () => placed,
    left: () => Array.from({ length: count }, (_, piece) => piece).filter((piece) => !placed.includes(piece)),
    isComplete: () => placed.length === count,
    /** @param {number} piece */
    place(piece) {
      if (!placed.includes(piece) && piece >= 0 && piece < count) placed = [...placed, piece];
    },
    /** To a place among those placed, from wherever it is. @param {number} piece @param {number} at */
    move(piece, at) {
      if (piece < 0 || piece >= count) return;
      const others = placed.filter((other) => other !== piece);
      const to = Math.max(0, Math.min(others.length, at));
      placed = [...others.slice(0, to), piece, ...others.slice(to)];
    },
    /** @param {number} [piece]  the last one if not said */
    takeBack(piece = placed.at(-1)) {
      placed = placed.filter((other) => other !== piece);
    },
  };
}

/**
 * @param {string[]} pieces
 * @param {{lang: string, onChange: () => void}} options
 */
export function drawOrder(pieces, { lang, onChange }) {
  const order = createOrder(pieces.length);
  const line = element("div", { class: "order__line", role: "group", "aria-label": gettext("Your sentence"), lang, dir: "auto" });
  const pool = element("div", { class: "order__pool", role: "group", "aria-label": gettext("Pieces"), lang, dir: "auto" });
  const told = element("p", { class: "visually-hidden", role: "status", lang });
  const node = element("div", { class: "order", on: { keydown: takeBackByKey } }, line, pool, told);
  const drag = createOrderDrag(node, line, { isOff: () => isLocked, onDrop: move });
  let isLocked = false;

  const sentence = () => order.placed().map((piece) => pieces[piece]).join(" ");

  /** @param {number} piece @param {boolean} isPlaced */
  function button(piece, isPlaced) {
    return element("button", { class: "piece", type: "button", "data-piece": piece, disabled: isLocked,
      "aria-label": isPlaced ? fill(gettext("%(piece)s, take back"), { piece: pieces[piece] }) : null,
      "aria-keyshortcuts": isPlaced ? "ArrowLeft ArrowRight" : null,
      on: {
        click: () => !drag.wasDragged() && (isPlaced ? takeBack(piece) : place(piece)),
        keydown: (/** @type {KeyboardEvent} */ event) => isPlaced && moveByKey(event, piece),
      } }, pieces[piece]);
  }

  function draw() {
    const placed = order.placed().map((piece) => button(piece, true));
    line.replaceChildren(...(placed.length ? placed : [element("span", { class: "order__empty" }, gettext("Press the pieces in their order"))]));
    pool.replaceChildren(...order.left().map((piece) => button(piece, false)));
    pool.hidden = order.isComplete();
  }

  /** @param {number} piece */
  function place(piece) {
    const at = order.left().indexOf(piece);
    order.place(piece);
    draw();
    told.textContent = sentence();
    onChange();
    const left = /** @type {NodeListOf<HTMLElement>} */ (pool.querySelectorAll("button"));
    (left[Math.min(at, left.length - 1)] ?? /** @type {HTMLElement | null} */ (line.lastElementChild))?.focus();
  }

  /** @param {number} [piece] */
  function takeBack(piece) {
    const freed = piece ?? order.placed().at(-1);
    if (freed === undefined || isLocked) return;
    order.takeBack(freed);
    draw();
    told.textContent = sentence();
    onChange();
    /** @type {HTMLElement | null} */ (pool.querySelector(`[data-piece="${freed}"]`))?.focus();
  }

  /** @param {number} piece @param {number | null} at  null: back to the others */
  function move(piece, at) {
    if (isLocked) return;
    if (at === null) order.takeBack(piece);
    else order.move(piece, at);
    draw();
    told.textContent = sentence();
    onChange();
    /** @type {HTMLElement | null} */ (node.querySelector(`[data-piece="${piece}"]`))?.focus();
  }

  /** @param {KeyboardEvent} event @param {number} piece */
  function moveByKey(event, piece) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    move(piece, order.placed().indexOf(piece) + by);
  }

  /** @param {KeyboardEvent} event */
  function takeBackByKey(event) {
    if (event.key !== "Backspace") return;
    event.preventDefault();
    takeBack();
  }

  draw();
  return {
    node,
    value: sentence,
    isReady: () => order.isComplete(),
    focus: () => /** @type {HTMLElement | null} */ (pool.querySelector("button"))?.focus(),
    lock() {
      isLocked = true;
      draw();
    },
  };
}
