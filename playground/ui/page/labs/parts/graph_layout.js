/** Where the nodes of a graph stand: operands on the left, what uses them on the right. Pure. */

/** @typedef {{id: string, label: string, value: string, grad: string}} Node */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

const CHARACTER = 7.2;
const PADDING = 24;
const NARROWEST = 84;
const WIDEST = 190;
export const NODE_HEIGHT = 64;
const ROW_GAP = 28;
const LAYER_GAP = 84;
const EDGE_ROOM = 20;
const SWEEPS = 6;

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
 * The layer of every node: one more than that of its last operand. A leaf stands right before its first user.
 * @param {Node[]} nodes
 * @param {[string, string, string][]} edges
 * @returns {Map<string, number>}
 */
export function layersOf(nodes, edges) {
  /** @type {Map<string, number>} */
  const layers = new Map(nodes.map(({ id }) => [id, 0]));
  // a longest path has fewer edges than there are nodes, which ends this even where edges run in a circle
  for (let pass = 1; pass < nodes.length; pass += 1) {
    let isSettled = true;
    for (const [from, to] of edges) {
      const wanted = (layers.get(from) ?? 0) + 1;
      if ((layers.get(to) ?? 0) >= wanted) continue;
      layers.set(to, wanted);
      isSettled = false;
    }
    if (isSettled) break;
  }
  pullRight(nodes, edges, layers);
  return layers;
}

/**
 * A node without operands moves beside the first that uses it, so that its edge is short.
 * @param {Node[]} nodes
 * @param {[string, string, string][]} edges
 * @param {Map<string, number>} layers
 */
function pullRight(nodes, edges, layers) {
  for (const { id } of nodes) {
    if (edges.some(([, to]) => to === id)) continue;
    const users = edges.filter(([from]) => from === id).map(([, to]) => layers.get(to) ?? 0);
    if (users.length) layers.set(id, Math.max(0, Math.min(...users) - 1));
  }
}

/**
 * The nodes by layer, ordered so that few edges cross: each goes to the mean of its neighbours' places.
 * @param {Node[]} nodes
 * @param {[string, string, string][]} edges
 * @param {Map<string, number>} layers
 * @returns {string[][]}
 */
export function orderedLayers(nodes, edges, layers) {
  /** @type {string[][]} */
  const columns = [];
  for (const { id } of nodes) {
    const layer = layers.get(id) ?? 0;
    while (columns.length <= layer) columns.push([]);
    columns[layer].push(id);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const places = new Map(
      columns.flatMap((column) => column.map((id, place) => [id, place - column.length / 2])),
    );
    const isBack = sweep % 2 === 1;
    for (const column of columns)
      column.sort((a, b) => meanOf(a, edges, places, isBack) - meanOf(b, edges, places, isBack));
  }
  return columns;
}

/**
 * @param {string} id
 * @param {[string, string, string][]} edges
 * @param {Map<string, any>} places
 * @param {boolean} isBack by those that use it, not by its operands
 */
function meanOf(id, edges, places, isBack) {
  const near = [];
  for (const [from, to] of edges) {
    if (isBack && from === id) near.push(places.get(to) ?? 0);
    if (!isBack && to === id) near.push(places.get(from) ?? 0);
  }
  if (!near.length) return places.get(id) ?? 0;
  return near.reduce((sum, place) => sum + place, 0) / near.length;
}

/**
 * The boxes of all nodes, and how large the drawing is.
 * @param {Node[]} nodes
 * @param {[string, string, string][]} edges
 */
export function arranged(nodes, edges) {
  const columns = orderedLayers(nodes, edges, layersOf(nodes, edges));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const tallest = Math.max(0, ...columns.map((column) => column.length));
  const height = Math.max(1, tallest * (NODE_HEIGHT + ROW_GAP) - ROW_GAP);
  const gap = LAYER_GAP + EDGE_ROOM * Math.min(3, longestLabel(edges) / 6);
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  let x = 0;
  for (const column of columns) {
    const widths = column.map((id) => widthOf(/** @type {Node} */ (byId.get(id))));
    const width = Math.max(0, ...widths);
    const share = height / Math.max(1, column.length);
    for (const [k, id] of column.entries()) {
      const y = share * (k + 0.5) - NODE_HEIGHT / 2;
      boxes.set(id, { x: x + (width - widths[k]) / 2, y, width: widths[k], height: NODE_HEIGHT });
    }
    x += width + gap;
  }
  return { boxes, width: Math.max(1, x - gap), height };
}

/** @param {[string, string, string][]} edges */
const longestLabel = (edges) => Math.max(0, ...edges.map(([, , text]) => text.length));

/**
 * The curve from the right of one box to the left of another.
 * @param {Box} from
 * @param {Box} to
 * @param {number} shift of its end, where several edges arrive
 */
export function curve(from, to, shift = 0) {
  const x1 = from.x + from.width;
  const y1 = from.y + from.height / 2;
  const x2 = to.x;
  const y2 = to.y + to.height / 2 + shift;
  const bend = Math.max(20, (x2 - x1) / 2);
  return {
    path: `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
    x: (x1 + x2) / 2,
    y: (y1 + y2) / 2,
  };
}
