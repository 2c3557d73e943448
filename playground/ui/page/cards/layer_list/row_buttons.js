/** The buttons of a layer's row. */
import { h } from "../../core/dom.js";
import { state } from "../../core/state.js";
import { t } from "../../core/words.js";
import { labOfLayer } from "../../experiment/catalogue.js";
import { icon, labButton } from "../../kit/icons.js";
import { locate } from "./tree.js";

/** @typedef {import("./edits.js").LayerEdits} LayerEdits */

/**
 * @param {string} key of the layer
 * @param {LayerEdits} edits
 * @param {(() => void) | null} toggleRare null where no field is rare
 * @param {import("../../types.js").Entry} entry of the layer
 * @returns {Record<string, any>}
 */
export function rowButtons(key, edits, toggleRare, entry) {
  const handle = rowButton("handle", "grip", "layers.drag", () => handle.focus());
  const add = rowButton("add-here", "plus", "layers.add.here", () => {
    const { owner, index } = locate(state.experiment.layers, key);
    edits.choose(add, owner?._key ?? null, index + 1);
  });
  const more = toggleRare && rowButton("open-more", "more", "layers.more", toggleRare);
  more?.setAttribute("aria-expanded", "false");
  return {
    handle,
    more,
    lab: labButton(labOfLayer(entry), "layers.lab", "data-words"),
    add,
    duplicate: rowButton("duplicate", "copy", "layers.duplicate", () => edits.duplicate(key)),
    remove: rowButton("delete", "close", "layers.delete", () => edits.remove(key)),
  };
}

/**
 * @param {string} name
 * @param {string} drawing
 * @param {string} words key of its name, which holds the layer's
 * @param {() => void} act
 */
function rowButton(name, drawing, words, act) {
  return h(
    "button",
    { type: "button", class: `icon small ghost ${name}`, "data-words": words, onclick: act },
    icon(drawing),
  );
}

/**
 * @param {Record<string, any>} buttons
 * @param {string} label of the layer
 */
export function nameButtons(buttons, label) {
  for (const button of Object.values(buttons)) {
    if (!button) continue;
    button.title = t(button.dataset.words, { label });
    button.setAttribute("aria-label", button.title);
  }
}

/**
 * The button at the end of a block's list.
 * @param {string} key of the block
 * @param {LayerEdits} edits
 */
export function addInside(key, edits) {
  const button = h(
    "button",
    { type: "button", class: "small add-inside", onclick: () => edits.choose(button, key) },
    icon("plus"),
    h("span", { "data-t": "layers.add.body" }),
  );
  return button;
}
