/**
 * Redrawing what Look inside shows, on a canvas as the page does it and with Plotly: milliseconds of the
 * browser's main thread an update, several one after another.
 */
const BINS = 40;
const WIDTH = 440;
const HEIGHT = 46;
const TIMES = 15;

const counts = () => Array.from({ length: BINS }, () => Math.round(1000 * Math.random() ** 3));
const edges = Array.from({ length: BINS + 1 }, (_, i) => -0.2 + (0.4 * i) / BINS);
const middles = edges.slice(1);

/** Calls `update` after a frame each, and takes the time up to the end of its layout. */
async function timed(update) {
  const times = [];
  for (let i = 0; i < TIMES; i += 1) {
    await new Promise((done) => requestAnimationFrame(done));
    const began = performance.now();
    await update();
    document.body.getBoundingClientRect();
    times.push(performance.now() - began);
  }
  return times.slice(3); // the first ones compile
}

function stage() {
  document.getElementById("stage")?.remove();
  const element = document.createElement("div");
  element.id = "stage";
  element.style.cssText = `position: fixed; inset: 0; width: ${2 * WIDTH + 20}px; z-index: 99; overflow: auto;`;
  document.body.append(element);
  return element;
}

function add(parent, tag, width, height) {
  const element = document.createElement(tag);
  element.style.cssText = `display: inline-block; width: ${width}px; height: ${height}px`;
  parent.append(element);
  return element;
}

const axes = { visible: false, fixedrange: true };
const bars = () => ({ type: "bar", x: middles, y: counts(), hoverinfo: "y" });
const layout = (width, height) => ({ width, height, bargap: 0, margin: { l: 0, r: 0, t: 0, b: 0 }, xaxis: axes, yaxis: axes });

/** One Plotly figure with a pair of axes a histogram. */
function grid(n) {
  const all = { ...layout(2 * WIDTH + 20, (n / 2) * HEIGHT), grid: { rows: n / 2, columns: 2, pattern: "independent" } };
  const traces = [];
  for (let i = 0; i < n; i += 1) {
    const end = i ? String(i + 1) : "";
    Object.assign(all, { [`xaxis${end}`]: axes, [`yaxis${end}`]: axes });
    traces.push({ ...bars(), xaxis: `x${end}`, yaxis: `y${end}` });
  }
  return { traces, all };
}

async function histograms(base, layers) {
  const { drawHistogram } = await import(`${base}cards/histograms/cell.js`);
  const { fitCanvas } = await import(`${base}kit/canvas.js`);
  const n = 2 * layers;
  const canvases = Array.from({ length: n }, ((parent) => () => add(parent, "canvas", WIDTH, HEIGHT))(stage()));
  const onCanvas = await timed(() => {
    for (const canvas of canvases) {
      const data = { counts: counts(), edges };
      drawHistogram(fitCanvas(canvas, WIDTH, HEIGHT), data, WIDTH, "#2f5bd0");
    }
  });
  const { traces, all } = grid(n);
  const figure = add(stage(), "div", all.width, all.height);
  await Plotly.newPlot(figure, traces, all, { displayModeBar: false });
  const restyled = await timed(() => Plotly.restyle(figure, { y: traces.map(counts) }));
  Plotly.purge(figure);
  const parent = stage();
  const figures = Array.from({ length: n }, () => add(parent, "div", WIDTH, HEIGHT));
  for (const one of figures) await Plotly.newPlot(one, [bars()], layout(WIDTH, HEIGHT), { displayModeBar: false });
  const each = await timed(() => Promise.all(figures.map((one) => Plotly.react(one, [bars()], layout(WIDTH, HEIGHT)))));
  for (const one of figures) Plotly.purge(one);
  stage().remove();
  return { canvas: onCanvas, "Plotly, one figure": restyled, "Plotly, a figure each": each };
}

/** The tiles in one matrix, a row and a column of gaps between them. */
function matrix(n, columns, side) {
  const rows = Math.ceil(n / columns);
  const z = Array.from({ length: rows * (side + 1) }, () => new Array(columns * (side + 1)).fill(null));
  for (let k = 0; k < n; k += 1) {
    const [top, left] = [Math.floor(k / columns) * (side + 1), (k % columns) * (side + 1)];
    for (let i = 0; i < side * side; i += 1) z[top + Math.floor(i / side)][left + (i % side)] = Math.random() - 0.5;
  }
  return z;
}

async function kernels(base, n) {
  const { mosaic } = await import(`${base}kit/mosaic.js`);
  const side = 5;
  const columns = n > 32 ? 16 : 8;
  const canvas = add(stage(), "canvas", 2 * WIDTH, 200);
  const table = new Uint8ClampedArray(1024).fill(128);
  const onCanvas = await timed(() => {
    const bytes = Uint8Array.from({ length: n * side * side }, () => 255 * Math.random());
    mosaic(canvas, { bytes, n, h: side, w: side, table, columns, width: 2 * WIDTH, gap: 8, most: 40, frame: "#888" });
  });
  const figure = add(stage(), "div", 2 * WIDTH, 200);
  const trace = { type: "heatmap", z: matrix(n, columns, side), zmin: -1, zmax: 1, showscale: false };
  await Plotly.newPlot(figure, [trace], layout(2 * WIDTH, 200), { displayModeBar: false });
  const restyled = await timed(() => Plotly.restyle(figure, { z: [matrix(n, columns, side)] }));
  Plotly.purge(figure);
  stage().remove();
  return { canvas: onCanvas, "Plotly, one heatmap": restyled };
}

window.measured = { histograms, kernels };
