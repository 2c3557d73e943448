/* Weights out and in: of the run as it is now, and from a file that is compared with the network key by key. */
(() => {
  const pg = window.pg, { h } = pg;

  function setup(root) {
    const button = (icon, words, fn) => h("button", { type: "button", class: "small", onclick: fn }, pg.icon(icon), h("span", { "data-t": words }));
    const tensors = button("download", "weights.safetensors", () => take("safetensors")), state = button("download", "weights.pt", () => take("pt"));
    const picker = h("input", { type: "file", accept: ".safetensors,.pt,.pth,.bin", hidden: true, onchange: async () => { file = picker.files[0] ?? null; picker.value = ""; if (file) await put(false); } });
    const open = button("open", "weights.open", () => picker.click());
    const told = h("div", { class: "weights-told", "aria-live": "polite", hidden: true });
    root.append(h("section", { class: "card" }, pg.head("weights.title", "weights.help"), h("div", { class: "weights-row" }, tensors, state, open, picker), told));
    let file = null;

    async function take(format) {
      try {
        const response = await fetch(`${pg.base}runs/${pg.state.run.id}/weights?format=${format}`);
        if (!response.ok) throw new Error((await response.json().catch(() => null))?.error?.message?.[pg.state.lang] ?? pg.t("error.status", { status: response.status }));
        const link = h("a", { href: URL.createObjectURL(await response.blob()), download: `model.${format}` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      } catch (error) { pg.notice(error.message, "error"); }
    }
    async function put(fits) {
      await pg.checked();
      if (pg.state.check.faults.length) { pg.emit("faults", pg.state.check); return; }
      const name = file.name;
      told.hidden = false;
      told.replaceChildren(h("p", { class: "dim" }, pg.t("weights.reading", { name })));
      try {
        const headers = { "x-device": pg.device(), ...(pg.state.run?.control ? { "x-control": pg.state.run.control } : {}) };
        const answer = await pg.post(`weights?${pg.state.check.link}${fits ? "&fits=1" : ""}`, file, { headers });
        show(answer, name);
        if (!answer.run) return;
        pg.attach({ id: answer.run, control: answer.control, experiment: structuredClone(pg.state.experiment), state: "paused", step: 0, epoch: 0, data: pg.data });
        pg.showInUrl({ run: answer.run });
        pg.toast(pg.t("weights.started"));
      } catch (error) { told.replaceChildren(h("p", { class: "weights-bad" }, `${name}: ${error.message}`)); }
    }
    function show({ loaded, of, missing, unexpected, different, run }, name) {
      const shape = (sizes) => (sizes.length ? sizes.join(" × ") : "1");
      const rows = [...different.map(([key, given, wanted]) => [key, pg.t("weights.shapes", { given: shape(given), wanted: shape(wanted) })]),
        ...missing.map((key) => [key, pg.t("weights.missing")]), ...unexpected.map((key) => [key, pg.t("weights.unexpected")])];
      told.replaceChildren(h("p", {}, h("b", {}, pg.t("weights.fit", { name, n: loaded, of }))),
        ...(rows.length ? [h("div", { class: "weights-table" }, h("table", {}, h("tbody", {}, rows.map(([key, words]) => h("tr", {}, h("td", {}, h("code", {}, key)), h("td", {}, words))))))] : []),
        ...(rows.length && loaded && !run ? [h("button", { type: "button", class: "small", onclick: () => put(true) }, pg.t("weights.partly", { n: loaded }))] : []));
    }
    const enable = () => { tensors.disabled = state.disabled = !pg.state.run; };
    pg.on("run", enable, root);
    pg.on("reset", enable, root);
    enable();
  }
  pg.component("weights", setup);
})();
