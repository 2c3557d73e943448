/* The first convolution's kernels, blue above zero and orange below; the card hides where there is no convolution. */
(() => {
  const pg = window.pg, { h } = pg;
  const HZ = 2;

  function setup(root) {
    const help = h("small", { class: "num" }), canvas = h("canvas", { class: "maps-canvas", role: "img", "data-t-label": "kernels.title" });
    const board = h("div", { class: "maps-board" }, canvas), line = h("p", { class: "maps-line num dim" }), scale = h("div", { class: "maps-scale num" });
    root.append(h("section", { class: "card" }, pg.head("kernels.title", help), board, h("div", { class: "maps-foot" }, scale, line)));
    let answer = null, bytes = null, tiles = null;

    /* The run's own layers decide where there is a run; else those on the screen. */
    function applies() {
      const layers = pg.state.run?.experiment?.layers ?? pg.state.experiment.layers;
      return JSON.stringify(layers).includes('"conv2d"');
    }
    async function refresh() {
      if (!pg.state.sample || !applies()) return;
      const found = await pg.ask("kernels");
      answer = found.kernels ? found : null;
      bytes = answer && pg.decode(answer.kernels);
      draw();
    }
    function draw() {
      if (!answer || !board.clientWidth) return;
      const [n, rows, columns] = answer.kernels.shape, width = board.clientWidth, total = answer.of ?? n;
      help.textContent = pg.t(total > n ? "kernels.more" : "kernels.help", { n, of: total, height: rows, width: columns });
      const table = pg.state.dark ? pg.scales.diverging.dark : pg.scales.diverging.light, across = width < 420 ? 8 : n > 32 ? 16 : n > 12 ? 11 : 8;
      tiles = pg.mosaic(canvas, { bytes, n, h: rows, w: columns, table, columns: across, width, gap: 8, most: 40, frame: pg.token("dim") });
      const bar = h("canvas", { "aria-hidden": "true" });
      pg.drawDiverging(bar, Uint8Array.from({ length: 256 }, (_, i) => i), 1, 256);
      scale.replaceChildren(h("span", {}, pg.format.number(answer.kernels.min)), bar, h("span", {}, pg.format.number(answer.kernels.max)));
      say();
    }
    function read(x, y) {
      const hit = answer && tiles?.at(x, y);
      if (!hit) return "";
      const value = pg.format.number(((bytes[hit.index] - 128) / 127) * answer.kernels.max);
      return pg.t("kernels.value", { kernel: hit.tile, row: hit.row, column: hit.column, value });
    }
    const say = pg.reader(canvas, line, read, () => "");
    const fits = () => { root.hidden = !applies(); };
    const wish = pg.watch(board, refresh, HZ);
    pg.on("run", fits, root);
    pg.on("check", () => { const was = root.hidden; fits(); if (was && !root.hidden) wish(); }, root);
    pg.on("lang", draw, root);
    pg.on("dark", () => requestAnimationFrame(draw), root);
    pg.on("reset", () => { answer = null; fits(); }, root);
    pg.onResize(board, draw);
    fits();
  }
  pg.component("kernels", setup);
})();
