// @ts-nocheck
/** The embedding: every validation sample at the place that the network gives it, moving while it trains. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { fitCanvas, onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { classColor, token, traceMark } from "../kit/colors.js";
import { ask } from "../run/ask.js";
import { live } from "../run/live.js";
import { wire } from "../run/samples.js";
import { shownClasses, shownData } from "../run/shown.js";

const HEIGHT = 300,
  MARGIN = 14,
  HZ = 2;

function setup(root) {
  const canvas = h("canvas", { class: "places-canvas", role: "img", "data-t-label": "places.title" });
  const legend = h("div", { class: "legend" }),
    line = h("p", { class: "dim num" });
  root.append(h("section", { class: "card" }, head("places.title", "places.help"), canvas, legend, line));
  let found = null;

  const applies = () => (shownData()?.task ?? "") === "embedding";
  async function refresh() {
    if (!applies() || !state.run) {
      found = null;
      return show();
    }
    const sample = state.sample ? { sample: wire(state.sample) } : {};
    const answer = await ask("embeddings", sample);
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
    found = {
      ...answer,
      places: new Float32Array(bytes(answer.places)),
      labels: new Uint16Array(bytes(answer.labels)),
    };
    show();
  }
  function show() {
    root.hidden = !applies();
    if (root.hidden) return;
    const width = canvas.parentElement.clientWidth - 28;
    if (width > 60) paint(width);
    const n = found?.labels.length ?? 0;
    line.textContent = !found
      ? t("places.idle")
      : [
          t("places.n", { n: format.count(n), of: format.count(found.of) }),
          found.dimensions > 2 &&
            t("places.projected", { n: found.dimensions, share: format.percent(found.shown) }),
          t("answer.step", { step: format.count(found.step) }),
        ]
          .filter(Boolean)
          .join(" · ");
    legend.replaceChildren(
      ...shownClasses().map((name, i) =>
        h("span", {}, h("i", { style: `background:${classColor(i)}` }), name),
      ),
    );
  }
  function paint(width) {
    canvas.style.width = `${width}px`;
    canvas.style.height = `${HEIGHT}px`;
    const context = fitCanvas(canvas, width, HEIGHT);
    if (!found) return;
    const { places, labels, asked } = found,
      n = labels.length,
      xs = [],
      ys = [];
    for (let i = 0; i < n; i += 1) {
      xs.push(places[2 * i]);
      ys.push(places[2 * i + 1]);
    }
    const span = (values) => [Math.min(...values), Math.max(...values)],
      [x0, x1] = span(xs),
      [y0, y1] = span(ys);
    const scale = Math.min((width - 2 * MARGIN) / (x1 - x0 || 1), (HEIGHT - 2 * MARGIN) / (y1 - y0 || 1));
    const X = (x) => width / 2 + (x - (x0 + x1) / 2) * scale,
      Y = (y) => HEIGHT / 2 - (y - (y0 + y1) / 2) * scale;
    context.globalAlpha = 0.8;
    for (let i = 0; i < n; i += 1) {
      context.fillStyle = classColor(labels[i]);
      traceMark(context, labels[i], X(xs[i]), Y(ys[i]), 2.6);
      context.fill();
    }
    context.globalAlpha = 1;
    if (!asked || asked.some((value) => value === null)) return;
    context.strokeStyle = token("ink");
    context.lineWidth = 2;
    context.beginPath();
    context.arc(X(asked[0]), Y(asked[1]), 7, 0, 2 * Math.PI);
    context.stroke();
  }
  const wish = live(canvas.parentElement, refresh, HZ);
  for (const topic of ["check", "run", "reset"])
    on(
      topic,
      () => {
        const was = root.hidden;
        root.hidden = !applies();
        if (was && !root.hidden) wish();
      },
      root,
    );
  on(
    "reset",
    () => {
      found = null;
      show();
    },
    root,
  );
  for (const topic of ["lang", "dark"]) on(topic, () => requestAnimationFrame(show), root);
  onResize(canvas.parentElement, show);
  show();
}
export default card("places", setup);
