/** The largest weight of the network, as it is now. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { asking } from "../kit/asking.js";
import { card, head } from "../kit/card.js";

/** @param {HTMLElement} root */
function setup(root) {
  const board = h("p", { class: "num" });
  root.append(h("section", { class: "card" }, head("largest_weight.title", "largest_weight.help"), board));
  asking(root, {
    board,
    hz: 4,
    question: () => ({ name: "largest_weight" }),
    draw: ({ largest }) => {
      board.textContent = format.number(largest);
    },
  });
}

export default card("largest_weight", setup);
