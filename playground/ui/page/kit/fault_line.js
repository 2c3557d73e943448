/** A fault on the screen. */
import { h } from "../core/dom.js";
import { localized } from "../core/words.js";
import { faultWords } from "../experiment/faults.js";
import { icon } from "./icons.js";

/**
 * A fault in words, with its repairs as buttons.
 * @param {import("../types.js").Fault} fault
 * @param {(repair: import("../types.js").Repair) => void} apply
 */
export function faultLine(fault, apply) {
  const repairs = (fault.repairs ?? []).map((repair) =>
    h("button", { class: "small", type: "button", onclick: () => apply(repair) }, localized(repair.label)),
  );
  return h("div", { class: "fault-line" }, icon("warning"), h("span", {}, faultWords(fault)), repairs);
}
