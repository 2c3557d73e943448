/**
 * The frame of a card that shows an answer of the network: the card says what to ask, when, and how to
 * draw it.
 */
import { isSameJson } from "../core/json.js";
import { onAny } from "../core/topics.js";
import { ask } from "../run/ask.js";
import { watch } from "../run/live.js";
import { onResize } from "./canvas.js";
import { firstAnswer } from "./coming.js";

/** @typedef {{name: string, body?: Record<string, any>}} Question */

/**
 * @typedef {object} Asking
 * @property {HTMLElement} board what is drawn on; while it cannot be seen nothing is asked
 * @property {number} hz how often at most
 * @property {() => boolean} [applies] whether the card stands in the page at all; always, unless it says
 * @property {() => Question | null} question what to ask now; null while there is nothing to ask about
 * @property {(answer: any) => void} draw
 * @property {string[]} [also] topics with which the question changes, beside the sample and the run's steps
 */

/**
 * Keeps a card up to date. An answer to a question that is no longer the card's is dropped; the last
 * answer is drawn again in another language, theme or width.
 * @param {HTMLElement} root
 * @param {Asking} asking
 * @returns {{wish: () => void, redraw: () => void}}
 */
export function asking(root, { board, hz, applies = () => true, question, draw, also = [] }) {
  /** @type {any} */
  let answer = null;
  const telling = firstAnswer(board);

  async function refresh() {
    const asked = applies() ? question() : null;
    if (!asked) return;
    const given = await telling(ask(asked.name, asked.body));
    if (!isSameJson(question(), asked)) return;
    answer = given;
    redraw();
  }
  function redraw() {
    if (answer && board.clientWidth) draw(answer);
  }
  function show() {
    root.hidden = !applies();
  }
  function forget() {
    answer = null; // of a run that is gone
    show();
  }

  const wish = watch(board, refresh, hz);
  onAny(also, wish, root);
  onAny(["check", "run", "preview"], show, root);
  onAny(["reset"], forget, root);
  onAny(["lang"], redraw, root);
  // the theme's colours are there with the next frame
  onAny(["dark"], () => requestAnimationFrame(redraw), root);
  onResize(board, redraw);
  show();
  return { wish, redraw };
}
