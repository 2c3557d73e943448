// @ts-nocheck
/** Where the attention lies for the sample, now: the steps in boxes as dark as they count, or for an encoder a square a
 * head, in which a row looks at its columns. The card hides where no layer attends. */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { fitCanvas } from "../kit/canvas.js";
import { card, head } from "../kit/card.js";
import { scales, token } from "../kit/colors.js";
import { ask } from "../run/ask.js";
import { layerLabel } from "../run/layers.js";
import { watch } from "../run/live.js";
import { wire } from "../run/samples.js";
import { currentSituation } from "../run/shown.js";

const HZ = 4,
  ATTEND = ["attention_pool", "transformer_encoder"],
  HEAD = 190;

const shown = (step) => (step === " " ? "␣" : step === "\n" ? "⏎" : step);

function setup(root) {
  const help = h("small"),
    board = h("div", { class: "attention" }),
    line = h("p", { class: "maps-line num dim" });
  root.append(h("section", { class: "card" }, head("attention.title", help), board, line));
  let answer = null,
    pointed = null; // the cell under the pointer: its words stay true while the network learns

  /* The run's own layers decide where there is a run; else those on the screen. */
  const applies = () => {
    const layers = JSON.stringify(currentSituation().subject.layers);
    return ATTEND.some((id) => layers.includes(`"${id}"`));
  };
  async function refresh() {
    const { sample } = state;
    if (!sample || !applies()) return;
    const found = await ask("attention", { sample: wire(sample) });
    if (state.sample !== sample) return;
    answer = found;
    draw();
  }
  function draw() {
    if (!answer) return board.replaceChildren();
    help.textContent = t("attention.help");
    board.replaceChildren(
      ...answer.layers.flatMap(({ path, weights }) => [
        h("p", { class: "attention-layer" }, layerLabel(path)),
        Array.isArray(weights[0]) ? heads(path, weights) : row(weights),
      ]),
    );
    tell();
  }
  function tell() {
    const { path, head, i, j } = pointed ?? {},
      { steps, layers } = answer;
    const value = layers.find((layer) => layer.path === path)?.weights[head]?.[i]?.[j];
    line.textContent =
      value === undefined
        ? ""
        : t("attention.value", {
            from: shown(steps[i]),
            to: shown(steps[j]),
            value: format.percent(value),
            i: i + 1,
            j: j + 1,
          });
  }
  function row(weights) {
    const most = Math.max(...weights, 1e-6);
    return h(
      "div",
      { class: "attention-row" },
      weights.map((weight, i) =>
        h(
          "span",
          {
            class: `attention-step${weight / most > 0.55 ? " strong" : ""}`,
            title: `${shown(answer.steps[i])}: ${format.percent(weight)}`,
            style: `background: color-mix(in srgb, var(--train) ${Math.round((100 * weight) / most)}%, transparent)`,
          },
          shown(answer.steps[i]),
          h("small", { class: "num" }, `${Math.round(100 * weight)} %`),
        ),
      ),
    );
  }
  function heads(path, layers) {
    return h(
      "div",
      { class: "attention-heads" },
      layers.map((weights, head) => {
        const n = weights.length,
          canvas = h("canvas", { role: "img", "aria-label": t("attention.head", { head: head + 1 }) });
        const figure = h("figure", {}, canvas, h("figcaption", {}, t("attention.head", { head: head + 1 })));
        const most = Math.max(...weights.flat(), 1e-6),
          edge = 16,
          cell = Math.max(3, Math.min(16, (HEAD - edge) / n)),
          size = edge + n * cell;
        const context = fitCanvas(canvas, size, size);
        Object.assign(canvas.style, { width: `${size}px`, height: `${size}px`, cursor: "crosshair" });
        const { viridis } = scales;
        weights.forEach((each, i) =>
          each.forEach((weight, j) => {
            const at = 4 * Math.round((255 * weight) / most);
            context.fillStyle = `rgb(${viridis[at]} ${viridis[at + 1]} ${viridis[at + 2]})`;
            context.fillRect(edge + j * cell, edge + i * cell, cell + 0.3, cell + 0.3);
          }),
        );
        context.fillStyle = token("ink");
        context.font = `${Math.min(12, cell + 1)}px ${getComputedStyle(root).fontFamily}`;
        context.textAlign = "center";
        if (cell >= 7) {
          answer.steps.forEach((step, i) => {
            context.fillText(shown(step).slice(0, 2), edge + (i + 0.5) * cell, edge - 4);
            context.fillText(shown(step).slice(0, 2), edge / 2, edge + (i + 0.8) * cell);
          });
        }
        canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
          pointed = {
            path,
            head,
            i: Math.floor((offsetY - edge) / cell),
            j: Math.floor((offsetX - edge) / cell),
          };
          tell();
        });
        return figure;
      }),
    );
  }
  const fits = () => {
    root.hidden = !applies();
  };
  const wish = watch(board, refresh, HZ);
  on(
    "sample",
    () => {
      if (!state.sample) {
        answer = null;
        draw();
      }
      wish();
    },
    root,
  );
  on("run", fits, root);
  on(
    "check",
    () => {
      const was = root.hidden;
      fits();
      if (was && !root.hidden) wish();
    },
    root,
  );
  on("lang", draw, root);
  on("dark", () => requestAnimationFrame(draw), root);
  on(
    "reset",
    () => {
      answer = null;
      draw();
      fits();
    },
    root,
  );
  fits();
}
export default card("attention", setup);
