"""Where the names of the columns stand: in several rows, in comments, above fewer columns than the rows have."""

import pytest

from playground.reading.data.cells import cells_of
from playground.reading.data.choices import choices_of
from playground.reading.data.layouts import layout_of, parse_of
from playground.reading.data.reader import sheet_in

from .cases import N, codes, column, read, table, told

LETTERS = "abc"


def names(text: str) -> list[str]:
    """The names of the columns."""
    return [facts.name for facts in read(text).columns]


def read_again(text: str, *sets: str) -> list[list[str]]:
    """The cells as the script reads them."""
    opened = sheet_in(text.encode(), choices_of(sets))
    layout = layout_of(opened.sheet, opened.packed)
    return cells_of(text.encode(), layout, parse_of(layout))


def test_a_survey_has_its_names_in_the_first_of_three_rows() -> None:
    head = [
        ["StartDate", "Duration", "Q1", "Q2_1"],
        ["Start Date", "Duration (in seconds)", "How old\nare you?", "Rate, please"],
        [
            '{"ImportId":"startDate"}',
            '{"ImportId":"duration"}',
            '{"ImportId":"QID1"}',
            '{"ImportId":"QID2"}',
        ],
    ]
    rows = [
        [f"2023-01-{i % 27 + 1:02d} 10:00", 100 + i * 7 % 31, LETTERS[i % 3], "xy"[i % 2]]
        for i in range(N)
    ]
    understood = read(table([*head, *rows]))
    assert [facts.name for facts in understood.columns] == head[0]
    assert understood.rows == N and "further_names" in told(understood)


def test_answers_below_a_question_are_names() -> None:
    head = ["ID,Date,Your age?,Which fruit?,,Satisfied?", ",,Response,Apples,Pears,Response"]
    rows = [
        f"{7 * i % 41},2023-01-{i % 27 + 1:02d},{i % 3 + 20}-40,{'Apples' * (i % 2)},Pears,{i % 2}s"
        for i in range(N)
    ]
    understood = read("\n".join([*head, *rows]))
    assert [facts.name for facts in understood.columns] == [
        "ID", "Date", "Your age?", "Which fruit? Apples", "Which fruit? Pears", "Satisfied?",
    ]  # fmt: skip
    assert understood.rows == N and told(understood).count("further_names") == 1


@pytest.mark.parametrize("has_index", [True, False])
def test_names_of_several_levels_are_joined(has_index: bool) -> None:
    head = [",price,price,qty", ",mean,max,sum", *["city,,,"] * has_index]
    text = "\n".join([*head, *[f"C{i},0.{i},{i * 7 % 40},{i * i % 17}" for i in range(N)]])
    first = "city" if has_index else "column 1"
    assert names(text) == [first, "price mean", "price max", "qty"]
    assert read(text).rows == N


def test_hours_below_units_are_no_values() -> None:
    head = ["Station;Zeit;NO2;PM10", ";;µg/m³;µg/m³", ";;1h;24h"]
    rows = [
        f"DE{i % 3};0{i % 9 + 1}.01.2023 0{i % 7}:00;{i * 7 % 40};{i * 5 % 23}" for i in range(N)
    ]
    understood = read("\n".join([*head, *rows]), kind="table")
    assert understood.rows == N and names("\n".join([*head, *rows]))[2] == "NO2"
    assert column(understood, "PM10").unit == ""


def test_changes_and_running_means_begin_with_blank_cells() -> None:
    rows = [f"2023-01-{i % 27 + 1:02d},{i * 7 % 40},{i % 5},{i % 7},{i % 3}" for i in range(N)]
    text = "\n".join(["date,close,change,percent,mean", "2023-02-01,3,,,", *rows])
    understood = read(text, kind="table")
    assert understood.rows == N + 1 and "further_names" not in told(understood)


BUOY = ["#YY  MM DD hh WDIR WSPD GST", "#yr  mo dy hr degT m/s  m/s"]


def test_of_two_comments_the_upper_one_names_and_the_lower_one_holds_units() -> None:
    rows = [
        f"2023 03 {i % 27 + 1:02d} {i % 24:02d}  {i * 7 % 360} {i % 9}.5   {'MM' if i % 3 else '7.5'}"
        for i in range(N)
    ]
    understood = read("\n".join([*BUOY, *rows]), kind="table")
    assert [facts.name for facts in understood.columns] == [
        "YY",
        "MM",
        "DD",
        "hh",
        "WDIR",
        "WSPD",
        "GST",
    ]
    gust = column(understood, "GST")
    assert (gust.type, gust.missing, gust.first) == ("number", 40, [7.5, None, None])


def test_the_last_comment_names_where_the_one_above_is_prose() -> None:
    rows = [f"{i} {i * 7 % 40} {i % 9}.5" for i in range(N)]
    assert names("\n".join(["# measured in Vienna", "# time temp wind", *rows])) == [
        "time",
        "temp",
        "wind",
    ]


