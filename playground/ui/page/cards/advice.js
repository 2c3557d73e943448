/**
 * What the numbers say: a few sentences, each with the figures that it was read from. Silent when there is
 * nothing.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { showTab } from "../core/tabs.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { entryOf } from "../experiment/catalogue.js";
import { card, head } from "../kit/card.js";
import { icon } from "../kit/icons.js";
import { ask } from "../run/ask.js";
import { deadUnits } from "../run/dead_units.js";
import { lastFifth } from "../run/findings.js";
import { runHistory } from "../run/history.js";
import { layerLabel } from "../run/layers.js";
import { live } from "../run/live.js";
import { readFindings } from "../run/read_findings.js";
import { currentSituation } from "../run/shown.js";

/** @typedef {import("../run/types.js").Finding} Finding */

const PAUSE_MS = 1000;

/**
 * Whether a layer of the run, or one inside of it, has units that can die.
 * @param {any[]} layers
 * @returns {boolean}
 */
function canDie(layers) {
  return layers.some((layer) => {
    const facts = /** @type {any} */ (entryOf("layer", layer.layer))?.facts;
    return facts?.can_die || (Array.isArray(layer.body) && canDie(layer.body));
  });
}

async function findDead() {
  const { run } = state;
  if (!run?.step || !canDie(run.experiment?.layers ?? [])) return [];
  const { layers } = await ask("dead_units");
  return deadUnits(layers, layerLabel);
}

/** Shows the chart that a finding was read from. @param {string} chart */
function goTo(chart) {
  const beside = document.getElementById(`inside-${chart}`);
  if (!beside) showTab("train");
  requestAnimationFrame(() => {
    const element = beside ?? document.getElementById(`chart-${chart}`);
    element?.scrollIntoView({ block: "center", behavior: "smooth" });
  });
}

/** @param {Finding} finding */
function sentence({ key, values, bad, chart }) {
  const link = chart
    ? h("button", { type: "button", class: "link", onclick: () => goTo(chart) }, t("advice.chart"))
    : null;
  const words = h("span", {}, t(key, values), " ", link);
  return h("p", { class: bad ? "say warn" : "say" }, icon(bad ? "warning" : "check"), words);
}

/** @param {HTMLElement} root */
function setup(root) {
  const help = h("small");
  const list = h("div", { class: "advice-list" });
  root.append(h("section", { class: "card" }, head("advice.title", help), list));
  let shown = "";
  let last = 0;

  async function refresh() {
    if (currentSituation().isLive && performance.now() - last < PAUSE_MS) return;
    last = performance.now();
    const hasRows = runHistory.layers.step.length > 0;
    show(hasRows ? [...readFindings(), ...(await findDead())] : []);
  }
  /** @param {Finding[]} found */
  function show(found) {
    root.hidden = found.length === 0;
    const n = lastFifth(runHistory.layers.step.length);
    help.textContent = t(n === 1 ? "advice.help.one" : "advice.help", { n: format.count(n) });
    const words = found.map(({ key, values }) => t(key, values)).join("\n");
    if (words === shown) return; // so that a link keeps the focus
    shown = words;
    list.replaceChildren(...found.map(sentence));
  }
  root.hidden = true;
  const wish = live(root.closest(".column") ?? document.body, refresh, 1);
  function again() {
    shown = "";
    last = 0;
    wish();
  }
  function onRun() {
    if (currentSituation().isEnded) wish();
  }
  on("lang", again, root);
  on("run", onRun, root);
}

export default card("advice", setup);
