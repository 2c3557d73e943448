/**
 * A whole file for the network as it is now: every row, text or picture gets an answer, as a table to
 * download; where the file says what is right, the report on it as well.
 */
import { h } from "../core/dom.js";
import { format } from "../core/format.js";
import { state } from "../core/state.js";
import { on, onAny } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { card, head } from "../kit/card.js";
import { saveFile } from "../kit/save.js";
import { takeDrops } from "../kit/upload.js";
import { answering } from "../run/ask.js";
import { shownClasses, shownData, shownKind } from "../run/shown.js";
import { answerKind } from "../run/subject.js";
import { answerFile } from "../run/whole_file.js";
import { confusionTable } from "./report/confusion.js";
import { figureElement, figuresOf } from "./report/figures.js";

/** @typedef {import("../run/whole_file.js").Answers & {name: string}} Answered */

const ANSWERED = ["classes", "value", "labels", "two_tasks"];
const TABLES = ".csv,.tsv,.txt,.data,.gz,.zip,text/csv,text/plain";
/** @type {Record<string, string>} what may be chosen, by the kind of a sample */
const ACCEPTED = { image: ".zip,image/*", table: TABLES, points: TABLES, text: TABLES, series: TABLES };

/** Whether the network gives one answer for a sample. */
function applies() {
  const data = shownData();
  if (!data || !ANSWERED.includes(answerKind())) return false;
  const isWindow = shownKind() === "series" && data.data_task === "classification";
  return shownKind() in ACCEPTED && !state.preview?.generates && !isWindow;
}

class WholeFile {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.latest = 0; // counts the files: only what the last of them gives is shown
    /** @type {Answered | null} */
    this.answered = null;
    /** @type {any} */
    this.failed = null;
    this.input = h("input", { type: "file", class: "visually-hidden", "data-t-label": "whole.choose" });
    this.input.tabIndex = -1; // the button opens it
    const open = () => this.input.click();
    this.button = h("button", { type: "button", "data-t": "whole.choose", onclick: open });
    this.line = h("span", { class: "dim" });
    this.bar = h("progress", { max: "1", hidden: true });
    this.trouble = h("p", { class: "upload-trouble", role: "alert", hidden: true });
    this.result = h("div", { class: "whole-file-result", hidden: true, "aria-live": "polite" });
    const box = h("div", { class: "upload" }, this.input, this.button, this.line, this.bar, this.trouble);
    const header = head("whole.title", "whole.help");
    root.append(h("section", { class: "card whole-file" }, header, box, this.result));
    this.input.addEventListener("change", () => {
      const [file] = this.input.files;
      this.input.value = ""; // the same file can be chosen again
      this.take(file);
    });
    takeDrops(box, (file) => this.take(file));
  }

  show() {
    this.root.hidden = !applies();
    if (this.root.hidden) return;
    this.input.accept = ACCEPTED[shownKind()];
    if (this.bar.hidden) this.line.textContent = t(`whole.line.${shownKind()}`);
    this.trouble.hidden = !this.failed;
    if (this.failed) this.trouble.textContent = localized(this.failed.text ?? this.failed.message);
    this.result.hidden = !this.answered;
    if (this.answered) this.result.replaceChildren(...resultElements(this.answered));
  }

  /** What is said of a network that is not shown any more. */
  forget() {
    this.latest += 1;
    this.answered = null;
    this.failed = null;
    this.setBusy(false);
    this.show();
  }

  /** @param {File | undefined} file */
  async take(file) {
    if (!file) return;
    try {
      // first of all: where a run has to be begun for it, the page forgets what was said before
      const run = await answering();
      await this.ask(run, file);
    } catch (error) {
      this.failed = error;
      this.setBusy(false);
      this.show();
    }
  }

  /**
   * @param {any} run
   * @param {File} file
   */
  async ask(run, file) {
    this.forget();
    const mine = this.latest;
    this.setBusy(true);
    const tell = (/** @type {string} */ what, /** @type {number} */ share) => {
      if (mine === this.latest) this.tell(what, share);
    };
    try {
      const answers = await answerFile(run, file, tell);
      if (mine === this.latest) this.answered = { ...answers, name: file.name };
    } catch (error) {
      if (mine === this.latest) this.failed = error;
    }
    if (mine !== this.latest) return;
    this.setBusy(false);
    this.show();
  }

  /**
   * @param {string} what
   * @param {number} share
   */
  tell(what, share) {
    this.line.textContent = t(`whole.${what}`);
    if (what === "reading") this.bar.removeAttribute("value");
    else this.bar.value = share;
  }

  /** @param {boolean} isBusy */
  setBusy(isBusy) {
    this.bar.hidden = !isBusy;
    this.button.disabled = isBusy;
  }
}

/** @param {Answered} answered */
function resultElements({ facts, csv, name }) {
  const words = { n: format.count(facts.n), step: format.count(facts.step), name };
  const key = shownKind() === "series" ? "whole.forecast" : "whole.done";
  const stem = name.replace(/\.\w+$/, "") || "file";
  const save = () => saveFile(`${stem}-answers.csv`, csv);
  const button = h("button", { type: "button", class: "small primary", onclick: save }, t("whole.download"));
  const said = h("p", { class: "whole-file-said" }, h("span", {}, t(key, words)), button);
  return [said, ...leftOutElements(facts), ...strangeElements(facts), ...reportElements(facts)];
}

/** @param {any} facts */
function leftOutElements({ left_out: count, first_left_out: first }) {
  if (!count) return [];
  const places = first.map((/** @type {any} */ { place, why }) => `${place} (${whyWords(why)})`);
  const more = count > first.length ? " …" : "";
  const summary = h("summary", {}, t("whole.left_out", { n: format.count(count) }));
  return [h("details", {}, summary, places.join(", ") + more)];
}

/** @param {any} facts */
function strangeElements({ strange }) {
  return strange.map((/** @type {any} */ { column, count, cell }) =>
    h("p", { class: "whole-file-strange" }, t("whole.strange", { column, n: format.count(count), cell })),
  );
}

/** @param {string} why */
const whyWords = (why) => t(["bad_row", "no_text"].includes(why) ? `whole.why.${why}` : "whole.why.unread");

/** @param {any} facts */
function reportElements({ report }) {
  if (!report) return [h("p", { class: "dim" }, t("whole.no_report"))];
  const scope = t("whole.report", { n: format.count(report.n), of: format.count(report.of) });
  const elements = figuresOf(report).map((figure) => figureElement(figure));
  const figures = h("div", { class: "report-figures num" }, ...elements);
  const { classes } = report;
  const matrix = classes?.confusion
    ? [h("div", { class: "report-matrix" }, confusionTable(classes, shownClasses()))]
    : [];
  return [h("p", { class: "dim" }, scope), figures, ...matrix];
}

/** @param {HTMLElement} root */
function setup(root) {
  const whole = new WholeFile(root);
  onAny(["check", "run", "preview", "lang"], () => whole.show(), root);
  on("reset", () => whole.forget(), root);
  whole.show();
}

export default card("whole_file", setup);
