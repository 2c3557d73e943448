/* What the numbers say: a few sentences, each with the figures that it was read from. Silent when there is nothing. */
(() => {
  const pg = window.pg, { h } = pg;
  const LAST = 50, FAR = 100, GAP = 0.05, CLOSE = 0.02, RISEN = 1.1, LARGE_UPDATE = 0.05, SMALL_UPDATE = 1e-5, DEAD = 0.3, PAUSE_MS = 1000;

  const finite = (values) => values.filter((value) => Number.isFinite(value));
  function median(values) {
    const sorted = finite(values).sort((a, b) => a - b);
    return sorted.length ? sorted[Math.floor(sorted.length / 2)] : NaN;
  }
  const mean = (values) => finite(values).reduce((sum, value) => sum + value, 0) / finite(values).length;
  /* One median a layer over the last measurements. */
  const byLayer = (rows) => pg.history.layer_names.map((path, k) => ({ path, value: median(rows.slice(-LAST).map((row) => row?.[k])) }))
    .filter(({ value }) => Number.isFinite(value) && value > 0);
  const times = (ratio) => (ratio < 10 ? ratio.toFixed(1) : pg.format.count(ratio));

  function gradients() {
    const layers = byLayer(pg.history.layers.grad_norm);
    if (layers.length < 2) return [];
    const first = layers[0], last = layers.at(-1), n = pg.format.number;
    const values = { first: pg.layerLabel(first.path), last: pg.layerLabel(last.path), a: n(first.value), b: n(last.value) };
    if (last.value / first.value > FAR) return [{ key: "advice.vanishing", bad: true, chart: "grad_norm", values: { ...values, ratio: times(last.value / first.value) } }];
    if (first.value / last.value > FAR) return [{ key: "advice.exploding", bad: true, chart: "grad_norm", values: { ...values, ratio: times(first.value / last.value) } }];
    const low = layers.reduce((a, b) => (b.value < a.value ? b : a)), high = layers.reduce((a, b) => (b.value > a.value ? b : a));
    if (high.value / low.value > FAR) return [];
    return [{ key: "advice.even", chart: "grad_norm", values: { low: n(low.value), first: pg.layerLabel(low.path), high: n(high.value), last: pg.layerLabel(high.path), ratio: times(high.value / low.value) } }];
  }
  function updates() {
    const layers = byLayer(pg.history.layers.update_ratio);
    if (!layers.length) return [];
    const most = layers.reduce((a, b) => (b.value > a.value ? b : a));
    const values = { layer: pg.layerLabel(most.path), ratio: pg.format.number(most.value) };
    if (most.value > LARGE_UPDATE) return [{ key: "advice.large_updates", bad: true, chart: "update_ratio", values }];
    if (most.value < SMALL_UPDATE && pg.state.run?.state === "running") return [{ key: "advice.small_updates", bad: true, chart: "update_ratio", values }];
    return [];
  }
  function generalisation() {
    const { epochs, layers } = pg.history, validation = epochs.val_accuracy?.at(-1), train = mean((layers.train_accuracy ?? []).slice(-LAST));
    if (!Number.isFinite(validation) || !Number.isFinite(train)) return [];
    const best = epochs.val_loss.reduce((at, value, k) => (Number.isFinite(value) && !(value >= epochs.val_loss[at]) ? k : at), 0);
    const now = epochs.val_loss.at(-1), percent = pg.format.percent, values = { train: percent(train), validation: percent(validation) };
    if (epochs.epoch.length >= 3 && train - validation > GAP && now > RISEN * epochs.val_loss[best]) {
      return [{ key: "advice.overfitting", bad: true, chart: "loss", values: { ...values, gap: (100 * (train - validation)).toFixed(1), epoch: epochs.epoch[best],
        best: pg.format.number(epochs.val_loss[best]), now: pg.format.number(now) } }];
    }
    return Math.abs(train - validation) <= CLOSE ? [{ key: "advice.gap", chart: "accuracy", values }] : [];
  }
  async function dead() {
    const rows = pg.state.run?.experiment?.layers ?? [];
    if (!pg.state.run?.step || !JSON.stringify(rows).includes('"relu"')) return [];
    const answer = await pg.ask("dead_units");
    return answer.layers.filter(({ share }) => share >= DEAD)
      .map(({ path, share }) => ({ key: "advice.dead", bad: true, values: { share: pg.format.percent(share), layer: pg.layerLabel(path) } }));
  }

  function setup(root) {
    const help = h("small"), list = h("div", { class: "advice-list" });
    root.append(h("section", { class: "card" }, pg.head("advice.title", help), list));
    let shown = "", last = 0;

    async function refresh() {
      if (!pg.history.layers.step.length) return show([]);
      if (pg.isLive() && performance.now() - last < PAUSE_MS) return;
      last = performance.now();
      show([...gradients(), ...generalisation(), ...updates(), ...await dead()]);
    }
    function show(found) {
      root.hidden = found.length === 0;
      help.textContent = pg.t("advice.help", { n: Math.min(LAST, pg.history.layers.step.length) });
      const words = found.map(({ key, values }) => pg.t(key, values));
      if (words.join("\n") === shown) return;
      shown = words.join("\n");
      list.replaceChildren(...found.map(({ bad, chart }, k) => h("p", { class: bad ? "say warn" : "say" }, pg.icon(bad ? "warning" : "check"),
        h("span", {}, words[k], " ", chart ? h("button", { type: "button", class: "link", onclick: () => go(chart) }, pg.t("advice.chart")) : null))));
    }
    function go(chart) {
      const beside = document.getElementById(`inside-${chart}`);
      if (!beside) pg.tab("train");
      requestAnimationFrame(() => (beside ?? document.getElementById(`chart-${chart}`))?.scrollIntoView({ block: "center", behavior: "smooth" }));
    }
    root.hidden = true;
    const wish = pg.live(root.closest(".column") ?? document.body, refresh, 1);
    pg.on("lang", () => { shown = ""; last = 0; wish(); }, root);
    pg.on("run", () => { if (pg.isEnded()) wish(); }, root);
  }
  pg.component("advice", setup);
})();
