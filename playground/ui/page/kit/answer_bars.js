// @ts-nocheck
/** The network's answer about the sample: a bar a class, the top one marked, and what to know about it in words. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { labelOf } from "../run/samples.js";
import { shownClasses, shownData, shownKind } from "../run/shown.js";

export function answerBars(root) {
  const list = h("div", { class: "probs", role: "list", "data-t-label": "answer.list" });
  const line = h("p", { class: "answer-line" });
  let rows = [];

  function rebuild(names) {
    rows = names.map((name) => {
      const bar = h("i"),
        share = h("span", { class: "num r" }),
        label = h("span", { class: "answer-class" }, name);
      return {
        name,
        bar,
        share,
        row: h("div", { class: "prob", role: "listitem" }, label, h("span", { class: "b" }, bar), share),
      };
    });
    list.replaceChildren(...rows.map((each) => each.row));
    list.classList.toggle(
      "words",
      names.some((name) => name.length > 1),
    );
  }
  /* A picture comes back, which stands beside: there are no bars. */
  const gives = () => shownData()?.task === "reconstruction";
  function words(answer, top) {
    if (!state.sample || !answer)
      return t(
        { points: "boundary.try", text: "texts.type", series: "answer.sequence" }[shownKind()] ??
          "answer.empty",
      );
    if (!answer.step) return t(state.run?.loaded ? "answer.loaded" : "answer.untrained");
    const after = t("answer.step", { step: format.count(answer.step) });
    if (gives()) return after;
    if (answer.label === null)
      return `${t("answer.top", { label: rows[top].name, percent: format.percent(answer.probabilities[top]) })} · ${after}`;
    const label = labelOf(answer.label),
      right = label === rows[top].name;
    return `${t(right ? "answer.right" : "answer.wrong", { label })} · ${after}`;
  }
  function update() {
    const { answer } = state,
      names = gives() ? [] : shownClasses();
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
    line.classList.toggle("untrained", Boolean(known) && !known.step && !state.run?.loaded);
  }
  for (const topic of ["answer", "lang", "check", "sample"]) on(topic, update, root);
  update();
  return h("div", { class: "answer" }, list, line);
}
