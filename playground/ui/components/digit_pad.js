/* The pad: a canvas to draw on with mouse, pen or finger, beside the answer. All pads show the one shared drawing. */
(() => {
  const pg = window.pg, { h } = pg;

  function setup(root) {
    const { drawing } = pg, large = pg.placeOf(root) === "draw";
    const canvas = h("canvas", { class: "pad", role: "img", "data-t-label": "pad.label.any" });
    const hint = h("span", { class: "pad-hint" });
    const sees = h("canvas", { class: "pad-sees", width: 28, height: 28 });
    const caption = h("span", { class: "pad-caption dim" });
    const back = h("canvas", { class: "pad-sees", width: 28, height: 28, role: "img", "data-t-label": "pad.back" });
    const given = h("div", { class: "given", hidden: true }, h("h3", { "data-t": "pad.back" }), back, h("p", { class: "dim", "data-t": "pad.back.explain" }));
    const tool = (name, key, fn) => h("button", { type: "button", class: "icon", "data-t-title": key, onclick: fn }, pg.icon(name));
    const undo = tool("undo", "pad.undo", drawing.undo), clear = tool("close", "pad.clear", () => { drawing.clear(); if (pg.state.sample) pg.setSample(null); });
    const pick = tool("repeat", "pad.pick", pickValidation);
    const brush = h("input", { type: "range", min: 0.03, max: 0.16, step: 0.01, value: drawing.brush, "data-t-label": "pad.brush",
      oninput: () => { drawing.brush = Number(brush.value); pg.emit("brush"); } });
    const tools = h("div", { class: "pad-tools" }, undo, clear, pick, large ? h("label", { class: "pad-brush" }, h("span", { "data-t": "pad.brush" }), brush) : null);
    const board = h("div", { class: "pad-board" }, canvas, hint);
    root.classList.add(large ? "large" : "small");
    root.append(large ? largeCard() : smallCard());

    function smallCard() {
      return h("section", { class: "card" }, pg.head("try.title", "try.help"),
        h("div", { class: "try" },
          h("div", { class: "try-left" }, board, tools, h("div", { class: "sees" }, sees, h("span", {}, h("span", { "data-t": "pad.sees" }), caption))),
          h("div", {}, given, pg.answerBars(root))));
    }
    function largeCard() {
      return h("section", { class: "card" }, pg.head("pad.title", "pad.title.help"),
        h("div", { class: "try" },
          h("div", { class: "try-left" }, board, tools),
          h("div", { class: "try-sees" }, h("h3", { "data-t": "pad.sees.long" }), sees, caption, h("p", { class: "dim", "data-t": "pad.explain" })),
          h("div", { class: "try-answer" }, h("h3", { "data-t": "answer.title" }), given, pg.answerBars(root))));
    }

    /* ---- the pen ---- */
    let pen = null;
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (pen !== null || event.button > 0 || !drawable()) return;
      event.preventDefault();
      pen = event.pointerId;
      canvas.setPointerCapture(pen);
      drawing.begin(...at(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerId !== pen) return;
      const between = event.getCoalescedEvents?.() ?? [];
      for (const each of between.length ? between : [event]) drawing.extend(...at(each));
    });
    const lift = (event) => {
      if (event.pointerId !== pen) return;
      pen = null;
      const off = pg.on("answer", (answer) => { off(); if (answer) pg.announce(topWords(answer)); });
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    const drawable = () => pg.samples.data()?.pad !== false;
    const topWords = ({ probabilities }) => {
      if (!probabilities) return pg.t("pad.back");
      const top = probabilities.indexOf(Math.max(...probabilities));
      return pg.t("answer.top", { label: pg.samples.classes()[top] ?? top, percent: pg.format.percent(probabilities[top]) });
    };
    function pickValidation() {
      const n = pg.samples.data()?.n_validation ?? 1;
      pg.setSample({ kind: "validation", index: Math.floor(Math.random() * n) });
    }

    /* What to draw: a digit where the classes are digits. Where nothing can be drawn: the very buttons that help. */
    function showHint() {
      const { photo, classes } = pg.samples.data() ?? {}, ofDigits = photo === "digit" && classes?.[0] === "0";
      canvas.dataset.tLabel = ofDigits ? "pad.label" : "pad.label.any";
      canvas.setAttribute("aria-label", pg.t(canvas.dataset.tLabel));
      const words = pg.t(!drawable() ? "pad.no_drawing" : ofDigits ? "pad.hint" : "pad.hint.any"), [before, after] = words.split("{icon}");
      hint.replaceChildren(h("span", {}, before, after === undefined ? null : pg.icon("repeat"), after));
    }

    /* ---- showing ---- */
    let planned = false;
    const plan = () => { if (!planned) { planned = true; requestAnimationFrame(() => { planned = false; show(); }); } };
    async function show() {
      const size = canvas.clientWidth;
      root.hidden = !pg.samples.data() || pg.kind() !== "image";
      if (root.hidden || !size) return;
      const { sample } = pg.state;
      undo.disabled = !drawing.isDrawn() || !drawing.strokes.length;
      clear.disabled = !sample && !drawing.strokes.length;
      hint.hidden = Boolean(sample) || (drawable() && drawing.strokes.length > 0);
      showHint();
      canvas.style.cursor = drawable() ? "" : "default";
      caption.textContent = sample ? pg.samples.nameOf(sample) : "";
      let picture = null;
      try { if (sample) picture = await pg.samples.pictureOf(sample); } catch { /* it says so where the answer stands */ }
      if (pg.state.sample !== sample) return;
      caption.textContent = sample ? pg.samples.nameOf(sample) : "";
      pg.drawSample(sees, picture?.pixels);
      const context = pg.fit(canvas, size, size);
      if (drawing.isDrawn()) {
        if (drawable()) drawing.paint(context, size);
        return;
      }
      const image = new OffscreenCanvas(28, 28);
      pg.drawSample(image, picture?.pixels);
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = "high";
      context.drawImage(image, 0, 0, size, size);
    }
    /* What a network that gives back its input makes of it. */
    function showBack() {
      const image = pg.state.answer?.image, [channels, height, width] = image?.shape ?? [];
      given.hidden = pg.samples.data()?.task !== "reconstruction";
      if (given.hidden) return;
      if (image) pg.drawPicture(back, pg.interleaved(pg.decode(image), channels), height, width, channels);
      else back.getContext("2d").clearRect(0, 0, back.width, back.height);
    }
    for (const topic of ["answer", "check", "run"]) pg.on(topic, showBack, root);
    showBack();
    pg.on("drawing", plan, root);
    for (const topic of ["sample", "check", "run", "lang"]) pg.on(topic, plan, root);
    pg.on("tab", plan, root);
    pg.on("brush", () => { brush.value = drawing.brush; }, root);
    pg.onResize(board, plan);
    plan();
  }
  pg.component("digit_pad", setup);
})();
