// @ts-nocheck
/** How each layer's weights, and the last gradients, are spread: a pair of small histograms a layer. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t, translate } from "../core/words.js";
import { fitCanvas, onResize, reader } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { rampColor, token } from "../kit/colors.js";
import { ask } from "../run/ask.js";
import { layerLabel } from "../run/layers.js";
import { watch } from "../run/live.js";

const HZ = 2,
  HEIGHT = 46;

function setup(root) {
  const rows = h("div", { class: "histograms" }),
    line = h("p", { class: "maps-line num dim" });
  root.append(h("section", { class: "card" }, head("histograms.title", "histograms.help"), rows, line));
  let layers = [],
    cells = [];

  function rebuild() {
    const cell = (words) => {
      const canvas = h("canvas", { role: "img" }),
        ends = h("span", { class: "histogram-ends num dim" }, h("span"), h("span"));
      const one = { words, canvas, ends, box: h("div", { class: "histogram" }, canvas, ends), data: null };
      reader(
        canvas,
        line,
        (x) => read(one, x),
        () => "",
      );
      return one;
    };
    cells = layers.map(() => ({
      name: h("span", { class: "histogram-name" }),
      weights: cell("histograms.weights"),
      gradients: cell("histograms.gradients"),
    }));
    rows.replaceChildren(
      h("span"),
      h("span", { class: "dim", "data-t": "histograms.weights" }),
      h("span", { class: "dim", "data-t": "histograms.gradients" }),
      ...cells.flatMap(({ name, weights, gradients }) => [name, weights.box, gradients.box]),
    );
  }
  async function refresh() {
    if (!state.sample) return;
    const answer = await ask("histograms"),
      same =
        answer.layers.length === layers.length &&
        answer.layers.every((layer, k) => layer.path === layers[k].path);
    layers = answer.layers;
    if (!same) rebuild();
    draw();
  }
  function draw() {
    if (!rows.clientWidth) return;
    layers.forEach((layer, k) => {
      const { name, weights, gradients } = cells[k];
      name.textContent = layerLabel(layer.path);
      const color = rampColor(layers.length > 1 ? k / (layers.length - 1) : 0.5);
      paint(weights, layer.weights, layer, color);
      paint(gradients, layer.gradients, layer, color);
    });
  }
  function paint(cell, data, layer, color) {
    const { canvas, ends, box, words } = cell,
      width = box.clientWidth;
    cell.data = data;
    box.classList.toggle("none", !data);
    canvas.hidden = !data;
    ends.firstChild.textContent = data ? format.number(data.edges[0]) : t("histograms.none");
    ends.lastChild.textContent = data ? format.number(data.edges.at(-1)) : "";
    if (!data || !width) return;
    const context = fitCanvas(canvas, width, HEIGHT),
      n = data.counts.length,
      most = Math.max(...data.counts, 1),
      low = data.edges[0],
      span = data.edges.at(-1) - low || 1;
    canvas.style.height = `${HEIGHT}px`;
    canvas.setAttribute("aria-label", `${layerLabel(layer.path)}, ${t(words)}`);
    context.fillStyle = color;
    data.counts.forEach((count, i) => {
      const size = (HEIGHT - 3) * Math.sqrt(count / most);
      context.fillRect((i * width) / n, HEIGHT - 1 - size, Math.max(0.5, width / n - 0.8), size);
    });
    context.fillStyle = token("dim");
    context.fillRect(0, HEIGHT - 1, width, 1);
    if (low < 0 && low + span > 0) context.fillRect(((0 - low) / span) * width, 4, 1, HEIGHT - 4);
  }
  function read({ data, canvas }, x) {
    if (!data) return "";
    const i = Math.min(
      data.counts.length - 1,
      Math.max(0, Math.floor((x / canvas.clientWidth) * data.counts.length)),
    );
    return t("histograms.value", {
      low: format.number(data.edges[i]),
      high: format.number(data.edges[i + 1]),
      count: format.count(data.counts[i]),
    });
  }
  watch(rows, refresh, HZ);
  on(
    "lang",
    () => {
      translate(root);
      draw();
    },
    root,
  );
  on("dark", () => requestAnimationFrame(draw), root);
  onResize(rows, draw);
}
export default card("histograms", setup);
