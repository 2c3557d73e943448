// @ts-nocheck
/** How it learns: loss, optimiser, schedule and the run, drawn from the catalogues. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { toast } from "../core/notices.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { hasWords, localized, t } from "../core/words.js";
import { entryOf, fieldValue } from "../experiment/catalogue.js";
import { whenChecked } from "../experiment/check.js";
import { faultsAt, faultsUnder } from "../experiment/faults.js";
import { applyRepair, edit } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { faultLine } from "../kit/fault_line.js";
import { fieldControl } from "../kit/fields.js";
import { icon } from "../kit/icons.js";
import { currentSituation } from "../run/shown.js";
import { setLive } from "../run/steering.js";

function setup(root) {
  const LIVE_DELAY_MS = 700,
    KINDS = ["loss", "optimizer", "schedule", "init"];
  /* What may be changed while a run goes on -> where an experiment has it. */
  const LIVE = {
    lr: ({ training }) => training.optimizer,
    weight_decay: ({ training }) => training.optimizer,
    clip_norm: ({ training }) => training,
  };
  const timers = {};

  const lines = h("div", { class: "lines" }),
    note = h("p", { class: "note dim", "aria-live": "polite" });
  root.append(
    h("section", { class: "card" }, h("header", {}, h("h2", { "data-t": "training.title" })), lines, note),
  );

  const labelOf = (name) => state.boot.catalogue.training_fields.find((field) => field.name === name);
  /* A line for a part that is chosen from a catalogue: the choice, then the fields of what was chosen. */
  function entryLine(kind) {
    const choice = h("select", {
      onchange: () =>
        edit("edit.training", (experiment) => {
          experiment.training[kind] = structuredClone(entryOf(kind, choice.value).default);
        }),
    });
    const label = h("span", { class: "label" }),
      fields = h("div", { class: "fields" }),
      faults = h("div", { class: "faults", hidden: true });
    const hint = kind === "schedule" ? h("p", { class: "hint", hidden: true }) : null;
    const element = h("div", { class: "line", "data-part": kind }, label, choice, fields, hint, faults);
    const rest = folded();
    let boxes = [],
      of = "";
    return {
      element,
      place: `training.${kind}`,
      faults,
      boxes: () => boxes,
      relabel() {
        label.textContent = localized(labelOf(kind)?.label) || t(`training.${kind}`);
        choice.setAttribute("aria-label", label.textContent);
        choice.replaceChildren(
          ...state.boot.catalogue[kind].map((entry) => {
            const option = new Option(localized(entry.label), entry.id);
            option.title = localized(entry.help);
            return option;
          }),
        );
        boxes.forEach(({ box }) => box.relabel());
        this.update();
      },
      update() {
        const value = state.experiment.training[kind] ?? state.boot.catalogue[kind][0].default,
          id = value[kind],
          entry = entryOf(kind, id);
        choice.value = id;
        choice.title = localized(entry?.help);
        if (of !== id) {
          of = id;
          boxes = (entry?.fields ?? []).map((field) => ({
            field,
            box: fieldControl(field, fieldValue(value, field), (next) => change(kind, field, next), {
              unit: true,
            }),
          }));
          fields.replaceChildren(...boxes.map(({ box }) => box), rest.button);
          rest.take(boxes);
          if (kind === "optimizer") applyOnChange(boxes);
        }
        for (const { field, box } of boxes) box.update(fieldValue(value, field));
        rest.show(value);
        if (hint) {
          const said = planHint(value.warmup_steps ?? 0);
          hint.textContent = said;
          hint.hidden = !said;
        }
      },
    };
  }
  function planHint(warmUp) {
    const steps = state.check?.totals?.steps ?? Infinity;
    if (warmUp >= steps)
      return t("training.warm_up_long", { n: format.count(warmUp), steps: format.count(steps) });
    return state.check?.schedule?.unknown ? t("training.plan_unknown") : "";
  }
  /* Fields that few people need stand behind a button, unless they say something. */
  function folded() {
    let boxes = [],
      open = false,
      value = {};
    const button = h(
      "button",
      {
        type: "button",
        class: "icon small ghost open-more",
        "aria-expanded": "false",
        "data-t-title": "training.more",
        onclick: () => {
          open = !open;
          show(value);
        },
      },
      icon("more"),
    );
    const changed = ({ field }) => JSON.stringify(fieldValue(value, field)) !== JSON.stringify(field.default);
    function show(now) {
      value = now;
      for (const each of boxes) each.box.hidden = !open && !changed(each);
      button.hidden = boxes.length === 0;
      button.setAttribute("aria-expanded", String(open));
      button.title = t("training.more");
      button.setAttribute("aria-label", button.title);
    }
    return {
      button,
      show,
      take: (all) => {
        boxes = all.filter(({ field }) => field.more);
        open = false;
      },
    };
  }
  function change(kind, field, value) {
    edit(
      "edit.training",
      (experiment) => {
        experiment.training[kind] ??= structuredClone(state.boot.catalogue[kind][0].default);
        experiment.training[kind][field.name] = value;
      },
      { merge: `${kind}.${field.name}` },
    );
    if (kind === "optimizer") applySoon(field);
  }
  /* The fields of the run itself. */
  function runLine() {
    const parts = new Set(KINDS);
    const boxes = state.boot.catalogue.training_fields
      .filter((field) => !parts.has(field.name))
      .map((field) => ({
        field,
        box: fieldControl(
          field,
          fieldValue(state.experiment.training, field),
          (value) => {
            edit(
              "edit.training",
              (experiment) => {
                experiment.training[field.name] = value;
              },
              { merge: `training.${field.name}` },
            );
            applySoon(field);
          },
          { unit: true },
        ),
      }));
    applyOnChange(boxes);
    const faults = h("div", { class: "faults", hidden: true }),
      label = h("span", { class: "label" });
    return {
      element: h(
        "div",
        { class: "line", "data-part": "run" },
        label,
        h(
          "div",
          { class: "fields wide" },
          boxes.map(({ box }) => box),
        ),
        faults,
      ),
      place: "training",
      faults,
      boxes: () => boxes,
      relabel() {
        label.textContent = t("training.run");
        boxes.forEach(({ box }) => box.relabel());
      },
      update() {
        for (const { field, box } of boxes) box.update(fieldValue(state.experiment.training, field));
      },
    };
  }
  const parts = [...KINDS.map(entryLine), runLine()];
  lines.append(...parts.map((part) => part.element));

  /* A good value goes to the live run: when the box is left, or a while after the last key. */
  function applyOnChange(boxes) {
    for (const { field, box } of boxes)
      if (LIVE[field.name]) box.input.addEventListener("change", () => apply(field));
  }
  function applySoon(field) {
    if (!LIVE[field.name]) return;
    clearTimeout(timers[field.name]);
    timers[field.name] = setTimeout(() => apply(field), LIVE_DELAY_MS);
  }
  async function apply(field) {
    const { name } = field,
      place = LIVE[name],
      { run } = state,
      ofOptimizer = place !== LIVE.clip_norm;
    clearTimeout(timers[name]);
    await whenChecked();
    if (run !== state.run || !currentSituation().isLive || !run.control || !run.experiment) return;
    if (ofOptimizer && place(run.experiment).optimizer !== place(state.experiment).optimizer) return;
    const value = place(state.experiment)[name] ?? null;
    if (
      (place(run.experiment)[name] ?? null) === value ||
      !(value === null ? field.optional : typeof value === "number")
    )
      return;
    if (faultsAt(ofOptimizer ? `training.optimizer.${name}` : `training.${name}`).length > 0) return;
    if (!(await setLive(name, value, place))) return;
    const label = hasWords(`field.${name}`) ? t(`field.${name}`) : localized(field.label);
    toast(
      value === null
        ? t("training.applied_none", { name: label })
        : t("training.applied", { name: label, value: format.lr(value) }),
    );
  }

  function update() {
    for (const part of parts) part.update();
  }
  function showCheck() {
    const own = [...KINDS.map((kind) => `training.${kind}`), "training.output"];
    for (const part of parts) {
      const found = faultsUnder(part.place).filter(
        ({ place }) => part.place !== "training" || !own.some((each) => place.startsWith(each)),
      );
      part.faults.hidden = found.length === 0;
      part.faults.replaceChildren(...found.map((fault) => faultLine(fault, applyRepair)));
      for (const { field, box } of part.boxes()) {
        const bad = found.some(({ place }) => place.split("[")[0] === `${part.place}.${field.name}`);
        box.fault(bad);
        if (bad) box.hidden = false;
      }
    }
  }
  function showNote() {
    const { isLive, isOwn } = currentSituation();
    const steering = isLive && isOwn;
    const words = steering ? `${t("training.live")} ${t("training.next")}` : "";
    if (note.textContent !== words) note.textContent = words;
    note.hidden = !steering;
  }
  function relabel() {
    for (const part of parts) part.relabel();
    update();
    showCheck();
    showNote();
  }

  on("experiment", update, root);
  on(
    "check",
    () => {
      update();
      showCheck();
    },
    root,
  );
  on("run", showNote, root);
  on("lang", relabel, root);
  relabel();
}
export default card("training_fields", setup);
