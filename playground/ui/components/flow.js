/* The network as a row of blocks, each with a miniature of what flows in it now; a click chooses the layer. */
(() => {
  const pg = window.pg, { h } = pg;
  const HZ = 4, BOX = 30;

  /* The layer that feature maps are shown of; the last one with maps unless one was chosen. */
  pg.state.layer ??= null;
  function choose(path) { pg.state.layer = path; pg.emit("layer", path); }

  const family = (path) => (path === "output" ? "dense" : pg.layerEntry(path)?.family ?? "shape");

  function setup(root) {
    const help = h("small"), strip = h("div", { class: "diagram", role: "group", "data-t-label": "flow.title" });
    const trouble = h("p", { class: "flow-trouble dim" });
    root.append(h("section", { class: "card" }, pg.head("flow.title", help), strip, trouble));
    let blocks = new Map(), shape = "";

    function rebuild(list) {
      blocks = new Map();
      strip.replaceChildren();
      list.forEach(({ path }, i) => {
        const name = h("span", { class: "flow-name" }), minis = h("span", { class: "flow-minis" }), size = h("span", { class: "flow-shape num dim" });
        const button = h("button", { type: "button", class: "flow-block", style: `--c:var(--${family(path)})`, onclick: () => choose(path) }, name, minis, size);
        button.dataset.path = path;
        blocks.set(path, { button, name, minis, size });
        if (i) strip.append(h("span", { class: "flow-link", "aria-hidden": "true" }));
        strip.append(button);
      });
      label();
    }
    function label() {
      help.textContent = pg.state.sample ? pg.t("flow.help", { sample: pg.samples.nameOf(pg.state.sample) }) : "";
      const shapes = pg.layerShapes();
      for (const [path, { button, name, size }] of blocks) {
        const shape = shapes.get(path);
        name.textContent = pg.layerLabel(path);
        size.textContent = shape ? pg.format.shape(shape) : "";
        button.setAttribute("aria-pressed", String(path === pg.state.layer));
        button.title = pg.t("flow.block", { label: pg.layerLabel(path), shape: size.textContent });
      }
    }
    /* Maps as small pictures, a vector as a strip of bars. */
    function paint({ minis }, block) {
      const data = block.maps ?? block.vector, bytes = pg.decode(data), isInput = block.path === "input";
      const [n, rows, columns] = block.maps ? data.shape : [1, 1, bytes.length];
      while (minis.children.length > n) minis.lastChild.remove();
      while (minis.children.length < n) minis.append(h("canvas", { "aria-hidden": "true" }));
      for (let k = 0; k < n; k += 1) {
        const canvas = minis.children[k];
        if (block.maps) {
          canvas.className = "flow-map";
          (isInput ? pg.drawGrey : pg.drawViridis)(canvas, bytes.subarray(k * rows * columns, (k + 1) * rows * columns), rows, columns);
        } else { canvas.className = "flow-vector"; pg.drawBars(canvas, bytes, data, { width: 66, height: BOX }); }
      }
    }
    async function refresh() {
      if (!pg.state.sample) return;
      const { sample } = pg.state;
      let answer;
      try { answer = await pg.ask("flow", { sample: pg.samples.wire(sample) }); } catch (error) {
        trouble.textContent = pg.t("inside.unanswered", { message: error.message });
        trouble.hidden = false;
        return;
      }
      if (pg.state.sample !== sample) return;
      trouble.hidden = true;
      const now = answer.blocks.map((block) => block.path).join(" ");
      if (now !== shape) { shape = now; rebuild(answer.blocks); }
      for (const block of answer.blocks) if (blocks.has(block.path)) paint(blocks.get(block.path), block);
      if (!blocks.has(pg.state.layer)) choose(standing(answer.blocks));
      label();
    }
    /* Where one looks first: after the first activation that still is a picture, else after the first layer. */
    function standing(list) {
      const isAct = (block) => family(block.path) === "act";
      return (list.find((b) => b.maps && isAct(b)) ?? list.find((b) => b.maps && b.path !== "input") ?? list.find(isAct) ?? list[1] ?? list[0]).path;
    }
    const wish = pg.watch(strip, refresh, HZ);
    pg.on("layer", label, root);
    pg.on("lang", label, root);
    pg.on("check", () => {
      if (pg.visible(strip)) label();
      if (!document.body.classList.contains("pg-blank")) return;
      help.textContent = "";
      trouble.textContent = pg.t("inside.unanswered", { message: pg.t("error.faults") });
      trouble.hidden = false;
    }, root);
    pg.on("dark", () => requestAnimationFrame(wish), root);
  }

  /* A vector as bars around zero, blue up, orange down; `scale` tells what the bytes stand for. */
  function drawBars(canvas, bytes, scale, { width, height, highlight = -1 }) {
    const context = pg.fit(canvas, width, height), n = bytes.length, low = Math.min(0, scale.min), high = Math.max(0, scale.max);
    const span = high - low || 1, zero = (high / span) * (height - 2) + 1, step = width / n, gap = step > 4 ? 1 : 0;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const up = pg.token("train"), down = pg.token("val");
    for (let i = 0; i < n; i += 1) {
      const value = pg.unscale(bytes[i], scale.min, scale.max), size = (value / span) * (height - 2);
      context.fillStyle = i === highlight ? pg.token("ink") : value >= 0 ? up : down;
      context.fillRect(i * step, size >= 0 ? zero - size : zero, Math.max(0.6, step - gap), Math.max(Math.abs(size), value === 0 ? 0 : 0.7));
    }
    context.fillStyle = pg.token("dim");
    context.globalAlpha = 0.5;
    context.fillRect(0, zero - 0.5, width, 1);
    context.globalAlpha = 1;
  }
  Object.assign(pg, { drawBars });
  pg.component("flow", setup);
})();
