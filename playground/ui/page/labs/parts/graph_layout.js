/** Where the nodes of a graph stand: operands on the left, what uses them on the right. Pure. */
import { layersOf, orderedLayers, routesOf } from "./graph_layers.js";

/** @typedef {{id: string, label: string, value: string, grad: string}} Node */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

const CHARACTER = 7.2;
const PADDING = 24;
const NARROWEST = 84;
const WIDEST = 190;
export const NODE_HEIGHT = 64;
const ROW_GAP = 28;
const LAYER_GAP = 60;
const EDGE_ROOM = 20;

/** @param {string} text */
const lengthOf = (text) => {
  let length = 0;
  // Chinese and mathematical signs are about twice as wide as Latin letters
  for (const sign of text) length += sign.charCodeAt(0) > 0x2e80 ? 1.8 : 1;
  return length;
};

/**
 * As wide as its longest line, within limits: longer texts are shortened.
 * @param {Node} node
 */
export function widthOf({ label, value, grad }) {
  const longest = Math.max(lengthOf(label), lengthOf(value), lengthOf(grad) + 2);
  return Math.max(NARROWEST, Math.min(WIDEST, longest * CHARACTER + PADDING));
}

/** How many characters a node of that width has room for. @param {number} width */
export const roomOf = (width) => Math.floor((width - PADDING / 2) / CHARACTER);

/**
 * The boxes of all nodes, the boxes that each edge touches, and how large the drawing is.
 * @param {Node[]} nodes
 * @param {[string, string, string][]} edges
 */
export function arranged(nodes, edges) {
  const layers = layersOf(nodes, edges);
  const routes = routesOf(edges, layers);
  const columns = orderedLayers(layers, routes);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const tallest = Math.max(0, ...columns.map((column) => column.length));
  const height = Math.max(1, tallest * (NODE_HEIGHT + ROW_GAP) - ROW_GAP);
  const gap = LAYER_GAP + EDGE_ROOM * Math.min(3, longestLabel(edges) / 6);
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  let x = 0;
  for (const column of columns) {
    const width = columnBoxes(column, byId, { x, height }, boxes);
    x += width + gap;
  }
  const ways = routes.map((route) => route.map((id) => /** @type {Box} */ (boxes.get(id))));
  return { boxes, ways, width: Math.max(1, x - gap), height };
}

/**
 * Puts a column into the boxes. A place that an edge passes is as wide as the column.
 * @param {string[]} column
 * @param {Map<string, Node>} byId
 * @param {{x: number, height: number}} at
 * @param {Map<string, Box>} boxes
 */
function columnBoxes(column, byId, { x, height }, boxes) {
  const widths = column.map((id) => {
    const node = byId.get(id);
    return node ? widthOf(node) : 0;
  });
  const width = Math.max(0, ...widths);
  const share = height / Math.max(1, column.length);
  for (const [k, id] of column.entries()) {
    const wide = widths[k] || width;
    const y = share * (k + 0.5) - NODE_HEIGHT / 2;
    boxes.set(id, { x: x + (width - wide) / 2, y, width: wide, height: NODE_HEIGHT });
  }
  return width;
}

/** @param {[string, string, string][]} edges */
const longestLabel = (edges) => Math.max(0, ...edges.map(([, , text]) => text.length));

/**
 * The curve from the right of the first box to the left of the last, straight through those between; its
 * words stand on its first bend.
 * @param {Box[]} way
 * @param {number} [shift] of its end, where several edges arrive
 */
export function curve(way, shift = 0) {
  let path = "";
  const label = { x: 0, y: 0 };
  for (const [k, to] of way.slice(1).entries()) {
    const from = way[k];
    const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
    const isLast = k === way.length - 2;
    const [x2, y2] = [to.x, to.y + to.height / 2 + (isLast ? shift : 0)];
    const bend = Math.max(20, (x2 - x1) / 2);
    path += `${k ? "L" : "M"}${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    if (k === 0) Object.assign(label, { x: (x1 + x2) / 2, y: (y1 + y2) / 2 });
  }
  return { path, ...label };
}
