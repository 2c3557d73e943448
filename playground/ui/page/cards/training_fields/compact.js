/**
 * What people change most, in one line above the charts: the controls themselves move there from the full
 * settings.
 */
import { h } from "../../core/dom.js";

/** @typedef {import("./entry_line.js").EntryLine} EntryLine */
/** @typedef {import("./run_line.js").RunLine} RunLine */

/**
 * @param {EntryLine | RunLine} line
 * @param {string} name
 */
const boxOf = (line, name) => line.boxes.find(({ field }) => field.name === name)?.box ?? null;

/** A choice with its name before it. @param {EntryLine} line */
function labelled(line) {
  return h(
    "span",
    { class: "slot", "data-part": line.kind },
    h("span", { class: "label" }, line.label.textContent),
    line.choice,
  );
}

/**
 * @param {HTMLElement} element filled with the controls
 * @param {{optimizer: EntryLine, schedule: EntryLine, run: RunLine}} lines
 */
export function gatherCompact(element, { optimizer, schedule, run }) {
  const controls = [labelled(optimizer), boxOf(optimizer, "lr"), labelled(schedule), boxOf(run, "epochs")];
  element.replaceChildren(...controls.filter((control) => control !== null));
}
