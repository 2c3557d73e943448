// @ts-nocheck
/** One Plotly chart of the run: points are appended as they come, never redrawn from nothing, so zoom, hover and the
 * chosen lines stay. It draws at most five times a second, only while it can be seen, and catches up when shown. */
import { h, visible } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { session } from "../core/storage.js";
import { on } from "../core/topics.js";
import { hasWords, t, translate } from "../core/words.js";
import { onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { rampColor, token } from "../kit/colors.js";
import { smoother, thinned } from "../kit/numbers.js";
import { runHistory } from "../run/history.js";
import { layerLabel } from "../run/layers.js";
import { plannedRate } from "../run/plan.js";

const FASTEST_MS = 200,
  SHARE_OF_TIME = 0.3,
  FEW_LINES = 8;

/* Milliseconds that each chart last took. All charts together take no more than their share of the time. */
const costs = new Map();
const pause = () =>
  Math.max(FASTEST_MS, [...costs.values()].reduce((sum, cost) => sum + cost, 0) / SHARE_OF_TIME);

/* ---- the library: 4.8 MB, loaded once, when the first chart is seen ---- */
let library = null;
function plotly() {
  library ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly);
    const script = h("script", { src: new URL("../plotly.min.js", import.meta.url).href });
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      library = null;
      reject(new Error("plotly"));
    };
    document.head.append(script);
  });
  return library;
}
const MODE_BAR = {
  "Download plot as a PNG": "chart.download",
  "Download plot as a png": "chart.download",
  Zoom: "chart.zoom",
  Pan: "chart.pan",
  "Zoom in": "chart.zoom_in",
  "Zoom out": "chart.zoom_out",
  Autoscale: "chart.autoscale",
  "Reset axes": "chart.reset_axes",
};
function registerWords() {
  const dictionary = Object.fromEntries(Object.entries(MODE_BAR).map(([word, key]) => [word, t(key)]));
  window.Plotly.register({ moduleType: "locale", name: state.lang, dictionary, format: {} });
}

/* ---- traces ---- */
/* What the chart should show now: one entry a line, each knowing where its numbers are. */
function linesOf(spec, plan) {
  return spec.traces.flatMap((trace) => {
    if (trace.per_part) {
      const names = runHistory.part_names;
      return names.map((part, k) => ({
        trace,
        x: () => runHistory.layers.step,
        y: (i) => runHistory.layers[trace.y]?.[i]?.[k],
        name: () => (hasWords(`part.${part}`) ? t(`part.${part}`) : part),
        color: () => rampColor(names.length > 1 ? k / (names.length - 1) : 0.5),
      }));
    }
    if (!trace.per_layer) {
      const source = () => (trace.table === "plan" ? plan() : runHistory[trace.table]);
      return [
        {
          trace,
          x: () => source()?.step ?? [],
          y: (i) => source()[trace.y]?.[i],
          name: () => t(trace.name),
          color: () => token(trace.colour),
        },
      ];
    }
    const names = runHistory.layer_names;
    return names.map((path, k) => ({
      trace,
      path,
      x: () => runHistory.layers.step,
      y: (i) => runHistory.layers[trace.y][i]?.[k],
      name: () => layerLabel(path),
      color: () => rampColor(names.length > 1 ? k / (names.length - 1) : 0.5),
    }));
  });
}
const style = (line) => ({
  type: "scatter",
  mode: line.trace.markers ? "lines+markers" : "lines",
  name: line.name(),
  opacity: line.trace.opacity ?? 1,
  line: { color: line.color(), width: line.trace.width, dash: line.trace.dash ?? "solid" },
  marker: { color: line.color(), size: 5 },
  hoverinfo: line.trace.opacity ? "skip" : "all",
  connectgaps: false,
});

