/** Python in colours: which piece of a script is what. Pure, no page. */

const KEYWORDS = [
  "and as assert class def del elif else except False finally for from global if import in is lambda None",
  "nonlocal not or pass raise return True try while with yield",
]
  .join(" ")
  .replaceAll(" ", "|");

const TOKEN = new RegExp(
  [
    /(?<text>"""[\s\S]*?"""|'''[\s\S]*?'''|[rf]*"(?:\\.|[^"\\\n])*"|[rf]*'(?:\\.|[^'\\\n])*')/.source,
    /(?<comment>#[^\n]*)/.source,
    /(?<decorator>@[\w.]+)/.source,
    `(?<keyword>\\b(?:${KEYWORDS})\\b)`,
    /(?<number>\b\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?\b)/.source,
    /(?<call>\b[A-Za-z_]\w*(?=\())/.source,
  ].join("|"),
  "g",
);

/**
 * The script in pieces, in order; `kind` is null for what has no colour. Together they are the script.
 * @param {string} script
 * @returns {{kind: string | null, text: string}[]}
 */
export function pieces(script) {
  const all = [];
  let at = 0;
  for (const match of script.matchAll(TOKEN)) {
    if (match.index > at) all.push({ kind: null, text: script.slice(at, match.index) });
    all.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < script.length) all.push({ kind: null, text: script.slice(at) });
  return all;
}

/** @param {Record<string, string | undefined>} groups */
const kindOf = (groups) => Object.keys(groups).find((name) => groups[name] !== undefined) ?? null;
