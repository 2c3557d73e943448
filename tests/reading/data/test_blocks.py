"""Merged cells of a spreadsheet, and several tables in one file."""

import pytest

from playground.reading.data.cells import cells_of
from playground.reading.data.choices import choices_of
from playground.reading.data.layouts import layout_of, parse_of
from playground.reading.data.reader import sheet_in

from .cases import codes, column, read, table, told

TOWNS = ["North", "South", "East", "West", "Centre", "Isles"]


def merged(size: int, *, years: bool = False) -> str:
    """A region and a product whose names stand in the first row of their blocks, and amounts."""
    rows: list[list[object]] = [["region", "product", "amount"]]
    for i in range(6 * size):
        region = (2018 + i // size if years else TOWNS[i // size]) if i % size == 0 else ""
        product = ("tea", "rice")[i // (size // 2) % 2] if i % (size // 2) == 0 else ""
        rows.append([region, product, i * 7 % 31])
    return table(rows)


@pytest.mark.parametrize("years", [False, True])
@pytest.mark.parametrize("size", [4, 12, 30])
def test_blocks_with_a_value_in_their_first_row_are_asked_about(size: int, years: bool) -> None:
    text = merged(size, years=years)
    understood = read(text, kind="table")
    doubts = {doubt.place: doubt for doubt in understood.doubts if doubt.code == "merged_cells"}
    assert set(doubts) == {"region", "product"}
    assert not {doubt.code for doubt in understood.doubts} & {"near_empty", "all_different"}
    fill, gaps = doubts["region"].remedies
    filled = read(text, fill.set, doubts["product"].remedies[0].set, kind="table")
    assert column(filled, "region").missing == 0 and codes(filled) == []
    assert column(filled, "product").first == ["tea", "tea", "tea" if size > 4 else "rice"]
    assert "merged_cells" not in [
        doubt.code for doubt in read(text, gaps.set).doubts if doubt.place == "region"
    ]


def test_the_script_fills_the_same_cells() -> None:
    data = merged(4).encode()
    opened = sheet_in(data, choices_of(["blanks.region=from_above"]))
    layout = layout_of(opened.sheet, opened.packed)
    rows = cells_of(data, layout, parse_of(layout))
    assert [row[0] for row in rows] == list(opened.sheet.columns[0].cells)
    assert [row[0] for row in rows[:5]] == ["North"] * 4 + ["South"]
    assert rows[1][1] == ""


@pytest.mark.parametrize(
    "notes",
    [
        ["" if i % 7 else f"note {i}" for i in range(3, 45)],
        [("pump", "valve")[i // 7 % 2] if i % 7 == 0 else "" for i in range(42)],
        ["NA" if i % 7 else TOWNS[i // 7] for i in range(42)],
    ],
)
def test_remarks_here_and_there_are_no_blocks(notes: list[str]) -> None:
    rows = [[note, i * 7 % 31, "ab"[i % 2]] for i, note in enumerate(notes)]
    assert "merged_cells" not in codes(read(table([["remark", "n", "k"], *rows]), kind="table"))


FIRST = [["x", "y", "k"], *[[i * 7 % 10, f"0.{i * 3 % 97}", "ab"[i % 2]] for i in range(20)]]
SECOND = [["name", "count", "kind"], *[[f"N{i}", i * 5 % 9, "cd"[i % 2]] for i in range(12)]]


def test_of_two_tables_the_first_is_read_and_the_other_is_named() -> None:
    understood = read(table(FIRST) + "\n" + table(SECOND))
    assert (understood.rows, understood.left_out.count) == (20, 13)
    assert [facts.name for facts in understood.columns] == ["x", "y", "k"]
    (note,) = [note for note in understood.notes if note.code == "second_table"]
    assert "line 23" in note.message and "13 rows" in note.message


@pytest.mark.parametrize("below", [FIRST, FIRST[1:], [["Group B", "", ""], *FIRST[1:]]])
def test_blank_lines_within_a_table_begin_no_other(below: list[list[object]]) -> None:
    assert "second_table" not in told(read(table(FIRST) + "\n" + table(below)))
