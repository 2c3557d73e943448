/**
 * What hangs under a button, a menu or a panel: at most one at a time, inside the window, closed from
 * anywhere.
 */

const MARGIN = 8;
const GAP = 6; // between the button and what hangs
const COMFORTABLE = 260; // with less room than this below, it may stand above
const LEAST_HEIGHT = 180;
const MOST_HEIGHT = 460;

/** @type {{anchor: HTMLElement, box: HTMLElement} | null} */
let open = null;

/** @param {HTMLElement} anchor */
export const isHangingOn = (anchor) => open?.anchor === anchor;

/**
 * @param {HTMLElement} anchor the button
 * @param {HTMLElement} box stands in the page already
 */
export function hang(anchor, box) {
  anchor.setAttribute("aria-expanded", "true");
  open = { anchor, box };
  place(anchor, box);
}

/** Closes what hangs. The focus that was in it goes back to its button. */
export function closeHanging() {
  if (!open) return;
  const { anchor, box } = open;
  open = null;
  const hadFocus = box.contains(document.activeElement);
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (hadFocus && anchor.isConnected) anchor.focus({ preventScroll: true });
}

/**
 * Under its button, or above it where there is more room.
 * @param {HTMLElement} anchor
 * @param {HTMLElement} box
 */
function place(anchor, box) {
  const button = anchor.getBoundingClientRect();
  const below = lowestSeen() - button.bottom - MARGIN;
  const above = button.top - MARGIN;
  const isAbove = below < Math.min(box.offsetHeight, COMFORTABLE) && above > below;
  const room = (isAbove ? above : below) - MARGIN;
  box.style.maxHeight = `${Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, room))}px`;
  const rightmost = document.documentElement.clientWidth - box.offsetWidth - MARGIN;
  const left = Math.max(MARGIN, Math.min(button.left, rightmost));
  const top = isAbove ? button.top - box.offsetHeight - GAP : button.bottom + GAP;
  // the bar does not scroll with the page: what hangs on it does not either
  const isFixed = Boolean(anchor.closest("#bar"));
  box.classList.toggle("fixed", isFixed);
  box.style.left = `${left + (isFixed ? 0 : window.scrollX)}px`;
  box.style.top = `${top + (isFixed ? 0 : window.scrollY)}px`;
}

/** The lower edge of what can be seen: on a phone the controls stand over the page there. */
function lowestSeen() {
  const edges = [
    window.innerHeight,
    document.documentElement.clientHeight,
    window.visualViewport?.height ?? Number.POSITIVE_INFINITY,
  ];
  for (const element of document.querySelectorAll(".pg-bar .controls, .pg-bar .numbers")) {
    if (getComputedStyle(element).position === "fixed") edges.push(element.getBoundingClientRect().top);
  }
  return Math.min(...edges);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !open) return;
  const { anchor } = open;
  closeHanging();
  if (anchor.isConnected) anchor.focus({ preventScroll: true });
});
document.addEventListener("pointerdown", (event) => {
  const target = /** @type {Node} */ (event.target);
  if (open && !open.box.contains(target) && !open.anchor.contains(target)) closeHanging();
});
window.addEventListener("resize", () => {
  // on a phone the keyboard that opens resizes the window too
  if (open && matchMedia("(min-width: 900px)").matches) closeHanging();
});
