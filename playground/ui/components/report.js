/* The report: every score over the validation part, after each epoch, beside that of the run before; the confusion
   matrix with its counts. */
(() => {
  const pg = window.pg, { h } = pg;

  function setup(root) {
    const help = h("small"), figures = h("div", { class: "report-figures num" }), matrix = h("div", { class: "report-matrix" });
    const compared = h("p", { class: "dim report-compared", hidden: true });
    const idle = h("p", { class: "dim", "data-t": "report.idle" });
    root.append(h("section", { class: "card" }, pg.head("report.title", help), idle, figures, compared, matrix));
    let asked = "", found = null, before = null, shown = new Map();

    const now = () => `${pg.state.run?.id} ${pg.history.epochs.epoch.at(-1)}`;
    /* Once an epoch, and only while somebody looks. */
    async function refresh() {
      if (!pg.history.epochs.epoch.length || !pg.state.run || asked === now()) return;
      asked = now();
      const { name } = pg.state.run, answer = await pg.ask("report");
      found = { ...answer, name };
      show();
    }
    function figure(key, text, words) {
      shown.set(key, text);
      const was = before?.figures.get(key);
      return h("span", { class: "report-figure" }, h("b", {}, text), h("small", {}, words), was ? h("small", { class: "was" }, pg.t("report.was", { value: was })) : null);
    }
    const share = (name, value) => figure(name, pg.format.percent(value), pg.t(`report.${name}`));
    const amount = (name, value) => figure(name, pg.format.number(value), name);
    function show() {
      idle.hidden = Boolean(found);
      help.textContent = found ? pg.t(found.n < found.of ? "report.help.some" : "report.help", { n: pg.format.count(found.n), of: pg.format.count(found.of), epoch: found.epoch }) : "";
      compared.hidden = true;
      if (!found) { figures.replaceChildren(); matrix.replaceChildren(); return; }
      shown = new Map();
      const named = (each, what) => (each.name ? `${each.name}: ${what}` : what);
      figures.replaceChildren(...found.shares.map(({ name, value }) => share(name, value)),
        ...found.values.flatMap((each) => [amount(named(each, pg.t("report.mae")), each.mae), amount(named(each, pg.t("report.rmse")), each.rmse), amount(named(each, "R²"), each.r2)]));
      compared.hidden = !before || ![...shown.keys()].some((key) => before.figures.has(key));
      compared.textContent = before ? pg.t("report.compared", { name: before.name, epoch: before.epoch }) : "";
      matrix.replaceChildren(...(found.classes?.confusion ? [table(found.classes)] : []));
    }
    /* Rows are the true classes, columns the answers; the darker, the larger a share of its row. */
    function table({ confusion, recall, support }) {
      const names = pg.samples.classes(), name = (k) => names[k] ?? String(k);
      const head = h("tr", {}, h("th", { scope: "col" }, pg.t("report.true")), names.map((each) => h("th", { scope: "col" }, each)), h("th", { scope: "col" }, pg.t("report.recall")));
      const rows = confusion.map((row, i) => h("tr", {}, h("th", { scope: "row" }, name(i)), row.map((count, j) => h("td", {
        class: i === j ? "right" : count ? "wrong" : "", style: `--share:${support[i] ? count / support[i] : 0}`,
        title: pg.t("report.cell", { count, of: support[i], label: name(i), answer: name(j) }) }, count ? String(count) : "·")),
      h("td", { class: "recall" }, recall[i] === null ? "–" : pg.format.percent(recall[i]))));
      return h("table", { "aria-label": pg.t("report.confusion") }, h("thead", {}, head), h("tbody", {}, rows));
    }
    const wish = pg.live(figures.parentElement, refresh, 1);
    pg.on("rows", (delta) => { if (delta.epochs) wish(); }, root);
    pg.on("lang", show, root);
    pg.on("reset", () => {
      if (found) before = { name: pg.titled(found.name), epoch: found.epoch, figures: shown };
      asked = "";
      found = null;
      show();
    }, root);
    show();
  }
  pg.component("report", setup);
})();
