"""Where a table begins and ends, what parts its cells, which row holds its names."""

import pytest

from playground.faults import ExperimentError

from .cases import HEAD, PEOPLE, N, codes, column, people, read, table, told

PLAIN = [HEAD, *PEOPLE]


def names(understood) -> list[str]:  # type: ignore[no-untyped-def]
    return [facts.name for facts in understood.columns]


def as_markdown() -> str:
    rows = [f"| {' | '.join(str(cell) for cell in row)} |" for row in PLAIN]
    return "\n".join([rows[0], "|---|---:|---|", *rows[1:]])


def as_fixed() -> str:
    return "\n".join(f"{a!s:<6}{w!s:>10}   {left:<5}" for a, w, left in PLAIN)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        (table(PLAIN), ","),
        (table(PLAIN, ";"), ";"),
        (table(PLAIN, "\t"), "tab"),
        (table(PLAIN, "|"), "|"),
        ("sep=;\n" + table(PLAIN, ";"), ";"),
        ('"sep=,"\n' + table(PLAIN), ","),
        ("# one\n# two\n\n" + table(PLAIN), ","),
        ("% made in 2020\n" + table(PLAIN), ","),
        ("Report\nof 2024,\n\n" + table(PLAIN), ","),
        (table([["Report", "", ""], ["", "", ""], *PLAIN]), ","),
        (table(PLAIN) + '\n"Source: somebody, somewhere in the world",,\n', ","),
        (table(PLAIN) + "\nall numbers are made up\n", ","),
        (table(PLAIN).replace("\n", "\r\n"), ","),
        (table(PLAIN).replace("\n", ",\n"), ","),
        ("\ufeff" + table(PLAIN), ","),
        (as_markdown(), "markdown"),
        (as_fixed(), "blanks"),
        (table(PLAIN).replace(",", ", "), ","),
    ],
    ids=lambda value: repr(value[:14]),
)
def test_the_table_is_found_however_it_is_laid_out(text: str, separator: str) -> None:
    understood = read(text)
    assert (names(understood), understood.rows) == (HEAD, N)
    assert understood.separator == separator
    assert column(understood, "wage").first[0] == PEOPLE[0][1]
    assert codes(understood) == [] and understood.left_out.count == 0


def test_rows_of_another_length_are_left_out_and_named_by_their_line() -> None:
    lines = table(PLAIN).splitlines()
    text = "\n".join([*lines[:11], "1,2,yes,more,cells", *lines[11:30], "oops", *lines[30:]])
    understood = read(text)
    assert understood.rows == N and understood.left_out.lines == [12, 32]
    assert "12, 32" in understood.notes[0].message
    with pytest.raises(ExperimentError, match="line 12 has 5 cells"):
        read(text, "bad_rows=stop")


def test_lines_are_those_of_the_file_where_cells_hold_line_breaks() -> None:
    text = 'a,b,c\n"one\ntwo",2,x\n1,2,y\n3,4\n' + "5,6,z\n" * 9
    assert read(text, kind="table").left_out.lines == [5]


def test_rows_that_end_early_are_filled_up_where_many_do() -> None:
    rows = [["a", "b", "c"]]
    for i in range(40):
        rows.append([str(i), str(i * i), "" if i % 2 else "x"])
    text = "\n".join(",".join(row).rstrip(",") for row in rows)
    understood = read(text)
    assert understood.rows == 40 and told(understood) == ["filled_up"]


@pytest.mark.parametrize(
    ("first", "is_named"),
    [
        (["country", *map(str, range(2000, 2010))], True),
        (["", *map(str, range(10))], True),
        (["c0", *["1.5"] * 10], False),
        (["c0", *map(str, range(11, 31, 2))], False),
    ],
)
def test_years_and_counts_may_be_names(first: list[str], is_named: bool) -> None:
    body = []
    for i in range(12):
        body.append([f"c{i}", *[str(50 + i + k / 4) for k in range(10)]])
    understood = read(table([first, *body]), kind="table")
    assert understood.rows == 12 + (not is_named)
    assert (understood.columns[1].name == first[1]) == is_named


