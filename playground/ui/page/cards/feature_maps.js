// @ts-nocheck
/** The feature maps of the chosen layer as one mosaic: strongest channels, their numbers, a scale, values by pointing. */
import { decode, unscale } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { drawBars } from "../kit/bars.js";
import { fitCanvas, onResize, reader } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { scales, token } from "../kit/colors.js";
import { mosaic } from "../kit/mosaic.js";
import { drawViridis } from "../kit/pixels.js";
import { ask } from "../run/ask.js";
import { layerLabel } from "../run/layers.js";
import { watch } from "../run/live.js";
import { wire } from "../run/samples.js";

const HZ = 4,
  CHOICES = [16, 32, 64],
  GAP = 8;

function setup(root) {
  const title = h("span"),
    help = h("small", { class: "num" });
  const count = h(
    "select",
    { "data-t-label": "maps.count", onchange: () => wish() },
    ...CHOICES.map((n) => h("option", { value: n }, String(n))),
  );
  const canvas = h("canvas", { class: "maps-canvas", role: "img" }),
    numbers = h("div", { class: "maps-numbers num", "aria-hidden": "true" });
  const line = h("p", { class: "maps-line num dim" }),
    scale = h("div", { class: "maps-scale num" });
  const choice = h("label", { class: "field maps-choice" }, h("span", { "data-t": "maps.count" }), count);
  const board = h("div", { class: "maps-board" }, canvas, numbers);
  root.append(
    h(
      "section",
      { class: "card" },
      head(title, help, choice),
      board,
      h("div", { class: "maps-foot" }, scale, line),
    ),
  );
  let answer = null,
    bytes = null,
    tiles = null;

  async function refresh() {
    const { sample, layer } = state;
    if (!sample || !layer) return;
    const found = await ask("feature_maps", {
      path: layer,
      sample: wire(sample),
      limit: Number(count.value),
    });
    if (state.sample !== sample || state.layer !== layer) return;
    answer = { ...found, path: layer };
    bytes = decode(found.maps);
    draw();
  }
  const isVector = () => answer.maps.shape[1] === 1 && answer.of === 1 && !answer.steps;
  function draw() {
    if (!answer || !board.clientWidth) return;
    const [n, rows, columns] = answer.maps.shape,
      vector = isVector(),
      low = answer.min ?? answer.maps.min,
      high = answer.max ?? answer.maps.max;
    title.textContent = t("maps.title", { label: layerLabel(answer.path) });
    help.textContent = answer.steps
      ? t("maps.sequence", { shown: rows, total: answer.of, steps: columns })
      : vector
        ? t("maps.units", { total: columns })
        : t(n < answer.of ? "maps.help" : "maps.all", {
            shown: n,
            total: answer.of,
            size: format.shape([rows, columns]),
          });
    choice.hidden = vector || Boolean(answer.steps) || answer.of <= CHOICES[0];
    canvas.setAttribute("aria-label", `${title.textContent}, ${help.textContent}`);
    if (answer.steps) sequence(rows, columns);
    else if (vector) strip(columns, low, high);
    else pictures(n, rows, columns);
    drawScale(low, high, vector);
    say();
  }
  function pictures(n, rows, columns) {
    const width = board.clientWidth,
      narrow = width < 520;
    const across = n <= 4 ? Math.max(2, n) : narrow ? (n > 16 ? 6 : 4) : n > 32 ? 16 : n > 16 ? 11 : 8;
    tiles = mosaic(canvas, {
      bytes,
      n,
      h: rows,
      w: columns,
      table: scales.viridis,
      columns: across,
      width,
      gap: n > 32 ? 4 : GAP,
    });
    const context = canvas.getContext("2d");
    if (tiles.tileW < 26) return;
    context.font = `10px ${getComputedStyle(root).fontFamily}`;
    context.textBaseline = "top";
    for (let k = 0; k < n; k += 1) {
      const [x, y] = tiles.place(k),
        text = String(answer.channels[k]),
        wide = context.measureText(text).width + 6;
      context.fillStyle = "rgb(0 0 0 / 45%)";
      context.fillRect(x, y, wide, 13);
      context.fillStyle = "#fff";
      context.fillText(text, x + 3, y + 2);
    }
  }
  /* A sequence: a row a feature, a column a step, the steps' names above. */
  function sequence(rows, columns) {
    const top = 18,
      wide = Math.min(34, board.clientWidth / columns),
      high = Math.max(3, Math.min(12, 280 / rows));
    const width = wide * columns,
      context = fitCanvas(canvas, width, top + rows * high),
      { viridis } = scales;
    Object.assign(canvas.style, { width: `${width}px`, height: `${top + rows * high}px` });
    for (let i = 0; i < rows * columns; i += 1) {
      context.fillStyle = `rgb(${viridis.slice(4 * bytes[i], 4 * bytes[i] + 3).join(" ")})`;
      context.fillRect((i % columns) * wide, top + Math.floor(i / columns) * high, wide + 0.3, high + 0.3);
    }
    context.fillStyle = token("ink");
    context.font = `12px ${getComputedStyle(root).fontFamily}`;
    context.textAlign = "center";
    const fit = Math.max(1, Math.floor(wide / 7)),
      every = fit > 1 || wide > 9 ? 1 : Math.ceil(20 / wide);
    answer.steps.forEach((step, i) => {
      if (i % every === 0)
        context.fillText(step.slice(0, Math.max(fit, every > 1 ? 3 : 1)), (i + 0.5) * wide, top - 5);
    });
    tiles = {
      at(x, y) {
        const column = Math.floor(x / wide),
          row = Math.floor((y - top) / high);
        return column < 0 || column >= columns || row < 0 || row >= rows
          ? null
          : { row, column, index: row * columns + column };
      },
    };
  }
  function strip(n, low, high) {
    const width = board.clientWidth;
    drawBars(canvas, bytes, { min: low, max: high }, { width, height: 150 });
    tiles = { at: (x) => ({ index: Math.min(n - 1, Math.max(0, Math.floor((x / width) * n))) }) };
  }
  function drawScale(low, high, vector) {
    if (vector) return scale.replaceChildren(h("span", {}, `${format.number(low)} … ${format.number(high)}`));
    const bar = h("canvas", { "aria-hidden": "true" });
    drawViridis(
      bar,
      Uint8Array.from({ length: 256 }, (_, i) => i),
      1,
      256,
    );
    scale.replaceChildren(h("span", {}, format.number(low)), bar, h("span", {}, format.number(high)));
  }
  function read(x, y) {
    const hit = answer && tiles?.at(x, y);
    if (!hit) return "";
    const value = format.number(
      unscale(bytes[hit.index], answer.min ?? answer.maps.min, answer.max ?? answer.maps.max),
    );
    if (answer.steps)
      return t("maps.step_value", {
        feature: answer.channels[hit.row],
        step: hit.column + 1,
        name: answer.steps[hit.column],
        value,
      });
    if (isVector()) return t("maps.unit_value", { unit: hit.index, value });
    return t("maps.value", { channel: answer.channels[hit.tile], row: hit.row, column: hit.column, value });
  }
  const say = reader(canvas, line, read, () => (answer ? t("maps.hover") : ""));
  const wish = watch(board, refresh, HZ);
  on("layer", wish, root);
  on("lang", draw, root);
  on("dark", () => requestAnimationFrame(draw), root);
  on(
    "reset",
    () => {
      answer = null;
    },
    root,
  );
  onResize(board, draw);
}
export default card("feature_maps", setup);
