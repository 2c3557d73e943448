/** All labs as cards, by group; a search and a group make them fewer. */
import { h } from "../core/dom.js";
import { localized, t, translate } from "../core/words.js";
import { CHALLENGES } from "./challenges/links.js";
import { hrefOf } from "./link.js";
import { miniature } from "./miniature.js";
import { chosenCards } from "./search.js";

/** @typedef {import("./types.js").Index} Index */
/** @typedef {import("./types.js").Card} Card */

export class IndexView {
  /**
   * @param {Index} index
   * @param {(id: string) => void} open
   */
  constructor(index, open) {
    this.index = index;
    this.open = open;
    this.group = "";
    this.search = h("input", {
      type: "search",
      class: "lab-search",
      autocomplete: "off",
      "data-t-placeholder": "labs.search",
      "data-t-label": "labs.search",
      oninput: () => this.show(),
    });
    this.groups = h("div", { class: "chips lab-groups", role: "group", "data-t-label": "labs.groups" });
    this.sections = h("div", { class: "lab-sections" });
    this.nothing = h("p", { class: "dim", role: "status", "data-t": "labs.nothing", hidden: true });
    this.title = h("h2", { tabindex: "-1", "data-t": "labs.title" });
    const intro = h("p", { class: "lab-intro dim", "data-t": "labs.intro" });
    const head = h("header", { class: "lab-index-head" }, h("div", {}, this.title, intro), this.search);
    this.element = h("div", { class: "lab-index" }, head, this.groups, this.nothing, this.sections);
    translate(this.element);
    /** @type {Map<string, HTMLElement>} */
    this.cards = new Map();
  }

  /** Everything that has words. */
  relabel() {
    const all = { id: "", label: t("labs.all", { n: this.index.labs.length }) };
    this.groups.replaceChildren(...[all, ...this.index.groups].map((group) => this.groupButton(group)));
    this.cards = new Map(this.index.labs.map((card) => [card.id, this.card(card)]));
    this.show();
  }

  /** @param {{id: string, label: any}} group */
  groupButton({ id, label }) {
    const choose = () => {
      this.group = id;
      this.show();
    };
    const attributes = { type: "button", class: "small pill", "data-group": id, onclick: choose };
    return h("button", attributes, localized(label));
  }

  /** @param {Card} card */
  card(card) {
    const title = h("b", {}, localized(card.title));
    const words = h("span", { class: "lab-card-words" }, title, h("small", {}, localized(card.notice)));
    const attributes = { class: "lab-card", href: hrefOf(location.href, card.id, {}), "data-lab": card.id };
    const link = h("a", attributes, miniature(card), words);
    return this.follow(link, card.id);
  }

  /**
   * @param {HTMLElement} link
   * @param {string} id what it opens on this page
   */
  follow(link, id) {
    link.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open(id);
    });
    return link;
  }

  /** The way to the challenges stands at the end of the course. */
  challengesCard() {
    const words = h("span", { class: "lab-card-words" }, h("b", {}, t("labs.challenges")));
    words.append(h("small", {}, t("labs.challenges.intro")));
    const attributes = {
      class: "lab-card",
      href: hrefOf(location.href, CHALLENGES, {}),
      "data-lab": CHALLENGES,
    };
    const link = h(
      "a",
      attributes,
      h("div", { class: "lab-mini lab-mini-word", "aria-hidden": "true" }, "✓"),
      words,
    );
    return this.follow(link, CHALLENGES);
  }

  /** What the search and the group leave. */
  show() {
    for (const button of this.groups.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.dataset.group === this.group));
    const chosen = chosenCards(this.index, this.search.value, this.group);
    const sections = [];
    for (const group of this.index.groups) {
      const cards = chosen
        .filter((card) => card.group === group.id)
        .map(({ id }) => this.cards.get(id) ?? "");
      if (group.id === "practice" && !this.search.value) cards.push(this.challengesCard());
      if (cards.length === 0) continue;
      const grid = h("div", { class: "lab-grid" }, ...cards);
      sections.push(h("section", {}, h("h3", {}, localized(group.label)), grid));
    }
    this.sections.replaceChildren(...sections);
    this.nothing.hidden = sections.length > 0;
  }
}
