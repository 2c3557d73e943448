/** A teacher sets a challenge: data and start are those on the screen, the rest is a few fields. */
import { h } from "../../core/dom.js";
import { post } from "../../core/requests.js";
import { state } from "../../core/state.js";
import { localized } from "../../core/words.js";
import { challengeOfForm } from "./links.js";

const TEXTS = ["title_en", "title_zh", "text", "hint", "layers"];
const NUMBERS = ["parameters", "hidden_layers", "epochs", "value"];
const METRICS = ["accuracy", "mae", "r2", "calibration_error"];
const WAYS = ["at_least", "at_most"];

/** @param {string} name @param {any} input */
function line(name, input) {
  const id = `challenge-${name}`;
  input.id = id;
  input.name = name;
  const label = h("label", { for: id, "data-t": ["challenges.make", name].join(".") });
  return h("div", { class: "lab-field" }, h("div", { class: "line" }, label, input));
}

/** @param {string[]} values @param {string} words beginning of the keys of their words */
function select(values, words) {
  const option = (/** @type {string} */ value) =>
    h("option", { value, "data-t": [words, value].join(".") }, value);
  return h("select", {}, ...values.map(option));
}

export class TeacherForm {
  /** @param {(challenge: string) => void} made called with the link of what was made */
  constructor(made) {
    this.made = made;
    this.fault = h("p", { class: "fault", role: "status", hidden: true });
    const texts = TEXTS.map((name) => line(name, h("input", { type: "text", maxlength: 600 })));
    const numbers = NUMBERS.map((name) => line(name, h("input", { type: "text", inputmode: "decimal" })));
    const metric = line("metric", select(METRICS, "challenges.metric"));
    const way = line("way", select(WAYS, "challenges.way"));
    const start = line("start", h("input", { type: "checkbox" }));
    const [value] = numbers.splice(NUMBERS.indexOf("value"), 1);
    const button = h("button", { type: "submit", class: "primary", "data-t": "challenges.make.button" });
    const fields = [...texts, ...numbers, metric, way, value, start, this.fault, button];
    this.form = h(
      "form",
      { class: "lab-fields", novalidate: true, onsubmit: this.onSubmit.bind(this) },
      ...fields,
    );
    const help = h("p", { class: "dim", "data-t": "challenges.make.help" });
    const title = h("summary", { "data-t": "challenges.make" });
    this.element = h("details", { class: "card challenge-form" }, title, help, this.form);
  }

  /** @param {Event} event */
  async onSubmit(event) {
    event.preventDefault();
    /** @type {Record<string, string>} */
    const typed = {};
    for (const [name, value] of new FormData(this.form)) typed[name] = String(value);
    const lang = state.lang === "zh" ? "zh" : "en";
    const challenge = challengeOfForm(typed, state.experiment, lang);
    this.fault.hidden = true;
    try {
      const about = await post("challenge/made", { challenge });
      this.made(about.id);
    } catch (error) {
      this.show(/** @type {any} */ (error));
    }
  }

  /** @param {{text: any, message: string, place?: string}} error */
  show({ text, message, place }) {
    const where = place ? `${place}: ` : "";
    this.fault.textContent = where + (localized(text) || message);
    this.fault.hidden = false;
  }
}
