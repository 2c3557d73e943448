/** One chart of the run: what it shows is described by the server, in `charts`. */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { session } from "../core/storage.js";
import { on, onAny } from "../core/topics.js";
import { onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { runHistory } from "../run/history.js";
import { LiveChart } from "./live_chart/chart.js";

/** So far outside of the window a chart is drawn already. */
const EARLY = "80px";

/**
 * Whether the task and the settings have what the chart shows: those of the run, else those on the screen.
 * @param {any} spec
 */
function isWanted(spec) {
  const hasRun = Boolean(state.run?.step);
  if (spec.metric) {
    const metrics = hasRun ? runHistory.metrics : (state.data?.metrics ?? ["accuracy"]);
    return metrics.includes(spec.metric);
  }
  if (spec.parts) return runHistory.part_names.length > 0;
  if (!spec.clipping) return true;
  if (hasRun) return "total_norm" in runHistory.layers;
  const { clip_norm: norm, clip_value: value } = state.experiment.training;
  return (norm ?? value ?? null) !== null;
}

/**
 * The button that changes between a logarithmic and a linear scale; the choice outlives a reload.
 * @param {LiveChart} chart
 */
function scaleSwitch(chart) {
  const button = h("button", {
    class: "chart-log small",
    type: "button",
    "aria-pressed": String(chart.plot.isLog),
    "data-t": "chart.log",
    "data-t-title": "chart.log.help",
    onclick: () => {
      chart.plot.setScale(!chart.plot.isLog);
      session.set(`log.${chart.plot.name}`, chart.plot.isLog);
      button.setAttribute("aria-pressed", String(chart.plot.isLog));
    },
  });
  return button;
}

/**
 * @param {HTMLElement} root
 * @param {LiveChart} chart
 */
function listen(root, chart) {
  on("thinned", ({ table, keep }) => chart.plot.feed.recount(table, keep), root);
  on("rows", () => chart.wish(), root);
  on("tab", () => requestAnimationFrame(() => chart.wish()), root);
  on("reset", () => chart.startAgain(), root);
  on("plan", () => chart.outdate("plan"), root);
  on("dark", () => chart.outdate("look"), root);
  on("lang", () => chart.outdate("words"), root);
  document.addEventListener("visibilitychange", () => chart.wish());
  const observer = new IntersectionObserver(
    (entries) => chart.scrolled(entries[entries.length - 1].isIntersecting),
    { rootMargin: EARLY },
  );
  observer.observe(chart.plot.element);
  onResize(chart.plot.element, () => chart.plot.fitWidth());
}

/**
 * @param {HTMLElement} root
 * @param {{chart: string}} props
 */
function setup(root, props) {
  const { charts, max_points: most } = state.boot.charts;
  const spec = charts[props.chart];
  const isLog = session.get(`log.${props.chart}`) ?? spec.log;
  const chart = new LiveChart(props.chart, spec, { isLog, most });
  const right = spec.log_switch ? [scaleSwitch(chart)] : [];
  const frame = h("div", { class: "chart-frame" }, chart.plot.element, chart.empty);
  root.append(
    h(
      "section",
      { class: "card chart-card" },
      head(spec.title, spec.help, ...right),
      frame,
      chart.plot.legend.element,
    ),
  );

  function showIfWanted() {
    const isHidden = !isWanted(spec);
    if (root.hidden === isHidden) return;
    root.hidden = isHidden;
    requestAnimationFrame(() => chart.wish());
  }
  onAny(["rows", "check", "reset"], showIfWanted, root);
  listen(root, chart);
  showIfWanted();
  chart.note();
}
export default card("live_chart", setup);
