// @ts-nocheck
/** The plane of two-dimensional data: at every place the class that the network would answer, the data on top, and a
 * point that one may move to ask. Hidden for images. */
import { decode, unscale } from "../core/bytes.js";
import { h } from "../core/dom.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { answerBars } from "../kit/answer_bars.js";
import { fitCanvas, onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { classColor, token } from "../kit/colors.js";
import { ask } from "../run/ask.js";
import { watch } from "../run/live.js";
import { knownSample, nameOf, setSample } from "../run/samples.js";
import { shownClasses, shownKind } from "../run/shown.js";

const RESOLUTION = { rail: 48, train: 64, draw: 80 },
  MOST = { rail: 340, train: 460, draw: 560 },
  HZ = 5,
  STEP = 1 / 40;

/* One surface for all that show it: the finest one asked, shared while it is of the same step. */
const rgb = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));

function picture({ probabilities }) {
  const [classes, rows, columns] = probabilities.shape,
    bytes = decode(probabilities);
  const sheet = new OffscreenCanvas(columns, rows),
    context = sheet.getContext("2d"),
    image = context.createImageData(columns, rows);
  const colors = Array.from({ length: classes }, (_, k) => rgb(classColor(k))),
    ground = state.dark ? [23, 30, 40] : [255, 255, 255];
  const low = probabilities.min ?? 0,
    high = probabilities.max ?? 1,
    size = rows * columns;
  for (let i = 0; i < size; i += 1) {
    const at = 4 * (columns * (rows - 1 - Math.floor(i / columns)) + (i % columns));
    let sum = 0,
      sure = 0;
    const mixed = [0, 0, 0];
    for (let k = 0; k < classes; k += 1) {
      const p = unscale(bytes[k * size + i], low, high),
        weight = p * p;
      sum += weight;
      sure = Math.max(sure, p);
      for (let c = 0; c < 3; c += 1) mixed[c] += weight * colors[k][c];
    }
    const strength = 0.12 + 0.5 * Math.max(0, (sure - 1 / classes) / (1 - 1 / classes));
    for (let c = 0; c < 3; c += 1)
      image.data[at + c] = ground[c] + ((sum ? mixed[c] / sum : ground[c]) - ground[c]) * strength;
    image.data[at + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return sheet;
}
/* Marks that differ in form as well as in colour. */
function mark(context, kind, x, y, r) {
  context.beginPath();
  if (kind % 4 === 0) context.arc(x, y, r, 0, 2 * Math.PI);
  else if (kind % 4 === 1) context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else if (kind % 4 === 2) {
    context.moveTo(x, y - r * 1.25);
    context.lineTo(x + r * 1.15, y + r * 0.85);
    context.lineTo(x - r * 1.15, y + r * 0.85);
    context.closePath();
  } else {
    context.moveTo(x, y - r * 1.3);
    context.lineTo(x + r * 1.3, y);
    context.lineTo(x, y + r * 1.3);
    context.lineTo(x - r * 1.3, y);
    context.closePath();
  }
}

function setup(root, props) {
  const place = props.place,
    asks = place !== "train";
  const canvas = h("canvas", {
    class: "plane",
    tabindex: asks ? 0 : null,
    role: asks ? "application" : "img",
    "data-t-label": "boundary.label",
  });
  const line = h("p", { class: "plane-line num" }),
    legend = h("div", { class: "plane-legend" });
  const board = h("div", { class: "plane-board" }, canvas);
  const left = h("div", { class: "plane-left" }, board, legend);
  root.classList.add(place);
  const titles = place === "train" ? ["boundary.title", "boundary.help"] : ["try.title", "boundary.try"];
  root.append(
    h(
      "section",
      { class: "card" },
      head(...titles),
      place === "draw" ? h("p", { class: "dim", "data-t": "draw.points" }) : null,
      h(
        "div",
        { class: "plane-body" },
        left,
        asks ? h("div", { class: "plane-right" }, answerBars(root), line) : null,
      ),
    ),
  );
  let surface = null,
    sheet = null,
    planned = false;

  const points = () => (state.preview?.kind === "points" ? state.preview : null);
  function extent() {
    if (surface) return surface.extent;
    const x = points()?.x ?? [
      [-1, -1],
      [1, 1],
    ];
    const ends = [0, 1].map((axis) =>
      x.reduce(([a, b], p) => [Math.min(a, p[axis]), Math.max(b, p[axis])], [Infinity, -Infinity]),
    );
    const half = Math.max(...ends.map(([a, b]) => b - a)) * 0.55,
      middle = ends.map(([a, b]) => (a + b) / 2);
    return [middle[0] - half, middle[0] + half, middle[1] - half, middle[1] + half];
  }
  async function refresh() {
    if (!applies()) {
      surface = sheet = null;
      return plan();
    }
    if (!state.run && !asks && !state.sample) return plan();
    if (!state.run && place === "rail" && !state.sample) return plan();
    const answer = await ask("boundary", { resolution: RESOLUTION[place] });
    surface = answer;
    sheet = picture(answer);
    plan();
  }
  const applies = () => shownKind() === "points";
  function plan() {
    root.hidden = !applies();
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      if (!root.hidden && board.clientWidth) draw();
    });
  }
  function draw() {
    const size = Math.min(board.clientWidth, MOST[place]);
    canvas.style.width = canvas.style.height = `${size}px`;
    const context = fitCanvas(canvas, size, size),
      [x0, x1, y0, y1] = extent();
    const X = (v) => ((v - x0) / (x1 - x0)) * size,
      Y = (v) => size - ((v - y0) / (y1 - y0)) * size;
    context.fillStyle = token("soft");
    context.fillRect(0, 0, size, size);
    if (sheet) {
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = "high";
      context.drawImage(sheet, 0, 0, size, size);
    }
    const data = points(),
      r = size > 380 ? 3.4 : 2.7;
    data?.x.forEach(([x, y], i) => {
      const color = classColor(data.y[i]);
      mark(context, data.y[i], X(x), Y(y), data.part[i] ? r * 1.15 : r);
      context.lineWidth = data.part[i] ? 1.8 : 0.8;
      context.strokeStyle = data.part[i] ? color : token("card");
      context.fillStyle = data.part[i] ? token("card") : color;
      context.fill();
      context.stroke();
    });
    const asked = askedPoint();
    if (asked && asks) ring(context, X(asked[0]), Y(asked[1]), size);
    words(asked);
    drawLegend(data);
  }
  function ring(context, x, y, size) {
    context.strokeStyle = token("ink");
    context.lineWidth = 1;
    context.globalAlpha = 0.4;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, size);
    context.moveTo(0, y);
    context.lineTo(size, y);
    context.stroke();
    context.globalAlpha = 1;
    context.lineWidth = 2.4;
    context.beginPath();
    context.arc(x, y, 7, 0, 2 * Math.PI);
    context.stroke();
  }
  const askedPoint = () => knownSample(state.sample)?.x ?? null;
  function words(asked) {
    line.textContent = asked ? nameOf(state.sample) : "";
  }
  function drawLegend(data) {
    const classes = shownClasses(),
      key = `${state.lang} ${state.dark} ${classes}`;
    if (legend.dataset.of === key) return;
    legend.dataset.of = key;
    const entry = (name, k) => {
      const swatch = h("canvas", { "aria-hidden": "true" }),
        context = fitCanvas(swatch, 14, 14);
      mark(context, k, 7, 7, 4.4);
      context.fillStyle = classColor(k);
      context.fill();
      return h("span", {}, swatch, name);
    };
    legend.replaceChildren(
      ...classes.map(entry),
      h("span", {}, `${t("boundary.train")} · ${t("boundary.val")}`),
    );
    return data;
  }

  /* ---- asking a point: pointer, or arrow keys ---- */
  function askAt(x, y) {
    const [x0, x1, y0, y1] = extent(),
      clamp = (v) => Math.min(1, Math.max(0, v));
    setSample({ kind: "point", x: [x0 + clamp(x) * (x1 - x0), y1 - clamp(y) * (y1 - y0)] });
  }
  function pointAt(event) {
    const box = canvas.getBoundingClientRect();
    askAt((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }
  if (asks) {
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      pointAt(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (event.buttons & 1) pointAt(event);
    });
    canvas.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!way) return;
      event.preventDefault();
      const [x0, x1, y0, y1] = extent(),
        at = askedPoint() ?? [(x0 + x1) / 2, (y0 + y1) / 2],
        far = event.shiftKey ? 4 : 1;
      askAt((at[0] - x0) / (x1 - x0) + way[0] * STEP * far, (y1 - at[1]) / (y1 - y0) + way[1] * STEP * far);
    });
  }
  const wish = watch(board, refresh, HZ);
  on(
    "reset",
    () => {
      surface = sheet = null;
      plan();
      wish();
    },
    root,
  );
  for (const topic of ["check", "preview", "sample", "answer", "lang", "run"]) on(topic, plan, root);
  on("tab", plan, root);
  on(
    "dark",
    () =>
      requestAnimationFrame(() => {
        if (surface) sheet = picture(surface);
        plan();
      }),
    root,
  );
  onResize(board, plan);
  root.hidden = !applies();
  plan();
}
export default card("boundary", setup);
