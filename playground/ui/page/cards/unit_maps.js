// @ts-nocheck
/** Every unit as a picture of the plane: blue where it is positive, orange where it is negative, moving while it trains. */
import { decode } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { card, head } from "../kit/card.js";
import { drawDiverging } from "../kit/pixels.js";
import { ask } from "../run/ask.js";
import { layerLabel } from "../run/layers.js";
import { live } from "../run/live.js";
import { shownKind } from "../run/shown.js";

const HZ = 3;

function setup(root) {
  const board = h("div", { class: "unit-layers", role: "group", "data-t-label": "units.title" });
  root.append(h("section", { class: "card" }, head("units.title", "units.help"), board));
  let rows = new Map();

  const applies = () => shownKind() === "points";
  const fits = () => {
    root.hidden = !applies();
  };
  async function refresh() {
    if (!applies() || !(state.run || state.sample)) return;
    const { layers } = await ask("unit_maps");
    if (String([...rows.keys()]) !== String(layers.map(({ path }) => path))) rebuild(layers);
    for (const layer of layers) paint(rows.get(layer.path), layer);
  }
  function rebuild(layers) {
    rows = new Map(
      layers.map(({ path }) => {
        const name = h("b"),
          count = h("span", { class: "dim num" }),
          maps = h("div", { class: "unit-row" });
        return [
          path,
          {
            name,
            count,
            maps,
            row: h("div", { class: "unit-layer" }, h("span", { class: "unit-name" }, name, count), maps),
          },
        ];
      }),
    );
    board.replaceChildren(...[...rows.values()].map(({ row }) => row));
  }
  function paint({ name, count, maps }, { path, of, maps: data }) {
    const [n, size] = data.shape,
      bytes = decode(data),
      label = layerLabel(path);
    name.textContent = label;
    count.textContent = of > n ? t("units.some", { n, of }) : "";
    while (maps.children.length > n) maps.lastChild.remove();
    while (maps.children.length < n) maps.append(h("canvas", { class: "unit-map", role: "img" }));
    for (let k = 0; k < n; k += 1) {
      const canvas = maps.children[k],
        words = t("units.unit", { label, n: k + 1 });
      /* Row 0 of the answer is the lowest y, that of a picture the highest. */
      const upright = new Uint8Array(size * size);
      for (let y = 0; y < size; y += 1)
        upright.set(bytes.subarray((k * size + y) * size, (k * size + y + 1) * size), (size - 1 - y) * size);
      drawDiverging(canvas, upright, size, size);
      if (canvas.title !== words) {
        canvas.title = words;
        canvas.setAttribute("aria-label", words);
      }
    }
  }
  const wish = live(board, refresh, HZ);
  for (const topic of ["run", "check", "reset"])
    on(
      topic,
      () => {
        const was = root.hidden;
        fits();
        if (was && !root.hidden) wish();
      },
      root,
    );
  on(
    "reset",
    () => {
      rows = new Map();
      board.replaceChildren();
    },
    root,
  );
  on("dark", () => requestAnimationFrame(wish), root);
  on("lang", wish, root);
  fits();
}
export default card("unit_maps", setup);
