/* How it learns: loss, optimiser, schedule and the run, drawn from the catalogues. */
window.pg.component("training_fields", (root) => {
  const { pg } = window, { h, t, state } = pg;
  const LR_DELAY_MS = 700;
  let lrTimer = 0;

  const lines = h("div", { class: "lines" }), note = h("p", { class: "note dim", "aria-live": "polite" });
  root.append(h("section", { class: "card" }, h("header", {}, h("h2", { "data-t": "training.title" })), lines, note));

  const labelOf = (name) => state.boot.catalogue.training_fields.find((field) => field.name === name);
  /* A line for a part that is chosen from a catalogue: the choice, then the fields of what was chosen. */
  function entryLine(kind) {
    const choice = h("select", { onchange: () => pg.edit("edit.training", (experiment) => {
      experiment.training[kind] = structuredClone(pg.entry(kind, choice.value).default);
    }) });
    const label = h("span", { class: "label" }), fields = h("div", { class: "fields" }), faults = h("div", { class: "faults", hidden: true });
    const element = h("div", { class: "line", "data-part": kind }, label, choice, fields, faults);
    let boxes = [], of = "";
    return {
      element, place: `training.${kind}`, faults, boxes: () => boxes,
      relabel() {
        label.textContent = pg.l(labelOf(kind)?.label) || t(`training.${kind}`);
        choice.setAttribute("aria-label", label.textContent);
        choice.replaceChildren(...state.boot.catalogue[kind].map((entry) => {
          const option = new Option(pg.l(entry.label), entry.id);
          option.title = pg.l(entry.help);
          return option;
        }));
        boxes.forEach(({ box }) => box.relabel());
        this.update();
      },
      update() {
        const value = state.experiment.training[kind], id = value[kind], entry = pg.entry(kind, id);
        choice.value = id;
        choice.title = pg.l(entry?.help);
        if (of !== id) {
          of = id;
          boxes = (entry?.fields ?? []).map((field) => ({ field, box: pg.field(field, pg.valueOf(value, field), (next) => change(kind, field, next), { unit: true }) }));
          fields.replaceChildren(...boxes.map(({ box }) => box));
          if (kind === "optimizer") boxes.find(({ field }) => field.name === "lr")?.box.input.addEventListener("change", applyLr);
        }
        for (const { field, box } of boxes) box.update(pg.valueOf(value, field));
      },
    };
  }
  function change(kind, field, value) {
    pg.edit("edit.training", (experiment) => { experiment.training[kind][field.name] = value; }, { merge: `${kind}.${field.name}` });
    if (kind !== "optimizer" || field.name !== "lr") return;
    clearTimeout(lrTimer);
    lrTimer = setTimeout(applyLr, LR_DELAY_MS);
  }
  /* The fields of the run itself. */
  function runLine() {
    const parts = new Set(["loss", "optimizer", "schedule"]);
    const boxes = state.boot.catalogue.training_fields.filter((field) => !parts.has(field.name)).map((field) => ({ field,
      box: pg.field(field, pg.valueOf(state.experiment.training, field), (value) => pg.edit("edit.training", (experiment) => {
        experiment.training[field.name] = value;
      }, { merge: `training.${field.name}` }), { unit: true }) }));
    const faults = h("div", { class: "faults", hidden: true }), label = h("span", { class: "label" });
    return {
      element: h("div", { class: "line", "data-part": "run" }, label, h("div", { class: "fields wide" }, boxes.map(({ box }) => box)), faults),
      place: "training", faults, boxes: () => boxes,
      relabel() { label.textContent = t("training.run"); boxes.forEach(({ box }) => box.relabel()); },
      update() { for (const { field, box } of boxes) box.update(pg.valueOf(state.experiment.training, field)); },
    };
  }
  const parts = [...["loss", "optimizer", "schedule"].map(entryLine), runLine()];
  lines.append(...parts.map((part) => part.element));

  /* A learning rate that is a number goes to the live run at once. */
  async function applyLr() {
    clearTimeout(lrTimer);
    const lr = state.experiment.training.optimizer.lr, run = state.run;
    if (!pg.isLive() || !run.control || typeof lr !== "number" || !(lr > 0)) return;
    if (run.experiment?.training.optimizer.lr === lr) return;
    if (pg.faultsAt("training.optimizer.lr").length > 0 && pg.isChecked()) return;
    if (await pg.setLr(lr)) pg.toast(t("training.applied", { lr: pg.format.lr(lr) }));
  }

  function update() { for (const part of parts) part.update(); }
  function showCheck() {
    const own = parts.slice(0, 3).map((part) => part.place);
    for (const part of parts) {
      const found = pg.faultsUnder(part.place).filter(({ place }) => part.place !== "training" || !own.some((each) => place.startsWith(each)));
      part.faults.hidden = found.length === 0;
      part.faults.replaceChildren(...found.map((fault) => pg.faultLine(fault, pg.repair)));
      for (const { field, box } of part.boxes()) box.fault(found.some(({ place }) => place === `${part.place}.${field.name}`));
    }
  }
  function showNote() {
    const steering = pg.isLive() && state.run?.control;
    const words = steering ? `${t("training.live")} ${t("training.next")}` : "";
    if (note.textContent !== words) note.textContent = words;
    note.hidden = !steering;
  }
  function relabel() { for (const part of parts) part.relabel(); update(); showCheck(); showNote(); }

  pg.on("experiment", update, root);
  pg.on("check", () => { update(); showCheck(); }, root);
  pg.on("run", showNote, root);
  pg.on("lang", relabel, root);
  relabel();
});
