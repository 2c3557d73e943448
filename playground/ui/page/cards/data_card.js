/** The data set: choice, options, facts, and what it looks like. */
import "./data_card/scatter.js";
import "./data_card/series.js";
import "./data_card/texts.js";
import "./data_card/thumbs.js";
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { entryOf } from "../experiment/catalogue.js";
import { isChecked } from "../experiment/check.js";
import { faultsUnder } from "../experiment/faults.js";
import { applyRepair } from "../experiment/store.js";
import { card, head } from "../kit/card.js";
import { faultLine } from "../kit/fault_line.js";
import { dataOptions, dataSetChoice } from "./data_card/choice.js";
import { aboutWords, factChips } from "./data_card/facts.js";
import { looksOf } from "./data_card/next_set.js";
import { OwnData } from "./data_card/own_data.js";
import { followTask } from "./data_card/own_edit.js";
import { OwnSeries } from "./data_card/own_series.js";
import { previews } from "./data_card/previews.js";
import { isOwnSet } from "./data_card/reading/layout.js";
import { Reading } from "./data_card/reading.js";

/** @typedef {import("../types.js").Fault} Fault */

/** Where these are at fault the data are not there at all. */
const PLACES_OF_DATA = ["data.file", "data.dataset"];

/** @param {HTMLElement} root */
function setup(root) {
  const data = new DataCard(root);
  on("experiment", () => data.showExperiment(), root);
  on("check", () => data.showCheck(), root);
  onAny(["preview", "dark"], () => data.showPreview(), root);
  on("lang", () => data.relabel(), root);
  data.keepRoom();
  data.showCheck();
  data.showPreview();
}

class DataCard {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.choice = dataSetChoice();
    this.options = dataOptions();
    this.chips = h("div", { class: "chips num" });
    this.faults = h("div", { class: "faults", hidden: true, role: "alert" });
    this.series = new OwnSeries(); // a column can be chosen where nothing can be viewed yet
    this.reading = new Reading();
    this.view = h("div", { class: "view" });
    this.about = h("p", { class: "about dim" });
    this.factsOf = ""; // the data that the chips and the words under them are about
    this.soundLooks = ""; // the data that were without a fault last: their preview is on the screen
    this.task = state.check?.data?.data_task ?? null;
    const element = h("section", { class: "card" }, head("data.title", "data.help"));
    this.own = new OwnData(element);
    const { button, input, trouble, hint } = this.own;
    const first = h("div", { class: "first" }, this.choice, button, input, this.chips);
    element.append(first, trouble, hint, this.faults, this.reading.element, this.options);
    element.append(this.series.element, this.view, this.about);
    root.append(element);
  }

  showExperiment() {
    this.keepRoom();
    this.choice.update();
    this.options.update();
    this.series.update();
    this.own.update();
    this.reading.update();
  }

  /** What the server has yet to say takes its room before it comes: nothing below it jumps. */
  keepRoom() {
    const facts = entryOf("dataset", state.experiment.data.dataset)?.facts;
    this.view.dataset.room = facts && !facts.takes_file ? facts.shape_kind : "";
    if (state.check) return;
    this.chips.replaceChildren(h("span", { class: "chip" }, "…"));
    this.about.textContent = "…";
  }

  relabel() {
    this.choice.relabel();
    this.options.relabel();
    this.own.update();
    this.reading.draw();
    this.showCheck();
    this.showPreview();
  }

  showCheck() {
    const faults = faultsUnder("data");
    const data = state.check?.data;
    this.options.update();
    this.options.markFaults(faults);
    this.faults.hidden = faults.length === 0;
    this.faults.replaceChildren(...faults.map((fault) => faultLine(inWords(fault), applyRepair)));
    if (data) {
      this.chips.replaceChildren(...factChips(data));
      this.factsOf = looksOf(state.experiment.data);
    }
    this.hideWhatIsNotThere(faults);
    this.series.update();
    this.own.update();
    this.reading.update();
    this.showAbout();
    this.followTask();
  }

  /** Where a person's own data ask for another kind of answer than before, so does the loss. */
  followTask() {
    const task = state.check?.data?.data_task;
    const before = this.task;
    if (!task) return;
    this.task = task;
    const isOther = before !== null && before !== task;
    if (isOther && isOwnSet(state.experiment.data.dataset)) followTask(task);
  }

  /**
   * Data that are not there are neither counted nor shown; nor is what was shown of others.
   * @param {Fault[]} faults
   */
  hideWhatIsNotThere(faults) {
    const looks = looksOf(state.experiment.data);
    const isAtFault = faults.length > 0;
    const isGone = faults.some(({ place }) => PLACES_OF_DATA.includes(place));
    if (!isAtFault && isChecked()) this.soundLooks = looks;
    this.chips.hidden = isGone || !this.hasFacts();
    this.view.hidden = isGone || (isAtFault && looks !== this.soundLooks);
  }

  /** A layer at fault can leave the check without data: then the facts that stand there remain true. */
  hasFacts() {
    if (state.check?.data || !state.check) return true;
    return faultsUnder("data").length === 0 && this.factsOf === looksOf(state.experiment.data);
  }

  showAbout() {
    if (!state.check) return;
    const origin = state.check?.data?.origin;
    const isKept = !state.check?.data && this.hasFacts();
    if (isKept) return;
    this.about.hidden = !origin;
    if (origin) this.about.textContent = aboutWords(origin, !this.view.hidden);
  }

  showPreview() {
    const { preview } = state;
    this.series.update();
    this.showAbout();
    if (preview) previews[preview.kind]?.(this.view, preview);
  }
}

/**
 * A file that is gone is named; a repair of the batch says which batch it takes.
 * @param {Fault} fault
 */
function inWords(fault) {
  const { called } = state.experiment.data;
  if (fault.code === "upload_missing" && called)
    return { ...fault, place: "data", message: missingWords(called) };
  if (fault.code !== "batch_too_large") return fault;
  const repairs = (fault.repairs ?? []).map((repair) => ({
    ...repair,
    label: t("data.use_batch", { n: format.count(repair.data?.batch_size) }),
  }));
  return { ...fault, repairs };
}

/** @param {string} name of a file */
function missingWords(name) {
  const words = t("own_data.needs", { name });
  return { en: words, zh: words };
}

export default card("data_card", setup);
