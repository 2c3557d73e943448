/* The experiment on the screen: editing with undo, checking on the server (latest wins), preview, draft, URL.

   Every layer carries a `_key` that stays with it while it moves, so that lists are patched and not redrawn;
   requests leave it out. */
(() => {
  const pg = window.pg, { state } = pg;
  const DEBOUNCE_MS = 60, RETRY_MS = 3000, MERGE_MS = 1500, MOST_UNDO = 200;
  let past = [], future = [], lastEdit = { merge: null, at: 0 };
  let version = 0, checkedVersion = -1, refusedVersion = -1, trouble = null, checkTimer = 0, checkRequest = null, previewOf = "", keys = 0;

  const json = (value) => JSON.stringify(value, pg.withoutKeys);
  /* The same for two experiments that train alike: sorted keys, no name. */
  function canonical(experiment) {
    const sorted = (value) => {
      if (Array.isArray(value)) return value.map(sorted);
      if (!value || typeof value !== "object") return value;
      return Object.fromEntries(Object.keys(value).filter((k) => k !== "_key").sort().map((k) => [k, sorted(value[k])]));
    };
    return JSON.stringify({ ...sorted(experiment), name: null });
  }

  /* ---- keys of layers ---- */
  const isList = (value) => Array.isArray(value) && value.every((each) => each && typeof each === "object" && "layer" in each);
  const bodies = (layer) => Object.keys(layer).filter((name) => Array.isArray(layer[name]) && isList(layer[name]));
  function giveKeys(layers) {
    for (const layer of layers) {
      layer._key ??= `k${keys += 1}`;
      for (const name of bodies(layer)) giveKeys(layer[name]);
    }
  }
  /* Carries the keys of `old` over to a list that came from elsewhere: same head, same tail, same ids between. */
  function inherit(layers, old) {
    const same = (a, b) => json(a) === json(b);
    const hand = (to, from) => {
      if (!to || !from || to._key || to.layer !== from.layer) return;
      to._key = from._key;
      for (const name of bodies(to)) inherit(to[name], from[name] ?? []);
    };
    let head = 0, tail = 0;
    while (head < layers.length && head < old.length && same(layers[head], old[head])) { hand(layers[head], old[head]); head += 1; }
    while (tail < layers.length - head && tail < old.length - head && same(layers.at(-1 - tail), old.at(-1 - tail))) {
      hand(layers.at(-1 - tail), old.at(-1 - tail));
      tail += 1;
    }
    if (layers.length === old.length) for (let i = head; i < layers.length - tail; i += 1) hand(layers[i], old[i]);
  }
  function keyed(experiment, old = null) {
    if (!Array.isArray(experiment.layers)) experiment.layers = [];
    if (old) inherit(experiment.layers, old.layers);
    giveKeys(experiment.layers);
    return experiment;
  }

  /* ---- editing ---- */
  function put(experiment, source) {
    state.experiment = keyed(experiment, state.experiment);
    version += 1;
    keepDraft();
    pg.emit("experiment", { source });
    scheduleCheck();
  }
  /* `label` is the key of the words for what was done; edits with the same `merge` in a row are one step of undo. */
  function edit(label, change, { merge = null } = {}) {
    const before = state.experiment, next = structuredClone(before);
    change(next);
    if (json(before) === json(next)) return false;
    const now = performance.now();
    if (!merge || merge !== lastEdit.merge || now - lastEdit.at > MERGE_MS) past.push({ label, experiment: before, preset: state.preset });
    if (past.length > MOST_UNDO) past.shift();
    lastEdit = { merge, at: now };
    future = [];
    state.preset = null;
    showInUrl({ preset: null, x: null });
    put(next, "edit");
    return true;
  }
  function load(experiment, label = "edit.load", { preset = null } = {}) {
    past.push({ label, experiment: state.experiment, preset: state.preset });
    future = [];
    lastEdit = { merge: null, at: 0 };
    state.preset = preset;
    state.openedOver = state.run?.id ?? null;
    showInUrl({ preset, x: null });
    put(structuredClone(experiment), "load");
  }
  function travel(from, to, words) {
    const step = from.pop();
    if (!step) return;
    to.push({ label: step.label, experiment: state.experiment, preset: state.preset });
    lastEdit = { merge: null, at: 0 };
    state.preset = step.preset;
    showInUrl({ preset: step.preset, x: null });
    put(structuredClone(step.experiment), "undo");
    pg.announce(pg.t(words, { what: pg.t(step.label) }));
  }

  /* ---- what the server says about it ---- */
  function scheduleCheck(delay = DEBOUNCE_MS) {
    clearTimeout(checkTimer);
    checkTimer = setTimeout(check, delay);
  }
  async function check() {
    checkRequest?.abort();
    checkRequest = new AbortController();
    const of = version;
    let answer;
    try {
      answer = await pg.post("check", { experiment: state.experiment, lang: state.lang }, { signal: checkRequest.signal });
    } catch (error) {
      if (error.name !== "AbortError" && of === version) unchecked(error);
      return;
    }
    if (of !== version) return;
    if (state.notice && (state.notice === trouble || state.notice.code === "offline")) pg.notice(null);
    state.check = answer;
    checkedVersion = of;
    if (answer.data) pg.data = answer.data;
    if (answer.experiment) state.experiment = keyed(answer.experiment, state.experiment);
    pg.emit("check", answer);
    await preview();
  }
  /* A server that is away or broken is asked again after a while; what it will not look at, nobody waits for. */
  function unchecked(error) {
    const again = !(error.status >= 400 && error.status < 500);
    pg.notice(error.status >= 500 ? pg.t("error.again", { status: error.status }) : error.text ?? error.message, error.code);
    trouble = state.notice;
    if (again) { scheduleCheck(RETRY_MS); return; }
    refusedVersion = version;
    pg.emit("unchecked", error);
  }
  async function preview() {
    const of = json(state.experiment.data);
    if (of === previewOf || state.check.faults.some((fault) => fault.place === "data" || fault.place.startsWith("data."))) return;
    previewOf = of;
    try {
      const answer = await pg.post("preview", { data: state.experiment.data });
      if (of !== previewOf) return;
      state.preview = answer;
      pg.emit("preview", answer);
    } catch { if (of === previewOf) previewOf = ""; }
  }
  /* Waits until the answer to the experiment on the screen is there. Rejects where the server will not look at it. */
  function checked() {
    if (isChecked()) return Promise.resolve(state.check);
    if (refusedVersion === version) scheduleCheck(0);
    return new Promise((resolve, reject) => {
      const settle = (end) => (value) => { offs.forEach((off) => off()); end(value); };
      const offs = [pg.on("check", settle(resolve)), pg.on("unchecked", settle(reject))];
    });
  }
  const isChecked = () => checkedVersion === version;

  /* ---- draft and address ---- */
  function keepDraft() {
    const draft = JSON.parse(json(state.experiment));
    pg.session.set("draft", draft);
    pg.local.set("draft", draft);
  }
  function showInUrl(values) {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(values)) {
      if (value === null) url.searchParams.delete(name); else url.searchParams.set(name, value);
    }
    if (url.href !== location.href) history.replaceState(null, "", url.href);
  }
  /* The address that opens this experiment anywhere. */
  function shareUrl() {
    const url = new URL(location.pathname, location.origin);
    url.search = state.preset ? `?preset=${encodeURIComponent(state.preset)}` : `?${state.check?.link ?? ""}`;
    return url.href;
  }

  /* Called once: what the address, the run in it and the draft say. */
  async function open() {
    const own = pg.session.get("draft") ?? pg.session.get("opened"), draft = own ?? pg.local.get("draft");
    const address = new URL(location.href).searchParams;
    let answer;
    try {
      answer = await pg.post("open", { search: location.search, draft });
    } catch (error) {
      const { presets, default_preset: id } = state.boot;
      answer = { experiment: (presets.find((each) => each.id === id) ?? presets[0]).experiment, notice: { code: error.code, message: error.text } };
    }
    const mine = answer.run && pg.record(answer.run.id ?? answer.run.run);
    if (mine && own && !address.has("x") && !address.has("preset")) answer.experiment = own;
    const preset = answer.preset ?? address.get("preset");
    const known = state.boot.presets.find((each) => canonical(each.experiment) === canonical(answer.experiment));
    state.preset = preset && state.boot.presets.some((each) => each.id === preset) && !answer.notice ? preset : known?.id ?? null;
    state.experiment = keyed(answer.experiment);
    if (draft && canonical(draft) !== canonical(answer.experiment)) past.push({ label: "edit.draft", experiment: keyed(draft), preset: null });
    pg.session.set("opened", answer.experiment); // a reload is of this tab, whatever another edits meanwhile
    if (answer.notice) pg.notice(answer.notice.message, answer.notice.code);
    scheduleCheck(0);
    if (answer.run) pg.attach(answer.run);
    else showInUrl({ run: null });
  }

  Object.assign(pg, {
    edit, load, open, check: () => scheduleCheck(0), checked, isChecked, shareUrl, showInUrl, canonical, keyed,
    undo: () => travel(past, future, "edit.undone"), redo: () => travel(future, past, "edit.redone"),
    canUndo: () => past.length > 0, canRedo: () => future.length > 0,
    undoLabel: () => past.at(-1)?.label ?? "", redoLabel: () => future.at(-1)?.label ?? "",
  });
})();
