// @ts-nocheck
/** A table: a file of one's own, the column to predict, what each column holds and how it is spread, the first rows. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { post } from "../core/requests.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { entryOf } from "../experiment/catalogue.js";
import { faultsUnder } from "../experiment/faults.js";
import { edit } from "../experiment/store.js";
import { card } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { batchFor, fileChooser } from "../kit/upload.js";

const OWN = "own_table",
  KINDS = ["number", "category", "leave_out"],
  MERGE = { merge: "own_table" };
const DELIMITERS = { ",": "table.comma", ";": "table.semicolon", "\t": "table.tab", "|": "table.bar" };

/* A histogram in a few bars; of categories the most frequent first. */
function bars(column) {
  const { counts, low, high, names } = column.bars,
    most = Math.max(1, ...counts);
  const between = (i) =>
    names
      ? names[i]
      : `${format.value(low + (i * (high - low)) / counts.length)} – ${format.value(low + ((i + 1) * (high - low)) / counts.length)}`;
  return h(
    "div",
    { class: "table-bars", role: "img", "aria-label": t("table.bars", { name: column.name }) },
    counts.map((n, i) =>
      h("i", {
        style: `height:${Math.max(n ? 6 : 0, (100 * n) / most)}%`,
        title: `${between(i)}: ${n}`,
      }),
    ),
  );
}
function notes(column) {
  const found = [],
    warns = column.why === "no_numbers";
  if (column.why) found.push(t(`table.why.${column.why}`));
  else if (column.kind === "category") found.push(t("table.distinct", { n: format.count(column.distinct) }));
  if (column.missing && column.why !== "all_missing")
    found.push(t("table.missing", { n: format.count(column.missing) }));
  if (column.odd && !warns) found.push(t("table.odd", { n: format.count(column.odd) }));
  return h(
    "small",
    { class: warns ? "table-warning" : "dim" },
    warns ? icon("warning") : null,
    found.join(" · "),
  );
}
/* The last columns cannot be predicted, so that one before them is: nobody chose that. */
function passedOver({ passed_over: names = [], columns }) {
  const aim = columns.find((column) => column.target)?.name;
  if (!names.length || !aim) return "";
  const few = names.slice(0, 3).join(", ");
  return t("table.passed_over", {
    target: aim,
    names: names.length > 3 ? t("table.passed_over.many", { names: few, n: names.length - 3 }) : few,
  });
}

