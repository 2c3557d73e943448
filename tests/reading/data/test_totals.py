"""Rows that hold sums of others: below groups, at the end, with a word and without one."""

import pytest

from .cases import column, read, table, told

AMOUNTS = [[7 * i % 31 + 1 for i in range(start, start + 6)] for start in (3, 40, 77)]
TOWNS = ["North", "South", "East"]


def grouped(name: str, *, grand: str = "Grand Total") -> str:
    """Three groups of six rows, below each its sum."""
    rows: list[list[object]] = [["region", "city", "amount"]]
    for town, amounts in zip(TOWNS, AMOUNTS, strict=True):
        rows += [[town, f"city {i % 4}", amount] for i, amount in enumerate(amounts)]
        rows.append([name.format(town), "", sum(amounts)])
    if grand:
        rows.append([grand, "", sum(map(sum, AMOUNTS))])
    return table(rows)


@pytest.mark.parametrize(
    "name", ["{} Total", "Total {}", "{} Ergebnis", "Summe {}", "Subtotal", "Summe", "小计"]
)
def test_totals_below_groups_are_left_out(name: str) -> None:
    understood = read(grouped(name))
    assert (understood.rows, understood.left_out.lines) == (18, [8, 15, 22, 23])
    assert "subtotals" in told(understood)
    kept = read(grouped(name), "totals=keep")
    assert kept.rows == 22 and "subtotals" not in told(kept)


def test_totals_of_what_a_filter_hid_are_left_out_by_their_names() -> None:
    text = grouped("{} Total", grand="").replace(f",{sum(AMOUNTS[1])}\n", ",999\n")
    assert read(text).left_out.lines == [8, 15, 22]


@pytest.mark.parametrize("blank", [["", "", ""], ["", ""]])
def test_a_last_row_of_sums_needs_no_word(blank: list[str]) -> None:
    rows = [
        [str(i), f"N{i}", "xy"[i % 2], *row] for i, row in enumerate(zip(*AMOUNTS, strict=True))
    ]
    rows = [row[3 - len(blank) :] for row in rows]
    last = [*blank, *(sum(amounts) for amounts in AMOUNTS)]
    head = ["id", "name", "kind", "a", "b", "c"][3 - len(blank) :]
    text = table([head, *rows, last])
    understood = read(text)
    assert (understood.rows, understood.left_out.lines, told(understood)) == (6, [8], ["totals"])
    assert read(text, "totals=keep").rows == 7


def test_means_beside_sums_and_money_of_another_country() -> None:
    rows = [["Nord", "1.200,50 €", 3], ["Nord", "800,00 €", 5], ["Nord Summe", "2.000,50 €", 4]]
    rows += [
        ["Ost", "100,25 €", 2],
        ["Ost", "10,00 €", 2],
        ["Ost", "5,00 €", 5],
        ["Ost Summe", "115,25 €", 3],
    ]
    text = table(
        [["ort", "betrag", "note"], *rows, *[["West", "7,00 €", i] for i in range(6)]], ";"
    )
    assert read(text, kind="table").left_out.lines == [4, 8]


@pytest.mark.parametrize(
    "last",
    [["", "x", 99], ["Total Recall", "x", 5], ["", "", 5], ["North", "", sum(AMOUNTS[0])]],
)
def test_rows_that_only_look_like_totals_stay(last: list[object]) -> None:
    rows = [["North", f"c{i % 3}", amount] for i, amount in enumerate(AMOUNTS[0])]
    understood = read(table([["region", "city", "amount"], *rows, last]))
    assert understood.rows == 7 and not {"totals", "subtotals"} & set(told(understood))


def test_a_kind_called_total_stays() -> None:
    rows = [["North", ("Total", "Part")[i % 2], 7 * i % 31] for i in range(30)]
    understood = read(table([["region", "extent", "amount"], *rows]))
    assert understood.rows == 30 and column(understood, "extent").missing == 0
