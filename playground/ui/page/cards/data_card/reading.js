/**
 * The reading step: what was understood of a person's own file, what is doubtful, what its owner said. It
 * follows every edit of the data, and the last reading stays until the next one is there.
 */
import { h } from "../../core/dom.js";
import { announce } from "../../core/notices.js";
import { post } from "../../core/requests.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { isChecked } from "../../experiment/check.js";
import { isFileGone } from "../../experiment/faults.js";
import { applyRepair } from "../../experiment/store.js";
import { faultLine } from "../../kit/fault_line.js";
import { looksOf } from "./next_set.js";
import { doubtList, settledList } from "./reading/doubts.js";
import { isOwnSet, layoutBox } from "./reading/layout.js";
import { firstRows } from "./reading/rows.js";
import { classLine, groupWords, summaryWords, timeWords, toldBox } from "./reading/told.js";

/** @typedef {import("./reading/types.js").Understood} Understood */

const DEBOUNCE_MS = 40;

export class Reading {
  constructor() {
    this.asked = ""; // the settings that the answer, or what is under way, belongs to
    this.timer = 0;
    /** @type {import("../../core/requests.js").RequestError | null} */
    this.error = null;
    this.name = h("b", { class: "read-file" });
    this.summary = h("span", {});
    this.head = h("p", { class: "read-as num", tabindex: -1 }, this.name, this.summary);
    this.trouble = h("div", { class: "read-faults", role: "alert", hidden: true });
    this.body = h("div", { class: "read-body" });
    this.element = h("div", {
      class: "reading",
      role: "region",
      "data-t-label": "read.region",
      hidden: true,
    });
    this.element.append(this.head, this.trouble, this.body);
  }

  /** The settings may be others than before. */
  update() {
    const { data } = state.experiment;
    const isShown = isOwnSet(data.dataset) && Boolean(data.file);
    this.element.hidden = !isShown;
    if (!isShown) return this.forget();
    if (!isChecked()) return; // the check says whether the file is there at all
    if (isFileGone()) return this.forget();
    if (looksOf(data) === this.asked && !this.error) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), DEBOUNCE_MS);
  }

  forget() {
    clearTimeout(this.timer);
    this.asked = "";
    this.error = null;
    state.understood = null;
  }

  async ask() {
    const { data } = state.experiment;
    const asked = looksOf(data);
    this.asked = asked;
    this.element.classList.add("busy");
    const outcome = await post("understood", { data }).then(
      (understood) => ({ understood, error: null }),
      (error) => ({ understood: null, error }),
    );
    if (asked !== this.asked) return;
    this.element.classList.remove("busy");
    this.error = outcome.error;
    if (outcome.understood) state.understood = outcome.understood;
    this.draw();
    if (outcome.understood) this.tell();
  }

  /** What changed, for those who hear it. */
  tell() {
    const facts = /** @type {Understood} */ (state.understood);
    const n = facts.doubts.length;
    const open = n ? t("read.open", { n }) : t("read.open.none");
    announce(`${summaryWords(facts)}. ${open}`);
  }

  draw() {
    this.showTrouble();
    const facts = state.understood;
    const isOfFile = facts !== null && facts.file === state.experiment.data.file;
    this.head.hidden = !isOfFile;
    this.body.hidden = !isOfFile;
    if (!isOfFile) return this.body.replaceChildren();
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    const open = [...this.body.querySelectorAll("details[open]")].map(({ className }) => className);
    this.name.textContent = facts.called ? `${facts.called} ` : "";
    this.summary.textContent = summaryWords(facts);
    this.body.replaceChildren(...partsOf(facts, open));
    if (focused && !focused.isConnected) this.takeFocus(focused.getAttribute("aria-label"));
  }

  /**
   * A control that was drawn again has the focus as before; where a button is gone, the next doubt has it.
   * @param {string | null} label of what had it
   */
  takeFocus(label) {
    const controls = [...this.body.querySelectorAll("button, select, summary")];
    const same = label && controls.find((control) => control.getAttribute("aria-label") === label);
    const next = same || this.body.querySelector(".doubts button") || this.head;
    next.focus({ preventScroll: true });
  }

  showTrouble() {
    const faults = this.error?.faults ?? [];
    const isGone = this.error?.code === "upload_missing"; // the card says it
    const lines = isGone ? [] : faults.map((fault) => faultLine(fault, applyRepair));
    this.trouble.hidden = !lines.length;
    this.trouble.replaceChildren(...lines);
  }
}

/**
 * @param {any} facts
 * @param {string[]} open names of the boxes that are unfolded
 */
function partsOf(facts, open) {
  const about = [timeWords(facts), groupWords(facts)].filter(Boolean);
  const hasRows = facts.kind === "series" || facts.kind === "text"; // a table has a card of its own below
  const rows = hasRows
    ? h("div", { class: "table-scroll", tabindex: 0, role: "region" }, firstRows(facts))
    : null;
  rows?.setAttribute("aria-label", t("read.first_rows"));
  const parts = [
    doubtList(facts.doubts),
    settledList(facts.settled),
    about.length ? h("p", { class: "read-about num" }, about.join(" · ")) : null,
    classLine(facts),
    rows,
    h(
      "div",
      { class: "read-boxes" },
      toldBox(facts, open.includes("told")),
      layoutBox(facts, open.includes("read-layout")),
    ),
  ];
  return parts.filter((part) => part !== null);
}
