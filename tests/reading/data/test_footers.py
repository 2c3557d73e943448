"""Tables as databases print them: a rule of dashes says where the columns stand, a count of rows ends them."""

import pytest

from playground.reading.data.cells import cells_of
from playground.reading.data.choices import choices_of
from playground.reading.data.layouts import layout_of, parse_of
from playground.reading.data.reader import sheet_in

from .cases import column, read, told

PEOPLE = ["Ann Lee", "Bob Smith", "Al"]
N = 40


def printed(*footer: str, left: bool = False) -> str:
    """Four columns below a rule; numbers at the right, or all at the left."""
    lines = ["", "id          name       price    k", "----------- ---------- -------- -"]
    for i in range(N):
        name = PEOPLE[i * i % 7 % 3]
        price = "NULL" if i == 3 else f"{i * 7 % 50}.{i % 9}5"
        number = f"{i:<11}" if left else f"{i:>11}"
        lines.append(f"{number} {name:<10} {price:>8} {'ab'[i % 2]}")
    return "\n".join([*lines, "", *footer])


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize(
    "footer",
    ["(40 rows affected)", "40 rows selected.", "(40 row(s) affected)", "40 rows returned"],
)
def test_a_rule_tells_the_columns_and_a_count_of_rows_is_none(footer: str, left: bool) -> None:
    text = printed(footer, left=left)
    understood = read(text)
    assert [facts.name for facts in understood.columns] == ["id", "name", "price", "k"]
    assert (understood.rows, column(understood, "price").first) == (N, [0.05, 7.15, 14.25])
    assert column(understood, "name").first == ["Ann Lee", "Bob Smith", "Bob Smith"]
    assert column(understood, "price").missing == 1 and "footer" in told(understood)


def test_the_script_reads_the_same_cells() -> None:
    data = printed("(40 rows affected)").encode()
    opened = sheet_in(data, choices_of([]))
    layout = layout_of(opened.sheet, opened.packed)
    assert cells_of(data, layout, parse_of(layout)) == [
        list(row) for row in zip(*(column.cells for column in opened.sheet.columns), strict=True)
    ]


def test_a_last_row_of_words_stays() -> None:
    text = "\n".join(
        ["rows,k,n", *[f"{i} rows of seats,{'ab'[i % 2]},{i * 7 % 31}" for i in range(N)]]
    )
    assert read(text, kind="table").rows == N


def test_a_rule_as_long_as_the_names_cuts_no_cell() -> None:
    names = ["Ann Lee", "Robert May", "Al"]
    lines = ["Who         Size", "---         ----"]
    lines += [f"{names[i % 3]:<12}{i * 7 % 31:>4}" for i in range(N)]
    assert column(read("\n".join(lines)), "Who").first == names
