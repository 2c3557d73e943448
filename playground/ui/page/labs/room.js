/** The Labs tab: the index or one lab, as the address says; opening one is a step of the history. */
import { h } from "../core/dom.js";
import { announce } from "../core/notices.js";
import { request } from "../core/requests.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { localized, t, translate } from "../core/words.js";
import { undoesOn } from "../experiment/undo.js";
import { CHALLENGES } from "./challenges/links.js";
import { challengesView } from "./challenges/opened.js";
import { IndexView } from "./index_view.js";
import { LabView } from "./lab_view.js";
import { learnWords } from "./learned_words.js";
import { hrefOf, labOf } from "./link.js";
import { OpenLab } from "./open_lab.js";

const TAB = "labs";
const ADDRESS_MS = 300; // browsers let a script write the address only so often

export class Room {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {IndexView | LabView | import("./challenges/opened.js").View | null} */
    this.view = null;
    /** @type {OpenLab | null} */
    this.lab = null;
    this.notice = h("p", { class: "fault lab-missing", role: "status", hidden: true });
    this.place = h("div", {}, h("p", { class: "coming dim", "data-t": "page.labs" }));
    /** @type {import("./types.js").Index | null} */
    this.index = null;
    /** @type {Map<string, import("./types.js").About>} */
    this.abouts = new Map();
    this.turn = 0;
    this.followed = ""; // the address that was last followed
    this.timer = 0;
    translate(this.place);
    root.append(this.notice, this.place);
  }

  /** Called once. */
  begin() {
    on("lang", () => this.view?.relabel(), this.root);
    on("dark", () => this.view?.relabel(), this.root);
    on("tab", (name) => this.onTab(name), this.root);
    window.addEventListener("popstate", () => this.followAddress());
    undoesOn(TAB, { undo: () => this.travel("undo"), redo: () => this.travel("redo") });
    this.followAddress();
  }

  /** The lab that is open stands in the address as long as its tab is shown. @param {string} name */
  onTab(name) {
    if (name !== TAB) return;
    if (!labOf(location.search).lab) this.nameInAddress();
    else if (location.href !== this.followed) this.followAddress();
  }

  /** @param {"undo" | "redo"} way */
  travel(way) {
    if (!this.lab?.[way]()) return;
    announce(t(way === "undo" ? "labs.undone" : "labs.redone"));
  }

  /** Shows what the address says. */
  followAddress() {
    this.followed = location.href;
    const { lab, changes } = labOf(location.search);
    if (location.hash.slice(1) !== TAB && !lab && state.tab !== TAB) return;
    if (lab && lab === this.lab?.about.id) this.lab.put({ ...this.lab.about.default, ...changes });
    else this.show(lab, changes);
  }

  /**
   * Somebody opens a lab, or the index: a step of the browser's history.
   * @param {string} id "" for the index
   * @param {Record<string, any>} [changes] the fields that differ from their defaults
   */
  open(id, changes = {}) {
    this.writeAddress();
    history.pushState(null, "", hrefOf(location.href, id, changes));
    this.show(id, changes, true);
  }

  /**
   * @param {string} id
   * @param {Record<string, any>} changes
   * @param {boolean} [isStep] somebody asked for it here, and the focus follows
   */
  async show(id, changes, isStep = false) {
    this.turn += 1;
    const turn = this.turn;
    this.lab?.asking.forget();
    this.notice.hidden = true;
    try {
      if (id === CHALLENGES) await this.showChallenges(changes, turn);
      else if (id) await this.showLab(id, changes, turn);
      else await this.showIndex(turn);
    } catch (error) {
      if (turn === this.turn) await this.onFailure(error, id);
    }
    if (isStep && turn === this.turn) this.enter();
  }

  /** The focus stands at the top of what has come. */
  enter() {
    window.scrollTo(0, 0);
    this.view?.title.focus({ preventScroll: true });
  }

  /**
   * @param {string} id
   * @param {Record<string, any>} changes
   * @param {number} turn
   */
  async showLab(id, changes, turn) {
    const about = this.abouts.get(id) ?? (await request(`labs/${encodeURIComponent(id)}`));
    this.abouts.set(id, about);
    if (turn !== this.turn) return;
    learnWords(about.frame);
    const lab = new OpenLab(about, changes, () => this.onLab(lab));
    this.lab = lab;
    this.put(new LabView(lab, (other) => this.open(other)));
    lab.ask();
  }

  /** @param {Record<string, any>} changes @param {number} turn */
  async showChallenges(changes, turn) {
    const view = await challengesView(changes, this.open.bind(this));
    if (turn !== this.turn) return;
    this.lab = null;
    this.put(view);
  }

  /** @param {number} turn */
  async showIndex(turn) {
    this.index ??= await request("labs");
    if (turn !== this.turn || !this.index) return;
    learnWords(this.index.frame);
    this.lab = null;
    this.put(new IndexView(this.index, (id) => this.open(id)));
  }

  /** @param {IndexView | LabView | import("./challenges/opened.js").View} view */
  put(view) {
    this.view = view;
    this.place.replaceChildren(view.element);
    view.relabel();
  }

  /** @param {OpenLab} lab */
  onLab(lab) {
    if (lab !== this.lab || !(this.view instanceof LabView)) return;
    this.view.show();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.writeAddress(), ADDRESS_MS);
  }

  /** The state as it is now, without a step of the browser's history. */
  writeAddress() {
    clearTimeout(this.timer);
    if (state.tab !== TAB || !this.lab || !labOf(location.search).lab) return;
    const href = hrefOf(location.href, this.lab.about.id, this.lab.changes);
    if (href !== location.href) history.replaceState(null, "", href);
  }

  /** Back on this tab: the address names again what is open. */
  nameInAddress() {
    if (!this.lab || labOf(location.search).lab) return;
    history.replaceState(null, "", hrefOf(location.href, this.lab.about.id, this.lab.changes));
  }

  /**
   * A lab that there is not is said above the index; where nothing could be loaded, one may try again.
   * @param {any} error
   * @param {string} id
   */
  async onFailure(error, id) {
    this.notice.hidden = false;
    this.place.querySelector(".coming")?.remove();
    this.notice.replaceChildren(localized(error.text) || error.message, " ");
    const isUnknown = id && error.status > 0;
    if (isUnknown) await this.showIndex(this.turn).catch(() => {});
    else this.notice.append(this.againButton());
  }

  againButton() {
    const again = () => this.followAddress();
    return h("button", { type: "button", class: "small", onclick: again }, t("page.reload"));
  }
}
