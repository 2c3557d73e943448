// @ts-nocheck
/** Layer by layer: learning rate, decay, frozen and first weights of every layer that has weights. What a person sets
 * stands in the layer itself (`learning`), so that it moves with it; nothing is written where a layer learns as the rest. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { entryOf, fieldValue } from "../experiment/catalogue.js";
import { faultsUnder } from "../experiment/faults.js";
import { applyRepair, edit } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { faultLine } from "../kit/fault_line.js";
import { fieldControl } from "../kit/fields.js";

function setup(root) {
  const FEATURES_LR = 1e-3,
    CLASSIFIER_SCALE = 10;
  const ENDS = ["flatten", "adaptiveavgpool2d", "time_pool", "attention_pool", "global_pool"]; // after the last of these comes the classifier
  let open = false,
    shape = "",
    weighted = new Set(); // the keys of the layers that have weights

  const summary = h("span", { class: "hint" }),
    table = h("div", { class: "table", hidden: true }),
    body = h("div", { class: "rows", role: "list" });
  const toggle = h("button", {
    type: "button",
    class: "small",
    "aria-expanded": "false",
    onclick: () => {
      open = !open;
      render();
    },
  });
  const faults = h("div", { class: "faults", hidden: true });
  const quick = (words, act, help) =>
    h("button", {
      type: "button",
      class: "small",
      "data-t": words,
      "data-t-title": help ?? words,
      onclick: act,
    });
  table.append(
    h(
      "div",
      { class: "quick" },
      quick("training.layers.discriminative", discriminative, "training.layers.discriminative.help"),
      quick("training.layers.freeze", freeze),
      quick("training.layers.reset", () => change(() => null)),
    ),
    h(
      "div",
      { class: "row head", "aria-hidden": "true" },
      h("span", { "data-t": "training.layers.layer" }),
      h("span", { "data-t": "training.layers.lr" }),
      h("span", { "data-t": "training.layers.decay" }),
      h("span", { "data-t": "training.layers.frozen" }),
      h("span", { "data-t": "training.layers.init" }),
    ),
    body,
  );
  root.append(
    h(
      "section",
      { class: "card" },
      h(
        "header",
        {},
        h("h2", { "data-t": "training.layers" }),
        summary,
        h("span", { class: "grow" }),
        toggle,
      ),
      faults,
      table,
    ),
  );

  const described = (name) => state.boot.catalogue.learning_fields.find((field) => field.name === name);
  const isDefault = (learning) =>
    !learning ||
    Object.entries(learning).every(
      ([name, value]) => value === null || value === (described(name)?.default ?? null),
    );

  /* ---- the layers that have weights, with their paths; the output last ---- */
  function targets(experiment = state.experiment) {
    const found = [];
    const walk = (layers, prefix, depth, top) =>
      layers.forEach((layer, i) => {
        const path = `${prefix}[${i}]`,
          first = top ?? i;
        if (weighted.has(layer._key))
          found.push({
            path,
            layer,
            depth,
            top: first,
            family: layer.layer === "embedding" ? layer.layer : entryOf("layer", layer.layer)?.family,
            label: `${i + 1} ${localized(entryOf("layer", layer.layer)?.label)}`,
          });
        if (Array.isArray(layer.body)) walk(layer.body, `${path}.body`, depth + 1, first);
      });
    walk(experiment.layers, "layers", 0, null);
    return [
      ...found,
      { path: "output", layer: null, depth: 0, top: Infinity, label: t("training.layers.output") },
    ];
  }
  /* While a value is no good the server traces nothing: a layer keeps its row, so that the value can be put right. */
  function remember() {
    const infos = new Map((state.check?.rows ?? []).map((info) => [info.path, info]));
    if (infos.size) weighted = new Set();
    const walk = (layers, prefix) =>
      layers.forEach((layer, i) => {
        const path = `${prefix}[${i}]`;
        if (infos.get(path)?.parameters) weighted.add(layer._key);
        if (Array.isArray(layer.body)) walk(layer.body, `${path}.body`);
      });
    walk(state.experiment.layers, "layers");
  }
  const learningOf = (target, experiment = state.experiment) =>
    (target.layer ? target.layer.learning : experiment.training.output) ?? null;
  function write(target, experiment, values) {
    const kept =
      values && !isDefault(values)
        ? Object.fromEntries(
            Object.entries(values).filter(
              ([name, value]) => value !== null && value !== (described(name)?.default ?? null),
            ),
          )
        : null;
    if (!target.layer) experiment.training.output = kept;
    else if (kept) target.layer.learning = kept;
    else delete target.layer.learning;
  }
  /* `next(target, old)` -> the new settings of a layer, null for none. */
  function change(next, also = () => {}, merge = null) {
    edit(
      "edit.layer_learning",
      (experiment) => {
        for (const target of targets(experiment))
          write(target, experiment, next(target, learningOf(target, experiment)));
        also(experiment);
      },
      { merge },
    );
  }
  const set = (path, name, value) =>
    change(
      (target, old) => (target.path === path ? { ...old, [name]: value } : old),
      undefined,
      `learning.${path}.${name}`,
    );
  const setOption = (path, { name }, value) =>
    change(
      (target, old) => (target.path === path ? { ...old, init: { ...old.init, [name]: value } } : old),
      undefined,
      `learning.${path}.init.${name}`,
    );
  const faultsOf = (path) => faultsUnder(path === "output" ? "training.output" : `${path}.learning`);

  /* ---- one click ---- */
  const isClassifier = ({ top }) =>
    top > state.experiment.layers.findLastIndex((layer) => ENDS.includes(layer.layer)) &&
    (top === Infinity || hasEnd());
  const hasEnd = () => state.experiment.layers.some((layer) => ENDS.includes(layer.layer));
  function discriminative() {
    change(
      (target, old) =>
        target.depth ? old : { ...old, lr_scale: isClassifier(target) ? CLASSIFIER_SCALE : 1 },
      (experiment) => {
        experiment.training.optimizer.lr = FEATURES_LR;
      },
    );
  }
  function freeze() {
    change((target, old) => (target.depth ? old : { ...old, frozen: !isClassifier(target) }));
  }

  /* ---- a row ---- */
  const lrField = () => ({
    ...state.boot.catalogue.optimizer[0].fields.find((field) => field.name === "lr"),
    optional: true,
    default: null,
  });
  const base = () =>
    typeof state.experiment.training.optimizer.lr === "number"
      ? state.experiment.training.optimizer.lr
      : null;
  const shown = (scale) =>
    base() === null || typeof scale !== "number" ? scale : Number((base() * scale).toPrecision(6));
  function makeRow(target) {
    const { path } = target,
      first = h("select", {
        onchange: () =>
          set(path, "init", first.value ? structuredClone(entryOf("init", first.value).default) : null),
      });
    const options = h("div", { class: "options" });
    let boxes = [],
      of = "",
      label = target.label;
    const name = h("span", { class: "name", style: `padding-left: ${14 * target.depth}px` });
    const lr = fieldControl(lrField(), null, (value) => {
      if (value === null) return set(path, "lr_scale", 1);
      return set(
        path,
        "lr_scale",
        typeof value === "number" && base() ? Number((value / base()).toPrecision(12)) : value,
      );
    });
    const decay = fieldControl(described("weight_decay"), null, (value) => set(path, "weight_decay", value));
    const frozen = fieldControl(described("frozen"), false, (value) => set(path, "frozen", value));
    const row = h(
      "div",
      { class: "row", role: "listitem", "data-path": path },
      name,
      lr,
      decay,
      frozen,
      first,
      options,
    );
    const named = (box, words) => {
      box.relabel();
      box.input.setAttribute("aria-label", `${label}: ${words}`);
    };
    /* The fields of the chosen first weights, as for the whole network. */
    function showOptions(init) {
      const id = init?.init ?? "";
      if (of !== id) {
        of = id;
        boxes = (entryOf("init", id)?.fields ?? []).map((field) => ({
          field,
          box: fieldControl(field, fieldValue(init, field), (value) => setOption(path, field, value), {
            unit: true,
          }),
        }));
        for (const { box } of boxes) named(box, box.input.getAttribute("aria-label"));
        options.replaceChildren(...boxes.map(({ box }) => box));
      }
      for (const { field, box } of boxes) box.update(fieldValue(init, field));
      options.hidden = first.hidden || boxes.length === 0;
    }
    lr.title = t("training.layers.lr.help");
    return Object.assign(row, {
      path,
      relabel(now) {
        name.textContent = label = now.label;
        row.setAttribute("aria-label", label);
        first.setAttribute("aria-label", `${label}: ${t("training.layers.init")}`);
        first.replaceChildren(
          new Option(t("training.layers.as_rest"), ""),
          ...state.boot.catalogue.init.map((entry) => new Option(localized(entry.label), entry.id)),
        );
        for (const [box, words] of [
          [lr, "training.layers.lr"],
          [decay, "training.layers.decay"],
          [frozen, "training.layers.frozen"],
        ])
          named(box, t(words));
      },
      show(now) {
        const learning = learningOf(now) ?? {},
          still = learning.frozen === true;
        const scale = learning.lr_scale ?? 1;
        if (document.activeElement !== lr.input) lr.update(scale === 1 ? null : shown(scale));
        lr.input.placeholder = base() === null ? "" : format.lr(base());
        decay.update(learning.weight_decay ?? null);
        decay.input.placeholder = String(state.experiment.training.optimizer.weight_decay ?? "");
        frozen.update(still);
        first.value = learning.init?.init ?? "";
        first.hidden = ["norm", "embedding"].includes(now.family);
        showOptions(learning.init);
        lr.input.disabled = decay.input.disabled = still;
        row.classList.toggle("otherwise", !isDefault(learning));
        const bad = faultsOf(path);
        for (const [box, field] of [
          [lr, "lr_scale"],
          [decay, "weight_decay"],
          [frozen, "frozen"],
          ...boxes.map(({ field, box }) => [box, field.name]),
        ])
          box.fault(bad.some(({ place }) => place.endsWith(`.${field}`)));
      },
    });
  }
  let rows = [];
  function render() {
    const all = targets(),
      own = all.filter((target) => !isDefault(learningOf(target)));
    summary.textContent = own.length
      ? t("training.layers.some", { n: own.length, of: all.length })
      : t("training.layers.alike");
    toggle.textContent = t(open ? "training.layers.close" : "training.layers.open");
    toggle.setAttribute("aria-expanded", String(open));
    table.hidden = !open;
    const found = all.flatMap(({ path }) => faultsOf(path));
    faults.hidden = found.length === 0;
    faults.replaceChildren(...found.map((fault) => faultLine(fault, applyRepair)));
    if (!open) return;
    const now = JSON.stringify(all.map(({ path, depth, label }) => [path, depth, label, state.lang]));
    if (now !== shape) {
      shape = now;
      rows = all.map(makeRow);
      rows.forEach((row, i) => row.relabel(all[i]));
      body.replaceChildren(...rows);
    }
    rows.forEach((row, i) => row.show(all[i]));
  }

  on("experiment", render, root);
  on(
    "check",
    () => {
      remember();
      render();
    },
    root,
  );
  on("lang", render, root);
  remember();
  render();
}
export default card("layer_learning", setup);
