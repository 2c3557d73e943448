// @ts-nocheck
/** Try it for texts and series, with the network as it is now: a text that it answers, names that it makes up, the values
 * that it expects after a window. Hidden for other data. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { answerBars } from "../kit/answer_bars.js";
import { fitCanvas, onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { classColor } from "../kit/colors.js";
import { ask } from "../run/ask.js";
import { live } from "../run/live.js";
import { setSample } from "../run/samples.js";
import { shownData, shownKind } from "../run/shown.js";

const HZ = 5,
  MOST_LETTERS = 2000,
  NAMES = 8;

const facts = () => (["text", "series"].includes(state.preview?.kind) ? state.preview : null);
const shown = (token) => (token === "\n" ? "⏎" : token === " " ? "\u00a0" : token === "" ? "□" : token);
const other = () =>
  setSample({ kind: "validation", index: Math.floor(Math.random() * (shownData()?.n_validation ?? 1)) });
const again = (key, fn) => h("button", { type: "button", class: "small", "data-t": key, onclick: fn });

const soon = (fn) => requestAnimationFrame(fn); // once the parts that do not fit the data are hidden

/* The tokens of a text in boxes, coloured by label where each has one; what is not known is struck out. */
export function tokenRow({ tokens, known, labels, truth, unit, classes }) {
  const marks = Array.isArray(truth) ? truth : null;
  return h(
    "div",
    { class: `tokens ${unit}` },
    tokens.map((token, i) => {
      const label = labels?.[i] ?? null,
        wrong = label !== null && marks && marks[i] >= 0 && marks[i] !== label;
      const box = h(
        "span",
        { class: `token${known && !known[i] ? " unknown" : ""}${wrong ? " wrong" : ""}` },
        shown(token),
      );
      if (known && !known[i]) box.title = t("texts.unknown");
      if (label !== null) {
        box.style.setProperty("--class", classColor(label));
        box.classList.toggle("labelled", label > 0);
        box.title = wrong
          ? t("texts.wrong", { label: classes[label], truth: classes[marks[i]] })
          : classes[label];
      }
      return box;
    }),
  );
}

/* How many letters or words somebody wrote, counted as the server reads them; the line that says so where it is more
   than the network takes. */
