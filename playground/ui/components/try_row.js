/* Try it for tables: a row of the validation part as a form; change a value, and the network answers at once. */
(() => {
  const pg = window.pg, { h, t, state } = pg;

  function setup(root) {
    const number = h("b", { class: "row-value num" }), what = h("span", { class: "dim" }), truth = h("p", { class: "dim num" });
    const value = h("div", { class: "row-answer" }, what, number, truth), trouble = h("p", { class: "fault", role: "alert", hidden: true });
    const bars = pg.answerBars(root), form = h("div", { class: "row-form" }), line = h("span", { class: "dim num" });
    const next = h("button", { type: "button", class: "small", "data-t": "row.next", onclick: another });
    const back = h("button", { type: "button", class: "small", "data-t": "row.back", onclick: () => pg.setSample({ kind: "validation", index: state.sample.of }) });
    const help = h("small", { "data-t": "row.help" });
    root.classList.add(pg.placeOf(root));
    root.append(h("section", { class: "card" }, pg.head("row.title", help), value, bars, trouble,
      h("div", { class: "row-tools" }, next, back, line), form));
    let boxes = [], builtOf = "", filledOf = null;

    const total = () => pg.samples.data()?.n_validation ?? 1;
    function another() {
      const now = state.sample?.index ?? state.sample?.of ?? -1;
      pg.setSample({ kind: "validation", index: (now + 1) % total() });
    }
    /* The columns that the network learns from; those of the run where it has others than the screen. */
    function columns() {
      const shown = pg.samples.known(state.sample)?.shown, known = (state.preview?.columns ?? []).filter((column) => !column.target && column.kind !== "leave_out");
      if (!shown) return known;
      return Object.keys(shown).map((name) => known.find((column) => column.name === name) ?? { name, kind: "number" });
    }
    function build() {
      const found = columns(), of = JSON.stringify([state.lang, found.map(({ name, kind, categories }) => [name, kind, categories])]);
      if (of === builtOf || (state.sample?.kind === "raw" && boxes.length)) return;
      builtOf = of;
      filledOf = null;
      boxes = found.map(({ name, kind, categories }) => {
        const input = kind === "category" ? h("select", {}, [new Option(t("row.unknown"), ""), ...(categories ?? []).map((each) => new Option(each, each))])
          : h("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", placeholder: t("row.unknown") });
        input.addEventListener(kind === "category" ? "change" : "input", ask);
        return { name, input, row: h("label", {}, h("span", { title: name }, name), input) };
      });
      form.replaceChildren(...boxes.map(({ row }) => row));
    }
    function put(input, text) {
      if (input.tagName === "SELECT" && ![...input.options].some((option) => option.value === text)) input.append(new Option(text, text));
      input.value = text;
    }
    function ask() {
      const filled = Object.fromEntries(boxes.map(({ name, input }) => [name, input.value.trim()]));
      const of = state.sample?.index ?? state.sample?.of ?? null;
      trouble.hidden = true;
      filledOf = "own";
      pg.setSample({ kind: "raw", value: filled, of });
    }
    /* The form shows the sample; what is being typed is never rewritten. */
    function fill() {
      const { sample } = state, shown = pg.samples.known(sample)?.shown;
      if (sample?.kind === "raw") {
        if (filledOf !== "own") for (const { name, input } of boxes) if (name in sample.value && document.activeElement !== input) put(input, sample.value[name]);
        return;
      }
      if (!shown || filledOf === sample) return;
      filledOf = sample;
      for (const { name, input } of boxes) put(input, shown[name] ?? "");
    }
    function show() {
      root.hidden = pg.kind() !== "table";
      if (root.hidden) return;
      build();
      fill();
      const { sample, answer } = state, data = pg.samples.data(), regression = data?.data_task === "regression", mine = answer?.sample === sample ? answer : null;
      value.hidden = !regression;
      bars.hidden = regression;
      if (regression) {
        what.textContent = t("row.predicted", { target: data.targets[0] ?? "" });
        number.textContent = answer?.values ? pg.format.value(answer.values[0]) : "–";
        const true_ = sample?.kind === "validation" ? pg.samples.known(sample)?.values : null;
        truth.textContent = [true_ ? t("row.true", { value: pg.format.value(true_[0]) }) : "", mine ? (mine.step ? t("answer.step", { step: pg.format.count(mine.step) }) : t("answer.untrained")) : ""].filter(Boolean).join(" · ");
      }
      const n = sample?.index ?? sample?.of ?? null;
      line.textContent = !sample ? "" : sample.kind === "validation" ? t("row.sample", { n }) : n === null ? t("row.own") : t("row.edited", { n });
      back.hidden = sample?.kind !== "raw" || n === null;
    }
    pg.on("unanswered", (error) => {
      if (root.hidden || state.sample?.kind !== "raw" || error.code !== "bad_question") return;
      trouble.textContent = error.message;
      trouble.hidden = false;
    }, root);
    pg.on("answer", () => { trouble.hidden = true; show(); }, root);
    /* A row of another table goes away. */
    pg.on("check", () => {
      const run = state.run?.experiment;
      if (!root.hidden && state.sample && run && !pg.holdsScreen() && !pg.sameSamples(run.data, state.experiment.data)) { builtOf = ""; pg.setSample(null); }
    }, root);
    for (const topic of ["check", "preview", "sample", "lang", "run", "tab"]) pg.on(topic, show, root);
    show();
  }
  pg.component("try_row", setup);
})();
