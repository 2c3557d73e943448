/** One lab: what to notice, its picture, its controls, the code that ran, where to go from here. */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { showTab, tabNames } from "../core/tabs.js";
import { localized, t, translate } from "../core/words.js";
import { edit, load } from "../experiment/store.js";
import { icon } from "../kit/icons.js";
import { CHALLENGES } from "./challenges/links.js";
import { codeBox } from "./code_box.js";
import { Controls } from "./controls.js";
import { copyText } from "./copying.js";
import { hrefOf, linkOf } from "./link.js";
import { fieldOf } from "./open_lab.js";
import { contextOf, PartsView } from "./parts_view.js";
import { putInto } from "./use.js";
import { fitting } from "./values.js";

/** @typedef {import("./open_lab.js").OpenLab} OpenLab */
/** @typedef {import("./types.js").Door} Door */

export class LabView {
  /**
   * @param {OpenLab} lab
   * @param {(id: string) => void} open another lab, "" for the index
   */
  constructor(lab, open) {
    this.lab = lab;
    this.open = open;
    this.title = h("h2", { tabindex: "-1" });
    this.group = h("span", { class: "dim" });
    this.doors = h("nav", { class: "lab-doors", "data-t-label": "labs.course" });
    this.link = h("button", { type: "button", class: "small lab-link", onclick: () => this.copyLink() });
    this.noticed = h("span");
    this.notice = h("p", { class: "lab-notice" }, h("b", { "data-t": "labs.notice" }), " ", this.noticed);
    this.fault = h("p", { class: "fault lab-fault", role: "status", hidden: true });
    this.parts = new PartsView();
    this.controls = new Controls(lab);
    this.code = codeBox();
    this.after = h("div", { class: "lab-after" });
    const picture = h(
      "section",
      { class: "card lab-picture", "data-t-label": "labs.picture" },
      this.parts.element,
    );
    const head = h("header", { class: "lab-head" }, this.backLink(), this.title, this.group, this.doors);
    const left = h("div", { class: "lab-left" }, this.fault, picture, this.code.element, this.after);
    const columns = h("div", { class: "lab-columns" }, left, this.controls.element);
    this.picture = picture;
    this.element = h("div", { class: "lab", "data-lab": lab.about.id }, head, this.notice, columns);
    translate(this.element);
  }

  backLink() {
    const back = h("a", { class: "lab-back", href: hrefOf(location.href, "", {}) });
    back.append(icon("back"), h("span", { "data-t": "labs.back" }));
    this.follow(back, "");
    return back;
  }

  /**
   * A link that opens a lab on this page, and by the middle button in another tab of the browser.
   * @param {HTMLElement} link
   * @param {string} id
   */
  follow(link, id) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open(id);
    });
  }

  /**
   * @param {Door} door
   * @param {string} [words] key of what the link does, where its title alone does not say it
   */
  door({ id, title }, words = "") {
    const name = localized(title);
    const help = words ? t(words, { title: name }) : null;
    const link = h("a", { class: "button small", href: hrefOf(location.href, id, {}), title: help });
    link.dataset.door = words.split(".").at(-1);
    link.append(name);
    this.follow(link, id);
    return link;
  }

  copyLink() {
    const { about, changes } = this.lab;
    copyText(linkOf(location.href, about.id, changes), "labs.link.copied", this.link);
  }

  /** Everything that has words. */
  relabel() {
    const { about } = this.lab;
    this.title.textContent = localized(about.text.title);
    this.group.textContent = localized(about.group);
    this.noticed.textContent = localized(about.text.notice);
    const previous = about.previous.map((door) => this.door(door, "labs.previous"));
    const challenges = { id: CHALLENGES, title: { en: t("labs.challenges"), zh: t("labs.challenges") } };
    const after = about.next.length ? about.next : [challenges]; // the course ends there
    const next = after.map((door) => this.door(door, "labs.next"));
    this.link.replaceChildren(icon("link"), t("labs.link"));
    this.doors.replaceChildren(...previous, ...next, this.link);
    this.after.replaceChildren(...this.doorsAfter());
    this.controls.relabel();
    this.show();
  }

  doorsAfter() {
    const { about } = this.lab;
    const inside = [];
    const preset = state.boot.presets.find((/** @type {any} */ one) => one.id === about.opens);
    this.use = this.useButton();
    inside.push(this.use);
    if (preset) inside.push(this.openButton(preset));
    if (about.leads_to.length) inside.push(h("span", { class: "dim" }, t("labs.leads_to")));
    return [...inside, ...about.leads_to.map((door) => this.door(door))];
  }

  /** @param {import("../types.js").Preset} preset */
  openButton({ id, name, experiment }) {
    function open() {
      load(structuredClone(experiment), "edit.load", { preset: id });
      showTab(tabNames[0]);
    }
    const title = t("labs.open.help", { name: localized(name) });
    return h("button", { type: "button", class: "small lab-open", title, onclick: open }, t("labs.open"));
  }

  /** Puts what the lab shows into the experiment on the screen; hidden where there is nothing to put. */
  useButton() {
    const use = () => {
      const wanted = this.lab.answer?.experiment;
      if (!wanted) return;
      edit("edit.training", (experiment) => putInto(experiment, wanted));
      showTab("train");
    };
    const attributes = { type: "button", class: "small lab-use", title: t("labs.use.help"), onclick: use };
    return h("button", { ...attributes, hidden: !this.lab.answer?.experiment }, t("labs.use"));
  }

  /** Everything that follows the state. */
  show() {
    const { answer, about, state: fields } = this.lab;
    this.showFault();
    this.controls.show();
    this.picture.classList.toggle("is-stale", this.lab.faults.length > 0);
    if (!answer) return;
    if (this.use) this.use.hidden = !answer.experiment;
    const set = (/** @type {Record<string, any>} */ changes) =>
      this.lab.set(fitting(about.fields, changes), Object.keys(changes).join());
    const fit = (/** @type {Record<string, any>} */ changes) => fitting(about.fields, changes);
    this.parts.show(answer.parts, contextOf(about.text, { set, fit, state: fields }));
    this.code.show(answer.code);
  }

  /** A fault that no field has, or what a link said and was left out. */
  showFault() {
    const { faults, ignored, about } = this.lab;
    const fields = about.fields.map(({ name }) => name);
    const general = faults.find((fault) => !fields.includes(fieldOf(fault)));
    let words = general ? localized(general.message) : "";
    if (ignored) words = t("labs.ignored", { sentence: localized(ignored.message) });
    this.fault.hidden = !words;
    if (this.fault.textContent !== words) this.fault.textContent = words;
  }
}
