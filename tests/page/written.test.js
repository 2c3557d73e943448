import assert from "node:assert/strict";
import { test } from "node:test";
import { countWritten, hyphenated } from "../../playground/ui/page/cards/sequence_try/written.js";

test("letters are counted as a person sees them, without the blanks around", () => {
  assert.equal(countWritten("  Zoë ", "character"), 3);
  assert.equal(countWritten("Zoe\u0308", "character"), 3);
  assert.equal(countWritten("🎉!", "character"), 2);
});

test("words are runs of letters, with ! and ? as words of their own", () => {
  assert.equal(countWritten("it's good 10/10!", "word"), 3);
  assert.equal(countWritten("10/10", "word"), 0);
  assert.equal(countWritten("   ", "word"), 0);
});

test("a hyphen follows each letter with the label 1, but never the last", () => {
  assert.equal(hyphenated([..."paper"], [0, 1, 0, 0, 1]), "pa-per");
  assert.equal(hyphenated([], []), "");
});
