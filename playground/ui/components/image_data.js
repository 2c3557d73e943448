/* Images beside the data card: fetching a public set, pictures of one's own, and augmentation shown on real samples. */
(() => {
  const pg = window.pg, { h, state } = pg;
  const POLL_MS = 400, CODES = ["not_downloaded", "downloading", "download_failed"];

  /* ---- a public set: absent, on its way, here ---- */
  function downloadBox() {
    const bar = h("progress", { max: 1, hidden: true, "data-t-label": "download.progress" }), line = h("span", { class: "num dim", role: "status" });
    const begin = h("button", { type: "button", class: "primary", "data-t": "download.begin", onclick: () => say("post", {}) });
    const cancel = h("button", { type: "button", "data-t": "download.cancel", hidden: true, onclick: () => say("post", { cancel: true }) });
    const root = h("div", { class: "download" }, begin, cancel, bar, line);
    let timer = 0;

    const id = () => state.experiment.data.dataset;
    async function say(how, body) {
      clearTimeout(timer);
      const of = id();
      try {
        const view = how === "post" ? await pg.post(`downloads/${of}`, body) : await pg.request(`downloads/${of}`);
        if (of === id()) show(view);
      } catch (error) { line.textContent = error.message; }
    }
    function show(view) {
      const running = view.state === "running", bytes = pg.format.bytes;
      begin.hidden = running;
      cancel.hidden = bar.hidden = !running;
      if (running && view.total_bytes) bar.value = view.got_bytes / view.total_bytes; else bar.removeAttribute("value");
      line.textContent = !running ? "" : !view.file || !view.got_bytes ? pg.t("download.connecting")
        : pg.t("download.line", { file: view.file, files: view.files, got: bytes(view.got_bytes), total: view.total_bytes ? bytes(view.total_bytes) : "?" });
      if (running) timer = setTimeout(() => { if (root.isConnected) say("get"); }, POLL_MS);
      else if (view.state !== "absent" || pg.faultsAt("data.dataset").some(({ code }) => code === "downloading")) pg.check();
    }
    root.update = () => {
      const fault = pg.faultsAt("data.dataset").find(({ code }) => CODES.includes(code));
      root.hidden = !fault;
      if (fault?.code === "downloading") say("get");
    };
    return root;
  }

  /* ---- augmentation ---- */
  function augmentBox() {
    const fields = state.boot.catalogue.augment_fields, line = h("span", { class: "dim" });
    const boxes = fields.map((field) => ({ field, box: pg.field(field, field.default, (value) => change(field, value), { unit: true }) }));
    const grid = h("div", { class: "augmented", role: "group" });
    const off = h("button", { type: "button", class: "small", "data-t": "augment.off", onclick: () => put(null) });
    const some = h("button", { type: "button", class: "small", "data-t": "augment.some", onclick: () => put({ shift: 2, rotate: 10, scale: 0.1 }) });
    const root = h("details", { class: "augment" }, h("summary", {}, h("b", { "data-t": "augment.title" }), line),
      h("p", { class: "dim", "data-t": "augment.explain" }), h("div", { class: "options" }, ...boxes.map(({ box }) => box), some, off), grid);

    const put = (augment) => pg.edit("edit.data", (experiment) => { experiment.data.augment = augment; });
    const chosen = () => fields.filter((field) => pg.valueOf(state.experiment.data.augment, field) !== field.default);
    function change(field, value) {
      pg.edit("edit.data", (experiment) => {
        const augment = { ...experiment.data.augment, [field.name]: value };
        experiment.data.augment = fields.some(({ name, default: usual }) => name in augment && augment[name] !== usual) ? augment : null;
      }, { merge: `data.augment.${field.name}` });
    }
    root.update = () => {
      for (const { field, box } of boxes) {
        box.update(pg.valueOf(state.experiment.data.augment, field));
        box.fault(pg.faultsAt(`data.augment.${field.name}`).length > 0);
      }
      const on = chosen();
      line.textContent = on.length ? on.map((field) => pg.l(field.label)).join(", ") : pg.t("augment.none");
      off.disabled = !on.length;
      /* What is shown is of other data, where these cannot be had. */
      grid.style.display = pg.faultsUnder("data").some(({ place }) => place === "data.file" || place === "data.dataset") ? "none" : "";
    };
    root.relabel = () => boxes.forEach(({ box }) => box.relabel());
    root.preview = ({ augmented, size, channels }) => {
      grid.hidden = !augmented?.length;
      if (grid.hidden) return;
      grid.setAttribute("aria-label", pg.t("augment.grid"));
      grid.replaceChildren(...augmented.flatMap((row) => row.map((bytes, i) => {
        const canvas = h("canvas", { class: i ? "" : "original", title: pg.t(i ? "augment.changed" : "augment.original") });
        pg.drawPicture(canvas, pg.decode(bytes), size[0], size[1], channels);
        return canvas;
      })));
      grid.style.setProperty("--across", augmented[0].length);
    };
    return root;
  }

  function setup(root) {
    const download = downloadBox(), augment = augmentBox(), place = h("div");
    let own = null;
    const card = h("section", { class: "card" }, download, place, augment);
    root.append(card);

    function update() {
      const entry = pg.entry("dataset", state.experiment.data.dataset), isOwn = entry?.id === "own_images";
      card.hidden = !entry?.augments;
      if (card.hidden) return;
      if (isOwn && !own) place.append(own = pg.ownImages()); // once: moving it again would take a writer's focus away
      place.hidden = !isOwn;
      download.update();
      augment.update();
    }
    for (const topic of ["check", "experiment"]) pg.on(topic, update, root);
    pg.on("preview", (preview) => { if (preview.kind === "image") augment.preview(preview); }, root);
    pg.on("lang", () => { augment.relabel(); update(); if (state.preview?.kind === "image") augment.preview(state.preview); }, root);
    update();
    if (state.preview?.kind === "image") augment.preview(state.preview);
  }
  pg.component("image_data", setup);
})();