def test_names_are_found_where_no_column_holds_numbers() -> None:
    rows = [["colour", "shape"]] + [
        [("red", "blue")[i % 2], ("flat", "round")[i % 3 % 2]] for i in range(20)
    ]
    assert names(read(table(rows))) == ["colour", "shape"]
    assert read(table(rows[1:])).rows == 20


def test_the_first_message_of_a_file_without_names_is_none() -> None:
    rows = [
        ["ham" if i % 3 else "spam", f"please call me back at {i} or write to the office"]
        for i in range(30)
    ]
    understood = read(table(rows, "\t"))
    assert understood.kind == "text" and understood.rows == 30


def test_names_that_stand_in_the_last_comment_are_names() -> None:
    text = "# made by hand\n# age wage left\n" + table(PEOPLE, " ")
    assert names(read(text)) == HEAD


def test_a_row_of_names_that_is_one_cell_short_leaves_the_first_column_without() -> None:
    rows = [["miles", "power"], *[[f"car {i}", i * 2.5, 100 + i % 7] for i in range(12)]]
    assert names(read(table(rows))) == ["column 1", "miles", "power"]


def test_a_last_row_of_totals_is_left_out_and_can_be_kept() -> None:
    rows = [["town", "people"], *[[f"t{i % 4}", 100 + i] for i in range(12)], ["Total", 1266]]
    understood = read(table(rows))
    assert understood.rows == 12 and understood.left_out.lines == [14]
    assert read(table(rows), "totals=keep").rows == 13


def test_quotation_marks_inside_texts_ruin_nothing() -> None:
    rows = [f'ham\t"so he said {i} and went away without a word' for i in range(30)]
    rows += [f"spam\tcall this number {i} now to win a prize" for i in range(30)]
    assert read("\n".join(rows)).rows == 60


def test_what_its_owner_says_goes_before_what_is_found() -> None:
    assert read(people(), "names=none").rows == N + 1
    assert len(read(people(), "separator=semicolon", kind="text").columns) == 1


def test_marks_around_texts_with_line_breaks_are_minded() -> None:
    rows = [[f'One has said "{i}"\nand left, then', ("good", "bad")[i % 2]] for i in range(40)]
    understood = read(table([["review", "sentiment"], *rows]))
    assert understood.kind == "text" and understood.rows == 40


def test_rows_of_units_below_the_names_are_no_values() -> None:
    rows = [["age", "wage", "left"], ["(years)", "(EUR)", ""], ["", "mean", "last"], *PEOPLE]
    understood = read(table(rows))
    assert (names(understood), understood.rows) == (HEAD, N) and told(understood) == [
        "further_names"
    ]


def test_a_name_in_quotation_marks_may_end_a_row_of_blanks() -> None:
    lines = [f'{i + 1.5}   {i % 4}   {100 + i}.\t"car of {i}"' for i in range(40)]
    understood = read("\n".join(lines))
    assert understood.separator == "blanks" and len(understood.columns) == 4


def test_names_of_an_arff_file_are_its_attributes() -> None:
    head = "@relation people\n@attribute age numeric\n@attribute 'wage' numeric\n@attribute left {yes,no}\n@data\n"
    assert names(read(head + table(PEOPLE))) == HEAD


def test_cells_between_apostrophes() -> None:
    lines = ["'age','wage','left'", *[f"'{a}','{w}','{left}'" for a, w, left in PEOPLE]]
    understood = read("\n".join(lines))
    assert names(understood) == HEAD and column(understood, "age").type == "number"


def test_a_preamble_as_wide_as_the_table_ends_at_a_blank_line() -> None:
    rows = [[row[1], row[2]] for row in PEOPLE]
    understood = read("Export,2024-05-01\nRows,60\n\n" + table([HEAD[1:], *rows]))
    assert names(understood) == HEAD[1:] and told(understood) == ["preamble"]
