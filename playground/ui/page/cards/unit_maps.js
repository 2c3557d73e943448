/** Every unit as a picture of the plane: blue where it is positive, orange where it is negative. */
import { decode } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { t } from "../core/words.js";
import { asking } from "../kit/asking.js";
import { card, head } from "../kit/card.js";
import { drawDiverging } from "../kit/pixels.js";
import { layerLabel } from "../run/layers.js";
import { shownKind } from "../run/shown.js";

const HZ = 3;

/** @typedef {{name: HTMLElement, count: HTMLElement, maps: any, row: HTMLElement}} Row */

/** @returns {Row} */
function newRow() {
  const name = h("b");
  const count = h("span", { class: "dim num" });
  const maps = h("div", { class: "unit-row" });
  const row = h("div", { class: "unit-layer" }, h("span", { class: "unit-name" }, name, count), maps);
  return { name, count, maps, row };
}

/**
 * Row 0 of the answer is the lowest y, that of a picture the highest.
 * @param {Uint8Array} map
 * @param {number} size
 */
function upright(map, size) {
  const turned = new Uint8Array(size * size);
  for (let y = 0; y < size; y += 1) turned.set(map.subarray(y * size, (y + 1) * size), (size - 1 - y) * size);
  return turned;
}

/**
 * @param {Row} row
 * @param {{path: string, of: number, maps: any}} layer
 */
function paint({ name, count, maps }, { path, of, maps: data }) {
  const [n, size] = data.shape;
  const bytes = decode(data);
  const label = layerLabel(path);
  name.textContent = label;
  count.textContent = of > n ? t("units.some", { n, of }) : "";
  while (maps.children.length > n) maps.lastChild.remove();
  while (maps.children.length < n) maps.append(h("canvas", { class: "unit-map", role: "img" }));
  for (let k = 0; k < n; k += 1) {
    const canvas = maps.children[k];
    drawDiverging(canvas, upright(bytes.subarray(k * size * size, (k + 1) * size * size), size), size, size);
    const words = t("units.unit", { label, n: k + 1 });
    if (canvas.title === words) continue;
    canvas.title = words;
    canvas.setAttribute("aria-label", words);
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const board = h("div", { class: "unit-layers", role: "group", "data-t-label": "units.title" });
  root.append(h("section", { class: "card" }, head("units.title", "units.help"), board));
  /** @type {Map<string, Row>} by path */
  let rows = new Map();

  function rebuild(/** @type {string[]} */ paths) {
    rows = new Map(paths.map((path) => [path, newRow()]));
    board.replaceChildren(...[...rows.values()].map(({ row }) => row));
  }
  function draw(/** @type {any} */ { layers }) {
    const paths = layers.map((/** @type {any} */ layer) => layer.path);
    if (String([...rows.keys()]) !== String(paths)) rebuild(paths);
    for (const layer of layers) {
      const row = rows.get(layer.path);
      if (row) paint(row, layer);
    }
  }
  asking(root, {
    board,
    hz: HZ,
    applies: () => shownKind() === "points",
    // who only looks starts no run
    question: () => (state.run || state.sample ? { name: "unit_maps" } : null),
    draw,
  });
}

export default card("unit_maps", setup);
