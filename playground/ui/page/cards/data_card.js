// @ts-nocheck
/** The data set: choice, options, facts, and what it looks like. */

import { decode } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { entryOf, fieldValue } from "../experiment/catalogue.js";
import { isChecked } from "../experiment/check.js";
import { faultsUnder } from "../experiment/faults.js";
import { applyRepair, edit } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { classColor, traceMark } from "../kit/colors.js";
import { faultLine } from "../kit/fault_line.js";
import { fieldControl } from "../kit/fields.js";
import { drawPicture } from "../kit/pixels.js";
import { previews } from "./previews.js";
import { ownSeries } from "./sequence_previews.js";

function setup(root) {
  const SIDE = 236;
  let fields = [],
    drawn = "",
    sound = ""; // the data that were without fault last, whose preview is on the screen

  const choice = h("select", { class: "data-set", onchange: () => choose(choice.value) });
  const options = h("div", { class: "options" }),
    chips = h("div", { class: "chips num" }),
    faults = h("div", { class: "faults", hidden: true, role: "alert" });
  const view = h("div", { class: "view" }),
    own = ownSeries(); // whose file can be chosen where nothing can be viewed
  const about = h("p", { class: "about dim", hidden: true });
  root.append(
    h(
      "section",
      { class: "card" },
      h("header", {}, h("h2", { "data-t": "data.title" }), h("small", { "data-t": "data.help" })),
      h("div", { class: "first" }, choice, chips),
      options,
      faults,
      own,
      view,
      about,
    ),
  );

  const descriptors = () => entryOf("dataset", state.experiment.data.dataset)?.fields ?? [];
  /* The next set keeps what both have alike: the share for validation, the batch. */
  function choose(id) {
    const before = descriptors();
    edit("edit.data", (experiment) => {
      const entry = entryOf("dataset", id),
        next = structuredClone(entry.default);
      for (const { name, default: usual } of entry.fields) {
        if (name in experiment.data && before.some((field) => field.name === name && field.default === usual))
          next[name] = experiment.data[name];
      }
      experiment.data = next;
      if (state.boot.presets.some((each) => each.experiment.name === experiment.name))
        experiment.name = "Untitled"; // a preset's name names its data
      const losses = state.boot.catalogue.loss,
        suits = (loss) => !entry.task || loss.tasks.includes(entry.task);
      if (!losses.some((loss) => loss.id === experiment.training.loss.loss && suits(loss))) {
        const usual = losses.find(suits);
        if (usual) experiment.training.loss = structuredClone(usual.default);
      }
    });
  }
  function showChoice() {
    const groups = new Map();
    for (const entry of state.boot.catalogue.dataset) {
      const label = t(`group.${entry.group}`);
      if (!groups.has(label)) groups.set(label, h("optgroup", { label }));
      const option = new Option(localized(entry.label), entry.id);
      option.title = localized(entry.help);
      groups.get(label).append(option);
    }
    choice.replaceChildren(...groups.values());
    choice.value = state.experiment.data.dataset;
    choice.setAttribute("aria-label", t("data.set"));
    choice.title = localized(entryOf("dataset", state.experiment.data.dataset)?.help);
  }
  function showOptions() {
    const id = state.experiment.data.dataset;
    if (options.dataset.of !== id) {
      options.dataset.of = id;
      fields = descriptors().map((field) => ({
        field,
        box: fieldControl(
          field,
          fieldValue(state.experiment.data, field),
          (value) =>
            edit(
              "edit.data",
              (experiment) => {
                experiment.data[field.name] = value;
              },
              { merge: `data.${field.name}` },
            ),
          { unit: true },
        ),
      }));
      options.replaceChildren(...fields.map(({ box }) => box));
    }
    for (const { field, box } of fields) box.update(fieldValue(state.experiment.data, field));
  }
  /* What a preview depends on. */
  const looks = () =>
    JSON.stringify({ ...state.experiment.data, batch_size: 0, augment: null, validation: 0 });
  /* Its repair says which batch it takes. */
  const withBatch = (fault) => ({
    ...fault,
    repairs: fault.repairs.map((repair) => ({
      ...repair,
      label: t("data.use_batch", { n: format.count(repair.data.batch_size) }),
    })),
  });
  function showCheck() {
    const found = faultsUnder("data"),
      data = state.check?.data;
    for (const { field, box } of fields) box.fault(found.some(({ place }) => place === `data.${field.name}`));
    faults.hidden = found.length === 0;
    faults.replaceChildren(
      ...found.map((fault) =>
        faultLine(fault.code === "batch_too_large" ? withBatch(fault) : fault, applyRepair),
      ),
    );
    /* Of data that are not there nothing is counted and nothing shown; nor what was shown of others. */
    const gone = found.some(({ place }) => place === "data.file" || place === "data.dataset");
    if (!found.length && isChecked()) sound = looks();
    chips.hidden = gone || (!data && found.length > 0);
    view.hidden = gone || (found.length > 0 && looks() !== sound);
    own.update();
    showAbout();
    if (!data) return;
    const count = (n) => n.toLocaleString("en-US");
    const size = data.shape.length === 3 ? data.shape.slice(1).join(" × ") : "";
    const what =
      data.kind === "image"
        ? t(data.shape[0] === 1 ? "data.chip.image" : "data.chip.image.colour", { size })
        : t(`data.chip.${data.kind}`, { size: data.shape.join(" × ") });
    const aim =
      data.n_classes && data.data_task !== "reconstruction"
        ? t("data.chip.classes", { n: data.n_classes })
        : t(`data.chip.task.${data.data_task}`, { targets: data.targets.join(", ") });
    chips.replaceChildren(
      ...[
        what,
        aim,
        t("data.chip.train", { n: count(data.n_train) }),
        t("data.chip.validation", { n: count(data.n_validation) }),
      ].map((text) => h("span", { class: "chip" }, text)),
    );
  }

  /* What it is, from where, under which licence, and what its numbers are scaled by. */
  function showAbout() {
    const origin = state.check?.data?.origin,
      entry = entryOf("dataset", state.experiment.data.dataset),
      scale = state.preview?.scale;
    about.hidden = !origin;
    if (!origin) return;
    const source = localized(origin.source),
      licence = localized(origin.licence),
      list = (numbers) => numbers.map(format.number).join(", ");
    about.replaceChildren(
      [
        localized(entry.help),
        source ? t("data.source", { source }) : "",
        licence ? t("data.licence", { licence }) : "",
        scale?.dataset === entry.id && !view.hidden
          ? t(`data.scale.${scale.mean.length === 1 && scale.of === "channel" ? "value" : scale.of}`, {
              mean: list(scale.mean),
              std: list(scale.std),
            })
          : "",
      ]
        .filter(Boolean)
        .join(" "),
    );
  }

  /* ---- the preview ---- */
  function showPreview() {
    const preview = state.preview;
    own.update();
    showAbout();
    if (!preview) return;
    const of = preview.kind + state.lang;
    if (previews[preview.kind]) previews[preview.kind](view, preview);
    else if (preview.kind === "image") showThumbs(preview);
    else {
      if (drawn !== of) view.replaceChildren(makeScatter(preview));
      drawScatter(preview);
    }
    drawn = of;
  }
  function showThumbs({ classes, thumbs, size, channels }) {
    const [height, width] = size;
    view.replaceChildren(
      h(
        "div",
        { class: "thumbs", role: "group", "aria-label": t("data.thumbs") },
        classes.map((name, at) =>
          h(
            "figure",
            {},
            h(
              "div",
              {},
              thumbs[at].map((bytes) => {
                const canvas = h("canvas");
                drawPicture(canvas, decode(bytes), height, width, channels);
                return canvas;
              }),
            ),
            h("figcaption", {}, name),
          ),
        ),
      ),
    );
  }
  let canvas = null,
    legend = null;
  function makeScatter() {
    canvas = h("canvas", { class: "scatter", role: "img", "aria-label": t("data.scatter") });
    legend = h("div", { class: "legend" });
    return h("div", { class: "points" }, canvas, legend);
  }
  function drawScatter({ x, y, part, classes }) {
    const scale = Math.max(1, window.devicePixelRatio || 1),
      context = canvas.getContext("2d"),
      margin = 12;
    canvas.width = canvas.height = SIDE * scale;
    context.scale(scale, scale);
    const limit = Math.max(1e-6, ...x.map(([a, b]) => Math.max(Math.abs(a), Math.abs(b))));
    const at = (value) => SIDE / 2 + (value / limit) * (SIDE / 2 - margin);
    context.strokeStyle = getComputedStyle(document.body).getPropertyValue("--line");
    context.beginPath();
    for (const [from, to] of [
      [
        [0, SIDE / 2],
        [SIDE, SIDE / 2],
      ],
      [
        [SIDE / 2, 0],
        [SIDE / 2, SIDE],
      ],
    ]) {
      context.moveTo(...from);
      context.lineTo(...to);
    }
    context.stroke();
    const radius = x.length > 1500 ? 1.6 : x.length > 600 ? 2.1 : 2.8;
    context.lineWidth = 1.3;
    x.forEach(([a, b], i) => {
      traceMark(context, y[i], at(a), at(-b), radius);
      context.fillStyle = context.strokeStyle = classColor(y[i]);
      if (part[i]) context.stroke();
      else context.fill();
    });
    const line = (sign, words) => h("span", {}, sign, words);
    const sign = (i) => {
      const small = h("canvas", { width: "24", height: "24" }),
        pen = small.getContext("2d");
      pen.fillStyle = classColor(i);
      traceMark(pen, i, 12, 12, 8);
      pen.fill();
      return small;
    };
    legend.replaceChildren(
      ...classes.map((name, i) => line(sign(i), t("data.class", { name }))),
      line(h("i", { class: "dot filled" }), t("data.filled")),
      line(h("i", { class: "dot" }), t("data.hollow")),
    );
  }

  on(
    "experiment",
    () => {
      choice.value = state.experiment.data.dataset;
      showOptions();
      own.update();
    },
    root,
  );
  on(
    "check",
    () => {
      showOptions();
      showCheck();
    },
    root,
  );
  on("preview", showPreview, root);
  on("dark", showPreview, root);
  on(
    "lang",
    () => {
      showChoice();
      fields.forEach(({ box }) => box.relabel());
      showCheck();
      showPreview();
    },
    root,
  );
  showChoice();
  showOptions();
  showCheck();
  showPreview();
}
export default card("data_card", setup);
