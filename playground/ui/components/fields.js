/* One control for one field of a catalogue entry, whatever the entry: number, choice, switch.

   What is typed is committed at every key: as a number where it is one, else as the text itself, so that the server
   can say what is wrong with it. The text in the box is never rewritten while it says what the experiment says. */
(() => {
  const pg = window.pg;
  const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

  function parse(text, descriptor) {
    const trimmed = text.trim().replace("−", "-");
    if (descriptor.control === "integers") {
      const parts = trimmed.split(/[\s,;，、]+/).filter(Boolean);
      return parts.every((part) => /^\d+$/.test(part)) ? parts.map(Number) : trimmed;
    }
    if (trimmed === "" && descriptor.optional) return null;
    const number = Number(trimmed);
    return NUMBER.test(trimmed) && Number.isFinite(number) ? number : trimmed;
  }
  const show = (value) => (value === null || value === undefined ? "" : Array.isArray(value) ? value.join(", ") : String(value));
  const same = (a, b) => a === b || (Array.isArray(a) && Array.isArray(b) && a.join() === b.join());

  /* The next value by arrow key: 1-2-5 or doubled on a log scale, else a step. */
  function stepped(value, descriptor, up) {
    const { min, max, control } = descriptor;
    const number = typeof value === "number" ? value : descriptor.default ?? min ?? 0;
    let next;
    if (descriptor.log && control === "integer") next = up ? Math.max(1, number * 2) : Math.floor(number / 2);
    else if (descriptor.log) next = nice(number, up);
    else {
      const step = descriptor.step ?? (control === "integer" ? 1 : 0.1);
      next = Number((Math.round(number / step + (up ? 1 : -1)) * step).toPrecision(12));
    }
    return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, next));
  }
  function nice(number, up) {
    if (number <= 0) return up ? 1e-4 : 0;
    const power = Math.floor(Math.log10(number) + 1e-9), lead = number / 10 ** power;
    const steps = [0.5, 1, 2, 5, 10];
    const next = up ? steps.find((s) => s > lead + 1e-6) : steps.findLast((s) => s < lead - 1e-6);
    return Number((next * 10 ** power).toPrecision(6));
  }

  /* -> element with update(value), fault(bool) and relabel(); `change(value)` at every edit. */
  function field(descriptor, value, change, { label = true, unit = false } = {}) {
    const { name, control } = descriptor;
    const text = pg.h("span"), after = pg.h("span", { class: "unit" });
    let input, read;
    if (control === "choice") {
      input = pg.h("select");
      read = () => choices().find((choice) => String(choice.value) === input.value)?.value ?? input.value;
    } else if (control === "toggle") {
      input = pg.h("input", { type: "checkbox" });
      read = () => input.checked;
    } else {
      input = pg.h("input", { type: "text", inputmode: control === "integer" ? "numeric" : "decimal", autocomplete: "off", spellcheck: "false" });
      read = () => parse(input.value, descriptor);
    }
    const box = pg.h("label", { class: `field field-${control}`, "data-field": name }, label ? text : null, input,
      unit && descriptor.unit ? after : null);
    const choices = () => descriptor.choices.map((choice) => (typeof choice === "object" && choice !== null ? choice : { value: choice, label: choice }));

    input.addEventListener(control === "choice" || control === "toggle" ? "change" : "input", () => change(read()));
    if (input.type === "text") {
      input.addEventListener("keydown", (event) => {
        if (control === "integers" || (event.key !== "ArrowUp" && event.key !== "ArrowDown") || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        input.value = show(stepped(read(), descriptor, event.key === "ArrowUp"));
        change(read());
      });
      input.addEventListener("focus", () => { if (matchMedia("(pointer: fine)").matches) input.select(); });
    }
    box.update = (next) => {
      if (control === "toggle") { input.checked = next === true; return; }
      if (control === "choice") {
        if (![...input.options].some((option) => option.value === String(next))) input.append(new Option(show(next), show(next)));
        input.value = String(next);
        return;
      }
      if (!same(read(), next) || (next !== null && input.value === "")) input.value = show(next);
      const size = Math.max(4, Math.min(12, input.value.length + 2));
      input.style.width = `calc(${size}ch + 14px)`;
    };
    box.fault = (bad) => { if (bad) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid"); };
    box.relabel = () => {
      const words = pg.has(`field.${name}`) ? pg.t(`field.${name}`) : pg.l(descriptor.label);
      text.textContent = words;
      after.textContent = pg.l(descriptor.unit);
      box.title = pg.l(descriptor.help);
      input.setAttribute("aria-label", words);
      if (descriptor.optional && input.type === "text") input.placeholder = pg.t(pg.has(`field.blank.${name}`) ? `field.blank.${name}` : "field.blank");
      if (control === "choice") {
        const now = input.value;
        input.replaceChildren(...choices().map((choice) => new Option(pg.l(choice.label), choice.value)));
        if (now) box.update(now);
      }
    };
    box.input = input;
    box.relabel();
    box.update(value);
    return box;
  }

  /* The entry of a catalogue by its id, and the value of a field of it. */
  const entry = (kind, id) => pg.state.boot.catalogue[kind].find((each) => each.id === id);
  const valueOf = (object, descriptor) => (object && descriptor.name in object ? object[descriptor.name] : descriptor.default);
  const faultsAt = (place) => (pg.state.check?.faults ?? []).filter((fault) => fault.place === place);
  /* The faults of a place and of everything in it. */
  const faultsUnder = (place) => (pg.state.check?.faults ?? []).filter((fault) => fault.place === place
    || fault.place.startsWith(`${place}.`) || fault.place.startsWith(`${place}[`));
  let labels = null;
  function fieldName(name) {
    if (pg.has(`field.${name}`)) return pg.t(`field.${name}`);
    labels ??= new Map(Object.values(pg.state.boot.catalogue).flat().flatMap((each) => each.fields ?? [each]).map((field) => [field.name, field.label]));
    return pg.l(labels.get(name)) || "";
  }
  /* What is wrong, with the name of the field where it is one. */
  function faultWords({ place, message }) {
    const name = place.includes(".") ? fieldName(place.split(".").at(-1).replace(/\[.*/, "")) : "";
    return name ? pg.t("fault.of", { name, fault: pg.l(message) }) : pg.l(message);
  }
  /* A fault in words, with its repairs as buttons. */
  function faultLine(fault, apply) {
    const repairs = (fault.repairs ?? []).map((repair) => pg.h("button", { class: "small", type: "button", onclick: () => apply(repair) }, pg.l(repair.label)));
    return pg.h("div", { class: "fault-line" }, pg.icon("warning"), pg.h("span", {}, faultWords(fault)), repairs);
  }

  /* A repair, as one undoable edit. */
  function repair({ layers, training, data }) {
    pg.edit("edit.repair", (experiment) => {
      if (data) experiment.data = structuredClone(data);
      if (layers) experiment.layers = structuredClone(layers);
      if (training) Object.assign(experiment.training, structuredClone(training));
    });
  }
  /* Previews of the data by kind: (view, preview) => void; a component's file adds its own. */
  const previews = {};

  Object.assign(pg, { repair, previews, field, entry, valueOf, faultsAt, faultsUnder, faultLine, faultWords });
})();