@pytest.mark.parametrize(
    ("numbers", "first", "asked"),
    [
        (["7,75", "2,71", "3,08"], 7.75, []),
        (["7", "7,5", "12,75"], 7.0, []),
        (["1,234", "909", "2,901"], None, ["decimal"]),
    ],
)
def test_decimal_commas_without_marks_are_joined(
    numbers: list[str], first: float | None, asked: list[str]
) -> None:
    rows = [f"N{i % 4},{numbers[i % 3]},{LETTERS[i * i % 7 % 3]}" for i in range(N)]
    text = "\n".join(["name,preis,art", *rows])
    understood = read(text)
    assert [facts.name for facts in understood.columns] == ["name", "preis", "art"]
    assert "loose_commas" in told(understood) and codes(understood) == asked
    assert first is None or column(understood, "preis").first[0] == first
    assert [row[1] for row in read_again(text)[:3]] == numbers
    for doubt in understood.doubts[: len(asked)]:
        assert all(codes(read(text, remedy.set)) == [] for remedy in doubt.remedies)


def test_two_columns_of_decimal_commas() -> None:
    rows = [
        f"N{i % 4},{i % 9},{10 + i},{LETTERS[i % 3]},{i * 7 % 13},{10 + i * 3 % 90}"
        for i in range(N)
    ]
    text = "\n".join(["name,preis,art,menge", *rows])
    assert [column(read(text), name).first[1] for name in ("preis", "menge")] == [1.11, 7.13]
    assert read_again(text)[1] == ["N1", "1,11", "b", "7,13"]


@pytest.mark.parametrize(
    "labels", [[f"Mazda {i}" for i in range(N)], [str(i) for i in range(1, N + 1)]]
)
def test_names_of_rows_as_r_writes_them_are_no_part_of_a_number(labels: list[str]) -> None:
    rows = [f"{label},{i % 9},{10 + i},{LETTERS[i % 3]}" for i, label in enumerate(labels)]
    text = "\n".join(["mpg,cyl,kind", *rows])
    assert names(text)[1:] == ["mpg", "cyl", "kind"] and not {
        "loose_commas",
        "nameless_first",
    } & set(told(read(text)))


def test_a_first_column_without_a_name_that_names_no_rows_is_told() -> None:
    rows = [f"N{i % 4},x{i % 3},{i * 7 % 10},{LETTERS[i % 3]}" for i in range(N)]
    text = "\n".join(["mpg,cyl,kind", *rows])
    assert names(text) == ["column 1", "mpg", "cyl", "kind"] and "nameless_first" in told(
        read(text)
    )


def test_a_comma_at_the_end_of_every_line_makes_no_number() -> None:
    text = "\n".join(["a,b", *[f"{10 + i % 3},{20 + i * 7 % 40}," for i in range(N)]])
    assert names(text) == ["a", "b"] and column(read(text), "b").first[0] == 20.0


def station(*prose: str, last: str = "") -> str:
    """Months of a weather station: prose, names, units, columns parted by blanks."""
    lines = ["Oxford", "Location: 450900E 207200N, 63 metres amsl", *prose]
    lines += ["   yyyy  mm   tmax    rain", "              degC      mm"]
    for i in range(120):
        lines.append(f"   {1990 + i // 12}  {i % 12 + 1:2d}   {10 + i % 12}.5   {i * 7 % 100:3d}.1")
    lines[-2:] = [line + last for line in lines[-2:]]
    return "\n".join(lines)


@pytest.mark.parametrize("last", ["", "  Provisional"])
@pytest.mark.parametrize(
    "prose",
    [
        "Sunshine from a sensor",
        "Rain data taken from an automatic gauge marked with a #, otherwise by hand.",
    ],
)
def test_prose_above_aligned_columns_is_no_row(prose: str, last: str) -> None:
    understood = read(station(prose, last=last))
    names = [facts.name for facts in understood.columns if not facts.name.startswith("column")]
    assert names == ["yyyy", "mm", "tmax", "rain"] and understood.rows == 120
    assert column(understood, "rain").first == [0.1, 7.1, 14.1]
    (note,) = [note for note in understood.notes if note.code == "comments"]
    assert note.message.endswith("(lines 1, 2, 3)")


def test_a_word_behind_a_row_is_told_and_passed_over() -> None:
    rows = [f"{1990 + i} {i * 7 % 40} {i % 9}.5" + " estimated" * (i > 55) for i in range(N)]
    text = "\n".join(["year rain wind", *rows])
    understood = read(text)
    assert understood.rows == N and "remarks" in told(understood)
    assert read_again(text)[-1] == ["2049", "13", "5.5"]


def test_names_with_single_blanks_above_aligned_values_stay() -> None:
    text = "\n".join(
        ["year month rain", *[f"{1990 + i}   {i % 12 + 1}   {i * 7 % 40}" for i in range(N)]]
    )
    assert names(text) == ["year", "month", "rain"] and read(text).rows == N
