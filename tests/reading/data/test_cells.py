"""What was found out about a file's layout reads the same cells again, from literals and functions that stand alone."""

import gzip
import io
import json
import zipfile
from typing import Any

import pytest

from playground.export.sources import read_source
from playground.reading.data import cells
from playground.reading.data.choices import choices_of
from playground.reading.data.layouts import functions_of, layout_of, parse_of
from playground.reading.data.reader import Opened, sheet_in

from .cases import HEAD, PEOPLE, people, table
from .workbook_files import workbook

ROWS = "\n".join(f"{i},{i * 2},{'yes' if i % 2 else 'no'}" for i in range(30))


def zipped(name: str, data: bytes) -> bytes:
    """An archive of one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, data)
    return packed.getvalue()


def quoted_texts() -> str:
    """Texts with line breaks, separators and quotation marks inside."""
    said = ['he said "no", and left', "two\nlines", "plain words here", "a; b"]
    return table([["label", "message"], *[("ab"[i % 2], f"{said[i % 4]} {i}") for i in range(40)]])


FILES: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "commas": (people().encode(), ()),
    "semicolons and a mark": (people().replace(",", ";").encode("utf-8-sig"), ()),
    "tabs, lines ended as on old machines": (
        people().replace(",", "\t").replace("\n", "\r").encode(),
        (),
    ),
    "UTF-16": (people().encode("utf-16"), ()),
    "Windows-1252": (
        table([["name", "n"], *[(f"Müller {i} größer", i) for i in range(40)]]).encode("cp1252"),
        (),
    ),
    "line breaks and marks inside cells": (quoted_texts().encode(), ()),
    "marks that are letters": (
        ("size\tname\n" + "\n".join(f'{i}\t{i}" pipe' for i in range(30))).encode(),
        (),
    ),
    "cells between apostrophes": (
        ("\n".join(f"'{i}','no, {i}','a'" for i in range(30))).encode(),
        (),
    ),
    "comments, a title, names, totals": (
        ("# made today\nSales 2024\n\na,b,c\n" + ROWS + "\nTotal,870,\n").encode(),
        (),
    ),
    "rows of another length": (("a,b,c\n" + ROWS + "\n1,2\n" + ROWS + "\n1,2,3,4\n").encode(), ()),
    "short rows": (
        ("a,b,c\n" + "\n".join(f"{i},{i},x" if i % 3 else f"{i},{i}" for i in range(40))).encode(),
        (),
    ),
    "a sign at every end": (people().replace("\n", ",\n").encode(), ()),
    "blanks around cells": (people().replace(",", " , ").encode(), ()),
    "runs of blanks": (people().replace(",", "   ").encode(), ()),
    "a fixed width": (
        "\n".join(f"{a!s:<8}{b!s:<12}{c}" for a, b, c in [HEAD, *PEOPLE]).encode(),
        ("separator=fixed",),
    ),
    "Markdown": (
        "\n".join(
            ["| a | b |", "|---|:--|", *[f"| {i} | x \\| {i % 3} |" for i in range(20)]]
        ).encode(),
        (),
    ),
    "one column": ("\n".join(str(i * 3) for i in range(30)).encode(), ()),
    "NUL characters": (people().replace("yes", "y\0es").encode(), ()),
    "inside a gzip": (gzip.compress(people().encode()), ()),
    "inside a ZIP": (zipped("folder/people.csv", people().encode()), ()),
    "a workbook": (workbook({"Old": [], "People": [HEAD, *PEOPLE]}), ()),
    "no names": (people().split("\n", 1)[1].encode(), ()),
}
each_file = pytest.mark.parametrize("name", FILES)


def opened(name: str) -> tuple[bytes, Opened, dict[str, Any]]:
    """A file, its sheet, and its layout once through JSON."""
    data, sets = FILES[name]
    file = sheet_in(data, choices_of(sets), "file.csv")
    return data, file, json.loads(json.dumps(layout_of(file.sheet, file.packed)))


@each_file
def test_a_file_is_read_again_as_it_was_understood(name: str) -> None:
    data, file, layout = opened(name)
    rows = cells.cells_of(data, layout, parse_of(layout))
    columns = [list(column.cells) for column in file.sheet.columns]
    assert [list(column) for column in zip(*rows, strict=True)] == columns
    assert len(rows) == file.sheet.n_rows > 0


@each_file
def test_the_functions_stand_alone(name: str) -> None:
    data, _, layout = opened(name)
    names: dict[str, Any] = {}
    for function in functions_of(layout):
        exec(read_source(function), names)
    rows = names["cells_of"](data, layout, names[parse_of(layout).__name__])
    assert rows == cells.cells_of(data, layout, parse_of(layout))


def test_only_the_rows_between_the_first_and_the_last_are_read() -> None:
    _, _, layout = opened("comments, a title, names, totals")
    assert (layout["first_line"], layout["last_line"]) == (5, 34)
    assert layout["separator"] == "," and layout["width"] == 3


def test_rows_left_out_are_named_by_their_line() -> None:
    _, _, layout = opened("rows of another length")
    assert layout["left_out"] == [32]


def test_how_a_file_is_packed_is_part_of_its_layout() -> None:
    assert opened("inside a gzip")[2]["packed"] == ["gzip"]
    assert opened("a workbook")[2]["packed"] == ["xlsx:People"]
    assert opened("inside a ZIP")[2]["packed"] == ["folder/people.csv"]
