// @ts-nocheck
/** Try it for tables: a row of the validation part as a form; change a value, and the network answers at once. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { answerBars } from "../kit/answer_bars.js";
import { card, head } from "../kit/card.js";
import { knownSample, setSample } from "../run/samples.js";
import { currentSituation, shownData, shownKind } from "../run/shown.js";
import { isSameSamples } from "../run/situation.js";

function setup(root, props) {
  const number = h("b", { class: "row-value num" }),
    what = h("span", { class: "dim" }),
    truth = h("p", { class: "dim num" });
  const value = h("div", { class: "row-answer" }, what, number, truth),
    trouble = h("p", { class: "fault", role: "alert", hidden: true });
  const bars = answerBars(root),
    form = h("div", { class: "row-form" }),
    line = h("span", { class: "dim num" });
  const next = h("button", { type: "button", class: "small", "data-t": "row.next", onclick: another });
  const back = h("button", {
    type: "button",
    class: "small",
    "data-t": "row.back",
    onclick: () => setSample({ kind: "validation", index: state.sample.of }),
  });
  const help = h("small", { "data-t": "row.help" });
  root.classList.add(props.place);
  root.append(
    h(
      "section",
      { class: "card" },
      head("row.title", help),
      value,
      bars,
      trouble,
      h("div", { class: "row-tools" }, next, back, line),
      form,
    ),
  );
  let boxes = [],
    builtOf = "",
    filledOf = null;

  const total = () => shownData()?.n_validation ?? 1;
  function another() {
    const now = state.sample?.index ?? state.sample?.of ?? -1;
    setSample({ kind: "validation", index: (now + 1) % total() });
  }
  /* The columns that the network learns from; those of the run where it has others than the screen. */
  function columns() {
    const shown = knownSample(state.sample)?.shown,
      known = (state.preview?.columns ?? []).filter(
        (column) => !column.target && column.kind !== "leave_out",
      );
    if (!shown) return known;
    return Object.keys(shown).map(
      (name) => known.find((column) => column.name === name) ?? { name, kind: "number" },
    );
  }
  function build() {
    const found = columns(),
      of = JSON.stringify([state.lang, found.map(({ name, kind, categories }) => [name, kind, categories])]);
    if (of === builtOf || (state.sample?.kind === "raw" && boxes.length)) return;
    builtOf = of;
    filledOf = null;
    boxes = found.map(({ name, kind, categories }) => {
      const input =
        kind === "category"
          ? h("select", {}, [
              new Option(t("row.unknown"), ""),
              ...(categories ?? []).map((each) => new Option(each, each)),
            ])
          : h("input", {
              type: "text",
              inputmode: "decimal",
              autocomplete: "off",
              spellcheck: "false",
              placeholder: t("row.unknown"),
            });
      input.addEventListener(kind === "category" ? "change" : "input", ask);
      return { name, input, row: h("label", {}, h("span", { title: name }, name), input) };
    });
    form.replaceChildren(...boxes.map(({ row }) => row));
  }
  function put(input, text) {
    if (input.tagName === "SELECT" && ![...input.options].some((option) => option.value === text))
      input.append(new Option(text, text));
    input.value = text;
  }
  function ask() {
    const filled = Object.fromEntries(boxes.map(({ name, input }) => [name, input.value.trim()]));
    const of = state.sample?.index ?? state.sample?.of ?? null;
    trouble.hidden = true;
    filledOf = "own";
    setSample({ kind: "raw", value: filled, of });
  }
  /* The form shows the sample; what is being typed is never rewritten. */
  function fill() {
    const { sample } = state,
      shown = knownSample(sample)?.shown;
    if (sample?.kind === "raw") {
      if (filledOf !== "own")
        for (const { name, input } of boxes)
          if (name in sample.value && document.activeElement !== input) put(input, sample.value[name]);
      return;
    }
    if (!shown || filledOf === sample) return;
    filledOf = sample;
    for (const { name, input } of boxes) put(input, shown[name] ?? "");
  }
  function show() {
    root.hidden = shownKind() !== "table";
    if (root.hidden) return;
    build();
    fill();
    const { sample, answer } = state,
      data = shownData(),
      regression = data?.data_task === "regression",
      mine = answer?.sample === sample ? answer : null;
    value.hidden = !regression;
    bars.hidden = regression;
    if (regression) {
      what.textContent = t("row.predicted", { target: data.targets[0] ?? "" });
      number.textContent = answer?.values ? format.value(answer.values[0]) : "–";
      const true_ = sample?.kind === "validation" ? knownSample(sample)?.values : null;
      truth.textContent = [
        true_ ? t("row.true", { value: format.value(true_[0]) }) : "",
        mine ? (mine.step ? t("answer.step", { step: format.count(mine.step) }) : t("answer.untrained")) : "",
      ]
        .filter(Boolean)
        .join(" · ");
    }
    const n = sample?.index ?? sample?.of ?? null;
    line.textContent = !sample
      ? ""
      : sample.kind === "validation"
        ? t("row.sample", { n })
        : n === null
          ? t("row.own")
          : t("row.edited", { n });
    back.hidden = sample?.kind !== "raw" || n === null;
  }
  on(
    "unanswered",
    (error) => {
      if (root.hidden || state.sample?.kind !== "raw" || error.code !== "bad_question") return;
      trouble.textContent = error.message;
      trouble.hidden = false;
    },
    root,
  );
  on(
    "answer",
    () => {
      trouble.hidden = true;
      show();
    },
    root,
  );
  /* A row of another table goes away. */
  on(
    "check",
    () => {
      const run = state.run?.experiment;
      if (
        !root.hidden &&
        state.sample &&
        run &&
        !currentSituation().holdsScreen &&
        !isSameSamples(run.data, state.experiment.data)
      ) {
        builtOf = "";
        setSample(null);
      }
    },
    root,
  );
  for (const topic of ["check", "preview", "sample", "lang", "run", "tab"]) on(topic, show, root);
  show();
}
export default card("try_row", setup);
