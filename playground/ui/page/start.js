/** The first module of the page: opens it. */
import "./inspect.js";
import "./run/blank.js";
import "./run/plan.js";
import "./run/stream.js";
import { h } from "./core/dom.js";
import { keepBoot, open, showWhenDrawn } from "./core/opening.js";
import { request, stamp } from "./core/requests.js";
import { openTabs } from "./core/tabs.js";
import { restoreTheme, watchTheme } from "./core/theme.js";
import { preferredLanguage, setLanguage } from "./core/words.js";
import { acceptDrops } from "./experiment/open_file.js";
import { noteRates } from "./experiment/rate_notes.js";
import { explainTerms } from "./kit/term.js";
import { keepAnswering } from "./run/answers.js";
import { openExperiment } from "./run/open.js";

async function start() {
  watchTheme();
  try {
    keepBoot(await request(`boot?v=${encodeURIComponent(stamp)}`));
  } catch (error) {
    document.body.append(h("p", { class: "fatal" }, /** @type {Error} */ (error).message));
    return;
  }
  setLanguage(preferredLanguage());
  restoreTheme();
  await Promise.all([openTabs(), openExperiment()]);
  open();
  keepAnswering();
  noteRates();
  explainTerms();
  acceptDrops();
  showWhenDrawn();
}

start();
