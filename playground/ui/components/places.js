/* The embedding: every validation sample at the place that the network gives it, moving while it trains. */
(() => {
  const pg = window.pg, { h } = pg;
  const HEIGHT = 300, MARGIN = 14, HZ = 2;

  function setup(root) {
    const canvas = h("canvas", { class: "places-canvas", role: "img", "data-t-label": "places.title" });
    const legend = h("div", { class: "legend" }), line = h("p", { class: "dim num" });
    root.append(h("section", { class: "card" }, pg.head("places.title", "places.help"), canvas, legend, line));
    let found = null;

    const applies = () => (pg.samples.data()?.task ?? "") === "embedding";
    async function refresh() {
      if (!applies() || !pg.state.run) { found = null; return show(); }
      const sample = pg.state.sample ? { sample: pg.samples.wire(pg.state.sample) } : {};
      const answer = await pg.ask("embeddings", sample);
      const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
      found = { ...answer, places: new Float32Array(bytes(answer.places)), labels: new Uint16Array(bytes(answer.labels)) };
      show();
    }
    function show() {
      root.hidden = !applies();
      if (root.hidden) return;
      const width = canvas.parentElement.clientWidth - 28;
      if (width > 60) paint(width);
      const n = found?.labels.length ?? 0;
      line.textContent = !found ? pg.t("places.idle") : [pg.t("places.n", { n: pg.format.count(n), of: pg.format.count(found.of) }),
        found.dimensions > 2 && pg.t("places.projected", { n: found.dimensions, share: pg.format.percent(found.shown) }),
        pg.t("answer.step", { step: pg.format.count(found.step) })].filter(Boolean).join(" · ");
      legend.replaceChildren(...pg.samples.classes().map((name, i) => h("span", {}, h("i", { style: `background:${pg.classColor(i)}` }), name)));
    }
    function paint(width) {
      canvas.style.width = `${width}px`;
      canvas.style.height = `${HEIGHT}px`;
      const context = pg.fit(canvas, width, HEIGHT);
      if (!found) return;
      const { places, labels, asked } = found, n = labels.length, xs = [], ys = [];
      for (let i = 0; i < n; i += 1) { xs.push(places[2 * i]); ys.push(places[2 * i + 1]); }
      const span = (values) => [Math.min(...values), Math.max(...values)], [x0, x1] = span(xs), [y0, y1] = span(ys);
      const scale = Math.min((width - 2 * MARGIN) / (x1 - x0 || 1), (HEIGHT - 2 * MARGIN) / (y1 - y0 || 1));
      const X = (x) => width / 2 + (x - (x0 + x1) / 2) * scale, Y = (y) => HEIGHT / 2 - (y - (y0 + y1) / 2) * scale;
      context.globalAlpha = 0.8;
      for (let i = 0; i < n; i += 1) {
        context.fillStyle = pg.classColor(labels[i]);
        pg.mark(context, labels[i], X(xs[i]), Y(ys[i]), 2.6);
        context.fill();
      }
      context.globalAlpha = 1;
      if (!asked || asked.some((value) => value === null)) return;
      context.strokeStyle = pg.token("ink");
      context.lineWidth = 2;
      context.beginPath();
      context.arc(X(asked[0]), Y(asked[1]), 7, 0, 2 * Math.PI);
      context.stroke();
    }
    const wish = pg.live(canvas.parentElement, refresh, HZ);
    for (const topic of ["check", "run", "reset"]) pg.on(topic, () => { const was = root.hidden; root.hidden = !applies(); if (was && !root.hidden) wish(); }, root);
    pg.on("reset", () => { found = null; show(); }, root);
    for (const topic of ["lang", "dark"]) pg.on(topic, () => requestAnimationFrame(show), root);
    pg.onResize(canvas.parentElement, show);
    show();
  }
  pg.component("places", setup);
})();
