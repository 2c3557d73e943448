/* The page's own small framework: mounting, topics, words, requests, numbers. No other library, no build step.
   Loaded first; icons.js, pixels.js, store.js and runs.js add to `pg`, then the components register themselves.

   A component is registered with `pg.component(name, setup)` and mounted by its gr.HTML; `setup(element)` runs once
   both happened and the page is open (experiment, texts and catalogue are there). */
window.pg = (() => {
  const version = new URL(document.currentScript.src).searchParams.get("v") ?? "";
  const tabs = document.currentScript.dataset.tabs.split(" ");
  const state = {
    boot: null, experiment: null, check: null, preview: null, run: null, sample: null, answer: null, notice: null,
    lang: "en", dark: false, tab: tabs[0], preset: null,
  };
  const base = new URL("playground/", document.baseURI).href;

  /* ---- storage: works without it ---- */
  const storage = (kind) => ({
    get(key) {
      try { return JSON.parse(window[kind].getItem(`playground.${key}`)); } catch { return null; }
    },
    set(key, value) {
      try { window[kind].setItem(`playground.${key}`, JSON.stringify(value)); } catch { /* private mode, or full */ }
    },
  });
  const local = storage("localStorage"), session = storage("sessionStorage");

  /* ---- topics ---- */
  const listeners = new Map();
  function on(topic, fn, element = null) {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    const listener = { fn, element };
    listeners.get(topic).add(listener);
    return () => listeners.get(topic).delete(listener);
  }
  function emit(topic, detail) {
    for (const listener of [...(listeners.get(topic) ?? [])]) {
      if (listener.element && !listener.element.isConnected) { listeners.get(topic).delete(listener); continue; }
      try { listener.fn(detail); } catch (error) { console.error(topic, error); }
    }
  }

  /* ---- components ---- */
  const setups = new Map();
  let waiting = window.pgWaiting ?? [];
  let open = false, loaded;
  const allLoaded = new Promise((resolve) => { loaded = resolve; });
  function component(name, setup) { setups.set(name, setup); settle(); }
  function mount(name, element) { waiting.push([name, element]); settle(); }
  function settle() {
    if (!open) return;
    const ready = waiting.filter(([name]) => setups.has(name));
    waiting = waiting.filter(([name]) => !setups.has(name));
    for (const [name, element] of ready) {
      const root = element.querySelector(`[data-pg="${name}"]`) ?? element;
      if (root.dataset.mounted) continue;
      root.dataset.mounted = "yes";
      try { setups.get(name)(root); translate(root); } catch (error) { console.error(name, error); }
    }
  }

  /* ---- words ---- */
  const l = (text) => (text && typeof text === "object" ? text[state.lang] ?? text.en ?? "" : text ?? "");
  function t(key, values = {}) {
    const text = state.boot?.text[state.lang]?.[key] ?? state.boot?.text.en[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }
  const has = (key) => key in state.boot.text.en;
  /* data-t="key" sets the text, data-t-title / -label / -placeholder the attribute of that name; follows the language. */
  function translate(root) {
    for (const element of [root, ...root.querySelectorAll("[data-t],[data-t-title],[data-t-label],[data-t-placeholder]")]) {
      const { t: text, tTitle, tLabel, tPlaceholder } = element.dataset;
      if (text) element.textContent = t(text);
      if (tTitle) element.title = t(tTitle);
      if (tLabel || tTitle) element.setAttribute("aria-label", t(tLabel ?? tTitle));
      if (tPlaceholder) element.placeholder = t(tPlaceholder);
    }
  }
  function setLanguage(lang) {
    state.lang = lang;
    local.set("lang", lang);
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = t("app.title");
    for (const root of document.querySelectorAll("[data-pg]")) translate(root);
    emit("lang", lang);
  }

  /* ---- DOM ---- */
  /* h("button", {class: "icon", onclick: fn, "data-t": "bar.stop", disabled: false}, child, "text") */
  function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "style") element.style.cssText = value;
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    if ("data-t" in attributes || "data-t-title" in attributes || "data-t-label" in attributes) translate(element);
    return element;
  }
  const visible = (element) => !document.hidden && element.isConnected && element.getClientRects().length > 0;
  /* Says something to screen readers without showing it. */
  function announce(text) {
    let region = document.getElementById("pg-announcer");
    if (!region) {
      region = h("div", { id: "pg-announcer", class: "visually-hidden", "aria-live": "polite", role: "status" });
      document.body.append(region);
    }
    region.textContent = "";
    requestAnimationFrame(() => { region.textContent = text; });
  }
  /* A short message that goes away by itself. */
  function toast(text) {
    let region = document.getElementById("pg-toasts");
    if (!region) document.body.append(region = h("div", { id: "pg-toasts", "aria-live": "polite", role: "status" }));
    const note = h("div", { class: "toast" }, text);
    region.replaceChildren(note);
    setTimeout(() => note.remove(), 4000);
  }
  /* A message above the tabs that stays until it is dismissed; `message` is a text or {en, zh}. null takes it away. */
  function notice(message, code = "") {
    state.notice = message ? { message, code } : null;
    emit("notice", state.notice);
  }

  /* ---- requests ---- */
  class RequestError extends Error {
    constructor(status, error, faults = []) {
      super(l(error.message));
      Object.assign(this, { status, place: error.place ?? "", code: error.code ?? "", text: error.message, faults });
    }
  }
  /* One that nobody was left to wait for is said, too. */
  window.addEventListener("unhandledrejection", (event) => {
    if (!(event.reason instanceof RequestError)) return;
    event.preventDefault();
    notice(event.reason.text, event.reason.code || "error");
  });
  const withoutKeys = (key, value) => (key === "_key" ? undefined : value);
  async function request(path, options = {}) {
    let response;
    try { response = await fetch(base + path, options); } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new RequestError(0, { message: t("error.offline"), code: "offline" });
    }
    const type = response.headers.get("content-type") ?? "";
    const answer = type.includes("json") ? await response.json() : null;
    if (response.ok && answer !== null) return answer;
    const error = answer?.error ?? { message: t("error.status", { status: response.status }) };
    throw new RequestError(response.status, error, error.faults ?? []);
  }
  /* Bytes (Blob, typed array) go as they are, anything else as JSON. */
  function post(path, body, { signal, headers = {} } = {}) {
    const raw = body instanceof Blob || ArrayBuffer.isView(body) || body instanceof ArrayBuffer;
    const type = raw ? (body.type || "application/octet-stream") : "application/json";
    return request(path, {
      method: "POST", signal, headers: { "content-type": type, ...headers },
      body: raw ? body : JSON.stringify(body, withoutKeys),
    });
  }

  /* ---- numbers ---- */
  const grouped = new Intl.NumberFormat("en-US");
  function scaled(value, units, step) {
    let unit = 0;
    while (unit < units.length - 1 && Math.abs(value) >= step * 0.9995) { value /= step; unit += 1; }
    const digits = unit === 0 || value >= 100 ? 0 : 1;
    return value.toFixed(digits) + units[unit];
  }
  const none = (value) => typeof value !== "number" || Number.isNaN(value); // half-typed fields hold texts
  const exponent = (value, digits) => value.toExponential(digits).replace(/\.?0+e/, "e").replace("e+", "e");
  const format = {
    count: (n) => (none(n) ? "–" : Math.abs(n) < 10000 ? grouped.format(Math.round(n)) : scaled(n, ["", " k", " M", " G", " T", " P"], 1000)),
    bytes: (n) => (none(n) ? "–" : scaled(n, [" B", " kB", " MB", " GB", " TB"], 1000)),
    seconds(s) {
      if (none(s)) return "–";
      if (s < 0.095) return `${Math.max(1, Math.round(s * 1000))} ms`;
      if (s < 9.95) return `${s.toFixed(1)} s`;
      if (s < 99.5) return `${Math.round(s)} s`;
      return s < 5970 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`;
    },
    clock(s) {
      if (none(s)) return "–:––";
      const whole = Math.max(0, Math.ceil(s)), pad = (n) => String(n).padStart(2, "0");
      const hours = Math.floor(whole / 3600), minutes = Math.floor((whole % 3600) / 60);
      return hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
    },
    number(x) {
      if (none(x)) return "–";
      if (!Number.isFinite(x)) return String(x);
      const size = Math.abs(x);
      if (size === 0) return "0.000";
      if (size < 5e-4 || size >= 1e5) return x.toExponential(1).replace("e+", "e");
      return x.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3);
    },
    percent: (p) => (none(p) ? "–" : `${(100 * p).toFixed(1)} %`),
    lr: (x) => (none(x) ? "–" : x === 0 ? "0" : x < 0.01 || x >= 100 ? exponent(x, 1) : String(Number(x.toPrecision(3)))),
    shape: (shape) => (shape ? (shape.length ? shape.join(" × ") : "1") : "?"),
  };

  /* ---- tabs, light and dark ---- */
  /* Shows a tab from its top; on a phone the rail above it is passed. */
  function tab(name) {
    if (!tabs.includes(name)) return;
    const changes = open && state.tab !== name;
    state.tab = name;
    document.body.dataset.tab = name;
    if (changes) {
      const bar = document.getElementById("bar"), panels = document.getElementById("panels"), rail = document.getElementById("rail");
      const stacked = rail && panels && rail.getBoundingClientRect().bottom <= panels.getBoundingClientRect().top;
      window.scrollTo(0, stacked ? panels.getBoundingClientRect().top + window.scrollY - bar.offsetHeight - 10 : 0);
    }
    const hash = name === tabs[0] ? "" : `#${name}`;
    if (location.hash !== hash) history.replaceState(null, "", location.pathname + location.search + hash);
    emit("tab", name);
  }
  function watchTheme() {
    const look = () => {
      const dark = document.body.classList.contains("dark");
      if (dark !== state.dark) { state.dark = dark; emit("dark", dark); }
    };
    new MutationObserver(look).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    look();
  }
  function setDark(dark) { document.body.classList.toggle("dark", dark); local.set("dark", dark); }

  /* ---- start: called by runs.js; the page opens once ready.js, the last script of all, has come ---- */
  async function start() {
    watchTheme();
    try {
      state.boot = await request(`boot?v=${encodeURIComponent(version)}`);
    } catch (error) {
      document.body.append(Object.assign(document.createElement("p"), { className: "fatal", textContent: error.message }));
      return;
    }
    const known = local.get("lang");
    setLanguage(known === "en" || known === "zh" ? known : /^zh\b/i.test(navigator.language ?? "") ? "zh" : "en");
    if (typeof local.get("dark") === "boolean" && !new URL(location.href).searchParams.has("__theme")) setDark(local.get("dark"));
    tab(tabs.includes(location.hash.slice(1)) ? location.hash.slice(1) : tabs[0]);
    window.addEventListener("hashchange", () => tab(location.hash.slice(1) || tabs[0]));
    await Promise.all([pg.open(), allLoaded]);
    open = true;
    document.body.classList.add("pg-open");
    settle();
  }

  return {
    state, data: null, base, version, tabs, local, session, on, emit, component, mount, l, t, has, translate, setLanguage, setDark, h,
    visible, announce, toast, notice, request, post, RequestError, withoutKeys, format, tab, start, loaded,
  };
})();
