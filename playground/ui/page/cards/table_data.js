/** A table: the column to predict, what each column holds and how it is spread, the first rows. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { entryOf } from "../experiment/catalogue.js";
import { faultsUnder } from "../experiment/faults.js";
import { card } from "../kit/card.js";
import { editOwn } from "./data_card/own_edit.js";
import { tableOf } from "./table_data/columns.js";
import { passedOver } from "./table_data/ranges.js";
import { UnusableTable } from "./table_data/unusable.js";

/** @type {Record<string, string>} */
const DELIMITERS = { ",": "table.comma", ";": "table.semicolon", "\t": "table.tab", "|": "table.bar" };

/** @returns {any} */
const entry = () => entryOf("dataset", state.experiment.data.dataset);
const isTable = () => entry()?.facts.shape_kind === "table";
const isOwn = () => entry()?.facts.takes_file === "csv";

/** @param {HTMLElement} root */
function setup(root) {
  const table = new TableCard(root);
  on("check", () => table.onCheck(), root);
  onAny(["preview", "lang", "experiment"], () => table.show(), root);
  table.show();
}

class TableCard {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.unusable = new UnusableTable(() => this.show());
    this.example = h("p", { class: "dim", "data-t": "table.example" });
    this.target = h("select", { "data-t-label": "table.target", onchange: () => this.chooseTarget() });
    this.aim = h("label", { class: "field" }, h("span", { "data-t": "table.target" }), this.target);
    this.facts = h("span", { class: "dim num" });
    this.line = h("div", { class: "table-line" }, this.aim, this.facts);
    this.passed = h("p", { class: "table-warning", role: "status", hidden: true });
    this.scroll = h("div", { class: "table-scroll", tabindex: 0, role: "region" });
    this.scroll.dataset.tLabel = "table.rows";
    this.frame = h("section", { class: "card" }, this.example);
    this.frame.append(this.line, this.passed, this.scroll);
    root.append(this.frame);
  }

  chooseTarget() {
    editOwn("edit.data", ({ data }) => {
      data.target = this.target.value;
    });
  }

  onCheck() {
    this.show();
    if (isOwn()) this.unusable.look();
  }

  /** What is shown is of this very file; while it is at fault, what was asked for on its account. */
  preview() {
    const { preview } = state;
    const { file } = state.experiment.data;
    const isThis = Boolean(preview?.own) === isOwn() && (!isOwn() || preview.file === file);
    const usual = preview?.kind === "table" && isThis ? preview : null;
    const other = isOwn() ? this.unusable.previewOf(file) : null;
    return faultsUnder("data").length > 0 ? (other ?? usual) : (usual ?? other);
  }

  show() {
    this.root.hidden = !isTable();
    if (this.root.hidden) return;
    const preview = this.preview();
    this.aim.hidden = !isOwn();
    this.example.hidden = !isOwn() || Boolean(state.experiment.data.file);
    this.line.hidden = !preview;
    this.frame.hidden = !preview && this.example.hidden;
    this.facts.textContent = preview ? factWords(preview) : "";
    this.passed.textContent = preview ? passedWords(preview) : "";
    this.passed.hidden = !this.passed.textContent;
    if (!preview) return this.scroll.replaceChildren();
    this.showTargets(preview);
    this.showColumns(preview);
  }

  /** @param {any} preview */
  showTargets({ columns }) {
    const marked = columns.find((/** @type {any} */ column) => column.target)?.name;
    const chosen = state.experiment.data.target || marked || "";
    this.target.replaceChildren();
    if (!chosen) this.target.append(new Option(t("table.choose_target"), ""));
    for (const { name } of columns) this.target.append(new Option(name, name));
    this.target.value = chosen;
  }

  /** The table is drawn again: it stays where it was scrolled to, and the focus on its column. */
  showColumns(/** @type {any} */ preview) {
    const label = document.activeElement?.getAttribute("aria-label");
    const left = this.scroll.scrollLeft;
    this.scroll.replaceChildren(tableOf(preview, isOwn()));
    this.scroll.scrollLeft = left;
    for (const select of this.scroll.querySelectorAll("select")) {
      if (select.getAttribute("aria-label") === label) select.focus();
    }
  }
}

/** @param {any} preview */
function factWords(preview) {
  const { delimiter, encoding } = preview;
  const words = t(factKey(preview), {
    rows: format.count(preview.n_rows),
    columns: preview.n_columns,
    used: format.count(preview.n_used),
    features: preview.n_features,
    encoding: encoding.replace("-sig", "").toUpperCase(), // "utf-8-sig" is UTF-8 with a mark
    delimiter: DELIMITERS[delimiter] ? t(DELIMITERS[delimiter]) : delimiter,
  });
  return isOwn() && !preview.has_names ? `${words} · ${t("table.unnamed")}` : words;
}

/** @param {any} preview */
function factKey({ n_used: nUsed }) {
  if (!isOwn()) return "table.facts.bundled";
  return nUsed ? "table.facts" : "table.facts.unused";
}

/** @param {any} preview */
function passedWords(preview) {
  const passed = passedOver(preview);
  if (!passed) return "";
  const { target, names, nMore } = passed;
  const list = nMore ? t("table.passed_over.many", { names, n: nMore }) : names;
  return t("table.passed_over", { target, names: list });
}

export default card("table_data", setup);
