/**
 * Try it for texts and series, with the network as it is now: each kind of data shows the part that fits
 * it.
 */
import { h } from "../core/dom.js";
import { onAny } from "../core/topics.js";
import { answerBars } from "../kit/answer_bars.js";
import { card, head } from "../kit/card.js";
import { shownData, shownKind } from "../run/shown.js";
import { sequenceFacts, showAnother, smallButton } from "./sequence_try/facts.js";
import { seriesTry } from "./sequence_try/series_try.js";
import { textTry } from "./sequence_try/text_try.js";
import { writeTry } from "./sequence_try/write_try.js";

/**
 * A sequence of which the class is asked: the shares of the classes.
 * @param {HTMLElement} root
 */
function classTry(root) {
  const another = smallButton("series.other", showAnother);
  return h("div", {}, answerBars(root), h("div", { class: "row" }, another));
}

/** Which part fits the data; "" for data that are no sequences. */
function partShown() {
  const kind = shownKind();
  if (!shownData()) return "";
  if (kind === "text") return sequenceFacts()?.generates ? "write" : "text";
  if (kind === "series") return shownData()?.data_task === "classification" ? "shares" : "series";
  return "";
}

/**
 * @param {HTMLElement} root
 * @param {{place: "rail" | "draw"}} props
 */
function setup(root, props) {
  /** @type {Record<string, HTMLElement>} */
  const parts = {
    text: textTry(root),
    write: writeTry(),
    series: seriesTry(root, props.place),
    shares: classTry(root),
  };
  root.classList.add(props.place);
  root.append(h("section", { class: "card" }, head("try.title", "try.help"), ...Object.values(parts)));
  function show() {
    const shown = partShown();
    root.hidden = shown === "";
    for (const [name, part] of Object.entries(parts)) part.hidden = name !== shown;
  }
  onAny(["check", "run", "preview", "reset"], show, root);
  show();
}

export default card("sequence_try", setup);
