// @ts-nocheck
/** The data card's look at texts and series. */

import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { t } from "../core/words.js";
import { faultsAt } from "../experiment/faults.js";
import { edit } from "../experiment/store.js";
import { onResize } from "../kit/canvas.js";
import { drawLines, naiveWords } from "../kit/series.js";
import { tokenRow } from "../kit/tokens.js";
import { batchFor, fileChooser } from "../kit/upload.js";
import { previews } from "./previews.js";

previews.text = (view, preview) => {
  const { samples, classes, unit, longest, mean, length, vocabulary, task } = preview;
  const row = (sample) => {
    const box = tokenRow({
      tokens: sample.tokens,
      known: sample.numbers.map((n) => n > 1),
      labels: preview.generates ? null : sample.labels,
      unit,
      classes,
    });
    box.title = `${sample.numbers.join(" ")}${" 0".repeat(length - sample.numbers.length)}`;
    return box;
  };
  const groups =
    task === "classification"
      ? classes.map((name, at) =>
          h(
            "figure",
            { class: "texts" },
            h("figcaption", {}, name),
            samples.filter(({ label }) => label === at).map(row),
          ),
        )
      : [h("figure", { class: "texts" }, samples.map(row))];
  view.replaceChildren(
    h("div", { class: `text-groups ${unit}` }, groups),
    h(
      "p",
      { class: "dim" },
      t(unit === "word" ? "texts.facts.word" : "texts.facts.character", {
        vocabulary,
        longest,
        mean,
        length,
      }),
    ),
  );
};

/* A series of one's own: a file can be chosen at any time, a column of it once the file is known. */
export const ownSeries = () => {
  const change = (apply) => edit("edit.data", (experiment) => apply(experiment.data));
  /* Another file has other columns; no batch larger than its windows are worth. */
  const take = (id, { steps }) =>
    change((data) => {
      Object.assign(data, {
        file: id,
        column: "",
        batch_size: batchFor(steps - (data.window ?? 24) - 2 * (data.horizon ?? 4), data.batch_size),
      });
    });
  const choice = h("select", {
    "data-t-label": "series.column",
    onchange: () =>
      change((data) => {
        data.column = choice.value;
      }),
  });
  const column = h("label", { class: "field" }, h("span", { "data-t": "series.column" }), choice),
    example = h("p", { class: "dim", "data-t": "series.example" });
  const root = h(
    "div",
    { class: "series-own", hidden: true },
    fileChooser({ kind: "series", accept: ".csv,.tsv,.txt,text/csv", words: "series.choose", done: take }),
    column,
    example,
  );
  root.update = () => {
    const { data } = state.experiment,
      preview = state.preview?.own && state.preview.kind === "series" ? state.preview : null;
    root.hidden = data.dataset !== "own_series";
    example.hidden = Boolean(data.file);
    column.hidden = !preview || faultsAt("data.file").length > 0;
    if (!preview) return;
    choice.replaceChildren(...preview.columns.map((name) => new Option(name, name)));
    choice.value = preview.column;
  };
  return root;
};
/* What the first column of a file says of time, where there is anything to say. */
function clockWords({ clock }) {
  if (!clock) return [];
  const { order, name, untimed, repeated, missing, gaps, largest, after, uneven } = clock;
  return [
    order === "kept" ? null : t(`series.clock.${order}`, { name }),
    untimed ? t("series.clock.untimed", { n: untimed, name }) : null,
    missing ? t("series.clock.missing", { missing, gaps, largest, after, name }) : null,
    uneven ? t("series.clock.uneven", { name }) : null,
    repeated ? t("series.clock.repeated", { n: repeated, name }) : null,
    missing || uneven ? t("series.clock.counted") : null,
  ].filter(Boolean);
}
previews.series = (view, preview) => {
  const {
    values,
    every,
    n,
    times,
    unit,
    train_until: until,
    validation_from: from,
    missing,
    window: size,
    horizon,
    starts,
  } = preview;
  const canvas = h("canvas", { class: "series-plot", role: "img", "aria-label": t("series.plot") });
  const told = clockWords(preview);
  const board = h("div", { class: "series-board" }, canvas),
    part = (color, key) => h("span", {}, h("i", { style: `background: var(${color})` }), t(key));
  view.replaceChildren(
    board,
    h("div", { class: "series-axis dim num" }, h("span", {}, times[0]), h("span", {}, times.at(-1))),
    h(
      "div",
      { class: "legend" },
      part("--train", "series.train"),
      part("--val", "series.validation"),
      part("--accent", "series.window"),
    ),
    told.length ? h("p", { class: "series-clock" }, told.join(" ")) : "",
    h(
      "p",
      { class: "dim" },
      [
        missing ? t("series.missing", { missing, n }) : t("series.whole", { n }),
        t("series.shape", { size, horizon }),
        t("series.naive", { list: naiveWords(preview) }),
      ].join(" "),
    ),
  );
  const draw = () => {
    const width = board.clientWidth;
    if (!width) return;
    const at = (step) => Math.round(step / every),
      cut = (a, b) => ({ from: at(a), values: values.slice(at(a), at(b) + 1) });
    const begin = starts[0] ?? 0,
      end = begin + size;
    drawLines(
      canvas,
      width,
      190,
      [
        { ...cut(0, until), color: "train" },
        { ...cut(from, n), color: "val" },
        { ...cut(begin, end), color: "accent", dots: false },
      ],
      values.length,
      unit,
    );
    const context = canvas.getContext("2d"),
      place = (step) => 6 + (at(step) / Math.max(1, values.length - 1)) * (width - 12);
    context.globalAlpha = 0.14;
    context.fillStyle = getComputedStyle(document.body).getPropertyValue("--accent");
    context.fillRect(place(begin), 14, Math.max(1, place(end) - place(begin)), 162);
    context.globalAlpha = 1;
  };
  onResize(board, draw);
  draw();
};
