/**
 * Says aloud where the learning rate changes with something else, or stays although everything else
 * changed.
 */
import { format } from "../core/format.js";
import { toast } from "../core/notices.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { localized, t } from "../core/words.js";
import { entryOf } from "./catalogue.js";
import { edit } from "./store.js";

/** So many times more or less than usual is told when the data change. */
const UNUSUAL = 10;

/** @typedef {{optimizer: string, lr: any, dataset: string}} Rate */

/** @returns {Rate} */
function present() {
  const { data, training } = state.experiment;
  const { optimizer, lr } = training.optimizer;
  return { optimizer, lr, dataset: data.dataset };
}

/** @param {any} lr */
function setRate(lr) {
  edit("edit.training", (experiment) => {
    experiment.training.optimizer.lr = lr;
  });
}

/**
 * Whether a rate is far from what is usual.
 * @param {any} lr
 * @param {any} usual
 */
export function isUnusual(lr, usual) {
  const areNumbers = typeof lr === "number" && typeof usual === "number" && lr > 0 && usual > 0;
  if (!areNumbers) return false;
  const ratio = lr / usual;
  return ratio > UNUSUAL || ratio < 1 / UNUSUAL;
}

/**
 * @param {Rate} before
 * @param {Rate} now
 */
function tell(before, now) {
  const entry = entryOf("optimizer", now.optimizer);
  const isUsual = now.lr === entry?.default.lr;
  if (before.optimizer !== now.optimizer && before.lr !== now.lr && isUsual) {
    const words = { lr: format.lr(now.lr), optimizer: localized(entry?.label) };
    const offer = { label: t("undo"), act: () => setRate(before.lr) };
    toast(t("rate.changed_with_optimizer", words), offer);
    return;
  }
  const usual = entry?.default.lr;
  if (before.dataset === now.dataset || before.lr !== now.lr || !isUnusual(now.lr, usual)) return;
  const offer = { label: t("range.use", { lr: format.lr(usual) }), act: () => setRate(usual) };
  toast(t("rate.stayed", { lr: format.lr(now.lr), usual: format.lr(usual) }), offer);
}

/** Called once, when the page opens. */
export function noteRates() {
  let before = present();
  on("experiment", ({ source }) => {
    const now = present();
    if (source === "edit") tell(before, now);
    before = now;
  });
}
