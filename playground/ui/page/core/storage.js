/** The browser's memory, as JSON. A browser that has none, or a full one, forgets: nothing else changes. */

/** @param {"localStorage" | "sessionStorage"} kind */
function storage(kind) {
  return {
    /** @param {string} key */
    get(key) {
      try {
        return JSON.parse(window[kind].getItem(`playground.${key}`) ?? "null");
      } catch {
        return null;
      }
    },
    /**
     * @param {string} key
     * @param {any} value
     */
    set(key, value) {
      try {
        window[kind].setItem(`playground.${key}`, JSON.stringify(value));
      } catch {
        // private mode, or full
      }
    },
  };
}

/** Kept for all tabs, over restarts of the browser. */
export const local = storage("localStorage");

/** Kept for this tab alone, over reloads. */
export const session = storage("sessionStorage");
