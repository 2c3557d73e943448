/** All challenges as cards, and the form with which a teacher sets one. */
import { h } from "../../core/dom.js";
import { localized, translate } from "../../core/words.js";
import { icon } from "../../kit/icons.js";
import { hrefOf } from "../link.js";
import { hrefOfChallenge } from "./links.js";
import { TeacherForm } from "./teacher_form.js";

/** @typedef {(id: string, changes?: Record<string, any>) => void} Open */

/**
 * A link that opens something on this page, and by the middle button in another tab of the browser.
 * @param {HTMLElement} link
 * @param {() => void} open
 */
export function follow(link, open) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  return link;
}

/**
 * @param {string} words key of its words
 * @param {string} href
 * @param {() => void} open
 */
export function backLink(words, href, open) {
  const link = h("a", { class: "lab-back", href }, icon("back"), h("span", { "data-t": words }));
  return follow(link, open);
}

export class ListView {
  /**
   * @param {{challenges: any[]}} index
   * @param {Open} open
   */
  constructor(index, open) {
    this.index = index;
    this.open = open;
    this.title = h("h2", { tabindex: "-1", "data-t": "challenges.title" });
    const back = backLink("challenges.back", hrefOf(location.href, "", {}), () => open(""));
    const head = h("header", { class: "lab-head" }, back, this.title);
    const intro = h("p", { class: "lab-notice", "data-t": "challenges.intro" });
    this.grid = h("div", { class: "lab-grid" });
    this.form = new TeacherForm((challenge) => open("challenges", { challenge }));
    this.element = h("div", { class: "lab challenges" }, head, intro, this.grid, this.form.element);
  }

  /** Everything that has words. */
  relabel() {
    translate(this.element);
    this.grid.replaceChildren(...this.index.challenges.map((card) => this.card(card)));
  }

  /** @param {{id: string, title: any, text: any}} card */
  card({ id, title, text }) {
    const words = h("span", { class: "lab-card-words" }, h("b", {}, localized(title)));
    words.append(h("small", {}, localized(text)));
    const attributes = { class: "lab-card", href: hrefOfChallenge(location.href, id), "data-challenge": id };
    return follow(h("a", attributes, words), () => this.open("challenges", { challenge: id }));
  }
}
