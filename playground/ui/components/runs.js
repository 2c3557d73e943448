/* The run that this page watches: starting and steering it, the one stream, the history, questions. */
(() => {
  const pg = window.pg, { state } = pg;
  const ENDED = ["done", "stopped", "failed"], PATIENCE_MS = 3000, MOST_RECORDS = 20;
  let starting = null, source = null, cursor = null, watchdog = 0, retry = 0, polling = false, askNow = () => {}, device = "cpu";

  const emptyHistory = () => ({
    steps: { step: [], train_loss: [], lr: [] },
    layers: { step: [], grad_norm: [], update_ratio: [] },
    epochs: { epoch: [], step: [], val_loss: [], seconds: [], samples_per_s: [] },
    events: [], layer_names: [], part_names: [], metrics: ["accuracy"],
  });
  pg.history = emptyHistory();

  const isEnded = (run = state.run) => !run || ENDED.includes(run.state);
  const isLive = (run = state.run) => Boolean(run) && !isEnded(run);
  /* Made to be asked, not to train: it gives way to whatever is chosen next. */
  const isUntouched = (run = state.run) => Boolean(run?.control) && run.state === "paused" && !run.step;
  /* Whether the page shows the data of its run, whatever data are chosen meanwhile: while it trains, and after it ended
     until the next edit. Whoever only watches sees that run alone. */
  function holdsScreen() {
    const { run } = state;
    if (!run || !run.control) return Boolean(run);
    return isLive(run) ? !isUntouched(run) : run.endedOver === pg.canonical(state.experiment);
  }
  /* The experiment on the screen is another one than the run's. */
  const isEdited = () => Boolean(state.run?.experiment) && pg.canonical(state.run.experiment) !== pg.canonical(state.experiment);
  /* A whole other experiment was opened since: nobody who presses the button means to pause the run. */
  const isAnother = () => Boolean(state.run) && state.openedOver === state.run.id && isEdited();
  const hasFaults = () => pg.isChecked() && state.check.faults.length > 0;
  /* What the large button does: "train" | "pause" | "resume". */
  function action() {
    const run = state.run;
    if (!run?.control || isEnded(run)) return "train";
    if (run.state !== "paused") return isAnother() ? "train" : "pause";
    return isEdited() || !run.step ? "train" : "resume";
  }

  /* ---- what this browser remembers of its runs: the right to steer them, and what they train ---- */
  const records = () => pg.local.get("runs") ?? kept;
  let kept = {};
  const record = (id) => records()[id] ?? null;
  function remember(id, values) {
    const all = { ...records(), [id]: { ...record(id), ...values, at: Date.now() } };
    kept = Object.fromEntries(Object.entries(all).sort((a, b) => b[1].at - a[1].at).slice(0, MOST_RECORDS));
    pg.local.set("runs", kept);
  }

  /* ---- starting ---- */
  async function begin({ paused }) {
    const experiment = JSON.parse(JSON.stringify(state.experiment, pg.withoutKeys)), hadWeights = isUntouched() && state.run.loaded;
    const data = pg.isChecked() ? pg.data : null; // of another data set perhaps, as long as nobody has looked at this one
    const answer = await pg.post("runs", { experiment, device, paused, replaces: state.run?.control ?? null });
    if (hadWeights) pg.toast(pg.t(answer.carried ? "weights.carried" : "weights.gone"));
    return adopt(answer, experiment, data);
  }
  /* The page's own run from now on: the server's answer, and the experiment that it trains. */
  function adopt({ run, control, state: now, step = 0, epoch = 0, carried = false }, experiment, data) {
    remember(run, { control, experiment, data });
    clear();
    state.run = { id: run, control, experiment, data, state: now, step, epoch, loaded: carried };
    pg.showInUrl({ run });
    pg.emit("reset");
    pg.emit("run", state.run);
    connect();
    return state.run;
  }
  /* One at a time, however often it is pressed. */
  function startOnce(options) {
    starting ??= begin(options).finally(() => { starting = null; pg.emit("run", state.run); });
    pg.emit("run", state.run);
    return starting;
  }
  /* What the server says of the data on the screen holds for the run too where it learns the same from the same. */
  function describe({ data }) {
    const { run } = state, learned = (experiment) => pg.canonical({ data: experiment.data, loss: experiment.training?.loss });
    if (!data || !run?.experiment || learned(run.experiment) !== learned(state.experiment)) return;
    if (JSON.stringify(run.data) === JSON.stringify(data)) return;
    run.data = data;
    if (run.control) remember(run.id, { data });
  }
  function clear() {
    disconnect();
    cursor = null;
    pg.history = emptyHistory();
    state.answer = null;
  }
  function attach(view) {
    const id = view.id ?? view.run, known = record(id);
    clear();
    state.run = { ...view, id, control: known?.control ?? view.control ?? null,
      experiment: known?.experiment ?? view.experiment ?? null, data: known?.data ?? view.data ?? null };
    if (isEnded()) state.run.endedOver = pg.canonical(state.experiment);
    pg.emit("reset");
    pg.emit("run", state.run);
    connect();
  }
  function forget() {
    clear();
    state.run = null;
    pg.showInUrl({ run: null });
    pg.emit("reset");
    pg.emit("run", null);
  }

  /* ---- steering ---- */
  async function guarded(work) {
    try { return await work(); } catch (error) {
      if (error.code === "no_such_run") forget();
      if (error.faults?.length > 0 || (error.place && error.status === 422)) pg.emit("faults", error);
      pg.notice(error.text ?? error.message, error.code || "error");
      return null;
    }
  }
  const verb = (name, body = {}) => guarded(async () => {
    const run = state.run;
    if (!run?.control) return null;
    const answer = await pg.post(`runs/${run.id}/${name}`, { control: run.control, ...body });
    if (state.run === run && answer.state) { run.state = answer.state; pg.emit("run", run); }
    if (polling) askNow();
    else if (!source && !isEnded(run)) connect();
    return answer;
  });
  async function train({ anew = false } = {}) {
    if (starting) await starting.catch(() => null);
    if (hasFaults()) { pg.emit("faults", state.check); return null; }
    const fresh = state.run?.control && !isEnded() && !isEdited();
    if (fresh && !anew) return state.run.state === "paused" ? verb("resume") : state.run;
    if (state.notice && state.notice.code !== "offline") pg.notice(null);
    return guarded(() => startOnce({ paused: false }));
  }
  const pause = () => verb("pause");
  const resume = () => verb("resume");
  const stop = () => (isLive() ? verb("stop") : null);
  async function step() {
    if (state.run?.control && (state.run.state === "running" || state.run.state === "queued")) await pause();
    else if (!state.run?.control || isEnded() || isEdited()) {
      if (hasFaults()) return pg.emit("faults", state.check);
      if (!await guarded(() => startOnce({ paused: true }))) return null;
    }
    return verb("step");
  }
  async function reset() {
    if (starting) await starting.catch(() => null);
    if (isLive() && state.run.control) await verb("stop");
    forget();
    pg.notice(null);
  }
  /* Applies to the live run at once, and to the experiment that it is compared with. */
  async function setLive(name, value, place) {
    if (!isLive() || !state.run.control) return false;
    const answer = await verb("set", { name, value });
    if (!answer) return false;
    if (state.run?.experiment) {
      state.run.experiment = structuredClone(state.run.experiment);
      place(state.run.experiment)[name] = value;
      remember(state.run.id, { experiment: state.run.experiment });
    }
    pg.emit("run", state.run);
    return true;
  }

  /* ---- the stream: one EventSource; polling where nothing arrives through it ---- */
  const address = (path) => `${pg.base}${path}?run=${encodeURIComponent(state.run.id)}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
  function disconnect() {
    source?.close();
    source = null;
    polling = false;
    clearTimeout(watchdog);
  }
  function connect() {
    disconnect();
    if (!state.run) return;
    const mine = source = new EventSource(address("stream"));
    watchdog = setTimeout(() => { mine.close(); if (source === mine) poll(); }, PATIENCE_MS);
    mine.onmessage = (event) => {
      clearTimeout(watchdog);
      retry = 0;
      if (mine === source) receive(JSON.parse(event.data), event.lastEventId || null);
    };
    mine.onerror = () => {
      mine.close();
      if (mine !== source) return;
      clearTimeout(watchdog);
      source = null;
      if (isEnded()) return;
      watchdog = setTimeout(() => (retry > 2 ? poll() : connect()), Math.min(5000, 300 * 2 ** retry));
      retry += 1;
    };
  }
  async function poll() {
    disconnect();
    polling = true;
    while (polling && state.run) {
      const of = state.run;
      try {
        const answer = await pg.request(address("poll").slice(pg.base.length));
        if (!polling || of !== state.run) return;
        receive(answer, answer.cursor ?? null);
        if (state.notice?.code === "offline") pg.notice(null);
      } catch (error) {
        if (!polling || of !== state.run) return;
        if (error.status === 404) { forget(); return pg.notice(error.text, error.code); }
        pg.notice(error.text ?? error.message, error.code || "offline");
      }
      if (isEnded()) return disconnect();
      await new Promise((resolve) => { askNow = resolve; setTimeout(resolve, state.run?.state === "running" ? 500 : 1500); });
    }
  }

  /* ---- the history in bounded memory, thinned as the server thins its own (playground/history.py) ---- */
  const TABLES = ["steps", "layers", "epochs"], CAPACITY = { steps: 8192, layers: 2048, epochs: 8192 };
  /* Which of the first `n` rows to keep, ascending: the first, and of `stretches` equal stretches of steps the lowest
     and the highest by `key`; what is no number counts as the highest. */
  function extremes(step, key, n, stretches) {
    const share = stretches / Math.max(1, step[n - 1] - step[0] + 1), of = (i) => Math.floor((step[i] - step[0]) * share);
    const value = (i) => (Number.isFinite(key?.[i]) ? key[i] : Infinity), keep = [0];
    for (let from = 0, to = 0; from < n; from = to) {
      let low = from, high = from;
      for (; to < n && of(to) === of(from); to += 1) {
        if (value(to) < value(low)) low = to;
        if (value(to) > value(high)) high = to;
      }
      for (const i of low < high ? [low, high] : [high, low]) if (i > keep.at(-1)) keep.push(i);
    }
    return keep;
  }
  /* Halves the older three quarters of a table that is full; whoever counts its rows hears which were kept. */
  function thin(table) {
    const columns = pg.history[table], { step } = columns, most = CAPACITY[table];
    if (step.length <= most) return;
    const newest = most / 4, older = step.length - newest;
    const key = columns[{ steps: "train_loss", layers: `train_${pg.history.metrics[0]}`, epochs: "val_loss" }[table]];
    const keep = extremes(step, key, older, (most - newest) / 4);
    for (let i = older; i < step.length; i += 1) keep.push(i);
    for (const [name, column] of Object.entries(columns)) if (column.length) columns[name] = keep.map((i) => column[i]);
    pg.emit("thinned", { table, keep });
  }
  function receive(payload, at) {
    const run = state.run;
    if (!run || (payload.run && payload.run !== run.id)) return;
    const { steps, layers, epochs, events, cursor: _, ...fields } = payload;
    if (at !== null) cursor = String(at);
    const delta = { steps, layers, epochs, events: events ?? [] };
    let isNew = delta.events.length > 0;
    for (const table of TABLES) {
      let step = 0; // they come as the first, then the gaps
      if (delta[table]) delta[table].step = delta[table].step.map((gap) => (step += gap));
      for (const [name, column] of Object.entries(delta[table] ?? {})) {
        if (!column.length) continue;
        isNew = true;
        const known = pg.history[table][name] ??= [];
        for (const value of column) known.push(value);
      }
    }
    pg.history.events.push(...delta.events);
    for (const name of ["layer_names", "part_names", "metrics"]) if (fields[name]) pg.history[name] = fields[name];
    TABLES.forEach(thin);
    const before = run.state, stepped = fields.step !== run.step;
    Object.assign(run, fields, { id: run.id });
    if (isEnded(run)) run.endedOver ??= pg.canonical(state.experiment);
    if (isNew) pg.emit("rows", delta);
    if (stepped) pg.emit("stepped");
    pg.emit("run", run);
    if (ENDED.includes(run.state)) {
      if (before !== run.state || !run.told) {
        run.told = true;
        if (run.message) pg.notice(run.message, run.reason ?? run.state);
      }
      disconnect();
    }
  }

  /* ---- questions ---- */
  /* Whether a sample of one data set is a sample of the other: how many there are does not matter. */
  const sameSamples = (a, b) => ["dataset", "file", "target", "columns", "predict"].every((name) => JSON.stringify(a?.[name]) === JSON.stringify(b?.[name]));
  /* A run that this page may ask. None yet, or one of other data that no longer trains: a paused one at step 0. */
  async function answering() {
    if (starting) await starting; // perhaps of what stood on the screen before
    const run = state.run;
    const same = (part) => JSON.stringify(run.experiment?.[part]) === JSON.stringify(state.experiment[part], pg.withoutKeys);
    if (run && (!run.control || !run.experiment || !isEdited())) return run;
    if (run && !isUntouched(run) && (holdsScreen() || same("data") || sameSamples(run.experiment.data, state.experiment.data))) return run;
    await pg.checked();
    if (hasFaults()) throw new pg.RequestError(422, { code: "faults", message: pg.t("error.faults") });
    return startOnce({ paused: true });
  }
  async function ask(question, body = {}) {
    const asked = kind(), run = await answering();
    const other = kind() !== asked || (run.data?.kind ?? asked) !== asked || (body.path && body.path !== "input" && body.path !== "output" && run.experiment && !hasLayer(run.experiment, body.path));
    if (other) throw new pg.RequestError(0, { code: "outdated", message: pg.t("error.outdated") });
    try {
      return await pg.post(`runs/${run.id}/ask`, { question, ...body });
    } catch (error) {
      if (error.code === "no_such_run" && state.run === run) forget();
      throw error;
    }
  }
  /* Whether a path such as layers[2].body[0] leads to a layer of that experiment. */
  const hasLayer = (experiment, path) => Boolean(path.split(/[.[\]]+/).filter(Boolean).reduce((at, key) => at?.[key], experiment));
  /* "image" | "points" …: of the network that answers now, else of the data chosen. */
  const kind = () => (holdsScreen() ? state.run.data?.kind : null) ?? pg.data?.kind ?? state.run?.data?.kind ?? "image";

  /* Calls `fn` when it is shown and something moved since: the run, the sample. Never overlapping, at most `hz`. Where
     `fn` gives back false it was too early: the next tab or check tries again. */
  function live(element, fn, hz = 4) {
    let dirty = true, busy = false, timer = 0, last = 0;
    const wish = () => { dirty = true; plan(); };
    function plan() {
      if (busy || timer || !dirty || !pg.visible(element)) return;
      timer = setTimeout(go, Math.max(0, last + 1000 / hz - performance.now()));
    }
    async function go() {
      timer = 0;
      if (!dirty || busy || !pg.visible(element)) return;
      dirty = false;
      busy = true;
      last = performance.now();
      let done = true;
      try { done = await fn(); } catch (error) {
        if (!error.code && !(error instanceof pg.RequestError)) console.error(error); else pg.emit("unanswered", error);
        if (!pg.isChecked()) done = false; // the network on the screen is not known yet
      }
      busy = false;
      if (done === false) dirty = true; else if (element.isConnected) plan();
    }
    for (const topic of ["stepped", "sample", "reset"]) pg.on(topic, wish, element);
    for (const topic of ["tab", "check"]) pg.on(topic, () => requestAnimationFrame(plan), element);
    const shown = () => { if (element.isConnected) plan(); else document.removeEventListener("visibilitychange", shown); };
    document.addEventListener("visibilitychange", shown);
    requestAnimationFrame(plan); // once the component stands in the page, however late it came
    return wish;
  }
  function setSample(sample) { state.sample = sample; pg.emit("sample", sample); }

  Object.assign(pg, {
    train, pause, resume, step, stop, reset, setLive, receive, ask, live, setSample, sameSamples, kind, attach, adopt, record, action,
    isLive, isUntouched, holdsScreen, isEnded, isEdited, isAnother, isStarting: () => starting !== null,
    device: () => device, setDevice(id) { device = id; pg.local.set("device", id); },
  });
  pg.on("experiment", () => pg.emit("run", state.run));
  pg.on("check", describe);
  /* The planned learning rate: of the run on the screen, whatever is edited while it trains. */
  let plan = null;
  function takePlan() {
    const found = state.check?.schedule;
    if (found && !(plan && holdsScreen() && isEdited())) plan = found;
  }
  pg.plan = () => plan;
  /* No network answers: what the last one showed is of another experiment. */
  const showBlank = () => document.body.classList.toggle("pg-blank", !holdsScreen() && hasFaults());
  for (const topic of ["check", "run"]) pg.on(topic, showBlank);
  for (const topic of ["check", "reset"]) pg.on(topic, takePlan);
  device = pg.local.get("device") ?? device;
  pg.start();
})();
