/**
 * How it learns: loss, optimiser, schedule and the run, drawn from the catalogues. Before the first run
 * all of it is open; later one line stays above the charts, and the rest is a click away.
 */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { session } from "../core/storage.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { faultsUnder } from "../experiment/faults.js";
import { applyRepair } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { faultLine } from "../kit/fault_line.js";
import { icon } from "../kit/icons.js";
import { currentSituation } from "../run/shown.js";
import { gatherCompact } from "./training_fields/compact.js";
import { EntryLine } from "./training_fields/entry_line.js";
import { RunLine } from "./training_fields/run_line.js";

const KINDS = ["loss", "optimizer", "schedule", "init"];
/** Faults of these stand elsewhere: in their own lines, or in the settings layer by layer. */
const ELSEWHERE = [...KINDS.map((kind) => `training.${kind}`), "training.output"];

/** @typedef {EntryLine | RunLine} Line */

/** @param {Line} line */
function faultsOf(line) {
  const faults = faultsUnder(line.place);
  if (line instanceof EntryLine) return faults;
  return faults.filter(({ place }) => !ELSEWHERE.some((start) => place.startsWith(start)));
}

/** @param {Line} line */
function showFaults(line) {
  const faults = faultsOf(line);
  line.faults.hidden = faults.length === 0;
  line.faults.replaceChildren(...faults.map((fault) => faultLine(fault, applyRepair)));
  for (const { field, box } of line.boxes) {
    const isBad = faults.some(({ place }) => place.split("[")[0] === `${line.place}.${field.name}`);
    box.fault(isBad);
    if (isBad) box.hidden = false;
  }
}

/** Whether something is wrong with how it learns: then all settings are open, so that it can be put right. */
const hasTrainingFaults = () =>
  (state.check?.faults ?? []).some(
    (/** @type {any} */ { place }) => place.startsWith("training") || place.includes(".learning"),
  );

/** Open until somebody trains, then as it was left in this tab of the browser. */
function isToBeOpen() {
  if (hasTrainingFaults()) return true;
  const { phase } = currentSituation();
  return session.get("settings.open") ?? (phase === "none" || phase === "asked");
}

class Settings {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.optimizer = new EntryLine("optimizer");
    this.schedule = new EntryLine("schedule");
    this.run = new RunLine(KINDS);
    /** @type {Line[]} */
    this.lines = [new EntryLine("loss"), this.optimizer, this.schedule, new EntryLine("init"), this.run];
    this.compact = h("div", { class: "compact" });
    this.full = h("div", { class: "lines", id: "all-settings" }, ...this.lines.map((line) => line.element));
    this.note = h("p", { class: "note dim", "aria-live": "polite" });
    this.more = h("span");
    const button = { type: "button", class: "small all-settings", "aria-controls": this.full.id };
    this.toggle = h("button", { ...button, onclick: () => this.onToggle() }, this.more, icon("more"));
    const title = h("h2", { "data-t": "training.title" });
    const header = h("header", {}, title, this.compact, this.toggle);
    root.append(h("section", { class: "card" }, header, this.full, this.note));
    this.isOpen = isToBeOpen();
  }

  onToggle() {
    session.set("settings.open", !this.isOpen);
    this.setOpen(!this.isOpen);
  }

  /** @param {boolean} isOpen */
  setOpen(isOpen) {
    this.isOpen = isOpen;
    this.full.hidden = !isOpen;
    document.body.classList.toggle("pg-settings-closed", !isOpen);
    this.toggle.setAttribute("aria-expanded", String(isOpen));
    this.more.textContent = t(isOpen ? "training.less" : "training.all");
    this.arrange();
    this.showNote();
  }

  /** The controls stand where they can be seen. */
  arrange() {
    this.compact.hidden = this.isOpen;
    this.compact.replaceChildren();
    const { optimizer, schedule, run } = this;
    if (!this.isOpen) gatherCompact(this.compact, { optimizer, schedule, run });
    else for (const line of [optimizer, schedule, run]) line.gather();
  }

  /** Nothing moves under the hands of somebody who is typing here. */
  follow() {
    const next = isToBeOpen();
    if (next !== this.isOpen && !this.root.contains(document.activeElement)) this.setOpen(next);
  }

  update() {
    const before = this.optimizer.shownId;
    for (const line of this.lines) line.update();
    if (before !== this.optimizer.shownId) this.arrange(); // it has another control for its rate
  }

  onCheck() {
    this.update();
    this.lines.forEach(showFaults);
    this.follow();
  }

  onRun() {
    this.follow();
    this.showNote();
  }

  showNote() {
    const { isLive, isOwn } = currentSituation();
    this.note.hidden = !(isLive && isOwn && this.isOpen);
    const words = `${t("training.live")} ${t("training.next")}`;
    if (this.note.textContent !== words) this.note.textContent = words;
  }

  relabel() {
    for (const line of this.lines) line.relabel();
    this.lines.forEach(showFaults);
    this.setOpen(this.isOpen);
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const settings = new Settings(root);
  on("experiment", () => settings.update(), root);
  on("check", () => settings.onCheck(), root);
  onAny(["run", "reset"], () => settings.onRun(), root);
  on("lang", () => settings.relabel(), root);
  settings.relabel();
}

export default card("training_fields", setup);
