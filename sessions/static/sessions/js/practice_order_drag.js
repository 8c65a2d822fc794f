// @ts-check
/** Pieces that are dragged to their place in a line, by mouse, finger or pen. */

/** So far a piece moves before it is dragged and not pressed. */
const STARTS_AT_PX = 8;

/**
 * Before which of the pieces in lines a point lies. Pure.
 * @param {readonly {left: number, right: number, top: number, bottom: number}[]} boxes  in their order
 * @param {number} x @param {number} y
 */
export function placeOf(boxes, x, y) {
  const before = boxes.findIndex(({ left, right, top, bottom }) => y < top || (y <= bottom && x < (left + right) / 2));
  return before < 0 ? boxes.length : before;
}

/**
 * @param {HTMLElement} node  holds all pieces, each with its number in `data-piece`
 * @param {HTMLElement} line  where they are put in order
 * @param {{isOff: () => boolean, onDrop: (piece: number, at: number | null) => void}} options  null: outside of the line
 */
export function createOrderDrag(node, line, { isOff, onDrop }) {
  /** @type {{piece: HTMLElement, x: number, y: number, isMoving: boolean} | null} */
  let held = null;
  let endedAt = -Infinity;

  node.addEventListener("pointerdown", (event) => {
    const piece = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-piece]")) : null;
    if (!piece || isOff() || event.button !== 0) return;
    held = { piece, x: event.clientX, y: event.clientY, isMoving: false };
  });
  node.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.isMoving && Math.hypot(dx, dy) < STARTS_AT_PX) return;
    if (!held.isMoving) held.piece.setPointerCapture(event.pointerId);
    held.isMoving = true;
    held.piece.classList.add("piece--dragged");
    held.piece.style.translate = `${dx}px ${dy}px`;
  });
  const drop = (/** @type {PointerEvent} */ event) => {
    if (!held) return;
    const { piece, isMoving } = held;
    held = null;
    if (!isMoving) return;
    endedAt = event.timeStamp;
    piece.classList.remove("piece--dragged");
    piece.style.translate = "";
    if (event.type === "pointercancel") return;
    const { top, bottom } = line.getBoundingClientRect();
    const boxes = [...line.querySelectorAll("[data-piece]")].filter((other) => other !== piece).map((other) => other.getBoundingClientRect());
    const isInside = event.clientY >= top - STARTS_AT_PX && event.clientY <= bottom + STARTS_AT_PX;
    onDrop(Number(piece.dataset.piece), isInside ? placeOf(boxes, event.clientX, event.clientY) : null);
  };
  node.addEventListener("pointerup", drop);
  node.addEventListener("pointercancel", drop);

  return {
    /** Whether the press that is being handled was the end of a drag. */
    wasDragged: () => performance.now() - endedAt < 100,
  };
}
