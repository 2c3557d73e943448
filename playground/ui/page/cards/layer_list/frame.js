/** The frame of the list: its head with the tools, the rows of input and output, the totals. */
import { h } from "../../core/dom.js";
import { t } from "../../core/words.js";
import { canRedo, canUndo, redo, redoLabel, undo, undoLabel } from "../../experiment/store.js";
import { head } from "../../kit/card.js";
import { icon } from "../../kit/icons.js";
import { endRow, headRow } from "./parts.js";

/**
 * @param {(anchor: HTMLElement) => void} add
 * @param {() => void} empty
 */
export function layerFrame(add, empty) {
  const tools = {
    empty: h(
      "button",
      { type: "button", class: "icon ghost empty-list", "data-t-title": "layers.remove_all", onclick: empty },
      icon("trash"),
    ),
    undo: toolButton("undo", undo),
    redo: toolButton("redo", redo),
    add: addButton(add),
  };
  const keys = h("span", { class: "keys", "data-t": "layers.help.keys" });
  const hint = h("small", { class: "hint" }, h("span", { "data-t": "layers.help" }), " ", keys);
  const list = h("div", { class: "list", role: "list" });
  const nothing = h("p", { class: "empty dim", "data-t": "layers.empty", hidden: true });
  const fromData = h("span", { class: "fields", "data-t": "layers.input.help" });
  const input = endRow("layers.input", "shape", fromData, "io-input");
  const output = endRow("layers.out", "dense", h("span", { class: "fields" }));
  const others = h("div", { class: "faults elsewhere", hidden: true, role: "alert" });
  const totals = h("div", { class: "totals", "aria-live": "off" });
  const element = h("section", { class: "card" });
  element.append(head("layers.title", hint, ...Object.values(tools)));
  element.append(headRow(), input, list, nothing, output, others, totals);
  return { element, tools, list, nothing, input, output, others, totals };
}

/**
 * @param {string} name
 * @param {() => void} act
 */
const toolButton = (name, act) =>
  h("button", { type: "button", class: `icon ${name}`, onclick: act }, icon(name));

/** @param {(anchor: HTMLElement) => void} add */
function addButton(add) {
  const button = h(
    "button",
    {
      type: "button",
      class: "primary add",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      onclick: () => add(button),
    },
    icon("plus"),
    h("span", { "data-t": "layers.add" }),
  );
  return button;
}

/**
 * What can be undone and done again, by name.
 * @param {{undo: any, redo: any}} tools
 */
export function showUndo(tools) {
  nameTool(tools.undo, canUndo(), undoTitle());
  nameTool(tools.redo, canRedo(), redoTitle());
}

const undoTitle = () => (canUndo() ? t("layers.undo.what", { what: t(undoLabel()) }) : t("layers.undo"));

const redoTitle = () => (canRedo() ? t("layers.redo.what", { what: t(redoLabel()) }) : t("layers.redo"));

/**
 * @param {any} button
 * @param {boolean} isUsable
 * @param {string} title
 */
function nameTool(button, isUsable, title) {
  button.disabled = !isUsable;
  button.title = title;
  button.setAttribute("aria-label", title);
}
