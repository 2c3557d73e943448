/** A card that waits for its first answer says so: nobody wonders why it is empty. */
import { h } from "../core/dom.js";

/**
 * Gives back a function that waits for an answer. Until the first one has come a line stands before the
 * board; its style shows it only when that takes longer than a moment.
 * @param {HTMLElement} board what the answer is drawn on
 */
export function firstAnswer(board) {
  const line = h("p", { class: "coming dim", "data-t": "inside.coming" });
  let hasCome = false;
  return async function telling(/** @type {Promise<any>} */ asked) {
    if (!hasCome) board.before(line);
    try {
      const answer = await asked;
      hasCome = true;
      return answer;
    } finally {
      line.remove(); // a refusal says its own words
    }
  };
}
