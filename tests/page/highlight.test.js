import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "../../playground/ui/page/kit/highlight.js";

const colored = (script) =>
  pieces(script)
    .filter(({ kind }) => kind)
    .map(({ kind, text }) => [kind, text]);

test("words, texts, numbers, calls, decorators and comments of Python are told apart", () => {
  const script =
    '@torch.no_grad()\ndef run(n=3e-4):  # try it\n    return f"a {n}" if None else nn.Linear(28, 1_000)\n';
  assert.deepEqual(colored(script), [
    ["decorator", "@torch.no_grad"],
    ["keyword", "def"],
    ["call", "run"],
    ["number", "3e-4"],
    ["comment", "# try it"],
    ["keyword", "return"],
    ["text", 'f"a {n}"'],
    ["keyword", "if"],
    ["keyword", "None"],
    ["keyword", "else"],
    ["call", "Linear"],
    ["number", "28"],
    ["number", "1_000"],
  ]);
});

test("a text of several lines is one piece, and what stands in it is no word", () => {
  const script = '"""A net.\n\nfor if 3 # no comment"""\nx = 1';
  assert.deepEqual(colored(script), [
    ["text", '"""A net.\n\nfor if 3 # no comment"""'],
    ["number", "1"],
  ]);
});

test("all pieces together are the script", () => {
  const script = "import torch\n\n\nclass Net(nn.Module):\n    x = 'it\\'s'  # §\n";
  assert.equal(
    pieces(script)
      .map(({ text }) => text)
      .join(""),
    script,
  );
  assert.deepEqual(pieces(""), []);
});
