/* How it learns: loss, optimiser, schedule and the run, drawn from the catalogues. */
window.pg.component("training_fields", (root) => {
  const { pg } = window, { h, t, state } = pg;
  const LR_DELAY_MS = 700, KINDS = ["loss", "optimizer", "schedule", "init"];
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
    const unknown = kind === "schedule" ? h("p", { class: "hint", "data-t": "training.plan_unknown", hidden: true }) : null;
    const element = h("div", { class: "line", "data-part": kind }, label, choice, fields, unknown, faults);
    const rest = folded();
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
        const value = state.experiment.training[kind] ?? state.boot.catalogue[kind][0].default, id = value[kind], entry = pg.entry(kind, id);
        choice.value = id;
        choice.title = pg.l(entry?.help);
        if (of !== id) {
          of = id;
          boxes = (entry?.fields ?? []).map((field) => ({ field, box: pg.field(field, pg.valueOf(value, field), (next) => change(kind, field, next), { unit: true }) }));
          fields.replaceChildren(...boxes.map(({ box }) => box), rest.button);
          rest.take(boxes);
          if (kind === "optimizer") boxes.find(({ field }) => field.name === "lr")?.box.input.addEventListener("change", applyLr);
        }
        for (const { field, box } of boxes) box.update(pg.valueOf(value, field));
        rest.show(value);
        if (unknown) unknown.hidden = !state.check?.schedule?.unknown;
      },
    };
  }
  /* Fields that few people need stand behind a button, unless they say something. */
  function folded() {
    let boxes = [], open = false, value = {};
    const button = h("button", { type: "button", class: "icon small ghost open-more", "aria-expanded": "false", "data-t-title": "training.more", onclick: () => {
      open = !open;
      show(value);
    } }, pg.icon("more"));
    const changed = ({ field }) => JSON.stringify(pg.valueOf(value, field)) !== JSON.stringify(field.default);
    function show(now) {
      value = now;
      for (const each of boxes) each.box.hidden = !open && !changed(each);
      button.hidden = boxes.length === 0;
      button.setAttribute("aria-expanded", String(open));
      button.setAttribute("aria-label", button.title = t("training.more"));
    }
    return { button, show, take: (all) => { boxes = all.filter(({ field }) => field.more); open = false; } };
  }
  function change(kind, field, value) {
    pg.edit("edit.training", (experiment) => {
      experiment.training[kind] ??= structuredClone(state.boot.catalogue[kind][0].default);
      experiment.training[kind][field.name] = value;
    }, { merge: `${kind}.${field.name}` });
    if (kind !== "optimizer" || field.name !== "lr") return;
    clearTimeout(lrTimer);
    lrTimer = setTimeout(applyLr, LR_DELAY_MS);
  }
  /* The fields of the run itself. */
  function runLine() {
    const parts = new Set(KINDS);
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
  const parts = [...KINDS.map(entryLine), runLine()];
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
    const own = [...KINDS.map((kind) => `training.${kind}`), "training.output"];
    for (const part of parts) {
      const found = pg.faultsUnder(part.place).filter(({ place }) => part.place !== "training" || !own.some((each) => place.startsWith(each)));
      part.faults.hidden = found.length === 0;
      part.faults.replaceChildren(...found.map((fault) => pg.faultLine(fault, pg.repair)));
      for (const { field, box } of part.boxes()) {
        const bad = found.some(({ place }) => place.split("[")[0] === `${part.place}.${field.name}`);
        box.fault(bad);
        if (bad) box.hidden = false;
      }
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
