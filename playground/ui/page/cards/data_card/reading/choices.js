/** What a person says about their file, one KEY=VALUE a line, as the server takes it. Pure, no page. */

/**
 * A line in its parts: "columns.age=number" is a field, a column and a value. The name of a column may hold
 * a point or an equals sign itself.
 * @param {string} line
 */
function partsOf(line) {
  const key = line.split("=", 1)[0];
  const point = key.indexOf(".");
  if (point < 0) return { field: key, column: "", value: line.slice(key.length + 1) };
  const equals = line.lastIndexOf("=");
  return {
    field: key.slice(0, point),
    column: line.slice(point + 1, equals),
    value: line.slice(equals + 1),
  };
}

/**
 * The lines with one more in the place of the one that said the same before; without any where `line` has no
 * value.
 * @param {string[]} lines
 * @param {string} line
 */
export function withLine(lines, line) {
  const { field, column, value } = partsOf(line);
  const others = lines.filter((other) => {
    const parts = partsOf(other);
    return parts.field !== field || parts.column !== column;
  });
  return value === "" ? others : [...others, line];
}

/**
 * What was said of a field, "" where nothing was.
 * @param {string[] | undefined} lines
 * @param {string} field
 */
export function saidOf(lines, field) {
  const line = (lines ?? []).find((candidate) => partsOf(candidate).field === field);
  return line ? partsOf(line).value : "";
}

/** Settings of a data set that say something about its file: nothing of them holds for another file. */
const ABOUT_FILE = ["choices", "target", "columns", "column", "predict", "first_row", "message", "inputs"];

/**
 * Another file takes the place of one: what was said about that is forgotten.
 * @param {Record<string, any>} data changed in place
 * @param {Record<string, any>} usual the settings that the data set begins with
 */
export function forgetFile(data, usual) {
  for (const name of ABOUT_FILE) if (name in usual) data[name] = structuredClone(usual[name]);
}

/** Settings that name one column of the file. */
const NAMES_OF_COLUMNS = ["target", "column", "message"];

/**
 * A file takes the place of one that is gone: a column that it does not have is nobody's choice.
 * @param {Record<string, any>} data changed in place
 * @param {Record<string, any>} usual the settings that the data set begins with
 * @param {string[] | undefined} columns of the file; none where it has no columns
 */
export function forgetColumns(data, usual, columns) {
  for (const name of NAMES_OF_COLUMNS)
    if (name in usual && data[name] && columns?.length && !columns.includes(data[name]))
      data[name] = usual[name];
}

/**
 * Whether a file has the same columns as the one before, so that what was said of these holds on.
 * @param {{name: string}[] | undefined} before
 * @param {string[]} names
 */
export function hasSameColumns(before, names) {
  if (!before?.length || before.length !== names.length) return false;
  return before.every(({ name }, i) => name === names[i]);
}
