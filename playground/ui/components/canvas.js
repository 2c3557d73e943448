/* Small tools of the live components: sharp canvases, colour tokens, mosaics that can be read by pointing at them. */
(() => {
  const pg = window.pg;

  /* Which of several a component is: "chart-loss" -> "loss", "boundary-rail" -> "rail". */
  const placeOf = (root) => (root.closest(".block.pg-place")?.id ?? "").split("-").at(-1);

  /* The value of a colour token in the current theme. */
  const tokens = new Map();
  pg.on("dark", () => tokens.clear());
  function token(name) {
    if (!tokens.has(name)) tokens.set(name, getComputedStyle(document.body).getPropertyValue(`--${name}`).trim() || "#888");
    return tokens.get(name);
  }

  /* Makes the canvas as sharp as the screen; draws in CSS pixels. */
  function fit(canvas, width, height) {
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const w = Math.max(1, Math.round(width * ratio)), h = Math.max(1, Math.round(height * ratio));
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    const context = canvas.getContext("2d");
    context.reset?.();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }

  /* Calls `fn` when the element gets another width, and when its tab is shown. */
  function onResize(element, fn) {
    let width = 0;
    new ResizeObserver(() => {
      const now = element.clientWidth;
      if (now && now !== width) { width = now; fn(); }
    }).observe(element);
  }

  /* A colour of viridis between the ends that are legible in the current theme; t from 0 (first) to 1 (last). */
  function rampColor(t) {
    const [low, high] = pg.state.boot.charts.ramp[pg.state.dark ? "dark" : "light"];
    const at = 4 * Math.round(255 * (low + (high - low) * t));
    return `rgb(${pg.scales.viridis.slice(at, at + 3).join(", ")})`;
  }

  /* The catalogue's entry of a layer of the run (of the screen where there is none): "layers[2].body[0]" -> Conv2d. */
  function layerEntry(path) {
    const experiment = pg.state.run?.experiment ?? pg.state.experiment;
    const layer = path.split(/[.[\]]+/).filter(Boolean).reduce((at, key) => at?.[key], experiment);
    return pg.state.boot.catalogue.layer.find((entry) => entry.id === layer?.layer) ?? null;
  }
  /* "layers[2].body[0]" -> "3.1 Conv2d". */
  function layerLabel(path) {
    if (path === "input") return pg.t("flow.input");
    if (path === "output") return pg.t("flow.output");
    const numbers = [...path.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]) + 1);
    return `${numbers.join(".")} ${pg.l(layerEntry(path)?.label)}`.trim();
  }
  /* Output shapes by path, while what stands on the screen is what runs. */
  function layerShapes() {
    const { check, run } = pg.state;
    if (!check || (run?.experiment && pg.isEdited())) return new Map();
    return new Map([["input", check.input?.shape], ["output", check.output?.shape], ...check.rows.map((row) => [row.path, row.shape])]);
  }

  /* Draws n tiles of h × w bytes side by side, each scaled up by whole pixels, and remembers where they are.
     at(x, y) -> {tile, row, column, index} for a place in CSS pixels of the canvas, or null. */
  function mosaic(canvas, { bytes, n, h, w, table, columns, width, gap = 6, most = 160, frame = null }) {
    const cell = Math.min(most, (width - gap * (columns - 1)) / columns);
    const scale = cell / Math.max(h, w), tileW = w * scale, tileH = h * scale;
    const rows = Math.ceil(n / columns), height = rows * tileH + (rows - 1) * gap;
    canvas.style.height = `${height}px`;
    canvas.style.width = `${width}px`;
    const context = fit(canvas, width, height);
    context.imageSmoothingEnabled = false;
    const sheet = new OffscreenCanvas(w, h * n), sheetContext = sheet.getContext("2d");
    const image = sheetContext.createImageData(w, h * n), words = new Uint32Array(image.data.buffer);
    const colours = new Uint32Array(table.buffer, table.byteOffset, 256);
    for (let i = 0; i < n * h * w; i += 1) words[i] = colours[bytes[i]];
    sheetContext.putImageData(image, 0, 0);
    const place = (k) => [(k % columns) * (tileW + gap), Math.floor(k / columns) * (tileH + gap)];
    for (let k = 0; k < n; k += 1) {
      const [x, y] = place(k);
      context.drawImage(sheet, 0, k * h, w, h, x, y, tileW, tileH);
      if (!frame) continue;
      context.strokeStyle = frame;
      context.strokeRect(x + 0.5, y + 0.5, tileW - 1, tileH - 1);
    }
    return {
      tileW, tileH, place,
      at(x, y) {
        const column = Math.floor(x / (tileW + gap)), row = Math.floor(y / (tileH + gap)), tile = row * columns + column;
        const dx = x - column * (tileW + gap), dy = y - row * (tileH + gap);
        if (x < 0 || y < 0 || column >= columns || tile >= n || dx >= tileW || dy >= tileH) return null;
        const c = Math.floor(dx / scale), r = Math.floor(dy / scale);
        return { tile, row: r, column: c, index: tile * h * w + r * w + c };
      },
    };
  }

  /* The head of a card: title, what it is about, and what stands at its right. `help` is a key or an element. */
  const head = (title, help = null, ...right) => pg.h("header", {},
    pg.h("h2", typeof title === "string" ? { "data-t": title } : {}, typeof title === "string" ? null : title),
    typeof help === "string" ? pg.h("small", { "data-t": help }) : help, right.length ? pg.h("span", { class: "grow" }) : null, ...right);

  /* A line below a canvas that says what is under the pointer; `read(x, y)` returns the words or "". */
  function reader(canvas, line, read, idle) {
    let at = null;
    const say = () => {
      const words = at ? read(at[0], at[1]) : "";
      line.textContent = words || idle();
    };
    canvas.addEventListener("pointermove", (event) => {
      const box = canvas.getBoundingClientRect();
      at = [event.clientX - box.left, event.clientY - box.top];
      say();
    });
    canvas.addEventListener("pointerleave", () => { at = null; say(); });
    return say;
  }

  /* The step size of an axis with about n marks: 1, 2 or 5 times a power of ten. */
  function niceStep(span, n) {
    const rough = span / Math.max(1, n), power = 10 ** Math.floor(Math.log10(rough || 1)), part = rough / power;
    return power * (part > 5 ? 10 : part > 2 ? 5 : part > 1 ? 2 : 1);
  }

  /* Exponential moving average that starts at the first value; feed it one value at a time. */
  function smoother(weight) {
    let mean = 0, norm = 0;
    return (value) => {
      if (value === null || !Number.isFinite(value)) return null;
      mean = weight * mean + (1 - weight) * value;
      norm = weight * norm + (1 - weight);
      return mean / norm;
    };
  }

  /* uint8 of 0…255 back to the number that it stands for. */
  const unscale = (byte, low, high) => low + (high - low) * (byte / 255);

  /* The same picture of no more than `most` points: lowest and highest of equal stretches, so that spikes stay. */
  function thin(x, y, most) {
    const n = x.length, stretches = Math.floor(most / 2);
    if (n <= most) return [x, y];
    const outX = [], outY = [];
    for (let k = 0; k < stretches; k += 1) {
      const from = Math.floor((k * n) / stretches), to = Math.floor(((k + 1) * n) / stretches);
      let low = from, high = from;
      for (let i = from; i < to; i += 1) {
        if (y[i] < y[low]) low = i;
        if (y[i] > y[high]) high = i;
      }
      for (const i of low === high ? [low] : [Math.min(low, high), Math.max(low, high)]) { outX.push(x[i]); outY.push(y[i]); }
    }
    if (outX.at(-1) !== x[n - 1]) { outX.push(x[n - 1]); outY.push(y[n - 1]); }
    return [outX, outY];
  }

  Object.assign(pg, {
    placeOf, token, fit, onResize, rampColor, layerEntry, layerLabel, layerShapes, mosaic, head, reader, niceStep, smoother, unscale, thin,
  });
})();
