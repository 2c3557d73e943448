import assert from "node:assert/strict";
import { test } from "node:test";
import { UndoStack } from "../../playground/ui/page/experiment/undo.js";

/** A stack, and the experiment that an editor with it would show. */
function editor() {
  const stack = new UndoStack();
  let shown = "a";
  const present = () => ({ experiment: shown, preset: null });
  return {
    edit(next, { merge = null, at = 0 } = {}) {
      stack.record({ label: `to ${next}`, ...present() }, merge, at);
      shown = next;
    },
    undo() {
      const step = stack.undo(present());
      if (step) shown = step.experiment;
      return shown;
    },
    redo() {
      const step = stack.redo(present());
      if (step) shown = step.experiment;
      return shown;
    },
    stack,
  };
}

test("undo goes back step by step and redo forward again", () => {
  const { edit, undo, redo } = editor();
  edit("b");
  edit("c");
  assert.deepEqual([undo(), undo(), undo()], ["b", "a", "a"]);
  assert.deepEqual([redo(), redo(), redo()], ["b", "c", "c"]);
});

test("an edit after undo forgets what could be redone", () => {
  const { edit, undo, redo } = editor();
  edit("b");
  undo();
  edit("c");
  assert.equal(redo(), "c");
  assert.equal(undo(), "a");
});

test("typing in one field is one step, as long as no pause is longer than 1.5 seconds", () => {
  const { edit, undo } = editor();
  edit("1", { merge: "epochs", at: 0 });
  edit("12", { merge: "epochs", at: 1500 });
  edit("123", { merge: "epochs", at: 3001 });
  assert.deepEqual([undo(), undo()], ["12", "a"]);
});

test("typing in another field, or after undo, is another step", () => {
  const { edit, undo } = editor();
  edit("1", { merge: "epochs", at: 0 });
  edit("2", { merge: "lr", at: 1 });
  assert.equal(undo(), "1");
  edit("3", { merge: "lr", at: 2 });
  assert.deepEqual([undo(), undo()], ["1", "a"]);
});

test("a step says what was done, also on its way forward", () => {
  const { edit, stack } = editor();
  edit("b");
  stack.undo({ experiment: "b", preset: null });
  assert.equal(stack.future.at(-1)?.label, "to b");
});

test("200 steps are kept", () => {
  const { edit, stack } = editor();
  for (let i = 0; i < 250; i += 1) edit(String(i));
  assert.equal(stack.past.length, 200);
  assert.equal(stack.past[0].experiment, "49");
});
