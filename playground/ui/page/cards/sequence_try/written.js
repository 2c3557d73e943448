/** How a typed text is counted: as the server reads it. */

// as the server's texts are taken apart: runs of letters with an apostrophe between, and the marks ! and ?
const WORD = /\p{L}+(?:'\p{L}+)?|[!?]/gu;

/**
 * How many letters or words somebody wrote.
 * @param {string} text
 * @param {string} unit "word" or "character"
 */
export function countWritten(text, unit) {
  const composed = text.normalize("NFC");
  if (unit === "word") return composed.toLowerCase().match(WORD)?.length ?? 0;
  return [...composed.trim()].length;
}

/**
 * A text with a hyphen after each token that has the label 1, but for the last.
 * @param {string[]} tokens
 * @param {(number | null)[]} labels
 */
export function hyphenated(tokens, labels) {
  let text = "";
  tokens.forEach((token, i) => {
    const hasBreak = labels[i] === 1 && i < tokens.length - 1;
    text += hasBreak ? `${token}-` : token;
  });
  return text;
}
