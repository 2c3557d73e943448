/** The network as a row of blocks, each with a miniature of what flows in it; a click chooses the layer. */
import { h, visible } from "../core/dom.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { t } from "../core/words.js";
import { card, head } from "../kit/card.js";
import { firstAnswer } from "../kit/coming.js";
import { alongRow } from "../kit/toolbar.js";
import { ask } from "../run/ask.js";
import { chooseLayer, layerShapes } from "../run/layers.js";
import { watch } from "../run/live.js";
import { tokensOf } from "../run/reading.js";
import { nameOf, wire } from "../run/samples.js";
import { shownKind } from "../run/shown.js";
import { Block, familyOf } from "./flow/blocks.js";

const HZ = 4;

/** @typedef {import("./flow/blocks.js").Miniature} Miniature */

/**
 * Where one looks first: after the first activation that still is a picture, else after the first layer.
 * @param {Miniature[]} list
 */
function layerToShow(list) {
  const isActivation = (/** @type {Miniature} */ { path }) => familyOf(path) === "act";
  const best =
    list.find((block) => block.maps && isActivation(block)) ??
    list.find(({ path, maps }) => maps && path !== "input") ??
    list.find(isActivation) ??
    list[1] ??
    list[0];
  return best.path;
}

/**
 * The arrows walk along the blocks and choose them.
 * @param {KeyboardEvent} event
 */
function walk(event) {
  const strip = /** @type {HTMLElement} */ (event.currentTarget);
  const buttons = [...strip.querySelectorAll(".flow-block")];
  const next = alongRow(event.key, buttons, document.activeElement);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

/** The diagram: blocks by path, rebuilt where the network is another. */
class Diagram {
  /** @param {HTMLElement} root the card */
  constructor(root) {
    this.help = h("small");
    this.strip = h("div", {
      class: "diagram",
      role: "toolbar",
      "data-t-label": "flow.title",
      onkeydown: walk,
    });
    this.trouble = h("p", { class: "flow-trouble dim", hidden: true });
    /** @type {Map<string, Block>} */
    this.blocks = new Map();
    root.append(h("section", { class: "card" }, head("flow.title", this.help), this.strip, this.trouble));
  }

  /** @param {string[]} paths */
  rebuild(paths) {
    this.blocks = new Map(paths.map((path) => [path, new Block(path, () => chooseLayer(path))]));
    this.strip.replaceChildren();
    for (const { button } of this.blocks.values()) {
      const isFirst = this.strip.children.length === 0;
      if (!isFirst) this.strip.append(h("span", { class: "flow-link", "aria-hidden": "true" }));
      this.strip.append(button);
    }
  }

  label() {
    this.help.textContent = state.sample ? t("flow.help", { sample: nameOf(state.sample) }) : "";
    const shapes = layerShapes();
    for (const [path, block] of this.blocks) block.label(shapes.get(path), path === state.layer);
  }

  /** On a narrow screen the strip scrolls to the chosen block; the page itself does not move. */
  scrollToChosen() {
    const button = this.blocks.get(state.layer ?? "")?.button;
    if (!button) return;
    const middle = button.offsetLeft + button.offsetWidth / 2 - this.strip.offsetLeft;
    this.strip.scrollLeft = middle - this.strip.clientWidth / 2;
  }

  /** @param {Miniature[]} list */
  async show(list) {
    this.trouble.hidden = true;
    const paths = list.map(({ path }) => path);
    if (paths.join(" ") !== [...this.blocks.keys()].join(" ")) this.rebuild(paths);
    this.label();
    if (!this.blocks.has(state.layer ?? "")) chooseLayer(layerToShow(list));
    const [input, ...layers] = list;
    for (const layer of layers) this.blocks.get(layer.path)?.paint(layer);
    await this.showInput(input);
  }

  /** @param {Miniature} miniature */
  async showInput(miniature) {
    const { sample } = state;
    const block = this.blocks.get("input");
    if (shownKind() !== "text" || !sample) {
      block?.paint(miniature);
      return;
    }
    const { tokens } = await tokensOf(sample);
    if (state.sample === sample) block?.paintTokens(tokens);
  }

  /** @param {string} message why there is no answer */
  say(message) {
    this.trouble.textContent = t("inside.unanswered", { message });
    this.trouble.hidden = false;
  }
}

/** @param {HTMLElement} root */
function setup(root) {
  const diagram = new Diagram(root);
  const telling = firstAnswer(diagram.strip);

  async function refresh() {
    const { sample } = state;
    if (!sample) return;
    try {
      const answer = await telling(ask("flow", { sample: wire(sample) }));
      if (state.sample === sample) await diagram.show(answer.blocks);
    } catch (error) {
      diagram.say(/** @type {Error} */ (error).message);
    }
  }
  function onCheck() {
    if (visible(diagram.strip)) diagram.label();
    if (!document.body.classList.contains("pg-blank")) return;
    diagram.help.textContent = "";
    diagram.say(t("error.faults"));
  }

  const wish = watch(diagram.strip, refresh, HZ);
  onAny(["layer", "lang"], () => diagram.label(), root);
  on("layer", () => diagram.scrollToChosen(), root);
  on("check", onCheck, root);
  on("dark", () => requestAnimationFrame(wish), root);
}

export default card("flow", setup);
