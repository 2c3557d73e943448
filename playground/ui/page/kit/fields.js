// @ts-nocheck
/** One control for one field of a catalogue entry, whatever the entry: number, choice, switch.
 *
 * What is typed is committed at every key: as a number where it is one, else as the text itself, so that the server
 * can say what is wrong with it. The text in the box is never rewritten while it says what the experiment says. */
import { h } from "../core/dom.js";
import { hasWords, localized, t } from "../core/words.js";

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
const show = (value) =>
  value === null || value === undefined ? "" : Array.isArray(value) ? value.join(", ") : String(value);
const same = (a, b) => a === b || (Array.isArray(a) && Array.isArray(b) && a.join() === b.join());

/* The next value by arrow key: 1-2-5 or doubled on a log scale, else a step. */
function stepped(value, descriptor, up) {
  const { min, max, control } = descriptor;
  const number = typeof value === "number" ? value : (descriptor.default ?? min ?? 0);
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
  const power = Math.floor(Math.log10(number) + 1e-9),
    lead = number / 10 ** power;
  const steps = [0.5, 1, 2, 5, 10];
  const next = up ? steps.find((s) => s > lead + 1e-6) : steps.findLast((s) => s < lead - 1e-6);
  return Number((next * 10 ** power).toPrecision(6));
}

/* -> element with update(value), fault(bool) and relabel(); `change(value)` at every edit. */
export function fieldControl(descriptor, value, change, { label = true, unit = false } = {}) {
  const { name, control } = descriptor;
  const text = h("span"),
    after = h("span", { class: "unit" });
  let input, read;
  if (control === "choice") {
    input = h("select");
    read = () => choices().find((choice) => String(choice.value) === input.value)?.value ?? input.value;
  } else if (control === "toggle") {
    input = h("input", { type: "checkbox" });
    read = () => input.checked;
  } else {
    input = h("input", {
      type: "text",
      inputmode: control === "integer" ? "numeric" : "decimal",
      autocomplete: "off",
      spellcheck: "false",
    });
    read = () => parse(input.value, descriptor);
  }
  const box = h(
    "label",
    { class: `field field-${control}`, "data-field": name },
    label ? text : null,
    input,
    unit && descriptor.unit ? after : null,
  );
  const choices = () =>
    descriptor.choices.map((choice) =>
      typeof choice === "object" && choice !== null ? choice : { value: choice, label: choice },
    );

  input.addEventListener(control === "choice" || control === "toggle" ? "change" : "input", () =>
    change(read()),
  );
  if (input.type === "text") {
    input.addEventListener("keydown", (event) => {
      if (
        control === "integers" ||
        (event.key !== "ArrowUp" && event.key !== "ArrowDown") ||
        event.altKey ||
        event.ctrlKey ||
        event.metaKey
      )
        return;
      event.preventDefault();
      input.value = show(stepped(read(), descriptor, event.key === "ArrowUp"));
      change(read());
    });
    input.addEventListener("focus", () => {
      if (matchMedia("(pointer: fine)").matches) input.select();
    });
  }
  box.update = (next) => {
    if (control === "toggle") {
      input.checked = next === true;
      return;
    }
    if (control === "choice") {
      if (![...input.options].some((option) => option.value === String(next)))
        input.append(new Option(show(next), show(next)));
      input.value = String(next);
      return;
    }
    if (!same(read(), next) || (next !== null && input.value === "")) input.value = show(next);
    const size = Math.max(4, Math.min(12, input.value.length + 2));
    input.style.width = `calc(${size}ch + 14px)`;
  };
  box.fault = (bad) => {
    if (bad) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };
  box.relabel = () => {
    const words = hasWords(`field.${name}`) ? t(`field.${name}`) : localized(descriptor.label);
    text.textContent = words;
    after.textContent = localized(descriptor.unit);
    box.title = localized(descriptor.help);
    input.setAttribute("aria-label", words);
    if (descriptor.optional && input.type === "text")
      input.placeholder = t(hasWords(`field.blank.${name}`) ? `field.blank.${name}` : "field.blank");
    if (control === "choice") {
      const now = input.value;
      input.replaceChildren(...choices().map((choice) => new Option(localized(choice.label), choice.value)));
      if (now) box.update(now);
    }
  };
  box.input = input;
  box.relabel();
  box.update(value);
  return box;
}
