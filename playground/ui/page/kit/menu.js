// @ts-nocheck
/** A searchable menu (combobox with a list box) that hangs on a button. */
import { h } from "../core/dom.js";
import { t } from "../core/words.js";
import { icon } from "./icons.js";

let opened = null;
let number = 0;

/* groups: [{label, options: [{value, label, help, family, checked}]}]; `pick(value)` is called once, then it closes. */
export function menu(anchor, { groups, placeholder, pick }) {
  if (opened?.anchor === anchor) return closeMenu();
  closeMenu();
  number += 1;
  const id = `pg-menu-${number}`;
  const input = h("input", {
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
  const list = h("div", { class: "options", role: "listbox", id, "aria-label": placeholder });
  const few = groups.reduce((sum, group) => sum + group.options.length, 0) < 6;
  const box = h(
    "div",
    { class: few ? "pg-menu few" : "pg-menu", tabindex: -1 },
    h("div", { class: "search" }, icon("search"), input),
    list,
  );
  let shown = [],
    active = 0;

  function draw() {
    const wanted = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (option, group) =>
      wanted.every((word) =>
        `${option.label} ${option.help ?? ""} ${option.value} ${group.label}`.toLowerCase().includes(word),
      );
    const rank = (option) => (wanted.length && option.label.toLowerCase().startsWith(wanted[0]) ? 0 : 1);
    shown = [];
    list.replaceChildren();
    for (const group of groups) {
      const options = group.options.filter((option) => fits(option, group)).sort((a, b) => rank(a) - rank(b));
      if (!options.length) continue;
      const section = h(
        "div",
        { role: "group", "aria-label": group.label },
        h("div", { class: "group", "aria-hidden": "true" }, group.label),
      );
      for (const option of options) {
        const at = shown.length;
        const item = h(
          "div",
          {
            class: "option",
            role: "option",
            id: `${id}-${at}`,
            "aria-checked": option.checked ? "true" : null,
            "data-value": option.value,
            style: option.family ? `--family: var(--${option.family})` : null,
            onpointermove: () => {
              if (active !== at) select(at, false);
            },
            onclick: () => choose(at),
          },
          h("i"),
          h("b", {}, option.label),
          option.help ? h("small", {}, option.help) : null,
        );
        shown.push({ option, item });
        section.append(item);
      }
      list.append(section);
    }
    if (!shown.length) list.append(h("div", { class: "nothing" }, t("layers.none")));
    const best = wanted.length
      ? shown.findIndex(({ option }) => rank(option) === 0)
      : shown.findIndex(({ option }) => option.checked);
    select(Math.max(0, best));
  }
  function select(at, scroll = true) {
    active = at;
    shown.forEach(({ item }, i) => {
      item.classList.toggle("active", i === at);
      item.setAttribute("aria-selected", String(i === at));
    });
    if (shown[at]) input.setAttribute("aria-activedescendant", shown[at].item.id);
    if (scroll && shown[at]) within(list, shown[at].item);
  }
  function choose(at) {
    const chosen = shown[at]?.option;
    if (!chosen) return;
    closeMenu();
    pick(chosen.value);
  }
  input.addEventListener("input", draw);
  input.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (move && shown.length) select(Math.min(shown.length - 1, Math.max(0, active + move)));
    else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape" || event.key === "Tab") closeMenu();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(box);
  anchor.setAttribute("aria-expanded", "true");
  opened = { anchor, box };
  draw();
  place(anchor, box);
  if (shown[active]) within(list, shown[active].item);
  if (matchMedia("(pointer: coarse)").matches)
    box.focus({ preventScroll: true }); // no keyboard over half of a phone
  else input.focus({ preventScroll: true });
  return box;
}

/* Scrolls the list, and never the page, until the item can be seen. */
function within(list, item) {
  const inside = item.getBoundingClientRect(),
    around = list.getBoundingClientRect();
  if (inside.top < around.top) list.scrollTop -= around.top - inside.top;
  else if (inside.bottom > around.bottom) list.scrollTop += inside.bottom - around.bottom;
}
/* The lower edge of what can be seen: on a phone the controls stand over the page there. */
function lowest() {
  const window_ = Math.min(
    window.innerHeight,
    document.documentElement.clientHeight,
    window.visualViewport?.height ?? Infinity,
  );
  const over = [...document.querySelectorAll(".pg-bar .controls, .pg-bar .numbers")].filter(
    (each) => getComputedStyle(each).position === "fixed",
  );
  return Math.min(window_, ...over.map((each) => each.getBoundingClientRect().top));
}
/* Under its button, or above it where there is more room; inside the window. */
function place(anchor, box) {
  const around = anchor.getBoundingClientRect(),
    margin = 8;
  const width = box.offsetWidth,
    height = box.offsetHeight,
    room = document.documentElement.clientWidth;
  const below = lowest() - around.bottom - margin,
    above = around.top - margin;
  const left = Math.max(margin, Math.min(around.left, room - width - margin));
  const up = below < Math.min(height, 260) && above > below;
  box.style.maxHeight = `${Math.min(460, Math.max(180, (up ? above : below) - margin))}px`;
  const top = up ? around.top - box.offsetHeight - 6 : around.bottom + 6;
  const fixed = Boolean(anchor.closest("#bar"));
  box.classList.toggle("fixed", fixed);
  box.style.left = `${left + (fixed ? 0 : window.scrollX)}px`;
  box.style.top = `${top + (fixed ? 0 : window.scrollY)}px`;
}

/* A panel of one's own under a button, named by its heading; closes like a menu. */
export function popover(anchor, content) {
  if (opened?.anchor === anchor) return closeMenu();
  closeMenu();
  const name = content.querySelector("h1, h2, h3")?.textContent ?? anchor.getAttribute("aria-label");
  const box = h(
    "div",
    { class: "pg-menu pg-popover", role: "dialog", "aria-label": name, "data-pg": "popover" },
    content,
  );
  document.body.append(box);
  anchor.setAttribute("aria-expanded", "true");
  opened = { anchor, box };
  place(anchor, box);
  box.querySelector("input, select, textarea, button")?.focus({ preventScroll: true });
  return box;
}
export function closeMenu() {
  if (!opened) return;
  const { anchor, box } = opened;
  opened = null;
  const inside = box.contains(document.activeElement);
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (inside && anchor.isConnected) anchor.focus({ preventScroll: true });
}
/* From anywhere on the page. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !opened) return;
  const { anchor } = opened;
  closeMenu();
  if (anchor.isConnected) anchor.focus({ preventScroll: true });
});
document.addEventListener("pointerdown", (event) => {
  if (opened && !opened.box.contains(event.target) && !opened.anchor.contains(event.target)) closeMenu();
});
window.addEventListener("resize", () => {
  if (opened && matchMedia("(min-width: 900px)").matches) closeMenu();
});
