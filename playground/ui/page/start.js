/** The first module of the page: opens it. */
import "./inspect.js";
import "./run/blank.js";
import "./run/plan.js";
import "./run/stream.js";
import { h } from "./core/dom.js";
import { withValues } from "./core/link.js";
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

/** Taken out of the address once it is remembered: it would undo the next choice at every reload. */
function forgetLanguage() {
  const { href } = location;
  const rest = withValues(href, { lang: null });
  if (rest !== href) history.replaceState(null, "", rest);
}

async function start() {
  watchTheme();
  try {
    keepBoot(await request(`boot?v=${encodeURIComponent(stamp)}`));
  } catch (error) {
    document.body.append(h("p", { class: "fatal" }, /** @type {Error} */ (error).message));
    return;
  }
  setLanguage(preferredLanguage(location.search));
  forgetLanguage();
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
