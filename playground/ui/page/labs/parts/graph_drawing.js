/** The drawing of a graph: nodes and edges that change in place. */
import { arranged, curve, roomOf } from "./graph_layout.js";
import { flowsAt, hasGrad, hasValue } from "./graph_steps.js";
import { mark, write } from "./shell.js";
import { svg } from "./svg.js";

const MARGIN = 8;
const LINE_HEIGHT = 18;
const FIRST_LINE = 21;
const EDGE_SPREAD = 9;

export class Drawing {
  constructor() {
    this.edges = svg("g");
    this.nodes = svg("g");
    this.element = svg("svg", { class: "part-graph", role: "img" }, this.edges, this.nodes);
    this.form = "";
  }

  /**
   * @param {any} part
   * @param {number} step
   */
  draw(part, step) {
    const form = JSON.stringify([part.nodes, part.edges]);
    if (form !== this.form) this.build(part);
    this.form = form;
    this.show(part, step);
  }

  /** @param {any} part */
  build({ nodes, edges }) {
    const { boxes, ways, width, height } = arranged(nodes, edges);
    const [w, h] = [width + 2 * MARGIN, height + 2 * MARGIN];
    mark(this.element, "viewBox", `${-MARGIN} ${-MARGIN} ${w} ${h}`);
    this.element.style.setProperty("--natural", `${w}px`);
    this.element.style.setProperty("--ratio", String(w / h));
    const arrivals = arrivalsOf(edges, ways);
    this.edges.replaceChildren(
      ...edges.map((/** @type {any} */ edge, /** @type {number} */ k) =>
        edgeElement(edge, ways[k], arrivals[k]),
      ),
    );
    this.nodes.replaceChildren(
      ...nodes.map((/** @type {any} */ node) => nodeElement(node, boxes.get(node.id))),
    );
  }

  /**
   * @param {any} part
   * @param {number} step
   */
  show({ nodes, edges, steps, stopped = [] }, step) {
    const broken = new Set(stopped.map(String));
    const byId = new Map(nodes.map((/** @type {any} */ node) => [node.id, node]));
    for (const [k, node] of nodes.entries()) showNode(this.nodes.children[k], node, step);
    for (const [k, [from, to]] of edges.entries()) {
      const at = flowsAt(byId.get(from), byId.get(to), steps);
      const group = this.edges.children[k];
      mark(group, "data-flow", at && at <= step ? (at === step ? "now" : "yes") : null);
      mark(group, "data-known", hasValue(byId.get(to), step) ? "yes" : null);
      mark(group, "data-stopped", broken.has(`${from},${to}`) ? "yes" : null);
    }
  }
}

/**
 * How far from the middle each edge arrives at its target: in the order in which they come from above.
 * @param {[string, string, string][]} edges
 * @param {import("./graph_layout.js").Box[][]} ways
 */
function arrivalsOf(edges, ways) {
  return edges.map(([, to], k) => {
    const together = [];
    for (const [place, [, target]] of edges.entries())
      if (target === to) together.push({ place, y: ways[place].at(-2)?.y ?? 0 });
    together.sort((a, b) => a.y - b.y || a.place - b.place);
    const rank = together.findIndex(({ place }) => place === k);
    return (rank - (together.length - 1) / 2) * 2 * EDGE_SPREAD;
  });
}

/**
 * @param {[string, string, string]} edge
 * @param {import("./graph_layout.js").Box[]} way
 * @param {number} arrival
 */
function edgeElement([, , text], way, arrival) {
  const { path, x, y } = curve(way, arrival);
  const label = svg("text", { class: "flow", x, y: y - 6, "text-anchor": "middle" }, text);
  return svg("g", { class: "edge" }, svg("path", { d: path }), label);
}

/**
 * @param {any} node
 * @param {any} box
 */
function nodeElement(node, { x, y, width, height }) {
  const lines = ["label", "value", "grad"].map((kind, k) =>
    svg("text", { class: kind, x: width / 2, y: FIRST_LINE + k * LINE_HEIGHT, "text-anchor": "middle" }),
  );
  return svg(
    "g",
    { class: "node", transform: `translate(${x} ${y})`, "data-role": node.role, "data-room": roomOf(width) },
    svg("rect", { width, height, rx: 10 }),
    svg("title"),
    ...lines,
  );
}

/**
 * @param {any} group
 * @param {any} node
 * @param {number} step
 */
function showNode(group, node, step) {
  const [, title, label, value, grad] = group.children;
  const room = Number(group.dataset.room);
  const valueText = hasValue(node, step) && node.value !== node.label ? node.value : "";
  const gradText = hasGrad(node, step) ? `∂ ${node.grad}` : "";
  write(title, [node.label, valueText, gradText].filter(Boolean).join("\n"));
  write(label, shortened(node.label, room));
  write(value, shortened(valueText, room));
  write(grad, shortened(gradText, room));
  const isNow = step > 0 && (node.forward === step || (node.grad && node.backward === step));
  mark(group, "data-now", isNow ? "yes" : null);
  mark(group, "data-known", hasValue(node, step) ? "yes" : null);
}

/**
 * @param {string} text
 * @param {number} room in characters
 */
const shortened = (text, room) => (text.length > room ? `${text.slice(0, Math.max(1, room - 1))}…` : text);
