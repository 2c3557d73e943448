// @ts-nocheck
/** The report: every score over the validation part, after each epoch, beside that of the run before; the confusion
 * matrix with its counts. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { titled } from "../experiment/names.js";
import { card, head } from "../kit/card.js";
import { ask } from "../run/ask.js";
import { runHistory } from "../run/history.js";
import { live } from "../run/live.js";
import { shownClasses } from "../run/shown.js";

function setup(root) {
  const help = h("small"),
    figures = h("div", { class: "report-figures num" }),
    matrix = h("div", { class: "report-matrix" });
  const compared = h("p", { class: "dim report-compared", hidden: true });
  const idle = h("p", { class: "dim", "data-t": "report.idle" });
  root.append(h("section", { class: "card" }, head("report.title", help), idle, figures, compared, matrix));
  let asked = "",
    found = null,
    before = null,
    shown = new Map();

  const now = () => `${state.run?.id} ${runHistory.epochs.epoch.at(-1)}`;
  /* Once an epoch, and only while somebody looks. */
  async function refresh() {
    if (!runHistory.epochs.epoch.length || !state.run || asked === now()) return;
    asked = now();
    const { name } = state.run,
      answer = await ask("report");
    found = { ...answer, name };
    show();
  }
  function figure(key, text, words) {
    shown.set(key, text);
    const was = before?.figures.get(key);
    return h(
      "span",
      { class: "report-figure" },
      h("b", {}, text),
      h("small", {}, words),
      was ? h("small", { class: "was" }, t("report.was", { value: was })) : null,
    );
  }
  const share = (name, value) => figure(name, format.percent(value), t(`report.${name}`));
  const amount = (name, value) => figure(name, format.number(value), name);
  function show() {
    idle.hidden = Boolean(found);
    help.textContent = found
      ? t(found.n < found.of ? "report.help.some" : "report.help", {
          n: format.count(found.n),
          of: format.count(found.of),
          epoch: found.epoch,
        })
      : "";
    compared.hidden = true;
    if (!found) {
      figures.replaceChildren();
      matrix.replaceChildren();
      return;
    }
    shown = new Map();
    const named = (each, what) => (each.name ? `${each.name}: ${what}` : what);
    figures.replaceChildren(
      ...found.shares.map(({ name, value }) => share(name, value)),
      ...found.values.flatMap((each) => [
        amount(named(each, t("report.mae")), each.mae),
        amount(named(each, t("report.rmse")), each.rmse),
        amount(named(each, "R²"), each.r2),
      ]),
    );
    compared.hidden = !before || ![...shown.keys()].some((key) => before.figures.has(key));
    compared.textContent = before ? t("report.compared", { name: before.name, epoch: before.epoch }) : "";
    matrix.replaceChildren(...(found.classes?.confusion ? [table(found.classes)] : []));
  }
  /* Rows are the true classes, columns the answers; the darker, the larger a share of its row. */
  function table({ confusion, recall, support }) {
    const names = shownClasses(),
      name = (k) => names[k] ?? String(k);
    const head = h(
      "tr",
      {},
      h("th", { scope: "col" }, t("report.true")),
      names.map((each) => h("th", { scope: "col" }, each)),
      h("th", { scope: "col" }, t("report.recall")),
    );
    const rows = confusion.map((row, i) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, name(i)),
        row.map((count, j) =>
          h(
            "td",
            {
              class: i === j ? "right" : count ? "wrong" : "",
              style: `--share:${support[i] ? count / support[i] : 0}`,
              title: t("report.cell", { count, of: support[i], label: name(i), answer: name(j) }),
            },
            count ? String(count) : "·",
          ),
        ),
        h("td", { class: "recall" }, recall[i] === null ? "–" : format.percent(recall[i])),
      ),
    );
    return h("table", { "aria-label": t("report.confusion") }, h("thead", {}, head), h("tbody", {}, rows));
  }
  const wish = live(figures.parentElement, refresh, 1);
  on(
    "rows",
    (delta) => {
      if (delta.epochs) wish();
    },
    root,
  );
  on("lang", show, root);
  on(
    "reset",
    () => {
      if (found) before = { name: titled(found.name), epoch: found.epoch, figures: shown };
      asked = "";
      found = null;
      show();
    },
    root,
  );
  show();
}
export default card("report", setup);
