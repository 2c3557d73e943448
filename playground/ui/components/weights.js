/* Weights out and in: of the run as it is now, and from a file that is compared with the network key by key. Checkpoints
   too, from which a run goes on exactly. */
(() => {
  const pg = window.pg, { h } = pg;

  function setup(root) {
    const button = (icon, words, fn) => h("button", { type: "button", class: "small", onclick: fn }, pg.icon(icon), h("span", { "data-t": words }));
    const chooser = (accept, read) => {
      const input = h("input", { type: "file", accept, hidden: true, onchange: () => { const [chosen] = input.files; input.value = ""; if (chosen) read(chosen); } });
      return input;
    };
    const tensors = button("download", "weights.safetensors", () => take("weights?format=safetensors", "model.safetensors"));
    const state = button("download", "weights.pt", () => take("weights?format=pt", "model.pt"));
    const picker = chooser(".safetensors,.pt,.pth,.bin", (chosen) => { file = chosen; put(false); });
    const open = button("open", "weights.open", () => picker.click());
    const checkpoint = button("download", "weights.checkpoint", () => take("checkpoint", `checkpoint-${pg.state.run.step}.safetensors`));
    const kept = chooser(".safetensors", goOn), goOnButton = button("open", "weights.go_on", () => kept.click());
    const told = h("div", { class: "weights-told", "aria-live": "polite", hidden: true });
    root.append(h("section", { class: "card" }, pg.head("weights.title", "weights.help"), h("div", { class: "weights-row" }, tensors, state, open, picker),
      h("p", { class: "dim weights-about", "data-t": "weights.checkpoint.help" }), h("div", { class: "weights-row" }, checkpoint, goOnButton, kept), told));
    let file = null;

    const ownership = () => ({ "x-device": pg.device(), ...(pg.state.run?.control ? { "x-control": pg.state.run.control } : {}) });
    /* What is told holds for the experiment on the screen, and is told again in another language. */
    let saying = null, of = "";
    const tell = (content) => {
      saying = content;
      of = pg.canonical(pg.state.experiment);
      told.hidden = false;
      told.replaceChildren(...content());
    };
    const fail = (name, error) => tell(() => [h("p", { class: "weights-bad" }, `${name}: ${error.message}`)]);

    async function take(what, name) {
      try {
        const response = await fetch(`${pg.base}runs/${pg.state.run.id}/${what}`);
        if (!response.ok) throw new Error((await response.json().catch(() => null))?.error?.message?.[pg.state.lang] ?? pg.t("error.status", { status: response.status }));
        const link = h("a", { href: URL.createObjectURL(await response.blob()), download: name });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      } catch (error) { pg.notice(error.message, "error"); }
    }
    async function goOn(chosen) {
      tell(() => [h("p", { class: "dim" }, pg.t("weights.reading", { name: chosen.name }))]);
      try {
        const answer = await pg.post("checkpoint", chosen, { headers: ownership() });
        pg.load(answer.experiment, "edit.load");
        await pg.checked();
        pg.adopt(answer, answer.experiment, pg.data);
        tell(() => [h("p", {}, pg.t("weights.resumed", { name: chosen.name, step: pg.format.count(answer.step) }))]);
      } catch (error) { fail(chosen.name, error); }
    }
    async function put(fits) {
      await pg.checked();
      if (pg.state.check.faults.length) { pg.emit("faults", pg.state.check); return; }
      const name = file.name;
      tell(() => [h("p", { class: "dim" }, pg.t("weights.reading", { name }))]);
      try {
        const answer = await pg.post(`weights?${pg.state.check.link}${fits ? "&fits=1" : ""}`, file, { headers: ownership() });
        show(answer, name);
        if (!answer.run) return;
        pg.adopt(answer, structuredClone(pg.state.experiment), pg.data);
        pg.toast(pg.t("weights.started"));
      } catch (error) { fail(name, error); }
    }
    const show = (answer, name) => tell(() => table(answer, name));
    function table({ loaded, of: all, missing, unexpected, different, run }, name) {
      const shape = (sizes) => (sizes.length ? sizes.join(" × ") : "1");
      const rows = [...different.map(([key, given, wanted]) => [key, pg.t("weights.shapes", { given: shape(given), wanted: shape(wanted) })]),
        ...missing.map((key) => [key, pg.t("weights.missing")]), ...unexpected.map((key) => [key, pg.t("weights.unexpected")])];
      return [h("p", {}, h("b", {}, pg.t("weights.fit", { name, n: loaded, of: all }))),
        ...(rows.length ? [h("div", { class: "weights-table" }, h("table", {}, h("tbody", {}, rows.map(([key, words]) => h("tr", {}, h("td", {}, h("code", {}, key)), h("td", {}, words))))))] : []),
        ...(rows.length && loaded && !run ? [h("button", { type: "button", class: "small", onclick: () => put(true) }, pg.t("weights.partly", { n: loaded }))] : [])];
    }
    const enable = () => {
      tensors.disabled = state.disabled = !pg.state.run;
      checkpoint.disabled = !pg.isLive();
    };
    pg.on("lang", () => { if (!told.hidden) told.replaceChildren(...saying()); }, root);
    pg.on("experiment", () => { if (of !== pg.canonical(pg.state.experiment)) told.hidden = true; }, root);
    pg.on("run", enable, root);
    pg.on("reset", enable, root);
    enable();
  }
  pg.component("weights", setup);
})();