function setup(root) {
  const chooser = fileChooser({
    kind: "csv",
    accept: ".csv,.tsv,.txt,text/csv,text/tab-separated-values",
    words: "table.choose",
    done: take,
  });
  const example = h("p", { class: "dim", "data-t": "table.example" });
  const target = h("select", {
    "data-t-label": "table.target",
    onchange: () =>
      change((data) => {
        data.target = target.value;
      }),
  });
  const aim = h("label", { class: "field" }, h("span", { "data-t": "table.target" }), target),
    facts = h("span", { class: "dim num" });
  const line = h("div", { class: "table-line" }, aim, facts);
  const scroll = h("div", {
    class: "table-scroll",
    tabindex: 0,
    role: "region",
    "data-t-label": "table.rows",
  });
  const passed = h("p", { class: "table-warning", role: "status", hidden: true });
  root.append(h("section", { class: "card" }, chooser, example, line, passed, scroll));
  let task = state.check?.data?.data_task ?? null;
  let unused = { of: "", preview: null }; // a table that cannot be used as it is, so that it can be put right

  const isOwn = () => state.experiment.data.dataset === OWN;
  const change = (apply) => edit("edit.data", (experiment) => apply(experiment.data), MERGE);
  /* Another file: nothing that was said about the columns of the one before holds; no batch larger than the table. */
  function take(id, { rows }) {
    change((data) => {
      Object.assign(data, {
        file: id,
        target: "",
        columns: {},
        predict: "auto",
        first_row: "auto",
        batch_size: batchFor(rows, data.batch_size),
      });
    });
  }
  const file = () => state.experiment.data.file;
  /* The columns of a table of which nothing can be learnt yet: the page's own preview leaves it out. */
  async function look() {
    const faults = faultsUnder("data"),
      of = JSON.stringify(state.experiment.data);
    if (
      !isOwn() ||
      !file() ||
      !state.check?.experiment ||
      !faults.length ||
      faults.some(({ place }) => place === "data.file") ||
      of === unused.of
    )
      return;
    unused = { ...unused, of };
    try {
      const preview = await post("preview", { data: state.experiment.data });
      if (of !== unused.of) return;
      unused = { of, file: file(), preview };
      show();
    } catch {
      if (of === unused.of) unused = { of: "", preview: null };
    }
  }
  /* What is shown is of this very file; while it is at fault, what was asked for on its account. */
  function shown() {
    const own = isOwn(),
      { preview } = state;
    const usual =
      preview?.kind === "table" && Boolean(preview.own) === own && (!own || preview.file === file())
        ? preview
        : null;
    const other = own && unused.file === file() ? unused.preview : null;
    return faultsUnder("data").length ? (other ?? usual) : (usual ?? other);
  }
  /* Where the data ask for another kind of answer than before, so does the loss. */
  function follow() {
    const now = state.check?.data?.data_task;
    if (!now) return;
    const before = task,
      losses = state.boot.catalogue.loss,
      fits = (loss) => loss.tasks.includes(now);
    task = now;
    if (
      !isOwn() ||
      before === null ||
      before === now ||
      losses.some((loss) => loss.id === state.experiment.training.loss.loss && fits(loss))
    )
      return;
    const usual = losses.find(fits);
    if (usual)
      edit(
        "edit.data",
        (experiment) => {
          experiment.training.loss = structuredClone(usual.default);
        },
        MERGE,
      );
  }

  function head(column, own) {
    const kind =
      own && !column.target
        ? h(
            "select",
            {
              class: "small",
              "aria-label": t("table.kind", { name: column.name }),
              onchange: (event) =>
                change((data) => {
                  data.columns = { ...data.columns, [column.name]: event.target.value };
                }),
            },
            KINDS.map((each) => {
              const option = new Option(t(`table.kind.${each}`), each);
              option.selected = each === column.kind;
              return option;
            }),
          )
        : h("span", { class: "chip" }, t(column.target ? "table.target.sign" : `table.kind.${column.kind}`));
    return h(
      "th",
      { scope: "col", class: column.target ? "target" : column.kind === "leave_out" ? "out" : "" },
      h("div", { class: "table-name", title: column.name }, column.name),
      kind,
      bars(column),
      notes(column),
    );
  }
  function show() {
    const entry = entryOf("dataset", state.experiment.data.dataset);
    root.hidden = entry?.group !== "tables";
    if (root.hidden) return;
    const own = isOwn(),
      known = shown();
    chooser.hidden = !own;
    example.hidden = !own || Boolean(state.experiment.data.file);
    aim.hidden = !own;
    line.hidden = !known;
    facts.textContent = known
      ? t(!own ? "table.facts.bundled" : known.n_used ? "table.facts" : "table.facts.unused", {
          rows: format.count(known.n_rows),
          columns: known.n_columns,
          used: format.count(known.n_used),
          features: known.n_features,
          encoding: known.encoding.replace("-sig", "").toUpperCase(),
          delimiter: DELIMITERS[known.delimiter] ? t(DELIMITERS[known.delimiter]) : known.delimiter,
        }) + (own && !known.has_names ? ` · ${t("table.unnamed")}` : "")
      : "";
    passed.textContent = known ? passedOver(known) : "";
    passed.hidden = !passed.textContent;
    if (!known) return scroll.replaceChildren();
    const chosen = state.experiment.data.target || known.columns.find((column) => column.target)?.name || "";
    target.replaceChildren(
      ...(chosen ? [] : [new Option(t("table.choose_target"), "")]),
      ...known.columns.map(({ name }) => new Option(name, name)),
    );
    target.value = chosen;
    const focused = document.activeElement?.getAttribute?.("aria-label"),
      left = scroll.scrollLeft;
    scroll.replaceChildren(
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            known.columns.map((column) => head(column, own)),
          ),
        ),
        h(
          "tbody",
          {},
          known.rows.map((row) =>
            h(
              "tr",
              {},
              row.map((cell, i) =>
                h(
                  "td",
                  {
                    class: `${known.columns[i].target ? "target" : known.columns[i].kind === "leave_out" ? "out" : ""} ${known.columns[i].kind === "number" ? "num" : ""}`,
                  },
                  cell,
                ),
              ),
            ),
          ),
        ),
      ),
    );
    scroll.scrollLeft = left;
    if (focused)
      [...scroll.querySelectorAll("select")]
        .find((each) => each.getAttribute("aria-label") === focused)
        ?.focus();
  }
  on(
    "check",
    () => {
      follow();
      show();
      look();
    },
    root,
  );
  for (const topic of ["preview", "lang", "experiment"]) on(topic, show, root);
  show();
}
export default card("table_data", setup);
