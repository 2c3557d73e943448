/** Which columns the form of a row asks for. */

/** @typedef {{name: string, kind: string, categories?: string[], target?: boolean}} Column */

/** @param {Column} column */
export const isLearnedFrom = (column) => !column.target && column.kind !== "leave_out";

/**
 * Whether a row has columns of which nobody has said what they hold, as after a reload with other data on
 * the screen.
 * @param {Record<string, any> | null | undefined} row
 * @param {Column[]} described
 */
export const isUnknown = (row, described) =>
  Object.keys(row ?? {}).some((name) => !described.some((column) => column.name === name));

/**
 * The columns that the network learns from; those of the row where the screen already shows another table.
 * A row tells only names and values. So what is in it is looked up among the columns of the screen, then
 * among those that the form had before: a choice stays a choice after another data set was chosen.
 * @param {Column[]} onScreen
 * @param {Record<string, any> | null | undefined} row the row that stands in the form
 * @param {Column[]} before
 * @returns {Column[]}
 */
export function columnsOf(onScreen, row, before) {
  const columns = onScreen.filter(isLearnedFrom);
  if (!row) return columns;
  const likely = [...columns, ...before];
  return Object.keys(row).map(
    (name) => likely.find((column) => column.name === name) ?? { name, kind: "number" },
  );
}
