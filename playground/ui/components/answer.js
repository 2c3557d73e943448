/* The network's answer about the sample: a bar a class, the top one marked, and what to know about it in words. */
(() => {
  const pg = window.pg, { h } = pg;

  function answerBars(root) {
    const list = h("div", { class: "probs", role: "list", "data-t-label": "answer.list" });
    const line = h("p", { class: "answer-line" });
    let rows = [];

    function rebuild(names) {
      rows = names.map((name) => {
        const bar = h("i"), share = h("span", { class: "num r" }), label = h("span", { class: "answer-class" }, name);
        return { name, bar, share, row: h("div", { class: "prob", role: "listitem" }, label, h("span", { class: "b" }, bar), share) };
      });
      list.replaceChildren(...rows.map((each) => each.row));
      list.classList.toggle("words", names.some((name) => name.length > 1));
    }
    /* A picture comes back, which stands beside: there are no bars. */
    const gives = () => pg.samples.data()?.task === "reconstruction";
    function words(answer, top) {
      if (!pg.state.sample || !answer) return pg.t({ points: "boundary.try", text: "texts.type", series: "answer.sequence" }[pg.kind()] ?? "answer.empty");
      if (!answer.step) return pg.t(pg.state.run?.loaded ? "answer.loaded" : "answer.untrained");
      const after = pg.t("answer.step", { step: pg.format.count(answer.step) });
      if (gives()) return after;
      if (answer.label === null) return `${pg.t("answer.top", { label: rows[top].name, percent: pg.format.percent(answer.probabilities[top]) })} · ${after}`;
      const label = pg.samples.labelOf(answer.label), right = label === rows[top].name;
      return `${pg.t(right ? "answer.right" : "answer.wrong", { label })} · ${after}`;
    }
    function update() {
      const { answer } = pg.state, names = gives() ? [] : pg.samples.classes();
      if (names.length !== rows.length || names.some((name, k) => name !== rows[k].name)) rebuild(names);
      list.hidden = names.length === 0;
      line.hidden = list.hidden && !gives();
      const known = answer?.probabilities?.length === rows.length || (gives() && answer?.image) ? answer : null;
      const top = known?.probabilities ? known.probabilities.indexOf(Math.max(...known.probabilities)) : -1;
      rows.forEach(({ bar, share, row }, k) => {
        const p = known ? known.probabilities[k] : 0;
        bar.style.transform = `scaleX(${known ? Math.max(0.006, p) : 0})`;
        share.textContent = known ? (100 * p).toFixed(1) : "–";
        row.classList.toggle("top", k === top);
      });
      line.textContent = words(known, top);
      line.classList.toggle("untrained", Boolean(known) && !known.step && !pg.state.run?.loaded);
    }
    for (const topic of ["answer", "lang", "check", "sample"]) pg.on(topic, update, root);
    update();
    return h("div", { class: "answer" }, list, line);
  }
  pg.answerBars = answerBars;
})();
