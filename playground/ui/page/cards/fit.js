// @ts-nocheck
/** Predicted against true: a point a validation sample, on the line where the prediction is right. Real numbers only. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { fitCanvas, onResize } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { token } from "../kit/colors.js";
import { ask } from "../run/ask.js";
import { live } from "../run/live.js";
import { shownData } from "../run/shown.js";

const HEIGHT = 260,
  LEFT = 78,
  RIGHT = 14,
  TOP = 12,
  BOTTOM = 40,
  HZ = 2;

function setup(root) {
  const canvas = h("canvas", { class: "fit-canvas", role: "img" }),
    line = h("p", { class: "dim num" });
  root.append(h("section", { class: "card" }, head("fit.title", "fit.help"), canvas, line));
  let found = null;

  const data = () => shownData();
  async function refresh() {
    if (!state.run || data()?.data_task !== "regression") {
      found = null;
      return show();
    }
    found = await ask("fit");
    show();
  }
  /* Round numbers, at most five. */
  function ticks(low, high) {
    const rough = (high - low) / 4,
      power = 10 ** Math.floor(Math.log10(rough)),
      step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
    const list = [];
    for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-6; at += step)
      list.push(Number(at.toPrecision(10)));
    return list;
  }
  function show() {
    root.hidden = data()?.data_task !== "regression";
    if (root.hidden) return;
    line.textContent = found
      ? t("fit.n", {
          n: format.count(found.true.length),
          of: format.count(found.of),
          step: format.count(found.step),
        })
      : t("fit.idle");
    const width = canvas.parentElement.clientWidth - 28;
    if (width > 60) paint(width);
  }
  function paint(width) {
    canvas.style.width = `${width}px`;
    canvas.style.height = `${HEIGHT}px`;
    const context = fitCanvas(canvas, width, HEIGHT),
      target = data()?.targets?.[0] ?? "";
    canvas.setAttribute("aria-label", t("fit.title"));
    const pairs = found
      ? found.true
          .map((value, i) => [value, found.predicted[i]])
          .filter((pair) => pair.every((each) => each !== null))
      : [];
    if (!pairs.length) return;
    const sorted = (at) => pairs.map((pair) => pair[at]).sort((a, b) => a - b),
      both = [sorted(0), sorted(1)];
    const ends = both.flatMap((each) => [each[0], each.at(-1)]),
      room = (Math.max(...ends) - Math.min(...ends)) * 0.04 || 1;
    const low = Math.min(...ends) - room,
      high = Math.max(...ends) + room;
    const X = (value) => LEFT + ((value - low) / (high - low)) * (width - LEFT - RIGHT),
      Y = (value) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - BOTTOM - TOP);
    context.font = "11.5px system-ui, sans-serif";
    context.strokeStyle = token("line");
    context.fillStyle = token("dim");
    context.lineWidth = 1;
    for (const at of ticks(low, high)) {
      context.beginPath();
      context.moveTo(X(at), TOP);
      context.lineTo(X(at), HEIGHT - BOTTOM);
      context.moveTo(LEFT, Y(at));
      context.lineTo(width - RIGHT, Y(at));
      context.stroke();
      context.textAlign = "center";
      context.fillText(format.value(at), X(at), HEIGHT - BOTTOM + 15);
      context.textAlign = "right";
      context.fillText(format.value(at), LEFT - 7, Y(at) + 4);
    }
    context.textAlign = "center";
    context.fillText(t("fit.true", { target }), LEFT + (width - LEFT - RIGHT) / 2, HEIGHT - 6);
    context.save();
    context.translate(11, TOP + (HEIGHT - BOTTOM - TOP) / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(t("fit.predicted"), 0, 0);
    context.restore();
    context.strokeStyle = token("dim");
    context.setLineDash([5, 4]);
    context.beginPath();
    context.moveTo(X(low), Y(low));
    context.lineTo(X(high), Y(high));
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = token("val");
    context.globalAlpha = pairs.length > 200 ? 0.5 : 0.7;
    for (const [x, y] of pairs) {
      context.beginPath();
      context.arc(X(x), Y(y), 3, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }
  const wish = live(canvas, refresh, HZ);
  on(
    "reset",
    () => {
      found = null;
      show();
      wish();
    },
    root,
  );
  for (const topic of ["check", "lang", "tab"]) on(topic, show, root);
  on("dark", () => requestAnimationFrame(show), root);
  onResize(canvas.parentElement, show);
  show();
}
export default card("fit", setup);
