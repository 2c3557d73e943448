/* How each layer's weights, and the last gradients, are spread: a pair of small histograms a layer. */
(() => {
  const pg = window.pg, { h } = pg;
  const HZ = 2, HEIGHT = 46;

  function setup(root) {
    const rows = h("div", { class: "histograms" }), line = h("p", { class: "maps-line num dim" });
    root.append(h("section", { class: "card" }, pg.head("histograms.title", "histograms.help"), rows, line));
    let layers = [], cells = [];

    function rebuild() {
      const cell = (words) => {
        const canvas = h("canvas", { role: "img" }), ends = h("span", { class: "histogram-ends num dim" }, h("span"), h("span"));
        const one = { words, canvas, ends, box: h("div", { class: "histogram" }, canvas, ends), data: null };
        pg.reader(canvas, line, (x) => read(one, x), () => "");
        return one;
      };
      cells = layers.map(() => ({ name: h("span", { class: "histogram-name" }), weights: cell("histograms.weights"), gradients: cell("histograms.gradients") }));
      rows.replaceChildren(h("span"), h("span", { class: "dim", "data-t": "histograms.weights" }), h("span", { class: "dim", "data-t": "histograms.gradients" }),
        ...cells.flatMap(({ name, weights, gradients }) => [name, weights.box, gradients.box]));
    }
    async function refresh() {
      if (!pg.state.sample) return;
      const answer = await pg.ask("histograms"), same = answer.layers.length === layers.length && answer.layers.every((layer, k) => layer.path === layers[k].path);
      layers = answer.layers;
      if (!same) rebuild();
      draw();
    }
    function draw() {
      if (!rows.clientWidth) return;
      layers.forEach((layer, k) => {
        const { name, weights, gradients } = cells[k];
        name.textContent = pg.layerLabel(layer.path);
        const color = pg.rampColor(layers.length > 1 ? k / (layers.length - 1) : 0.5);
        paint(weights, layer.weights, layer, color);
        paint(gradients, layer.gradients, layer, color);
      });
    }
    function paint(cell, data, layer, color) {
      const { canvas, ends, box, words } = cell, width = box.clientWidth;
      cell.data = data;
      box.classList.toggle("none", !data);
      canvas.hidden = !data;
      ends.firstChild.textContent = data ? pg.format.number(data.edges[0]) : pg.t("histograms.none");
      ends.lastChild.textContent = data ? pg.format.number(data.edges.at(-1)) : "";
      if (!data || !width) return;
      const context = pg.fit(canvas, width, HEIGHT), n = data.counts.length, most = Math.max(...data.counts, 1), low = data.edges[0], span = data.edges.at(-1) - low || 1;
      canvas.style.height = `${HEIGHT}px`;
      canvas.setAttribute("aria-label", `${pg.layerLabel(layer.path)}, ${pg.t(words)}`);
      context.fillStyle = color;
      data.counts.forEach((count, i) => {
        const size = (HEIGHT - 3) * Math.sqrt(count / most);
        context.fillRect((i * width) / n, HEIGHT - 1 - size, Math.max(0.5, width / n - 0.8), size);
      });
      context.fillStyle = pg.token("dim");
      context.fillRect(0, HEIGHT - 1, width, 1);
      if (low < 0 && low + span > 0) context.fillRect(((0 - low) / span) * width, 4, 1, HEIGHT - 4);
    }
    function read({ data, canvas }, x) {
      if (!data) return "";
      const i = Math.min(data.counts.length - 1, Math.max(0, Math.floor((x / canvas.clientWidth) * data.counts.length)));
      return pg.t("histograms.value", { low: pg.format.number(data.edges[i]), high: pg.format.number(data.edges[i + 1]), count: pg.format.count(data.counts[i]) });
    }
    pg.watch(rows, refresh, HZ);
    pg.on("lang", () => { pg.translate(root); draw(); }, root);
    pg.on("dark", () => requestAnimationFrame(draw), root);
    pg.onResize(rows, draw);
  }
  pg.component("histograms", setup);
})();
