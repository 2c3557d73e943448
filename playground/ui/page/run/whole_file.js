/** A whole file answered by the network that the page shows: sent, followed, and taken apart. */
import { postFile, request } from "../core/requests.js";

const LOOK_MS = 700; // between two looks at how far it is
const NEW_LINE = 10; // the byte

/**
 * @typedef {object} Answers
 * @property {any} facts `n`, `step`, `left_out`, `first_left_out`, `report` or null
 * @property {Blob} csv
 */

/**
 * @param {any} run
 * @param {File} file
 * @param {(what: string, share: number) => void} tell "uploading", "reading" or "answering", and how far
 *   it is
 * @returns {Promise<Answers>}
 */
export async function answerFile(run, file, tell) {
  const job = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const query = new URLSearchParams({ name: file.name ?? "", job });
  let looking = 0;
  function told(/** @type {number} */ share) {
    tell(share < 1 ? "uploading" : "reading", share);
    if (share === 1 && !looking) looking = window.setInterval(look, LOOK_MS);
  }
  async function look() {
    const { done, of } = await request(`answering/${job}`).catch(() => ({ done: 0, of: 0 }));
    if (of) tell("answering", done / of);
  }
  try {
    return await taken(await postFile(`runs/${run.id}/file?${query}`, file, told));
  } finally {
    clearInterval(looking);
  }
}

/**
 * A line of JSON, and behind it the CSV.
 * @param {Blob} answer
 * @returns {Promise<Answers>}
 */
async function taken(answer) {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const end = bytes.indexOf(NEW_LINE);
  const facts = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  return { facts, csv: new Blob([bytes.subarray(end + 1)], { type: "text/csv" }) };
}
