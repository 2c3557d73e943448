/** Requests to our own routes: JSON or bytes out, JSON back, every failure as one kind of error. */
import { toJson } from "./json.js";
import { setNotice } from "./notices.js";
import { local } from "./storage.js";
import { localized, t } from "./words.js";

/** The address of our routes, whatever path the app is mounted at. */
export const base = new URL("playground/", document.baseURI).href;

/** Changes with any file of the page; it stands in the path of this module. */
export const stamp = new URL(import.meta.url).pathname.split("/").at(-3) ?? "";

/** Tells this browser from others behind the same address; it opens nothing. */
export const client = local.get("client") ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
local.set("client", client);

/** What went wrong with a request. `place` and `code` as the server names them, `text` in all languages. */
export class RequestError extends Error {
  /**
   * @param {number} status 0 where no answer came
   * @param {{message: any, place?: string, code?: string}} error
   * @param {import("../types.js").Fault[]} [faults]
   */
  constructor(status, error, faults = []) {
    super(localized(error.message));
    this.status = status;
    this.place = error.place ?? "";
    this.code = error.code ?? "";
    this.text = error.message;
    this.faults = faults;
  }
}

/* An error that no code waits for any more is still shown. */
window.addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof RequestError)) return;
  event.preventDefault();
  setNotice(event.reason.text, event.reason.code || "error");
});

/**
 * @param {string} path after `base`
 * @param {RequestInit} [options]
 * @returns {Promise<any>} the JSON of the answer
 */
export async function request(path, options = {}) {
  const response = await send(path, options);
  const type = response.headers.get("content-type") ?? "";
  const answer = type.includes("json") ? await response.json() : null;
  if (response.ok && answer !== null) return answer;
  throw errorOf(response.status, answer);
}

/**
 * A file that the server gives.
 * @param {string} path after `base`
 * @param {Record<string, string>} [headers]
 */
export async function requestFile(path, headers = {}) {
  const response = await send(path, { headers });
  if (response.ok) return { blob: await response.blob(), headers: response.headers };
  throw errorOf(response.status, await response.json().catch(() => null));
}

/**
 * @param {number} status
 * @param {any} answer what the server says of it, null where it says nothing
 */
function errorOf(status, answer) {
  const error = answer?.error ?? { message: t("error.status", { status }) };
  return new RequestError(status, error, error.faults ?? []);
}

/**
 * @param {string} path
 * @param {RequestInit} options
 */
async function send(path, options) {
  try {
    return await fetch(base + path, {
      ...options,
      headers: { "x-client": client, ...options.headers },
    });
  } catch (error) {
    if (/** @type {Error} */ (error).name === "AbortError") throw error;
    throw new RequestError(0, { message: t("error.offline"), code: "offline" });
  }
}

/**
 * Bytes (Blob, typed array) go as they are, anything else as JSON.
 * @param {string} path
 * @param {any} body
 * @param {{signal?: AbortSignal, headers?: Record<string, string>}} [options]
 */
export function post(path, body, { signal, headers = {} } = {}) {
  const isRaw = body instanceof Blob || ArrayBuffer.isView(body) || body instanceof ArrayBuffer;
  const rawType = body instanceof Blob ? body.type : "";
  const type = isRaw ? rawType || "application/octet-stream" : "application/json";
  return request(path, {
    method: "POST",
    signal,
    headers: { "content-type": type, ...headers },
    body: /** @type {BodyInit} */ (isRaw ? body : toJson(body)),
  });
}

/**
 * Sends a file and tells how much of it has gone.
 * @param {string} path
 * @param {File} file
 * @param {(share: number) => void} tell
 * @returns {Promise<Blob>} the bytes of the answer
 */
export function postFile(path, file, tell) {
  const sending = new XMLHttpRequest();
  sending.open("POST", base + path);
  sending.responseType = "blob";
  sending.setRequestHeader("x-client", client);
  sending.setRequestHeader("content-type", file.type || "application/octet-stream");
  sending.upload.addEventListener("progress", ({ loaded, total }) => tell(total ? loaded / total : 1));
  return new Promise((resolve, reject) => {
    const isOffline = () => reject(new RequestError(0, { message: t("error.offline"), code: "offline" }));
    sending.addEventListener("error", isOffline);
    sending.addEventListener("load", async () => {
      if (sending.status < 300) return resolve(sending.response);
      const answer = await sending.response
        .text()
        .then(JSON.parse)
        .catch(() => null);
      reject(errorOf(sending.status, answer));
    });
    sending.send(file);
  });
}
