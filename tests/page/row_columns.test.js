import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, isUnknown } from "../../playground/ui/page/cards/try_row/columns.js";

const price = { name: "price", kind: "number", target: true };
const rooms = { name: "rooms", kind: "number" };
const driveway = { name: "driveway", kind: "category", categories: ["no", "yes"] };
const street = { name: "street", kind: "leave_out" };
const table = [price, rooms, driveway, street];

test("the target and the columns that are left out are not asked for", () => {
  assert.deepEqual(columnsOf(table, null, []), [rooms, driveway]);
});

test("a choice stays a choice when the screen has gone on to other data", () => {
  const row = { rooms: "3", driveway: "yes" };
  assert.deepEqual(columnsOf([], row, [rooms, driveway]), [rooms, driveway]);
});

test("the columns of the screen come before those that the form had", () => {
  const another = { name: "driveway", kind: "number" };
  assert.deepEqual(columnsOf([another], { driveway: "1" }, [driveway]), [another]);
});

test("a row is unknown while nobody has said what one of its columns holds", () => {
  const row = { rooms: "3", driveway: "yes" };
  assert.equal(isUnknown(row, [rooms]), true);
  assert.equal(isUnknown(row, [rooms, driveway]), false);
  assert.equal(isUnknown(null, []), false);
});

test("a column that nobody has described is a number", () => {
  assert.deepEqual(columnsOf([], { rooms: "3" }, []), [rooms]);
});
