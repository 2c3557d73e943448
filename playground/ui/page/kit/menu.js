/** A searchable menu (combobox with a list box) that hangs on a button. */
import { h } from "../core/dom.js";
import { t } from "../core/words.js";
import { closeHanging, hang, isHangingOn } from "./hanging.js";
import { icon } from "./icons.js";
import { isSearched, matches } from "./menu_search.js";

/** @typedef {import("./menu_search.js").Option} Option */
/** @typedef {import("./menu_search.js").Group} Group */

const FEW = 6; // options that need no search box
let menus = 0; // opened so far: their ids differ

/**
 * Opens a menu under a button, or closes the one that hangs there. `pick(value)` is called once, then it
 * closes.
 * @param {HTMLElement} anchor
 * @param {{groups: Group[], placeholder: string, pick: (value: string) => void}} wishes
 */
export function menu(anchor, { groups, placeholder, pick }) {
  if (isHangingOn(anchor)) return closeHanging();
  closeHanging();
  menus += 1;
  const id = `pg-menu-${menus}`;
  const input = searchBox(id, placeholder);
  const list = h("div", { class: "options", role: "listbox", id, "aria-label": placeholder });
  const isShort = groups.flatMap((group) => group.options).length < FEW;
  const box = h(
    "div",
    { class: isShort ? "pg-menu few" : "pg-menu", tabindex: -1 },
    h("div", { class: "search" }, icon("search"), input),
    list,
  );
  const options = new OptionList(list, input, id, (value) => {
    closeHanging();
    pick(value);
  });
  input.addEventListener("input", () => options.draw(groups));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => options.onKey(event));
  document.body.append(box);
  options.draw(groups);
  hang(anchor, box);
  options.scrollToActive();
  // no keyboard over half of a phone
  const isTouch = matchMedia("(pointer: coarse)").matches;
  (isTouch ? box : input).focus({ preventScroll: true });
  return box;
}

/**
 * @param {string} id of the list that it searches
 * @param {string} placeholder
 */
function searchBox(id, placeholder) {
  return h("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    "aria-controls": id,
    "aria-label": placeholder,
    placeholder,
    autocomplete: "off",
    spellcheck: "false",
  });
}

/** The options that fit what is typed, one of them active. */
class OptionList {
  /**
   * @param {HTMLElement} list
   * @param {HTMLInputElement} input
   * @param {string} id
   * @param {(value: string) => void} choose
   */
  constructor(list, input, id, choose) {
    this.list = list;
    this.input = input;
    this.id = id;
    this.choose = choose;
    /** @type {{option: Option, item: HTMLElement}[]} */
    this.shown = [];
    this.active = 0;
  }

  /** @param {Group[]} groups */
  draw(groups) {
    const text = this.input.value;
    const fitting = matches(groups, text);
    this.shown = [];
    this.list.replaceChildren(...fitting.groups.map((group) => this.section(group)));
    if (!this.shown.length) this.list.append(h("div", { class: "nothing" }, t("layers.none")));
    const checked = this.shown.findIndex(({ option }) => option.checked);
    this.select(isSearched(text) ? fitting.best : Math.max(0, checked));
    this.scrollToActive();
  }

  /** @param {Group} group */
  section({ label, options }) {
    return h(
      "div",
      { role: "group", "aria-label": label },
      h("div", { class: "group", "aria-hidden": "true" }, label),
      options.map((option) => this.item(option)),
    );
  }

  /** @param {Option} option */
  item(option) {
    const at = this.shown.length;
    const item = h(
      "div",
      {
        class: "option",
        role: "option",
        id: `${this.id}-${at}`,
        "aria-checked": option.checked ? "true" : null,
        "data-value": option.value,
        style: option.family ? `--family: var(--${option.family})` : null,
        onpointermove: () => this.select(at),
        onclick: () => this.choose(option.value),
      },
      h("i"),
      h("b", {}, option.label),
      option.help ? h("small", {}, option.help) : null,
    );
    this.shown.push({ option, item });
    return item;
  }

  /** @param {number} at */
  select(at) {
    this.active = at;
    this.shown.forEach(({ item }, i) => {
      item.classList.toggle("active", i === at);
      item.setAttribute("aria-selected", String(i === at));
    });
    const item = this.shown[at]?.item;
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
  }

  /** Scrolls the list, and never the page, until the active option can be seen. */
  scrollToActive() {
    const item = this.shown[this.active]?.item;
    if (!item) return;
    const inside = item.getBoundingClientRect();
    const around = this.list.getBoundingClientRect();
    if (inside.top < around.top) this.list.scrollTop -= around.top - inside.top;
    else if (inside.bottom > around.bottom) this.list.scrollTop += inside.bottom - around.bottom;
  }

  /** @param {number} by */
  step(by) {
    this.select(Math.min(this.shown.length - 1, Math.max(0, this.active + by)));
    this.scrollToActive();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    const by = steps[event.key];
    const chosen = this.shown[this.active]?.option;
    if (by && this.shown.length) this.step(by);
    else if (event.key === "Enter" && chosen) this.choose(chosen.value);
    else if (event.key === "Escape" || event.key === "Tab") closeHanging();
    else if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/**
 * A panel under a button, named by its heading; closes like a menu.
 * @param {HTMLElement} anchor
 * @param {HTMLElement} content
 */
export function popover(anchor, content) {
  if (isHangingOn(anchor)) return closeHanging();
  closeHanging();
  const name = content.querySelector("h1, h2, h3")?.textContent ?? anchor.getAttribute("aria-label");
  const box = h(
    "div",
    { class: "pg-menu pg-popover", role: "dialog", "aria-label": name, "data-pg": "popover" },
    content,
  );
  document.body.append(box);
  hang(anchor, box);
  box.querySelector("input, select, textarea, button")?.focus({ preventScroll: true });
  return box;
}

export const closeMenu = closeHanging;
