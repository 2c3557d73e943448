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
import { noteRates } from "./training_fields/rate_notes.js";
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

/** @param {HTMLElement} root */
function setup(root) {
  const optimizer = new EntryLine("optimizer");
  const schedule = new EntryLine("schedule");
  const run = new RunLine(KINDS);
  const lines = [new EntryLine("loss"), optimizer, schedule, new EntryLine("init"), run];
  const compact = h("div", { class: "compact" });
  const full = h("div", { class: "lines", id: "all-settings" }, ...lines.map((line) => line.element));
  const note = h("p", { class: "note dim", "aria-live": "polite" });
  const more = h("span");
  const toggle = h(
    "button",
    { type: "button", class: "small all-settings", "aria-controls": full.id, onclick: onToggle },
    more,
    icon("more"),
  );
  const title = h("h2", { "data-t": "training.title" });
  root.append(h("section", { class: "card" }, h("header", {}, title, compact, toggle), full, note));
  let isOpen = true;

  function onToggle() {
    session.set("settings.open", !isOpen);
    setOpen(!isOpen);
  }
  /** @param {boolean} next */
  function setOpen(next) {
    isOpen = next;
    full.hidden = !isOpen;
    document.body.classList.toggle("pg-settings-closed", !isOpen);
    toggle.setAttribute("aria-expanded", String(isOpen));
    more.textContent = t(isOpen ? "training.less" : "training.all");
    arrange();
  }
  /** The controls stand where they can be seen. */
  function arrange() {
    compact.hidden = isOpen;
    if (isOpen) {
      compact.replaceChildren();
      for (const line of [optimizer, schedule, run]) line.gather();
    } else gatherCompact(compact, { optimizer, schedule, run });
  }
  /** Nothing moves under the hands of somebody who is typing here. */
  function follow() {
    const next = isToBeOpen();
    if (next !== isOpen && !root.contains(document.activeElement)) setOpen(next);
  }
  function update() {
    const before = optimizer.shownId;
    for (const line of lines) line.update();
    if (before !== optimizer.shownId) arrange();
  }
  function onCheck() {
    update();
    lines.forEach(showFaults);
    follow();
  }
  function showNote() {
    const { isLive, isOwn } = currentSituation();
    note.hidden = !(isLive && isOwn && isOpen);
    const words = `${t("training.live")} ${t("training.next")}`;
    if (note.textContent !== words) note.textContent = words;
  }
  function onRun() {
    follow();
    showNote();
  }
  function relabel() {
    for (const line of lines) line.relabel();
    lines.forEach(showFaults);
    setOpen(isOpen);
    showNote();
  }

  noteRates(root);
  on("experiment", update, root);
  on("check", onCheck, root);
  onAny(["run", "reset"], onRun, root);
  on("lang", relabel, root);
  isOpen = isToBeOpen();
  relabel();
}

export default card("training_fields", setup);
