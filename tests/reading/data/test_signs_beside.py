"""Amounts whose sign stands in a column of its own."""

import pytest

from playground.reading.data.cells import cells_of
from playground.reading.data.choices import choices_of
from playground.reading.data.layouts import functions_of, layout_of, parse_of
from playground.reading.data.reader import sheet_in
from playground.reading.data.series_file import series_file

from .cases import codes, column, months, read, table

AMOUNTS = ["12,50", "3,00", "1.250,75", "8,20", "99,99", "7,10", "30,00", "4,40"]
WAYS = "SSHSHSSH"
SIGNED = [-12.5, -3.0, 1250.75, -8.2, 99.99, -7.1, -30.0, 4.4]


def statement(name: str = "S/H", out: str = "S", into: str = "H") -> str:
    ways = [out if way == "S" else into for way in WAYS]
    rows = zip(months(len(WAYS)), AMOUNTS, ways, strict=True)
    return table([["Datum", "Betrag", name], *rows], ";")


@pytest.mark.parametrize(
    ("name", "out", "into"),
    [
        ("S/H", "S", "H"),
        ("Soll/Haben", "Soll", "Haben"),
        ("Type", "DEBIT", "CREDIT"),
        ("Dr/Cr", "Dr.", "Cr."),
        ("kind", "withdrawal", "deposit"),
        ("收/支", "支出", "收入"),
        ("+/-", "-", "+"),
    ],
)
def test_what_was_paid_out_is_asked_and_then_negative(name: str, out: str, into: str) -> None:
    text = statement(name, out, into)
    for kind in ("table", "series"):
        understood = read(text, kind=kind)
        doubt = next(doubt for doubt in understood.doubts if doubt.code == "signs_beside")
        assert doubt.place == "Betrag" and doubt.values["other"] == name
        assert column(understood, "Betrag").first == [12.5, 3.0, 1250.75]
        settled = read(text, doubt.remedies[0].set, kind=kind)
        assert column(settled, "Betrag").first == [-12.5, -3.0, 1250.75]
        assert "signs_beside" not in codes(settled)
        as_written = read(text, doubt.remedies[1].set, kind=kind)
        assert column(as_written, "Betrag").first == [12.5, 3.0, 1250.75]
        assert "signs_beside" not in codes(as_written)


@pytest.mark.parametrize("cell", ["word", "1e999", "-"])
def test_amounts_that_are_no_numbers_raise_no_question(cell: str) -> None:
    rows = [[i * 7 % 5, cell, "SH"[i % 2]] for i in range(8)]
    text = table([["k", "Betrag", "S/H"], *rows], ";")
    assert "signs_beside" not in codes(read(text, "columns.Betrag=number", kind="table"))


def test_a_series_is_made_of_the_signed_amounts() -> None:
    choices = choices_of(["value=Betrag", "signs.Betrag=beside"], kind="series")
    series = series_file(statement().encode(), choices, "bank.csv", [])
    assert series.values[:, 0].tolist() == SIGNED


def test_the_script_signs_the_same_cells() -> None:
    data = statement().encode()
    opened = sheet_in(data, choices_of(["signs.Betrag=beside"]))
    layout = layout_of(opened.sheet, opened.packed)
    rows = cells_of(data, layout, parse_of(layout))
    assert [row[1] for row in rows] == list(opened.sheet.columns[1].cells)
    assert [row[1] for row in rows[:3]] == ["-12,50", "-3,00", "1.250,75"]
    assert "signed_amount" in [function.__name__ for function in functions_of(layout)]


def test_each_amount_has_the_signs_behind_it() -> None:
    rows = [[f"{i}.50", "DC"[i % 2], f"{100 + i}.25", "CD"[i % 2]] for i in range(8)]
    text = table([["amount", "D/C", "balance", "D/C of it"], *rows])
    sets = ("signs.amount=beside", "signs.balance=beside")
    understood = read(text, *sets, kind="table")
    assert column(understood, "amount").first == [-0.5, 1.5, -2.5]
    assert column(understood, "balance").first == [100.25, -101.25, 102.25]


@pytest.mark.parametrize(
    ("name", "words", "amounts"),
    [
        ("size", "SH", AMOUNTS),  # letters that say it only in a column that is called so
        ("S/H", "SX", AMOUNTS),
        ("S/H", "SS", AMOUNTS),  # nothing was paid in
        ("S/H", "SH", ["-12,50", *AMOUNTS[1:]]),  # there are signs already
        ("S/H", "SH", [str(place) for place in range(8)]),  # nothing says that these are amounts
    ],
)
def test_other_columns_are_no_signs(name: str, words: str, amounts: list[str]) -> None:
    rows = [[i * 7 % 5, amounts[i], words[i % 2]] for i in range(8)]
    understood = read(table([["k", "n", name], *rows], ";"), kind="table")
    assert "signs_beside" not in codes(understood)
