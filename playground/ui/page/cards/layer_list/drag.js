/**
 * Dragging a row by its handle to another place of the list, or into a block. Escape leaves it where it
 * was.
 */
import { h } from "../../core/dom.js";

const LEAST_PX = 5; // less is a click that trembles
const EDGE_PX = 70; // near the window's edges the page scrolls
const BAR_PX = 100;
const SCROLL_PX = 8;

/**
 * @param {HTMLElement} card
 * @param {HTMLElement} outer the outer list
 * @param {(key: string, ownerKey: string | null, index: number) => void} move
 * @returns {(event: PointerEvent, key: string) => void} starts a drag
 */
export function dragging(card, outer, move) {
  return (event, key) => {
    if (event.button !== 0) return;
    new Drag(card, outer, event, key, move);
  };
}

class Drag {
  /**
   * @param {HTMLElement} card
   * @param {HTMLElement} outer
   * @param {PointerEvent} event
   * @param {string} key
   * @param {(key: string, ownerKey: string | null, index: number) => void} move
   */
  constructor(card, outer, event, key, move) {
    this.card = card;
    this.outer = outer;
    this.key = key;
    this.move = move;
    this.startY = event.clientY;
    this.handle = /** @type {HTMLElement} */ (event.currentTarget);
    this.row = /** @type {HTMLElement} */ (this.handle.closest(".row"));
    this.mark = h("div", { class: "drop-mark" });
    /** @type {{ownerKey: string | null, index: number} | null} */
    this.target = null;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.handle.setPointerCapture(event.pointerId);
    this.handle.addEventListener("pointermove", (moved) => this.follow(moved), { signal });
    this.handle.addEventListener("pointerup", () => this.end(true), { signal });
    this.handle.addEventListener("pointercancel", () => this.end(false), { signal });
    document.addEventListener("keydown", (pressed) => this.onKey(pressed), { signal, capture: true });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.end(false);
  }

  /** @param {boolean} isDropped */
  end(isDropped) {
    this.listening.abort();
    this.mark.remove();
    this.row.classList.remove("dragging");
    if (isDropped && this.target) this.move(this.key, this.target.ownerKey, this.target.index);
  }

  /** @param {PointerEvent} event */
  follow({ clientY: y }) {
    const isMoving = this.row.classList.contains("dragging");
    if (!isMoving && Math.abs(y - this.startY) < LEAST_PX) return;
    this.row.classList.add("dragging");
    scrollNearEdges(y);
    const list = this.listAt(y);
    const rows = [...list.children].filter((child) => child.classList.contains("row"));
    const index = indexAt(rows, y);
    this.target = { ownerKey: list.dataset.owner ?? null, index };
    this.showMark(list, rows, index);
  }

  /**
   * The innermost list at this height; never one inside the row that is dragged.
   * @param {number} y
   * @returns {HTMLElement}
   */
  listAt(y) {
    const nested = /** @type {HTMLElement[]} */ ([...this.outer.querySelectorAll(".list")]);
    const fitting = nested.filter((list) => !this.row.contains(list) && isAt(list, y));
    return fitting.at(-1) ?? this.outer;
  }

  /**
   * @param {HTMLElement} list
   * @param {Element[]} rows
   * @param {number} index
   */
  showMark(list, rows, index) {
    const box = (rows[index] ?? rows.at(-1) ?? list).getBoundingClientRect();
    const home = this.card.getBoundingClientRect();
    const top = markTop(box, rows.length, index) - home.top;
    this.mark.style.cssText = `top: ${top}px; left: ${box.left - home.left}px; width: ${box.width}px`;
    this.card.append(this.mark);
  }
}

/**
 * In the middle of the gap before the row, after the last row, or in the empty list.
 * @param {DOMRect} box
 * @param {number} n rows of the list
 * @param {number} index
 */
function markTop(box, n, index) {
  if (n === 0) return box.top + 4;
  return index < n ? box.top - 3 : box.bottom + 1;
}

/**
 * @param {Element[]} rows
 * @param {number} y
 */
function indexAt(rows, y) {
  const before = rows.findIndex((row) => {
    const box = row.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return before < 0 ? rows.length : before;
}

/**
 * @param {Element} element
 * @param {number} y
 */
function isAt(element, y) {
  const box = element.getBoundingClientRect();
  return y > box.top - 2 && y < box.bottom + 2;
}

/** @param {number} y */
function scrollNearEdges(y) {
  if (y < EDGE_PX + BAR_PX) window.scrollBy(0, -SCROLL_PX);
  else if (y > window.innerHeight - EDGE_PX) window.scrollBy(0, SCROLL_PX);
}
