/**
 * `playground`, the page's one global: for the curious, who may read and steer it from the console, and
 * for tests.
 */
import { decode } from "./core/bytes.js";
import { format } from "./core/format.js";
import { state } from "./core/state.js";
import { showTab } from "./core/tabs.js";
import { on } from "./core/topics.js";
import { setLanguage } from "./core/words.js";
import { canonical } from "./experiment/canonical.js";
import { isChecked, whenChecked } from "./experiment/check.js";
import { faultsUnder } from "./experiment/faults.js";
import { edit, load, redo, undo } from "./experiment/store.js";
import { ask } from "./run/ask.js";
import { clearDrawing, drawing, isSettled } from "./run/drawing.js";
import { runHistory } from "./run/history.js";
import { plannedRate } from "./run/plan.js";
import { setSample } from "./run/samples.js";
import { currentSituation, shownKind } from "./run/shown.js";
import { isStarting, pause, resetRun, resume, stepOnce, stopRun, train } from "./run/steering.js";
import { receive } from "./run/stream.js";

const playground = {
  /** The experiment, the server's check of it, the run, the sample, the answer, … */
  state,
  /** What the server says of the data chosen. */
  get data() {
    return state.data;
  },
  /** What the run measured so far. */
  get history() {
    return runHistory;
  },
  drawing: {
    get strokes() {
      return drawing.strokes;
    },
    get drawn() {
      return drawing.drawn;
    },
    isSettled,
    clear: clearDrawing,
  },
  format,
  // what is so
  isChecked,
  isEdited: () => currentSituation().isEdited,
  isEnded: () => currentSituation().isEnded,
  isStarting,
  checked: whenChecked,
  faultsUnder,
  kind: shownKind,
  situation: currentSituation,
  plan: plannedRate,
  canonical,
  decode,
  on,
  // what can be done
  edit,
  load,
  undo,
  redo,
  train,
  pause,
  resume,
  step: stepOnce,
  stop: stopRun,
  reset: resetRun,
  ask,
  setSample,
  tab: showTab,
  setLanguage,
  receive,
};

/** @type {any} */ (window).playground = Object.freeze(playground);
