/** The lab that is open: its state, each change of which can be undone, and the server's newest answer. */
import { isSameJson } from "../core/json.js";
import { post } from "../core/requests.js";
import { UndoStack } from "../experiment/undo.js";
import { changesOf } from "./link.js";
import { Newest } from "./newest.js";

/** @typedef {import("./types.js").About} About */
/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {Record<string, any>} State */

const BUSY = 429;
const AGAIN_MS = 1500;

export class OpenLab {
  /**
   * @param {About} about
   * @param {State} changes the fields that differ from their defaults
   * @param {() => void} show called after every change and every answer
   */
  constructor(about, changes, show) {
    this.about = about;
    /** @type {State} */
    this.state = { ...about.default, ...changes };
    this.show = show;
    /** @type {Answer | null} the newest; where the state has a fault, that of an earlier state */
    this.answer = null;
    /** @type {import("../types.js").Fault[]} of the state as it is */
    this.faults = [];
    /** @type {import("../types.js").Fault | null} what a link said and was left out */
    this.ignored = null;
    this.steps = new UndoStack();
    this.asking = new Newest({
      send: (/** @type {State} */ state, signal) => post("lab", { lab: about.id, state }, { signal }),
      answered: (answer, state) => this.onAnswer(answer, state),
      failed: (error, state) => this.onFailure(error, state),
    });
  }

  /** The fields that differ from their defaults. */
  get changes() {
    return changesOf(this.state, this.about.default);
  }

  ask() {
    this.asking.ask(this.changes);
  }

  /**
   * @param {State} changes
   * @param {string | null} [merge] changes in a row with the same name are one step of undo
   */
  set(changes, merge = null) {
    const next = { ...this.state, ...changes };
    if (isSameJson(next, this.state)) return;
    this.steps.record({ label: "", experiment: this.state, preset: null }, merge, performance.now());
    this.put(next);
  }

  /** @param {State} state */
  put(state) {
    this.state = state;
    this.ignored = null;
    this.ask();
    this.show();
  }

  undo() {
    return this.travel(this.steps.undo({ experiment: this.state, preset: null }));
  }

  redo() {
    return this.travel(this.steps.redo({ experiment: this.state, preset: null }));
  }

  /** @param {import("../experiment/undo.js").Step | null} step @returns {boolean} whether there was one */
  travel(step) {
    if (step) this.put(step.experiment);
    return step !== null;
  }

  /**
   * @param {Answer} answer
   * @param {State} asked
   */
  onAnswer(answer, asked) {
    this.answer = answer;
    if (isSameJson(asked, this.changes)) this.faults = [];
    this.show();
  }

  /**
   * @param {any} error
   * @param {State} asked
   */
  onFailure(error, asked) {
    if (error.status === BUSY) setTimeout(() => this.ask(), AGAIN_MS);
    const faults = error.faults?.length ? error.faults : [faultOf(error)];
    if (!this.answer && this.leaveOut(faults, asked)) return;
    if (isSameJson(asked, this.changes)) this.faults = faults;
    this.show();
  }

  /**
   * A link may name a field or a value that there is not: the lab opens without it.
   * @param {import("../types.js").Fault[]} faults
   * @param {State} asked
   * @returns {boolean} whether something was left out, and the rest asked
   */
  leaveOut(faults, asked) {
    const bad = faults.map(fieldOf).filter((name) => name in asked);
    if (bad.length === 0) return false;
    for (const name of bad) {
      if (name in this.about.default) this.state[name] = this.about.default[name];
      else delete this.state[name];
    }
    this.ignored = faults[0];
    this.ask();
    return true;
  }
}

/** The field that a fault is about. @param {import("../types.js").Fault} fault */
export const fieldOf = ({ place }) => place.split(/[.[]/, 1)[0];

/** @param {any} error @returns {import("../types.js").Fault} */
const faultOf = ({ place = "", code = "", text, message }) => ({ place, code, message: text ?? message });
