// @ts-nocheck
/** The first convolution's kernels, blue above zero and orange below; the card hides where there is no convolution. */
import { decode } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { onResize, reader } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { scales, token } from "../kit/colors.js";
import { mosaic } from "../kit/mosaic.js";
import { drawDiverging } from "../kit/pixels.js";
import { ask } from "../run/ask.js";
import { watch } from "../run/live.js";
import { currentSituation } from "../run/shown.js";

const HZ = 2;

function setup(root) {
  const help = h("small", { class: "num" }),
    canvas = h("canvas", { class: "maps-canvas", role: "img", "data-t-label": "kernels.title" });
  const board = h("div", { class: "maps-board" }, canvas),
    line = h("p", { class: "maps-line num dim" }),
    scale = h("div", { class: "maps-scale num" });
  root.append(
    h(
      "section",
      { class: "card" },
      head("kernels.title", help),
      board,
      h("div", { class: "maps-foot" }, scale, line),
    ),
  );
  let answer = null,
    bytes = null,
    tiles = null;

  /* The run's own layers decide where there is a run; else those on the screen. */
  function applies() {
    return JSON.stringify(currentSituation().subject.layers).includes('"conv2d"');
  }
  async function refresh() {
    if (!state.sample || !applies()) return;
    const found = await ask("kernels");
    answer = found.kernels ? found : null;
    bytes = answer && decode(answer.kernels);
    draw();
  }
  function draw() {
    if (!answer || !board.clientWidth) return;
    const [n, rows, columns] = answer.kernels.shape,
      width = board.clientWidth,
      total = answer.of ?? n;
    help.textContent = t(total > n ? "kernels.more" : "kernels.help", {
      n,
      of: total,
      height: rows,
      width: columns,
    });
    const table = state.dark ? scales.diverging.dark : scales.diverging.light,
      across = width < 420 ? 8 : n > 32 ? 16 : n > 12 ? 11 : 8;
    tiles = mosaic(canvas, {
      bytes,
      n,
      h: rows,
      w: columns,
      table,
      columns: across,
      width,
      gap: 8,
      most: 40,
      frame: token("dim"),
    });
    const bar = h("canvas", { "aria-hidden": "true" });
    drawDiverging(
      bar,
      Uint8Array.from({ length: 256 }, (_, i) => i),
      1,
      256,
    );
    scale.replaceChildren(
      h("span", {}, format.number(answer.kernels.min)),
      bar,
      h("span", {}, format.number(answer.kernels.max)),
    );
    say();
  }
  function read(x, y) {
    const hit = answer && tiles?.at(x, y);
    if (!hit) return "";
    const value = format.number(((bytes[hit.index] - 128) / 127) * answer.kernels.max);
    return t("kernels.value", { kernel: hit.tile, row: hit.row, column: hit.column, value });
  }
  const say = reader(canvas, line, read, () => "");
  const fits = () => {
    root.hidden = !applies();
  };
  const wish = watch(board, refresh, HZ);
  on("run", fits, root);
  on(
    "check",
    () => {
      const was = root.hidden;
      fits();
      if (was && !root.hidden) wish();
    },
    root,
  );
  on("lang", draw, root);
  on("dark", () => requestAnimationFrame(draw), root);
  on(
    "reset",
    () => {
      answer = null;
      fits();
    },
    root,
  );
  onResize(board, draw);
  fits();
}
export default card("kernels", setup);
