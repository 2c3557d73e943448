/**
 * The plane of two-dimensional data: at every place the class that the network would answer, the data on
 * top. Beside the network it can be asked: a point, moved by pointer or arrow keys. Hidden for all other
 * data.
 */
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { fitCanvas, onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { classColor, traceMark } from "../kit/colors.js";
import { ask } from "../run/ask.js";
import { watch } from "../run/live.js";
import { shownClasses, shownKind } from "../run/shown.js";
import { askable } from "./boundary/askable.js";
import { zoomable } from "./boundary/figure.js";
import { Surface } from "./boundary/surface.js";

/** @typedef {"rail" | "train" | "draw"} Place */

const RESOLUTION = { rail: 48, train: 64, draw: 80 };
const HZ = 5;

const applies = () => shownKind() === "points";

/** @param {string} name @param {number} k */
function legendEntry(name, k) {
  const swatch = h("canvas", { "aria-hidden": "true" });
  const context = fitCanvas(swatch, 14, 14);
  traceMark(context, k, 7, 7, 4.4);
  context.fillStyle = classColor(k);
  context.fill();
  return h("span", {}, swatch, name);
}

/** @param {any} legend an element, filled where the classes or the language are others */
function drawLegend(legend) {
  const classes = shownClasses();
  const key = `${state.lang} ${state.dark} ${classes}`;
  if (legend.dataset.of === key) return;
  legend.dataset.of = key;
  const parts = h("span", {}, `${t("boundary.train")} · ${t("boundary.val")}`);
  legend.replaceChildren(...classes.map(legendEntry), parts);
}

/**
 * @param {HTMLElement} root
 * @param {Place} place
 * @param {any} view
 * @param {HTMLElement} legend
 */
function drawCard(root, place, view, legend) {
  const heading =
    place === "train" ? head("boundary.title", "boundary.help") : head("try.title", "boundary.try");
  const hint = place === "draw" ? h("p", { class: "dim", "data-t": "draw.points" }) : null;
  const left = h("div", { class: "plane-left" }, view.board, legend);
  const body = h("div", { class: "plane-body" }, left, view.right);
  root.classList.add(place);
  root.append(h("section", { class: "card" }, heading, hint, body));
}

/**
 * A run is made for it only where somebody asks: on the Draw tab always, else once a point was chosen.
 * @param {Place} place
 */
const isWorthAsking = (place) => state.run !== null || state.sample !== null || place === "draw";

/**
 * @param {HTMLElement} root
 * @param {{place: Place}} props
 */
function setup(root, { place }) {
  const surface = new Surface();
  const view = place === "train" ? zoomable(root, surface) : askable(root, place, surface);
  const legend = h("div", { class: "plane-legend" });
  drawCard(root, place, view, legend);
  let isPlanned = false;

  function draw() {
    isPlanned = false;
    if (root.hidden || !view.board.clientWidth) return;
    view.draw();
    drawLegend(legend);
  }
  function plan() {
    root.hidden = !applies();
    root.closest("#train-charts")?.classList.toggle("has-plane", !root.hidden);
    if (!isPlanned) requestAnimationFrame(draw);
    isPlanned = true;
  }
  async function refresh() {
    if (!applies()) surface.forget();
    else if (isWorthAsking(place)) surface.put(await ask("boundary", { resolution: RESOLUTION[place] }));
    plan();
  }
  const wish = watch(view.board, refresh, HZ);
  function forget() {
    surface.forget();
    plan();
    wish();
  }
  function redress() {
    surface.repaint();
    plan();
  }
  on("reset", forget, root);
  onAny(["check", "preview", "sample", "answer", "lang", "run", "tab"], plan, root);
  on("dark", () => requestAnimationFrame(redress), root);
  onResize(view.board, plan);
  plan();
}

export default card("boundary", setup);