function setup(root, props) {
  const chart = props.chart,
    spec = state.boot.charts.charts[chart],
    most = state.boot.charts.max_points;
  const plotted = h("div", { class: "chart-plot" });
  const legend = h("div", { class: "chart-legend", role: "group" });
  const empty = h("p", { class: "chart-empty dim", "data-t": "chart.empty" });
  let isLog = session.get(`log.${chart}`) ?? spec.log; // as it was before a reload
  const log = h("button", {
    class: "chart-log small",
    type: "button",
    "aria-pressed": String(isLog),
    "data-t": "chart.log",
    "data-t-title": "chart.log.help",
    onclick: switchScale,
  });
  root.append(
    h(
      "section",
      { class: "card chart-card" },
      head(spec.title, spec.help, spec.log_switch ? log : null),
      h("div", { class: "chart-frame" }, plotted, empty),
      legend,
    ),
  );

  /* A chart of a metric stands there for the tasks that have it: those of the run, else those of the data chosen. */
  const metric = { accuracy: "accuracy", mae: "mae", r2: "r2" }[chart];
  function showIfWanted() {
    const parts = runHistory.part_names,
      metrics = state.run?.step ? runHistory.metrics : (state.data?.metrics ?? ["accuracy"]);
    const { clip_norm: norm, clip_value: value } = state.experiment.training;
    const clips = state.run?.step ? "total_norm" in runHistory.layers : (norm ?? value ?? null) !== null;
    const wanted = metric
      ? metrics.includes(metric)
      : chart === "loss_parts"
        ? parts.length > 0
        : !spec.clipping || clips;
    if (root.hidden === !wanted) return;
    root.hidden = !wanted;
    requestAnimationFrame(wish);
  }
  let lines = [],
    drawn = [],
    smoothers = [],
    ready = false,
    loading = false;
  let timer = 0,
    last = 0,
    onScreen = false,
    plan = null,
    hidden = new Set();
  const worn = new Set(); // what is to be renewed when the chart is seen: "plan" | "look" | "words"

  const takePlan = () => {
    const found = plannedRate();
    if (!found || found === plan) return;
    plan = found;
    worn.add("plan");
  };

  /* ---- appending ---- */
  function numbersFrom(k, from) {
    const line = lines[k],
      x = line.x(),
      xs = [],
      ys = [];
    for (let i = from; i < x.length; i += 1) {
      const value = line.y(i),
        y = value === undefined || !Number.isFinite(value) ? null : value;
      xs.push(x[i]);
      ys.push(line.trace.smoothing ? smoothers[k](y) : y);
    }
    return [xs, ys];
  }
  function append() {
    const indices = [],
      xs = [],
      ys = [];
    for (let k = 0; k < lines.length; k += 1) {
      if (lines[k].trace.table === "plan") continue;
      const total = lines[k].x().length;
      if (total === drawn[k]) continue;
      const [x, y] = numbersFrom(k, drawn[k]);
      drawn[k] = total;
      indices.push(k);
      xs.push(x);
      ys.push(y);
    }
    if (!indices.length) return;
    window.Plotly.extendTraces(plotted, { x: xs, y: ys }, indices);
    const long = indices.filter((k) => plotted.data[k].x.length > most);
    if (!long.length) return;
    const thin = long.map((k) => thinned(plotted.data[k].x, plotted.data[k].y, Math.floor(most / 2)));
    window.Plotly.restyle(plotted, { x: thin.map((pair) => pair[0]), y: thin.map((pair) => pair[1]) }, long);
  }
  /* The history lost some of its older rows: what is drawn stays, and the rows that are drawn are counted anew. */
  function recount({ table, keep }) {
    const kept = (n) => {
      const at = keep.findIndex((i) => i >= n);
      return at < 0 ? keep.length : at;
    };
    lines.forEach((line, k) => {
      if (line.trace.table === table) drawn[k] = kept(drawn[k]);
    });
  }
  const isShown = () => onScreen && visible(plotted);
  function wish() {
    if (timer || !isShown()) return;
    timer = setTimeout(flush, Math.max(0, last + pause() - performance.now()));
  }
  function flush() {
    timer = 0;
    costs.delete(root);
    if (!isShown()) return;
    if (!ready) return void make();
    last = performance.now();
    if (plotted._fullLayout.width !== plotted.clientWidth) window.Plotly.Plots.resize(plotted);
    if (worn.size) renew();
    if (linesOf(spec, () => plan).length !== lines.length) rebuild();
    append();
    tickLog();
    marks();
    note();
    costs.set(root, performance.now() - last);
  }

  /* ---- making, once; starting again for a new run ---- */
  const axis = () => ({
    color: token("dim"),
    gridcolor: token("line"),
    zeroline: false,
    linecolor: token("line"),
    automargin: false,
    fixedrange: false,
    tickfont: { size: 11 },
  });
  function layout() {
    const touch = matchMedia("(pointer: coarse)").matches; // there the page scrolls and the mode bar always shows
    const scale = isLog ? "log" : "linear";
    return {
      margin: { l: 54, r: 12, t: touch ? 30 : 10, b: 34 },
      height: 226,
      showlegend: false,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: token("dim") },
      hovermode: lines.length > FEW_LINES ? "closest" : "x unified",
      hoverlabel: hoverLabel(),
      dragmode: touch ? false : "zoom",
      xaxis: {
        ...axis(),
        title: { text: t("chart.step"), font: { size: 11 }, standoff: 6 },
        hoverformat: ",d",
        rangemode: "tozero",
      },
      yaxis: {
        ...axis(),
        type: scale,
        rangemode: spec.from_zero ? "tozero" : "normal",
        ...ticks(),
        hoverformat: spec.hoverformat,
      },
      modebar: modeBar(),
      shapes: [],
      annotations: [],
      uirevision: "kept",
    };
  }
  const ticks = () => ({
    nticks: 6,
    tickformat: isLog && typeof logTick === "number" ? ".0e" : spec.tickformat,
    dtick: isLog ? logTick : null,
  });
  /* On a logarithmic axis: 1, 2, 5 within a decade or two, else every so many powers of ten. */
  let logTick = 1;
  function tickLog() {
    const [low, high] = plotted._fullLayout?.yaxis?.range ?? [0, 1],
      span = Math.abs(high - low);
    const wanted = span < 0.7 ? "D1" : span < 2 ? "D2" : Math.max(1, Math.ceil(span / 6));
    if (!isLog || wanted === logTick) return;
    logTick = wanted;
    window.Plotly.relayout(plotted, { "yaxis.dtick": wanted, "yaxis.tickformat": ticks().tickformat });
  }
  const hoverLabel = () => ({
    bgcolor: token("card"),
    bordercolor: token("line"),
    font: { color: token("ink"), size: 12 },
  });
  const modeBar = () => ({
    bgcolor: "rgba(0,0,0,0)",
    color: token("dim"),
    activecolor: token("ink"),
    orientation: "h",
  });
  const config = () => ({
    displaylogo: false,
    responsive: false,
    showTips: false,
    locale: state.lang,
    doubleClick: "autosize",
    displayModeBar: "hover",
    showSendToCloud: false,
    modeBarButtonsToRemove: [
      "sendChartToCloud",
      "sendDataToCloud",
      "select2d",
      "lasso2d",
      "resetScale2d",
      "zoomIn2d",
      "zoomOut2d",
    ],
    toImageButtonOptions: { filename: chart, scale: 2 },
  });
  async function make() {
    if (loading) return;
    loading = true;
    try {
      await plotly();
    } catch {
      empty.dataset.t = "chart.failed";
      translate(empty);
      loading = false;
      return;
    }
    registerWords();
    begin();
    await window.Plotly.newPlot(plotted, data(), layout(), config());
    ready = true;
    plotted.on("plotly_relayout", (change) => {
      if (Object.keys(change).some((key) => key.startsWith("yaxis.range") || key.endsWith("autorange")))
        tickLog();
    });
    fill();
    loading = false;
    wish();
  }
  function begin() {
    lines = linesOf(spec, () => plan);
    drawn = lines.map(() => 0);
    smoothers = lines.map((line) => smoother(line.trace.smoothing ?? 0));
  }
  const data = () => lines.map((line, k) => ({ ...style(line), x: [], y: [], visible: !hidden.has(k) }));
  /* The lines themselves changed (other layers): the axes stay as they are. */
  function rebuild() {
    begin();
    hidden = new Set([...hidden].filter((k) => k < lines.length));
    window.Plotly.react(
      plotted,
      data(),
      { ...plotted.layout, hovermode: lines.length > FEW_LINES ? "closest" : "x unified" },
      config(),
    );
    fill();
  }
  function fill() {
    showPlan();
    drawLegend();
  }
  function renew() {
    if (worn.has("words")) registerWords();
    if (worn.has("words") || worn.has("look")) dress();
    if (worn.has("words")) window.Plotly.react(plotted, plotted.data, plotted.layout, config());
    if (worn.has("plan")) showPlan();
    worn.clear();
  }
  function showPlan() {
    lines.forEach((line, k) => {
      if (line.trace.table !== "plan" || !ready) return;
      const [x, y] = numbersFrom(k, 0);
      window.Plotly.restyle(plotted, { x: [x], y: [y] }, [k]);
    });
    note();
  }
  function startAgain() {
    plan = null;
    takePlan();
    if (!ready) return note();
    if (!isShown()) {
      window.Plotly.purge(plotted);
      ready = false;
      drawn.fill(0);
      return note();
    }
    begin();
    const fresh = layout();
    window.Plotly.react(plotted, data(), { ...fresh, uirevision: String(performance.now()) }, config());
    fill();
  }

  /* ---- what stands around the lines ---- */
  function marks() {
    const { events } = runHistory;
    if (chart !== "lr" && chart !== "loss") return;
    if (events.length === (plotted.layout.shapes ?? []).length) return;
    const shapes = events.map((event) => ({
      type: "line",
      xref: "x",
      yref: "paper",
      x0: event.step,
      x1: event.step,
      y0: 0,
      y1: 1,
      line: { color: token("lr"), width: 1, dash: "dot" },
    }));
    const annotations =
      chart !== "lr"
        ? []
        : events.slice(-4).map((event) => ({
            x: event.step,
            yref: "paper",
            y: 1,
            yanchor: "top",
            xanchor: "left",
            showarrow: false,
            text: t(`chart.changed.${event.kind}`, {
              value: event.value === null ? t("chart.changed.none") : format.lr(event.value),
            }),
            font: { size: 10.5, color: token("dim") },
          }));
    window.Plotly.relayout(plotted, { shapes, annotations });
  }
  function note() {
    const some = lines.some(
      (line, k) => drawn[k] > 0 || (line.trace.table === "plan" && line.x().length > 0),
    );
    empty.hidden = some;
    plotted.classList.toggle("is-empty", !some);
    const last = lines
      .map((line, k) => [line.name(), ready ? plotted.data?.[k]?.y?.at(-1) : null])
      .filter(([, y]) => Number.isFinite(y))
      .slice(0, 6);
    plotted.setAttribute("role", "img");
    plotted.setAttribute(
      "aria-label",
      [t(spec.title), ...last.map(([name, y]) => `${name} ${format.number(y)}`)].join(", "),
    );
  }
  function drawLegend() {
    const perLayer = lines.some((line) => line.path),
      many = lines.length > FEW_LINES;
    const entries = lines.map((line, k) => {
      const mark = h("i", {
        style: `--c:${line.color()};--w:${Math.max(2, line.trace.width + 0.6)}px;opacity:${line.trace.opacity ?? 1}`,
        class: line.trace.dash ? "dashed" : "",
      });
      const entry = h(
        "button",
        {
          type: "button",
          class: "chart-line",
          "aria-pressed": String(!hidden.has(k)),
          title: t("chart.toggle", { name: line.name() }),
        },
        mark,
        h("span", {}, line.name()),
      );
      entry.addEventListener("click", (event) => (event.detail > 1 ? alone(k) : toggle(k)));
      return entry;
    });
    const ramp =
      many && perLayer
        ? [
            h(
              "span",
              { class: "chart-ramp" },
              h("i", {
                style: `background:linear-gradient(90deg, ${[0, 0.25, 0.5, 0.75, 1].map(rampColor).join(", ")})`,
              }),
              t("chart.ramp"),
            ),
          ]
        : [];
    legend.classList.toggle("many", many);
    legend.replaceChildren(...ramp, ...entries);
  }
  function show() {
    window.Plotly.restyle(
      plotted,
      { visible: lines.map((_, k) => !hidden.has(k)) },
      lines.map((_, k) => k),
    );
    [...legend.querySelectorAll(".chart-line")].forEach((entry, k) =>
      entry.setAttribute("aria-pressed", String(!hidden.has(k))),
    );
  }
  function toggle(k) {
    if (hidden.has(k)) hidden.delete(k);
    else hidden.add(k);
    show();
  }
  function alone(k) {
    const others = lines.map((_, i) => i).filter((i) => i !== k);
    hidden = others.every((i) => hidden.has(i)) && !hidden.has(k) ? new Set() : new Set(others);
    show();
  }
  /* A zoomed y axis keeps its place on the other scale. */
  function switchScale() {
    isLog = !isLog;
    session.set(`log.${chart}`, isLog);
    log.setAttribute("aria-pressed", String(isLog));
    if (!ready) return;
    const now = plotted.layout.yaxis,
      change = { "yaxis.type": isLog ? "log" : "linear" };
    const convert = (v) => (isLog ? Math.log10(Math.max(v, 1e-12)) : 10 ** v);
    if (now.autorange === false && now.range)
      Object.assign(change, { "yaxis.range": now.range.map(convert), "yaxis.autorange": false });
    else change["yaxis.autorange"] = true;
    for (const [name, value] of Object.entries(ticks())) change[`yaxis.${name}`] = value;
    window.Plotly.relayout(plotted, change);
    tickLog();
  }
  function dress() {
    const change = {
      "font.color": token("dim"),
      hoverlabel: hoverLabel(),
      modebar: modeBar(),
      "xaxis.title.text": t("chart.step"),
      shapes: [],
      annotations: [],
    };
    for (const name of ["xaxis", "yaxis"]) {
      for (const [key, value] of Object.entries({
        color: token("dim"),
        gridcolor: token("line"),
        linecolor: token("line"),
      }))
        change[`${name}.${key}`] = value;
    }
    window.Plotly.relayout(plotted, change);
    const colors = lines.map((line) => line.color());
    window.Plotly.restyle(
      plotted,
      { name: lines.map((line) => line.name()), "line.color": colors, "marker.color": colors },
      lines.map((_, k) => k),
    );
    marks();
    drawLegend();
    note();
  }

  new IntersectionObserver(
    (entries) => {
      onScreen = entries.at(-1).isIntersecting;
      if (!onScreen) costs.delete(root);
      wish();
    },
    { rootMargin: "80px" },
  ).observe(plotted);
  onResize(plotted, () => {
    if (ready && visible(plotted)) window.Plotly.Plots.resize(plotted);
  });
  takePlan();
  showIfWanted();
  for (const topic of ["rows", "check", "reset"]) on(topic, showIfWanted, root);
  on("thinned", recount, root);
  on("rows", wish, root);
  on("tab", () => requestAnimationFrame(wish), root);
  on("reset", startAgain, root);
  on(
    "check",
    () => {
      takePlan();
      wish();
    },
    root,
  );
  on(
    "dark",
    () => {
      worn.add("look");
      requestAnimationFrame(wish);
    },
    root,
  );
  on(
    "lang",
    () => {
      worn.add("words");
      wish();
    },
    root,
  );
  document.addEventListener("visibilitychange", wish);
}
export default card("live_chart", setup);
