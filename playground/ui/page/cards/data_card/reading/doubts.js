/** What is doubtful about a file, each with a button a remedy; and what its owner said, to be taken back. */
import { h } from "../../../core/dom.js";
import { localized, t } from "../../../core/words.js";
import { icon } from "../../../kit/icons.js";
import { putInForce } from "../own_edit.js";

/** @typedef {import("./types.js").Doubt} Doubt */
/** @typedef {import("./types.js").Remedy} Remedy */

/**
 * The doubts as a list; null where there are none.
 * @param {Doubt[]} doubts
 */
export function doubtList(doubts) {
  if (!doubts.length) return null;
  const items = doubts.map((doubt) => h("li", { class: "doubt" }, sentence(doubt), remedies(doubt)));
  return h("ul", { class: "doubts", "aria-label": t("read.doubts") }, items);
}

/** @param {Doubt} doubt */
const sentence = ({ message }) => h("p", {}, icon("question"), h("span", {}, localized(message)));

/** @param {Doubt} doubt */
const remedies = ({ remedies }) => h("div", { class: "remedies" }, remedies.map(remedyButton));

/**
 * The remedy that is in force is marked; a click on it says that it shall stay so.
 * @param {Remedy} remedy
 */
export function remedyButton({ label, in_force: isInForce, data }) {
  const now = isInForce ? h("small", {}, t("read.now")) : null;
  return h(
    "button",
    { type: "button", class: isInForce ? "small now" : "small", onclick: () => putInForce(data) },
    localized(label),
    now,
  );
}

/**
 * What was said, each with a button that takes it back; null where nothing was.
 * @param {{message: any, data: Record<string, any> | null}[]} settled
 */
export function settledList(settled) {
  if (!settled.length) return null;
  const items = settled.map(({ message, data }) => {
    const words = localized(message);
    return h("li", {}, words, data ? takeBack(words, data) : null);
  });
  return h("div", { class: "settled" }, h("span", { class: "dim" }, t("read.settled")), h("ul", {}, items));
}

/**
 * @param {string} words
 * @param {Record<string, any>} data
 */
function takeBack(words, data) {
  const name = t("read.take_back.what", { what: words });
  return h(
    "button",
    {
      type: "button",
      class: "small ghost icon",
      title: name,
      "aria-label": name,
      onclick: () => putInForce(data),
    },
    icon("close"),
  );
}
