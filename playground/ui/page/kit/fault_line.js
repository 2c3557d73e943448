/** A fault on the screen. */
import { h } from "../core/dom.js";
import { localized } from "../core/words.js";
import { faultWords } from "../experiment/faults.js";
import { DownloadBox } from "./download_box.js";
import { icon } from "./icons.js";

/**
 * A fault in words, with its repairs as buttons.
 * @param {import("../types.js").Fault} fault
 * @param {(repair: import("../types.js").Repair) => void} apply
 */
export function faultLine(fault, apply) {
  const repairs = (fault.repairs ?? []).map((repair) =>
    repair.download
      ? downloadBox(repair.download, fault)
      : h(
          "button",
          { class: "small", type: "button", onclick: () => apply(repair) },
          localized(repair.label),
        ),
  );
  return h("div", { class: "fault-line" }, icon("warning"), h("span", {}, faultWords(fault)), repairs);
}

/**
 * A repair that fetches what is missing, with its progress.
 * @param {string} id
 * @param {import("../types.js").Fault} fault
 */
function downloadBox(id, fault) {
  const box = new DownloadBox(
    () => id,
    () => fault,
  );
  box.ask(null); // the line may have been drawn again in the middle of a download
  return box.element;
}
