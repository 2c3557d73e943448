// @ts-nocheck
/** The network as a row of blocks, each with a miniature of what flows in it now; a click chooses the layer. */
import { decode } from "../core/bytes.js";
import { h, visible } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { t } from "../core/words.js";
import { drawBars } from "../kit/bars.js";
import { card, head } from "../kit/card.js";
import { drawGrey, drawViridis } from "../kit/pixels.js";
import { ask } from "../run/ask.js";
import { chooseLayer, layerEntry, layerLabel, layerShapes } from "../run/layers.js";
import { watch } from "../run/live.js";
import { nameOf, wire } from "../run/samples.js";

const HZ = 4,
  BOX = 30;

/* The layer that feature maps are shown of; the last one with maps unless one was chosen. */

const family = (path) => (path === "output" ? "dense" : (layerEntry(path)?.family ?? "shape"));

function setup(root) {
  const help = h("small"),
    strip = h("div", { class: "diagram", role: "group", "data-t-label": "flow.title" });
  const trouble = h("p", { class: "flow-trouble dim" });
  root.append(h("section", { class: "card" }, head("flow.title", help), strip, trouble));
  let blocks = new Map(),
    shape = "";

  function rebuild(list) {
    blocks = new Map();
    strip.replaceChildren();
    list.forEach(({ path }, i) => {
      const name = h("span", { class: "flow-name" }),
        minis = h("span", { class: "flow-minis" }),
        size = h("span", { class: "flow-shape num dim" });
      const button = h(
        "button",
        {
          type: "button",
          class: "flow-block",
          style: `--c:var(--${family(path)})`,
          onclick: () => chooseLayer(path),
        },
        name,
        minis,
        size,
      );
      button.dataset.path = path;
      blocks.set(path, { button, name, minis, size });
      if (i) strip.append(h("span", { class: "flow-link", "aria-hidden": "true" }));
      strip.append(button);
    });
    label();
  }
  function label() {
    help.textContent = state.sample ? t("flow.help", { sample: nameOf(state.sample) }) : "";
    const shapes = layerShapes();
    for (const [path, { button, name, size }] of blocks) {
      const shape = shapes.get(path);
      name.textContent = layerLabel(path);
      size.textContent = shape ? format.shape(shape) : "";
      button.setAttribute("aria-pressed", String(path === state.layer));
      button.title = t("flow.block", { label: layerLabel(path), shape: size.textContent });
    }
  }
  /* Maps as small pictures, a vector as a strip of bars. */
  function paint({ minis }, block) {
    const data = block.maps ?? block.vector,
      bytes = decode(data),
      isInput = block.path === "input";
    const [n, rows, columns] = block.maps ? data.shape : [1, 1, bytes.length];
    while (minis.children.length > n) minis.lastChild.remove();
    while (minis.children.length < n) minis.append(h("canvas", { "aria-hidden": "true" }));
    for (let k = 0; k < n; k += 1) {
      const canvas = minis.children[k];
      if (block.maps) {
        canvas.className = "flow-map";
        (isInput ? drawGrey : drawViridis)(
          canvas,
          bytes.subarray(k * rows * columns, (k + 1) * rows * columns),
          rows,
          columns,
        );
      } else {
        canvas.className = "flow-vector";
        drawBars(canvas, bytes, data, { width: 66, height: BOX });
      }
    }
  }
  async function refresh() {
    if (!state.sample) return;
    const { sample } = state;
    let answer;
    try {
      answer = await ask("flow", { sample: wire(sample) });
    } catch (error) {
      trouble.textContent = t("inside.unanswered", { message: error.message });
      trouble.hidden = false;
      return;
    }
    if (state.sample !== sample) return;
    trouble.hidden = true;
    const now = answer.blocks.map((block) => block.path).join(" ");
    if (now !== shape) {
      shape = now;
      rebuild(answer.blocks);
    }
    for (const block of answer.blocks) if (blocks.has(block.path)) paint(blocks.get(block.path), block);
    if (!blocks.has(state.layer)) chooseLayer(standing(answer.blocks));
    label();
  }
  /* Where one looks first: after the first activation that still is a picture, else after the first layer. */
  function standing(list) {
    const isAct = (block) => family(block.path) === "act";
    return (
      list.find((b) => b.maps && isAct(b)) ??
      list.find((b) => b.maps && b.path !== "input") ??
      list.find(isAct) ??
      list[1] ??
      list[0]
    ).path;
  }
  const wish = watch(strip, refresh, HZ);
  on("layer", label, root);
  on("lang", label, root);
  on(
    "check",
    () => {
      if (visible(strip)) label();
      if (!document.body.classList.contains("pg-blank")) return;
      help.textContent = "";
      trouble.textContent = t("inside.unanswered", { message: t("error.faults") });
      trouble.hidden = false;
    },
    root,
  );
  on("dark", () => requestAnimationFrame(wish), root);
}

export default card("flow", setup);
