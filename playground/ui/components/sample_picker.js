/* Which sample Look inside is about: a validation image by number or class, the drawing, or the photo. */
(() => {
  const pg = window.pg, { h } = pg;
  const MOST_TRIES = 80;

  function setup(root) {
    const picture = h("canvas", { class: "picker-picture", width: 28, height: 28, "aria-hidden": "true" }), name = h("b", { class: "picker-name" });
    const index = h("input", { type: "number", class: "num", min: 0, step: 1, "data-t-label": "sample.index" });
    const of = h("span", { class: "dim num" }), any = h("option", { value: "", "data-t": "sample.any" });
    const label = h("select", { "data-t-label": "sample.class" }, any);
    const arrow = (key, way, icon) => h("button", { type: "button", class: `icon small turn-${icon}`, "data-t-title": key, onclick: () => move(way) }, pg.icon("more"));
    const random = h("button", { type: "button", class: "small", "data-t": "sample.random", onclick: () => find(Math.floor(Math.random() * total()), 1) });
    const drawn = h("button", { type: "button", class: "small", "data-t": "sample.use_drawn", onclick: () => pg.setSample(pg.drawing.drawn) });
    const photo = h("button", { type: "button", class: "small", "data-t": "sample.use_photo", onclick: () => pg.setSample(pg.drawing.photo) });
    root.append(h("section", { class: "card picker" }, picture, name, h("span", { class: "grow" }),
      h("span", { class: "picker-walk" }, arrow("sample.previous", -1, "left"), h("label", { class: "field" }, h("span", { "data-t": "sample.index" }), index, of), arrow("sample.next", 1, "right")),
      h("label", { class: "field" }, h("span", { "data-t": "sample.class" }), label), random, drawn, photo));
    let searching = 0, classesOf = "";

    const total = () => pg.samples.data()?.n_validation ?? 1;
    const current = () => (pg.state.sample?.kind === "validation" ? pg.state.sample.index : -1);
    const move = (way) => find(((current() < 0 ? (way > 0 ? -1 : 0) : current()) + way + total()) % total(), way);
    /* The first sample of the chosen class from `start` on; of no class in particular, that very one. */
    async function find(start, way) {
      const mine = searching += 1;
      const wanted = label.value;
      for (let tries = 0, at = start; tries < MOST_TRIES; tries += 1, at = (at + way + total()) % total()) {
        const sample = { kind: "validation", index: at };
        if (wanted === "") return pg.setSample(sample);
        const found = await pg.samples.pictureOf(sample);
        if (mine !== searching) return;
        if (pg.samples.labelOf(found.label) === wanted) return pg.setSample(sample);
      }
    }
    index.addEventListener("change", () => {
      const n = Math.round(Number(index.value));
      if (Number.isFinite(n)) { label.value = ""; pg.setSample({ kind: "validation", index: Math.min(total() - 1, Math.max(0, n)) }); }
    });
    label.addEventListener("change", () => find(Math.max(0, current()), 1));

    async function show() {
      const classes = pg.samples.classes(), { sample } = pg.state, images = pg.kind() === "image";
      if (classesOf !== String(classes)) {
        classesOf = String(classes);
        label.replaceChildren(any, ...classes.map((each) => h("option", { value: each }, each)));
      }
      label.parentElement.hidden = classes.length === 0;
      of.textContent = pg.t("sample.of", { n: pg.format.count(total()) });
      index.max = total() - 1;
      if (document.activeElement !== index) index.value = current() >= 0 ? current() : "";
      drawn.hidden = photo.hidden = picture.hidden = !images;
      if (images) { drawn.hidden = pg.samples.data()?.pad === false; photo.hidden = pg.samples.data()?.photo === ""; }
      drawn.disabled = !pg.drawing.drawn;
      photo.disabled = !pg.drawing.photo;
      drawn.setAttribute("aria-pressed", String(sample?.kind === "drawn" && !sample.photo));
      photo.setAttribute("aria-pressed", String(Boolean(sample?.photo)));
      name.textContent = pg.samples.nameOf(sample);
      if (!sample || !pg.visible(root)) return;
      try {
        const found = await pg.samples.pictureOf(sample);
        if (pg.state.sample !== sample) return;
        name.textContent = pg.samples.nameOf(sample);
        if (found?.pixels && images) pg.drawSample(picture, found.pixels);
      } catch { /* the flow below says why */ }
    }
    /* Whoever opens Look inside sees something at once. */
    function begin() {
      if (pg.state.tab === "inside" && !pg.state.sample) pg.setSample({ kind: "validation", index: 0 });
      show();
    }
    for (const topic of ["tab", "check", "reset"]) pg.on(topic, begin, root);
    for (const topic of ["sample", "lang", "answer"]) pg.on(topic, show, root);
    begin();
  }
  pg.component("sample_picker", setup);
})();
