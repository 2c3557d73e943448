/** The pieces of a row that say what a layer gives out and what it costs; the rows of input and output. */
import { h } from "../../core/dom.js";
import { format } from "../../core/format.js";
import { filled, localized, t } from "../../core/words.js";
import { entryOf } from "../../experiment/catalogue.js";
import { timesOf } from "../../run/times.js";

const LEAST_BAR = 2; // per cent: a share that is there can be seen

export const costParts = () => ({
  shape: h("span", { class: "shape r num" }),
  parameters: h("span", { class: "par r num dim" }),
  compute: h("span", { class: "compute" }, h("i")),
});

/**
 * The row of the input or the output. The element has `parts` and `note`.
 * @param {string} title key of words
 * @param {string} family
 * @param {HTMLElement} note
 * @param {string} [extraClass]
 */
export function endRow(title, family, note, extraClass = "") {
  const parts = costParts();
  const row = h(
    "div",
    { class: `row io ${extraClass}` },
    h(
      "div",
      { class: "line" },
      h("span"),
      h("i", { class: "family", style: `background: var(--${family})` }),
      h("span", { class: "name", "data-t": title }),
      note,
      parts.shape,
      parts.parameters,
      parts.compute,
      h("span"),
    ),
  );
  return Object.assign(row, { parts, note });
}

/** What the columns are. */
export function headRow() {
  return h(
    "div",
    { class: "row head", "aria-hidden": "true" },
    h(
      "div",
      { class: "line" },
      h("span"),
      h("span"),
      h("span", { "data-t": "layers.name" }),
      h("span"),
      h("span", { class: "r", "data-t": "layers.output" }),
      h("span", { class: "r", "data-t": "layers.parameters" }),
      h("span", { "data-t": "layers.compute" }),
      h("span"),
    ),
  );
}

/**
 * Shows what a layer, the input or the output gives out and costs.
 * @param {any} parts of `costParts`
 * @param {any} info a Row of the server's answer, {} where it says nothing of this layer
 */
export function showCost({ shape, parameters, compute }, info) {
  shape.textContent = format.shape(info.shape);
  parameters.textContent = info.parameters ? format.count(info.parameters) : "";
  parameters.title = info.parameters ? info.parameters.toLocaleString("en-US") : "";
  const share = info.share ?? 0;
  const width = share > 0 ? Math.max(LEAST_BAR, 100 * share) : 0;
  compute.firstChild.style.width = `${width}%`;
  compute.title = info.flops
    ? t("layers.compute.help", { share: format.percent(share), flops: format.count(info.flops) })
    : "";
}

/** @param {number} n */
const problemWords = (n) => t(n === 1 ? "totals.fault" : "totals.faults", { n });

/**
 * What the whole network costs, or how many problems it has.
 * @param {import("../../types.js").Check} check
 * @param {import("../../types.js").RunView | null} run of this very experiment
 */
export function totalsOf({ totals, faults }, run) {
  if (!totals) return [h("span", { class: "fault" }, problemWords(faults.length))];
  const about = (/** @type {number | null} */ s) => t("totals.about", { time: format.seconds(s) });
  const times = timesOf(totals, run);
  const resting = format.bytes(totals.resting_bytes);
  return [
    total(format.count(totals.parameters), t("totals.parameters")),
    total(format.count(totals.flops), t("totals.flops")),
    total(format.bytes(totals.memory_bytes), t("totals.memory", { resting })),
    total(about(times.epoch), t("totals.epoch")),
    total(about(times.total), t("totals.total")),
    h("span", { class: "dim model" }, t("totals.model", { model: totals.model })),
  ];
}

/**
 * @param {string} value
 * @param {string} words
 */
const total = (value, words) =>
  h("span", {}, h("b", { class: "num" }, value), " ", h("span", { class: "dim" }, words));

/**
 * What stands in the row of the output.
 * @param {import("../../types.js").Check} check
 */
export function outputNote({ data, output }) {
  const task = /** @type {any} */ (entryOf("task", data?.task ?? "classification"));
  return filled(localized(task.output_note), { label: output.label });
}
