/** Which nodes of a graph stand in which layer, and in which order. Pure. */

/** @typedef {{id: string}} Node */
/** @typedef {[string, string, string]} Edge from, to, what flows back */

const SWEEPS = 6;

/**
 * The layer of every node: one more than that of its last operand. A leaf stands right before its first user.
 * @param {Node[]} nodes
 * @param {Edge[]} edges
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
 * @param {Edge[]} edges
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
 * The places that each edge passes on its way: it goes around the nodes of the layers between.
 * @param {Edge[]} edges
 * @param {Map<string, number>} layers gets the layer of each such place, too
 * @returns {string[][]} by edge, its ends among them
 */
export function routesOf(edges, layers) {
  return edges.map(([from, to], k) => {
    const route = [from];
    const [first, last] = [layers.get(from) ?? 0, layers.get(to) ?? 0];
    for (let layer = first + 1; layer < last; layer += 1) {
      const place = `edge ${k} in layer ${layer}`;
      layers.set(place, layer);
      route.push(place);
    }
    return [...route, to];
  });
}

/**
 * The nodes and places by layer, ordered so that few edges cross: each goes to the mean of its neighbours.
 * @param {Map<string, number>} layers
 * @param {string[][]} routes
 * @returns {string[][]}
 */
export function orderedLayers(layers, routes) {
  /** @type {string[][]} */
  const columns = [];
  for (const [id, layer] of layers) {
    while (columns.length <= layer) columns.push([]);
    columns[layer].push(id);
  }
  const links = linksOf(routes);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const places = placesIn(columns);
    const isBack = sweep % 2 === 1;
    for (const column of columns)
      column.sort((a, b) => meanOf(a, links, places, isBack) - meanOf(b, links, places, isBack));
  }
  return columns;
}

/** @param {string[][]} columns how far each stands from the middle of its column */
const placesIn = (columns) =>
  new Map(columns.flatMap((column) => column.map((id, place) => [id, place - (column.length - 1) / 2])));

/** @param {string[][]} routes @returns {[string, string][]} from one place to the next */
const linksOf = (routes) =>
  routes.flatMap((route) => route.slice(1).map((id, k) => /** @type {[string, string]} */ ([route[k], id])));

/**
 * @param {string} id
 * @param {[string, string][]} links
 * @param {Map<string, any>} places
 * @param {boolean} isBack by those that use it, not by its operands
 */
function meanOf(id, links, places, isBack) {
  const near = [];
  for (const [from, to] of links) {
    if (isBack && from === id) near.push(places.get(to) ?? 0);
    if (!isBack && to === id) near.push(places.get(from) ?? 0);
  }
  if (!near.length) return places.get(id) ?? 0;
  return near.reduce((sum, place) => sum + place, 0) / near.length;
}
