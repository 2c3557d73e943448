/** What a column of a person's own file is used as: a choice in its head, for tables, series and texts. */
import { h } from "../../../core/dom.js";
import { t } from "../../../core/words.js";
import { editOwn } from "../own_edit.js";
import { withLine } from "./choices.js";

const USES = ["number", "category", "date", "leave_out"];

/**
 * @param {string} name of the column
 * @param {string} type as it was understood
 */
export function useChoice(name, type) {
  const select = h("select", {
    class: "small",
    "aria-label": t("read.use", { name }),
    onchange: () => useAs(name, select.value),
  });
  const present = type === "left out" ? "leave_out" : type;
  for (const use of usesOf(present)) select.append(new Option(t(`read.use.${use}`), use));
  select.value = present;
  return select;
}

/**
 * What a column may be used as: what it is, whatever that is. What was found to be a date is no number.
 * @param {string} present
 */
function usesOf(present) {
  const uses = present === "date" ? USES.filter((use) => use !== "number") : USES;
  return uses.includes(present) ? uses : [present, ...uses];
}

/**
 * @param {string} name of the column
 * @param {string} use
 */
function useAs(name, use) {
  editOwn("edit.reading", ({ data }) => {
    data.choices = withLine(data.choices ?? [], `columns.${name}=${use}`);
    // as it was said before there were choices: it would have the last word
    if (data.columns) delete data.columns[name];
  });
}
