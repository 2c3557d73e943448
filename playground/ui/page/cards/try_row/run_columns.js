/** What the columns of the run's own table hold, for a screen that shows other data. */
import { toJson } from "../../core/json.js";
import { post } from "../../core/requests.js";
import { state } from "../../core/state.js";

/** @typedef {import("./columns.js").Column} Column */

let askedOf = "";

/**
 * Asked for once a table; null where there is nothing new to be had.
 * @returns {Promise<Column[] | null>}
 */
export async function columnsOfRun() {
  const data = state.run?.experiment?.data;
  const asked = toJson(data ?? null);
  if (!data || asked === askedOf) return null;
  askedOf = asked;
  try {
    const { columns } = await post("preview", { data });
    return columns ?? null;
  } catch {
    return null; // then they stay text fields, which take every value
  }
}
