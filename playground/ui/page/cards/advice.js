// @ts-nocheck
/** What the numbers say: a few sentences, each with the figures that it was read from. Silent when there is nothing. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { showTab } from "../core/tabs.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { card, head } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { ask } from "../run/ask.js";
import { runHistory } from "../run/history.js";
import { layerLabel } from "../run/layers.js";
import { live } from "../run/live.js";
import { currentSituation } from "../run/shown.js";

const LAST = 50,
  FAR = 100,
  GAP = 0.05,
  CLOSE = 0.02,
  RISEN = 1.1,
  LARGE_UPDATE = 0.05,
  SMALL_UPDATE = 1e-5,
  DEAD = 0.3,
  PAUSE_MS = 1000;

const finite = (values) => values.filter((value) => Number.isFinite(value));
function median(values) {
  const sorted = finite(values).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.floor(sorted.length / 2)] : NaN;
}
const mean = (values) => finite(values).reduce((sum, value) => sum + value, 0) / finite(values).length;
/* One median a layer over the last measurements. */
const byLayer = (rows) =>
  runHistory.layer_names
    .map((path, k) => ({ path, value: median(rows.slice(-LAST).map((row) => row?.[k])) }))
    .filter(({ value }) => Number.isFinite(value) && value > 0);
const times = (ratio) => (ratio < 10 ? ratio.toFixed(1) : format.count(ratio));

function gradients() {
  const layers = byLayer(runHistory.layers.grad_norm);
  if (layers.length < 2) return [];
  const first = layers[0],
    last = layers.at(-1),
    n = format.number;
  const values = {
    first: layerLabel(first.path),
    last: layerLabel(last.path),
    a: n(first.value),
    b: n(last.value),
  };
  if (last.value / first.value > FAR)
    return [
      {
        key: "advice.vanishing",
        bad: true,
        chart: "grad_norm",
        values: { ...values, ratio: times(last.value / first.value) },
      },
    ];
  if (first.value / last.value > FAR)
    return [
      {
        key: "advice.exploding",
        bad: true,
        chart: "grad_norm",
        values: { ...values, ratio: times(first.value / last.value) },
      },
    ];
  const low = layers.reduce((a, b) => (b.value < a.value ? b : a)),
    high = layers.reduce((a, b) => (b.value > a.value ? b : a));
  if (high.value / low.value > FAR) return [];
  return [
    {
      key: "advice.even",
      chart: "grad_norm",
      values: {
        low: n(low.value),
        first: layerLabel(low.path),
        high: n(high.value),
        last: layerLabel(high.path),
        ratio: times(high.value / low.value),
      },
    },
  ];
}
function updates() {
  const layers = byLayer(runHistory.layers.update_ratio);
  if (!layers.length) return [];
  const most = layers.reduce((a, b) => (b.value > a.value ? b : a));
  const values = { layer: layerLabel(most.path), ratio: format.number(most.value) };
  if (most.value > LARGE_UPDATE)
    return [{ key: "advice.large_updates", bad: true, chart: "update_ratio", values }];
  if (most.value < SMALL_UPDATE && state.run?.state === "running")
    return [{ key: "advice.small_updates", bad: true, chart: "update_ratio", values }];
  return [];
}
function generalisation() {
  const { epochs, layers } = runHistory,
    validation = epochs.val_accuracy?.at(-1),
    train = mean((layers.train_accuracy ?? []).slice(-LAST));
  if (!Number.isFinite(validation) || !Number.isFinite(train)) return [];
  const best = epochs.val_loss.reduce(
    (at, value, k) => (Number.isFinite(value) && !(value >= epochs.val_loss[at]) ? k : at),
    0,
  );
  const now = epochs.val_loss.at(-1),
    percent = format.percent,
    values = { train: percent(train), validation: percent(validation) };
  if (epochs.epoch.length >= 3 && train - validation > GAP && now > RISEN * epochs.val_loss[best]) {
    return [
      {
        key: "advice.overfitting",
        bad: true,
        chart: "loss",
        values: {
          ...values,
          gap: (100 * (train - validation)).toFixed(1),
          epoch: epochs.epoch[best],
          best: format.number(epochs.val_loss[best]),
          now: format.number(now),
        },
      },
    ];
  }
  return Math.abs(train - validation) <= CLOSE ? [{ key: "advice.gap", chart: "accuracy", values }] : [];
}
async function dead() {
  const rows = currentSituation().subject.layers;
  if (!state.run?.step || !JSON.stringify(rows).includes('"relu"')) return [];
  const answer = await ask("dead_units");
  return answer.layers
    .filter(({ share }) => share >= DEAD)
    .map(({ path, share }) => ({
      key: "advice.dead",
      bad: true,
      values: { share: format.percent(share), layer: layerLabel(path) },
    }));
}

function setup(root) {
  const help = h("small"),
    list = h("div", { class: "advice-list" });
  root.append(h("section", { class: "card" }, head("advice.title", help), list));
  let shown = "",
    last = 0;

  async function refresh() {
    if (!runHistory.layers.step.length) return show([]);
    if (currentSituation().isLive && performance.now() - last < PAUSE_MS) return;
    last = performance.now();
    show([...gradients(), ...generalisation(), ...updates(), ...(await dead())]);
  }
  function show(found) {
    root.hidden = found.length === 0;
    help.textContent = t("advice.help", { n: Math.min(LAST, runHistory.layers.step.length) });
    const words = found.map(({ key, values }) => t(key, values));
    if (words.join("\n") === shown) return;
    shown = words.join("\n");
    list.replaceChildren(
      ...found.map(({ bad, chart }, k) =>
        h(
          "p",
          { class: bad ? "say warn" : "say" },
          icon(bad ? "warning" : "check"),
          h(
            "span",
            {},
            words[k],
            " ",
            chart
              ? h("button", { type: "button", class: "link", onclick: () => go(chart) }, t("advice.chart"))
              : null,
          ),
        ),
      ),
    );
  }
  function go(chart) {
    const beside = document.getElementById(`inside-${chart}`);
    if (!beside) showTab("train");
    requestAnimationFrame(() =>
      (beside ?? document.getElementById(`chart-${chart}`))?.scrollIntoView({
        block: "center",
        behavior: "smooth",
      }),
    );
  }
  root.hidden = true;
  const wish = live(root.closest(".column") ?? document.body, refresh, 1);
  on(
    "lang",
    () => {
      shown = "";
      last = 0;
      wish();
    },
    root,
  );
  on(
    "run",
    () => {
      if (currentSituation().isEnded) wish();
    },
    root,
  );
}
export default card("advice", setup);