const written = (text, unit) =>
  unit === "word"
    ? (text
        .normalize("NFC")
        .toLowerCase()
        .match(/\p{L}+(?:'\p{L}+)?|[!?]/gu)?.length ?? 0)
    : [...text.trim().normalize("NFC")].length;
function tooLong(text, preview, length = preview.length) {
  return written(text, preview.unit) > length ? t(`texts.only.${preview.unit}`, { n: length }) : "";
}

function textTry(root) {
  const input = h("input", {
    type: "text",
    maxlength: MOST_LETTERS,
    "data-t-placeholder": "texts.type",
    "data-t-label": "texts.type",
    spellcheck: "false",
    autocomplete: "off",
  });
  const reads = h("div", { class: "reads" }),
    truth = h("p", { class: "dim truth" }),
    bars = answerBars(root);
  const line = h("p", { class: "dim" }),
    cut = h("p", { class: "cut", role: "status", hidden: true });
  let reading = null;
  /* Of blanks alone, or of words without a letter, nothing is judged. */
  input.addEventListener("input", () =>
    setSample(written(input.value, facts()?.unit) ? { kind: "raw", value: input.value } : null),
  );
  const wish = live(
    reads,
    async () => {
      const { sample } = state,
        preview = facts();
      if (!sample || !preview || preview.generates || shownKind() !== "text") {
        reading = null;
        return show();
      }
      reading = await ask("read", {
        sample:
          sample.kind === "raw"
            ? { kind: "raw", value: sample.value }
            : { kind: "validation", index: sample.index },
      });
      if (state.sample === sample) show();
    },
    HZ,
  );
  function show() {
    const preview = facts(),
      { sample } = state,
      steps = Boolean(reading?.labels);
    bars.hidden = steps || preview?.task !== "classification";
    cut.textContent = preview && sample?.kind === "raw" ? tooLong(sample.value, preview) : "";
    cut.hidden = !cut.textContent;
    if (document.activeElement !== input) input.value = sample?.kind === "raw" ? sample.value : "";
    if (!reading || !preview) {
      reads.replaceChildren();
      truth.textContent = line.textContent = "";
      return;
    }
    const classes = preview.classes;
    reads.replaceChildren(tokenRow({ ...reading, unit: preview.unit, classes }));
    if (steps) {
      const joined = reading.tokens
        .map((token, i) => token + (reading.labels[i] === 1 && i < reading.tokens.length - 1 ? "-" : ""))
        .join("");
      line.textContent = classes.length === 2 ? joined : "";
      truth.textContent =
        Array.isArray(reading.truth) && classes.length === 2
          ? t("texts.should", {
              text: reading.tokens.map((token, i) => token + (reading.truth[i] === 1 ? "-" : "")).join(""),
            })
          : "";
    } else {
      line.textContent = "";
      truth.textContent = Number.isInteger(reading.truth)
        ? t("texts.is", { label: classes[reading.truth] })
        : "";
    }
    line.hidden = !line.textContent;
    truth.hidden = !truth.textContent;
  }
  on(
    "sample",
    () => {
      if (!state.sample) {
        reading = null;
        show();
      }
    },
    root,
  );
  on(
    "preview",
    () => {
      reading = null;
      show();
      soon(wish);
    },
    root,
  );
  on("lang", show, root);
  return h(
    "div",
    { class: "text-try" },
    h(
      "div",
      { class: "row" },
      input,
      again("texts.other", () => {
        input.value = "";
        other();
      }),
    ),
    cut,
    reads,
    line,
    truth,
    bars,
  );
}

/* Names that the network makes up: made anew every few moments while it trains, always by the same seed. */
function writeTry() {
  const prompt = h("input", {
    type: "text",
    maxlength: 40,
    "data-t-placeholder": "texts.begin",
    "data-t-label": "texts.begin",
    spellcheck: "false",
    autocomplete: "off",
  });
  const heat = h("input", {
    type: "range",
    min: 0,
    max: 2,
    step: 0.05,
    value: 0.7,
    "data-t-label": "texts.temperature",
  });
  const value = h("span", { class: "num r" }),
    list = h("ol", { class: "made" }),
    line = h("p", { class: "answer-line" });
  const cut = h("p", { class: "cut", role: "status", hidden: true });
  let seed = 1,
    touched = false; // whoever only looks starts no run
  const wish = live(
    list,
    async () => {
      if (!facts()?.generates || shownKind() !== "text") return false;
      if (!state.run && !touched) {
        list.replaceChildren();
        line.textContent = t("texts.press");
        return true;
      }
      const found = await ask("generate", {
        prompt: prompt.value,
        temperature: Number(heat.value),
        seed,
        count: NAMES,
        length: facts().length,
      });
      list.replaceChildren(...found.texts.map((text) => h("li", {}, h("b", {}, found.prompt), text)));
      line.textContent = found.step
        ? t("answer.step", { step: format.count(found.step) })
        : t("answer.untrained");
      line.classList.toggle("untrained", !found.step);
      return true;
    },
    2,
  );
  const warm = () => {
    value.textContent = Number(heat.value).toFixed(2);
    wish();
  };
  const touch = () => {
    touched = true;
    warm();
    tell();
  };
  /* The line break before the name takes one place. */
  function tell() {
    cut.textContent = facts()?.generates ? tooLong(prompt.value, facts(), facts().length - 1) : "";
    cut.hidden = !cut.textContent;
  }
  heat.addEventListener("input", touch);
  prompt.addEventListener("input", touch);
  for (const topic of ["preview", "lang", "run"])
    on(
      topic,
      () => {
        if (topic !== "run" || !list.children.length) soon(wish);
      },
      list,
    );
  for (const topic of ["preview", "lang"]) on(topic, tell, list);
  on(
    "reset",
    () => {
      touched = false;
    },
    list,
  );
  warm();
  return h(
    "div",
    { class: "write-try" },
    h(
      "div",
      { class: "row" },
      prompt,
      again("texts.more", () => {
        seed += 1;
        touch();
      }),
    ),
    cut,
    h("label", { class: "heat" }, h("span", { "data-t": "texts.temperature" }), heat, value),
    list,
    line,
  );
}

/* A window, what came next, and what the network expects; below, how that compares with no network at all. */
function seriesTry(root, props) {
  const canvas = h("canvas", { class: "forecast", role: "img", "data-t-label": "series.forecast" }),
    legend = h("div", { class: "legend" });
  const slider = h("input", { type: "range", min: 0, step: 1, value: 0, "data-t-label": "series.which" });
  const line = h("p", { class: "dim num" }),
    naive = h("p", { class: "dim num" }),
    board = h("div", { class: "forecast-board" }, canvas);
  let found = null;
  slider.addEventListener("input", () => setSample({ kind: "validation", index: Number(slider.value) }));
  const wish = live(
    board,
    async () => {
      const { sample } = state;
      if (shownKind() !== "series" || !facts()) return false;
      if (!sample && !state.run) {
        found = null;
        return show();
      } // whoever only looks starts no run
      if (!sample) return setSample({ kind: "validation", index: 0 });
      found = await ask("foretell", {
        sample:
          sample.kind === "raw"
            ? { kind: "raw", value: sample.value }
            : { kind: "validation", index: sample.index },
      });
      if (state.sample === sample) show();
      return true;
    },
    HZ,
  );
  const far = (a, b) => a.reduce((sum, v, i) => sum + Math.abs(v - b[i]), 0) / a.length;
  function show() {
    const preview = facts()?.kind === "series" ? facts() : null,
      width = board.clientWidth;
    canvas.hidden = legend.hidden = !found;
    if (preview && !found) {
      line.textContent = t("series.press");
      naive.textContent = t("series.naive", { list: naiveWords(preview) });
    }
    if (!preview || !found || !width) return;
    const { window: past, values, future, start, step } = found,
      { unit } = preview;
    slider.max = Math.max(0, (shownData()?.n_validation ?? 1) - 1);
    if (state.sample?.kind === "validation") slider.value = state.sample.index;
    const lines = [
      { from: 0, values: past, color: "--dim" },
      { from: past.length - 1, values: [past.at(-1), ...(future ?? [])], color: "--val" },
      {
        from: past.length - 1,
        values: [past.findLast((v) => v !== null), ...values],
        color: "--accent",
        dots: true,
      },
    ];
    drawLines(canvas, width, props.place === "draw" ? 340 : 150, lines, past.length + values.length, unit);
    const time = start >= 0 ? (preview.times[Math.floor((start + past.length) / preview.every)] ?? "") : "";
    const known = future?.every((v) => v !== null);
    line.textContent = [
      time && t("series.from", { time }),
      known && t("series.off", { error: format.number(far(values, future)), unit }),
      step ? t("answer.step", { step: format.count(step) }) : t("answer.untrained"),
    ]
      .filter(Boolean)
      .join(" · ");
    naive.textContent = t("series.naive", { list: naiveWords(preview) });
    legend.replaceChildren(
      ...[
        ["--dim", "series.past"],
        ["--val", "series.came"],
        ["--accent", "series.guess"],
      ].map(([color, key]) => h("span", {}, h("i", { style: `background: var(${color})` }), t(key))),
    );
  }
  for (const topic of ["lang", "dark"]) on(topic, show, root);
  on(
    "preview",
    () => {
      found = null;
      soon(wish);
    },
    root,
  );
  onResize(board, show);
  return h(
    "div",
    { class: "series-try" },
    board,
    legend,
    h("div", { class: "row" }, slider, again("series.other", other)),
    line,
    naive,
  );
}
export const naiveWords = ({ naive = {}, unit }) =>
  Object.entries(naive)
    .map(([name, error]) => t(`series.naive.${name}`, { error: format.number(error), unit }).trim())
    .join(" · ");

/* Lines over one axis of steps; null breaks a line. */
export function drawLines(canvas, width, height, lines, n, unit) {
  const style = getComputedStyle(document.body),
    context = fitCanvas(canvas, width, height),
    every = lines.flatMap((each) => each.values).filter((v) => v !== null);
  const low = Math.min(...every),
    high = Math.max(...every),
    room = Math.max(high - low, 1e-9),
    left = 6,
    right = 6,
    top = 16,
    bottom = 16;
  const at = (i) => left + (i / Math.max(1, n - 1)) * (width - left - right),
    up = (v) => top + (1 - (v - low) / room) * (height - top - bottom);
  context.clearRect(0, 0, width, height);
  context.font = `11px ${style.getPropertyValue("--sans")}`;
  context.fillStyle = style.getPropertyValue("--dim");
  context.fillText(`${format.number(high)} ${unit}`, left, 11);
  context.fillText(format.number(low), left, height - 2);
  for (const { from, values, color, dots } of lines) {
    context.strokeStyle = context.fillStyle = style.getPropertyValue(color);
    context.lineWidth = dots ? 2 : 1.5;
    context.beginPath();
    let down = false;
    values.forEach((v, i) => {
      if (v === null) {
        down = false;
        return;
      }
      if (down) context.lineTo(at(from + i), up(v));
      else context.moveTo(at(from + i), up(v));
      down = true;
    });
    context.stroke();
    if (dots)
      values.forEach((v, i) => {
        if (i && v !== null) {
          context.beginPath();
          context.arc(at(from + i), up(v), 2.5, 0, 2 * Math.PI);
          context.fill();
        }
      });
  }
}

/* A sequence of which the class is asked: the shares of the classes. */
const classTry = (root) =>
  h("div", {}, answerBars(root), h("div", { class: "row" }, again("series.other", other)));
const asksClass = () => shownData()?.data_task === "classification";

function setup(root, props) {
  root.classList.add(props.place);
  const parts = {
    text: textTry(root),
    write: writeTry(),
    series: seriesTry(root, props),
    shares: classTry(root),
  };
  root.append(h("section", { class: "card" }, head("try.title", "try.help"), ...Object.values(parts)));
  function show() {
    const kind = shownKind(),
      preview = facts();
    root.hidden = !shownData() || !["text", "series"].includes(kind);
    parts.text.hidden = kind !== "text" || Boolean(preview?.generates);
    parts.write.hidden = kind !== "text" || !preview?.generates;
    parts.series.hidden = kind !== "series" || asksClass();
    parts.shares.hidden = kind !== "series" || !asksClass();
  }
  for (const topic of ["check", "run", "preview", "reset"]) on(topic, show, root);
  show();
}

export default card("sequence_try", setup);
