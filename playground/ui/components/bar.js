/* The bar: preset, device, training controls, numbers, progress, share, language; notices; the strip of tabs. */
window.pg.component("bar", (root) => {
  const { pg } = window, { h, t, state } = pg;
  const bigIcon = h("span", { class: "big-icon" }), bigText = h("span");

  /* ---- preset and device ---- */
  const presetName = h("span", { class: "chosen" });
  const preset = h("button", { type: "button", class: "chooser preset", "aria-haspopup": "listbox", "aria-expanded": "false", onclick: choosePreset },
    presetName, pg.icon("more"));
  function choosePreset() {
    const groups = new Map();
    for (const each of state.boot.presets) {
      const label = pg.l(each.group);
      if (!groups.has(label)) groups.set(label, { label, options: [] });
      groups.get(label).options.push({ value: each.id, label: pg.l(each.name), help: pg.l(each.description), checked: each.id === state.preset });
    }
    pg.menu(preset, { groups: [...groups.values()], placeholder: t("bar.preset.search"), pick: (id) => {
      const chosen = state.boot.presets.find((each) => each.id === id);
      pg.load(chosen.experiment, "edit.preset", { preset: id });
    } });
  }
  function showPreset() {
    const known = state.boot.presets.find((each) => each.id === state.preset);
    const { name } = state.experiment, from = state.boot.presets.find((each) => each.experiment.name === name);
    presetName.textContent = known ? pg.l(known.name) : from ? t("bar.preset.edited", { name: pg.l(from.name) })
      : typeof name === "string" && name && name !== "Untitled" ? name : t("bar.preset.none");
    preset.setAttribute("aria-label", `${t("bar.preset")}: ${presetName.textContent}`);
  }
  const deviceName = h("span", { class: "chosen" });
  const device = h("button", { type: "button", class: "chooser device", "aria-haspopup": "listbox", "aria-expanded": "false", onclick: chooseDevice },
    deviceName, pg.icon("more"));
  const nameOf = ({ name, cores }) => (cores ? `${name} · ${t(cores > 1 ? "bar.device.cores" : "bar.device.core", { n: cores })}` : name);
  function chooseDevice() {
    const options = state.boot.devices.map((each) => ({ value: each.id, label: nameOf(each), checked: each.id === pg.device(),
      help: each.free_bytes ? t("bar.device.free", { free: pg.format.bytes(each.free_bytes) }) : "" }));
    pg.menu(device, { groups: [{ label: t("bar.device"), options }], placeholder: t("bar.device"), pick: (id) => { pg.setDevice(id); showDevice(); } });
  }
  function showDevice() {
    const known = state.boot.devices.find((each) => each.id === pg.device()) ?? state.boot.devices[0];
    if (known.id !== pg.device()) pg.setDevice(known.id);
    deviceName.textContent = nameOf(known);
    device.setAttribute("aria-label", `${t("bar.device")}: ${deviceName.textContent}`);
    device.title = known.free_bytes ? t("bar.device.free", { free: pg.format.bytes(known.free_bytes) }) : "";
  }

  /* ---- training controls ---- */
  const big = h("button", { type: "button", class: "primary train", onclick: pressBig,
    onkeydown: (event) => { if (event.repeat) event.preventDefault(); } }, bigIcon, bigText);
  const edited = h("button", { type: "button", class: "ghost small edited", hidden: true, "data-t-title": "bar.edited.help",
    onclick: () => pg.train({ anew: true }) });
  const step = h("button", { type: "button", class: "icon", "data-t-title": "bar.step", onclick: pg.step }, pg.icon("step"));
  const stop = h("button", { type: "button", class: "icon", "data-t-title": "bar.stop", onclick: pg.stop }, pg.icon("stop"));
  const reset = h("button", { type: "button", class: "icon", "data-t-title": "bar.reset", onclick: pg.reset }, pg.icon("reset"));
  /* The second press of a double click is no wish to pause. */
  function pressBig(event) {
    if (event.detail > 1) return;
    if (pg.isStarting()) { pg.train(); return; } // waits for what is starting; one run, however often pressed
    const what = pg.action();
    if (what === "pause") pg.pause();
    else if (what === "resume") pg.resume();
    else pg.train();
  }
  function showControls() {
    const what = pg.isStarting() ? "starting" : pg.action(), run = state.run;
    const anew = what === "train" && run?.control && (pg.isEnded() || run.step > 0) && !pg.isAnother();
    big.dataset.action = what;
    const words = t(anew ? "bar.anew" : `bar.${what}`);
    if (bigText.textContent !== words) {
      bigText.textContent = words;
      bigIcon.replaceChildren(pg.icon({ pause: "pause", train: anew ? "repeat" : "play" }[what] ?? "play"));
    }
    const steering = Boolean(run?.control);
    edited.hidden = !(what === "pause" && pg.isEdited());
    stop.disabled = !(steering && pg.isLive() && !pg.isUntouched());
    reset.disabled = !run;
    step.disabled = what === "starting" || (steering && pg.isEnded() && !pg.isEdited()); // Train anew begins another network
  }

  /* ---- numbers ---- */
  const cells = {};
  const number = (name, label, before) => {
    const value = cells[name] = h("b");
    const words = h("span", { "data-t": label });
    return h("span", { class: `number ${name}` }, before ? [words, value] : [value, words]);
  };
  const numbers = h("div", { class: "numbers num", role: "group" }, number("epoch", "bar.epoch", true), number("step", "bar.step.count", true),
    number("left", "bar.left", false), number("speed", "bar.speed", false));
  const watching = h("span", { class: "chip watching", hidden: true, "data-t-title": "bar.watching.help" }, h("span", { "data-t": "bar.watching" }));
  const progress = h("div", { class: "progress", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", "data-t-label": "bar.progress" }, h("i"));
  function showNumbers() {
    const other = pg.isAnother(), run = (other && pg.isEnded()) || pg.isUntouched() ? null : state.run, totals = state.check?.totals;
    numbers.classList.toggle("other", other && run !== null);
    numbers.title = other && run ? t("bar.other", { name: run.name ?? "" }) : "";
    const epochs = run?.n_epochs ?? state.experiment.training?.epochs ?? 0, steps = run?.total_steps ?? totals?.steps ?? null;
    const put = (name, text, width) => {
      cells[name].textContent = text;
      cells[name].style.minWidth = `${0.94 * width}ch`;
    };
    const many = (n) => (n === null ? "–" : n < 1e5 ? Math.round(n).toLocaleString("en-US") : pg.format.count(n));
    put("epoch", `${many(run?.epoch ?? 0)}/${many(epochs)}`, 2 * many(epochs).length + 1);
    put("step", `${many(run?.step ?? 0)}/${many(steps)}`, 2 * many(steps).length + 1);
    put("speed", run?.samples_per_s ? many(run.samples_per_s) : "–", 6);
    numbers.classList.toggle("idle", !run?.step);
    put("left", run && pg.isLive() ? pg.format.clock(run.time_left_s) : "–", 4);
    cells.left.parentElement.style.visibility = run?.step && !pg.isLive() ? "hidden" : "";
    const share = run && steps ? Math.min(1, (run.step ?? 0) / steps) : 0;
    progress.firstChild.style.transform = `scaleX(${share})`;
    progress.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    progress.dataset.state = run?.state ?? "none";
    watching.hidden = !run || Boolean(run.control);
  }

  /* ---- share, language, theme ---- */
  const share = h("button", { type: "button", class: "share", "data-t-title": "bar.share.help", "aria-expanded": "false", onclick: openShare },
    pg.icon("share"), h("span", { "data-t": "bar.share" }));
  async function openShare() {
    await pg.checked();
    if (!state.preset && !state.check.link) { pg.emit("faults"); return; }
    const rows = [shareRow("share.link", pg.shareUrl())];
    if (state.run) {
      const watch = new URL(location.pathname, location.origin);
      watch.searchParams.set("run", state.run.id);
      rows.push(shareRow("share.watch", watch.href));
    }
    const box = pg.popover(share, h("div", { class: "share-box" }, h("h2", {}, t("share.title")), rows.map((row) => row.element)));
    if (box) rows[0].copy();
  }
  function shareRow(words, url) {
    const text = h("input", { type: "text", readonly: true, value: url, "aria-label": t(words), onfocus: () => text.select() });
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(url);
        pg.toast(t("share.copied"));
      } catch {
        text.focus();
        text.select();
        if (!document.execCommand?.("copy")) pg.toast(t("share.manual")); else pg.toast(t("share.copied"));
      }
    };
    const element = h("div", { class: "share-row" }, h("small", {}, t(words)), h("div", {}, text, h("button", { type: "button", onclick: copy }, pg.icon("copy"), t("share.copy"))));
    return { element, copy };
  }
  const language = h("button", { type: "button", class: "ghost language", "data-t-title": "bar.language.help", onclick: () => pg.setLanguage(state.lang === "zh" ? "en" : "zh") },
    h("span", { "data-t": "bar.language" }));
  const theme = h("button", { type: "button", class: "icon ghost theme", "data-t-title": "bar.theme", onclick: () => pg.setDark(!state.dark) });
  const showTheme = () => theme.replaceChildren(pg.icon(state.dark ? "sun" : "moon"));

  /* ---- notices ---- */
  const noticeText = h("span");
  const noticeBox = h("div", { class: "notice", role: "alert", hidden: true }, pg.icon("warning"), noticeText,
    h("button", { type: "button", class: "icon small ghost", "data-t-title": "notice.dismiss", onclick: () => pg.notice(null) }, pg.icon("close")));
  function showNotice() {
    noticeBox.hidden = !state.notice;
    noticeText.textContent = pg.l(state.notice?.message);
  }

  /* ---- tabs ---- */
  const tabs = pg.tabs.map((name) => h("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, "data-t": `tab.${name}`, onclick: () => pg.tab(name) }));
  const strip = h("div", { class: "tabs", role: "tablist", "data-t-label": "tabs.label", onkeydown: (event) => {
    const at = pg.tabs.indexOf(state.tab), last = pg.tabs.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    pg.tab(pg.tabs[to]);
    tabs[to].focus();
  } }, tabs);
  function showTabs() {
    tabs.forEach((button, i) => {
      const on = pg.tabs[i] === state.tab;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(`panel-${pg.tabs[i]}`);
      panel?.setAttribute("role", "tabpanel");
      panel?.setAttribute("aria-labelledby", button.id);
    });
    const current = tabs[pg.tabs.indexOf(state.tab)];
    if (strip.scrollWidth > strip.clientWidth) strip.scrollTo({ left: current.offsetLeft - 40 });
  }

  root.append(
    h("div", { class: "bar" }, h("b", { class: "brand", "data-t": "app.brand" }), preset, device,
      h("div", { class: "controls", role: "group", "data-t-label": "bar.controls" }, big, step, stop, reset, edited),
      watching, numbers, h("div", { class: "ends" }, share, theme, language)),
    progress, strip, noticeBox);

  const rail = document.getElementById("rail");
  rail?.setAttribute("role", "complementary");
  function relabel() {
    rail?.setAttribute("aria-label", t("app.rail"));
    edited.replaceChildren(h("span", { class: "dim" }, t("bar.edited")), h("b", {}, t("bar.anew")));
    bigText.textContent = "";
    showPreset(); showDevice(); showControls(); showNumbers(); showNotice();
  }
  pg.on("lang", relabel, root);
  pg.on("experiment", showPreset, root);
  pg.on("check", () => { showPreset(); showControls(); showNumbers(); }, root);
  pg.on("run", () => { showControls(); showNumbers(); }, root);
  pg.on("reset", () => { showControls(); showNumbers(); }, root);
  pg.on("dark", showTheme, root);
  pg.on("notice", showNotice, root);
  pg.on("tab", showTabs, root);
  /* Only images are drawn; anything else is tried in the same place. */
  function nameTrial() {
    const button = tabs[pg.tabs.indexOf("draw")], key = pg.kind() === "image" ? "tab.draw" : "tab.try";
    if (button.dataset.t !== key) { button.dataset.t = key; button.textContent = t(key); }
  }
  for (const topic of ["check", "run"]) pg.on(topic, nameTrial, root);
  /* Train was pressed on an experiment with faults: show the first of them. */
  pg.on("faults", () => {
    const place = state.check?.faults[0]?.place ?? "";
    pg.tab(place.startsWith("training") ? "train" : "build");
    const fault = state.check?.faults[0];
    pg.toast(fault ? t("error.fault", { fault: pg.faultWords(fault) }) : t("error.faults"));
    requestAnimationFrame(() => {
      const line = document.querySelector("#panels .fault-line");
      line?.scrollIntoView({ block: "center" });
      line?.querySelector("button")?.focus({ preventScroll: true });
    });
  }, root);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest?.("textarea, [contenteditable], input:not([type=checkbox])")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) pg.redo(); else pg.undo();
  });
  relabel(); showTheme(); showTabs();
});
