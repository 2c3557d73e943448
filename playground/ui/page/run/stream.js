/**
 * What the run measures, as it comes: one event stream; questions at intervals where nothing arrives
 * through it.
 */
import { setNotice } from "../core/notices.js";
import { base, client, request } from "../core/requests.js";
import { state } from "../core/state.js";
import { on } from "../core/topics.js";
import { forget, update } from "./current.js";
import { extendHistory } from "./history.js";
import { hearPause } from "./intervals.js";
import { hasEnded } from "./situation.js";

const PATIENCE_MS = 3000;
const LONGEST_WAIT_MS = 5000;
const MOST_RETRIES = 2;
const POLL_RUNNING_MS = 500;
const POLL_MS = 1500;

/** @type {EventSource | null} */
let source = null;
/** @type {string | null} how far this page has got, in the server's words */
let cursor = null;
let watchdog = 0;
let retries = 0;
let isPolling = false;
let askNow = () => {};
/** @type {any} the run whose end was told */
let toldEnd = null;

/** @param {string} path */
function withCursor(path) {
  const at = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
  return `${path}?run=${encodeURIComponent(state.run?.id ?? "")}${at}`;
}

/** Whether there is a run that may have more to tell. */
const isWatching = () => state.run !== null && !hasEnded(state.run);

function disconnect() {
  source?.close();
  source = null;
  isPolling = false;
  clearTimeout(watchdog);
}

function connect() {
  disconnect();
  if (!state.run) return;
  // an event stream cannot send a header
  const mine = new EventSource(`${base}${withCursor("stream")}&client=${client}`);
  source = mine;
  // some proxies hold everything back: then we ask instead
  watchdog = window.setTimeout(() => {
    mine.close();
    if (source === mine) poll();
  }, PATIENCE_MS);
  mine.onmessage = (event) => {
    clearTimeout(watchdog);
    retries = 0;
    if (mine === source) receive(JSON.parse(event.data), event.lastEventId || null);
  };
  mine.onerror = () => {
    mine.close();
    if (mine === source) onBroken();
  };
}

/** Tries again a little later each time, then asks at intervals. */
function onBroken() {
  clearTimeout(watchdog);
  source = null;
  if (!isWatching()) return;
  const tryAgain = retries > MOST_RETRIES ? poll : connect;
  watchdog = window.setTimeout(tryAgain, Math.min(LONGEST_WAIT_MS, 300 * 2 ** retries));
  retries += 1;
}

async function poll() {
  disconnect();
  isPolling = true;
  while (isPolling && state.run) {
    if (!(await pollOnce(state.run))) return;
    if (!isWatching()) {
      disconnect();
      return;
    }
    const wait = state.run?.state === "running" ? POLL_RUNNING_MS : POLL_MS;
    await new Promise((resolve) => {
      askNow = () => resolve(null);
      setTimeout(resolve, wait);
    });
  }
}

/**
 * @param {any} run
 * @returns {Promise<boolean>} whether to go on
 */
async function pollOnce(run) {
  const isStale = () => !isPolling || run !== state.run;
  try {
    const answer = await request(withCursor("poll"));
    if (isStale()) return false;
    receive(answer, answer.cursor ?? null);
    if (state.notice?.code === "offline") setNotice(null);
  } catch (error) {
    if (isStale()) return false;
    const { status, text, message, code } = /** @type {any} */ (error);
    if (status === 404) {
      forget();
      setNotice(text, code);
      return false;
    }
    setNotice(text ?? message, code || "offline");
  }
  return true;
}

/** The run was told to do something: its answer need not wait for the next interval. */
export function hurry() {
  if (isPolling) askNow();
  else if (!source && isWatching()) connect();
}

/**
 * Takes in one message of the server.
 * @param {any} payload
 * @param {string | null} at
 */
export function receive(payload, at) {
  const { run } = state;
  if (!run || (payload.run && payload.run !== run.id)) return;
  const { steps, layers, epochs, events, cursor: _, ask_every_ms: pause, ...fields } = payload;
  hearPause(pause);
  if (at !== null) cursor = String(at);
  const delta = { steps, layers, epochs, events };
  const hasRows = extendHistory(delta, fields);
  const phaseBefore = run.state;
  update(fields, hasRows ? delta : null);
  if (!hasEnded(run)) return;
  if (phaseBefore !== run.state || toldEnd !== run) {
    toldEnd = run;
    if (run.message) setNotice(run.message, run.reason ?? run.state);
  }
  disconnect();
}

on("reset", () => {
  cursor = null;
  connect();
});
