"""Tables as people bring them: what they become, and that app, script and a single row read them alike."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.catalogues.datasets import own_file, uploads
from playground.catalogues.datasets.tables import OwnTable
from playground.experiment import Experiment
from playground.export.script import script
from playground.faults import ExperimentError
from playground.reading.data.loading import moments_of, numbers_of
from playground.reading.data.reader import sheet_in
from playground.reading.data.recipes import date_recipe, number_recipe

N = 60
AGES = [20 + i * 7 % 41 for i in range(N)]
WAGES = [1500.25 + i * 37 % 900 for i in range(N)]
LEFT = ["yes" if i % 3 else "no" for i in range(N)]
NAMES = ["age", "wage", "left"]
PEOPLE = [list(row) for row in zip(AGES, WAGES, LEFT, strict=True)]


@pytest.fixture(autouse=True)
def _store() -> Iterator[None]:
    yield
    uploads.STORE.clear()


def table(rows: Sequence[Sequence[Any]], sep: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=sep, lineterminator="\n").writerows(rows)
    return text.getvalue()


def with_column(name: str, cells: Sequence[Any], sep: str = ",") -> str:
    """The healthy table with one column more before its target."""
    rows = [[age, wage, cell, left] for (age, wage, left), cell in zip(PEOPLE, cells, strict=True)]
    return table([["age", "wage", name, "left"], *rows], sep)


def own(data: str | bytes, *choices: str, **fields: Any) -> OwnTable:
    content = data.encode() if isinstance(data, str) else data
    return OwnTable(file=uploads.put(content, "csv", "t.csv"), choices=list(choices), **fields)


def with_comma(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")


def days(n: int = N) -> list[date]:
    return [date(2019, 1, 3) + timedelta(days=i * 17 % 500) for i in range(n)]


def fixed() -> str:
    lines = [f"{age:<6}{wage:>10.2f}  {left:<5}" for age, wage, left in PEOPLE]
    return "\n".join([f"{'age':<6}{'wage':>10}  {'left':<5}", *lines]) + "\n"


def markdown() -> str:
    lines = [f"| {age} | {wage} | {left} |" for age, wage, left in PEOPLE]
    return "\n".join(["| age | wage | left |", "|---|---:|---|", *lines]) + "\n"


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("data/people.csv", table([NAMES, *PEOPLE]))
    return packed.getvalue()


def units() -> str:
    rows = []
    for i in range(N):
        profit = f"({i}.5)" if i % 5 == 0 else f"{i}.5"
        size = f"{i % 13 + 1}M" if i % 4 else f"{i}k"
        rows.append([size, f"{i:,}000+", f"{80 + i} min", profit, f"{i % 40} %", LEFT[i]])
    return table([["size", "installs", "runtime", "profit", "share", "left"], *rows])


def hours() -> list[str]:
    start = datetime(2024, 1, 1)
    return [f"{start + timedelta(minutes=i * 611):%d.%m.%Y %H:%M}" for i in range(N)]


russian = [
    ["возраст", "зарплата", "ушёл"],
    *[[a, w, "да" if c == "yes" else "нет"] for a, w, c in PEOPLE],
]
japanese = [
    ["年齢", "給料", "退職"],
    *[[a, w, "はい" if c == "yes" else "いいえ"] for a, w, c in PEOPLE],
]


def totals() -> str:
    rows = [[f"p{i % 9}", *row] for i, row in enumerate(PEOPLE)]
    return table([["who", *NAMES], *rows, ["Total", 1, 2, ""]])


def missing_words() -> str:
    rows = []
    for i, (age, wage, left) in enumerate(PEOPLE):
        rows.append(["\\N" if i % 9 == 0 else age, "unknown" if i % 7 == 0 else wage, left])
    return table([NAMES, *rows])


def three_spellings() -> str:
    rows = []
    for i, (age, wage, left) in enumerate(PEOPLE):
        # The spelling that is met most often gives the name.
        spelling = (left, left, left.title(), left.upper() + " ")[i // 3 % 4]
        rows.append([age, wage, spelling])
    return table([NAMES, *rows])


def between_marks(text: str) -> str:
    """Every line as one cell, as a spreadsheet leaves a file that it did not take apart."""
    lines = [line.replace('"', '""') for line in text.splitlines()]
    return "".join(f'"{line}"\n' for line in lines)


def pairs() -> str:
    """Labels and pairs of place and value, as for LIBSVM; a place that is not named is 0."""
    lines = []
    for i, (age, wage, left) in enumerate(PEOPLE):
        label = 1 if left == "yes" else -1
        first = f"1:{age} " if i % 3 else ""
        lines.append(f"{label} {first}2:{wage} 4:0.5{i}\n")
    return "".join(lines)


FILES: dict[str, Callable[[], str | bytes]] = {
    "healthy": lambda: table([NAMES, *PEOPLE]),
    "quoted decimal commas": lambda: table([NAMES, *[[a, with_comma(w), c] for a, w, c in PEOPLE]]),
    "semicolons": lambda: table([NAMES, *[[a, with_comma(w), c] for a, w, c in PEOPLE]], ";"),
    "points part thousands": lambda: with_column("people", [f"{i + 1}.{i * 7 % 1000:03}.000" for i in range(N)], ";"),
    "units": units,
    "runs of blanks": lambda: "".join(f"{a:5d} {w:9.2f}   {int(c == 'yes')}\n" for a, w, c in PEOPLE),
    "sep=": lambda: "sep=;\n" + table([NAMES, *PEOPLE], ";"),
    "comments and a preamble": lambda: '# made\n"Report",\n"2024-05-01",\n\n' + table([NAMES, *PEOPLE]),
    "a footer": lambda: table([NAMES, *PEOPLE]) + '\n"Source: everybody, in thousands of everything"\n',
    "two bad rows": lambda: table([NAMES, *PEOPLE[:20]]) + "31,1,yes,,,x\noops\n" + table(PEOPLE[20:]),
    "a last row of totals": totals,
    "Windows-1251": lambda: table(russian).encode("cp1251"),
    "Shift-JIS": lambda: table(japanese).encode("shift_jis"),
    "UTF-16 without a mark": lambda: table([NAMES, *PEOPLE]).encode("utf-16-le"),
    "words for missing": missing_words,
    "three spellings": three_spellings,
    "a missing kind": lambda: with_column("town", [("Ulm", "Bonn", "")[i % 3] for i in range(N)]),
    "rare kinds": lambda: with_column("town", [f"t{i % 29}" for i in range(N)]),
    "odd cells": lambda: with_column("size", ["?1" if i in (9, 40) else i / 4 for i in range(N)]),
    "dates": lambda: with_column("joined", [day.isoformat() for day in days()]),
    "days first": lambda: with_column("joined", [f"{day:%d/%m/%Y}" for day in days()]),
    "short years": lambda: with_column("joined", [f"{day:%m/%d/%y}" for day in days()]),
    "names of months": lambda: with_column("joined", [f"{day:%d %b %Y}" for day in days()]),
    "missing dates": lambda: with_column("joined", ["" if i % 8 == 0 else str(day) for i, day in enumerate(days())]),
    "dates with hours": lambda: with_column("seen", hours()),
    "seconds since 1970": lambda: with_column("timestamp", [1_700_000_000 + i * 86_399 for i in range(N)]),
    "flags": lambda: with_column("smokes", [i % 2 for i in range(N)]),
    "line breaks in cells": lambda: with_column("note", [f"a\nb {i % 4}" for i in range(N)]),
    "apostrophes": lambda: "".join(f"'{a}','{w}','{c}'\n" for a, w, c in [NAMES, *PEOPLE]),
    "columns of a fixed width": fixed,
    "Markdown": markdown,
    "lines between marks": lambda: between_marks(table([NAMES, *PEOPLE])),
    "pairs": pairs,
    "hours and minutes": lambda: with_column("runtime", [f"{i % 3}h {i % 60}m" for i in range(N)]),
    "Thai dates": lambda: with_column("joined", [f"{day:%d/%m}/{day.year + 543}" for day in days()]),
    "gzip": lambda: gzip.compress(table([NAMES, *PEOPLE]).encode()),
    "ZIP": zipped,
}  # fmt: skip


def arrays_of_script(data: OwnTable, folder: Path) -> dict[str, Any]:
    """What the data section of the script leaves, run by itself in a folder with the file."""
    value = {"data": data.model_dump(mode="json") | {"batch_size": 8}, "layers": []}
    value["training"] = {"loss": {"loss": data.goal.natural}}
    text = script(Experiment.from_dict(value), takes_path=False)
    path = folder / "t.csv"
    path.write_bytes(uploads.get(data.file))
    head = text[: text.index("train, validation = ")]
    head = head.replace("DATA_FILE = 't.csv'", f"DATA_FILE = {str(path)!r}")
    namespace: dict[str, Any] = {}
    exec(compile(head, "script.py", "exec"), namespace)
    return namespace


@pytest.mark.parametrize("kind", FILES)
def test_the_script_reads_a_file_bit_for_bit_as_the_app_does(kind: str, tmp_path: Path) -> None:
    data = own(FILES[kind]())
    x, y = data.raw()
    assert x.dtype == np.float32 and x.shape == (data.n_samples(), *data.input_shape)
    namespace = arrays_of_script(data, tmp_path)
    np.testing.assert_array_equal(namespace["x"], x)
    np.testing.assert_array_equal(namespace["y"], y)
    assert namespace["x"].dtype == x.dtype and namespace["y"].dtype == y.dtype


@pytest.mark.parametrize("kind", FILES)
def test_a_row_as_a_person_reads_it_is_the_row(kind: str) -> None:
    data = own(FILES[kind]())
    x, _ = data.raw()
    for index in (0, 9, len(x) - 1):
        np.testing.assert_array_equal(data.encode([data.shown(index)])[0], x[index])


@pytest.mark.parametrize("kind", FILES)
def test_whole_columns_are_encoded_as_the_rows_are(kind: str) -> None:
    data = own(FILES[kind]())
    x, _ = data.raw()
    rows = [data.shown(index) for index in range(len(x))]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    np.testing.assert_array_equal(data.features_of(columns, len(x)), x)


def features(data: OwnTable) -> dict[str, np.ndarray]:
    """Name of a feature -> its column of x."""
    return dict(zip(data.plan().features, data.raw()[0].T, strict=True))


def test_a_date_becomes_numbers_and_never_a_category() -> None:
    data = own(FILES["dates"](), target="left")
    found = features(data)
    assert list(found)[2:] == [
        "joined: year", "joined: month", "joined: weekday", "joined: days since 2019-01-03"
    ]  # fmt: skip
    for index in (0, 1, 40):
        day = days()[index]
        row = data.raw()[0][index, 2:]
        since = (day - date(2019, 1, 3)).days
        np.testing.assert_array_equal(row, [day.year, day.month, day.weekday(), since])
    (column,) = [column for column in data.preview()["columns"] if column["name"] == "joined"]
    assert column["kind"] == "date" and sum(column["bars"]["counts"]) == N
    assert "# joined becomes year, month, weekday, days since 2019-01-03" in data.source()[0]


def test_hours_are_a_part_of_a_date_that_has_some_and_months_have_no_weekday() -> None:
    found = features(own(FILES["dates with hours"](), target="left"))
    np.testing.assert_allclose(found["seen: hour"][:3], [0, 10 + 11 / 60, 20 + 22 / 60], rtol=1e-6)
    np.testing.assert_array_equal(found["seen: days since 2024-01-01"][:4], [0, 0, 0, 1])
    months = own(with_column("month", [f"{1990 + i % 20}-{i % 12 + 1:02}" for i in range(N)]))
    assert list(features(months))[2:] == [
        "month: year",
        "month: month",
        "month: days since 1990-01-01",
    ]


def test_a_missing_date_is_missing_in_all_its_parts_and_says_so() -> None:
    found = features(own(FILES["missing dates"](), target="left"))
    assert np.isnan(found["joined: year"][0]) and np.isnan(found["joined: weekday"][8])
    assert found["joined: missing"][0] == 1 and found["joined: missing"][1] == 0
    assert bool(own(FILES["missing dates"](), target="left").split().train_x.isfinite().all())


def test_numbers_with_units_are_what_a_person_means() -> None:
    found = features(own(units(), target="left"))
    np.testing.assert_array_equal(found["size"][:3], [0, 2e6, 3e6])
    np.testing.assert_array_equal(found["size"][4], 4_000)
    np.testing.assert_array_equal(found["installs"][:3], [0, 1_000, 2_000])
    np.testing.assert_array_equal(found["profit"][:3], np.float32([-0.5, 1.5, 2.5]))
    assert found["share"][7] == 7 and found["runtime"][7] == 87


def test_a_number_named_as_missing_and_a_sign_that_was_chosen_count_everywhere() -> None:
    text = table(
        [NAMES, *[[-999 if i % 8 == 0 else a, w, c] for i, (a, w, c) in enumerate(PEOPLE)]]
    )
    assert "age: missing" not in features(own(text))
    found = features(own(text, "missing.age=-999"))
    assert np.isnan(found["age"][0]) and found["age: missing"][8] == 1
    open_sign = with_column("size", [f"{i % 9 + 1}.{i:03}" for i in range(N)], ";")
    assert features(own(open_sign, "decimal.size=,"))["size"][3] == 4_003
    assert features(own(open_sign, "decimal.size=."))["size"][3] == np.float32(4.003)


def test_spellings_of_one_class_are_one_and_rows_left_out_are_no_samples() -> None:
    data = own(FILES["three spellings"]())
    assert data.class_names() == ("no", "yes") and data.n_samples() == N
    assert len(own(FILES["three spellings"](), "classes=apart").class_names()) == 6
    assert own(FILES["two bad rows"]()).n_samples() == N


def test_the_likeliest_target_is_used_and_the_question_stays() -> None:
    data = own(table([["label", "age", "wage"], *[[c, a, w] for a, w, c in PEOPLE]]))
    assert data.plan().target == "label" and data.class_names() == ("no", "yes")
    assert "target_by_name" in [doubt["code"] for doubt in data.understood()["doubts"]]
    assert own(table([NAMES, *PEOPLE]), target="age").target_names() == ("age",)


def test_what_was_understood_is_told_of_the_one_reading_that_the_plan_is_of() -> None:
    data = own(FILES["units"](), "columns.size=leave_out")
    assert data.understood() == own_file.understood(data.file, "table", data.lines())
    # A target that is not there hides nothing of the rest.
    assert own(FILES["units"](), target="gone").understood()["rows"] == N


def test_a_row_in_its_own_signs_and_a_row_of_numbers_are_the_same() -> None:
    data = own(FILES["semicolons"](), target="left")
    typed = data.encode([{"age": "31", "wage": "1.500,25"}])
    np.testing.assert_array_equal(typed, np.float32([[31, 1500.25]]))
    np.testing.assert_array_equal(data.encode([{"age": 31, "wage": 1500.25}]), typed)
    joined = own(FILES["days first"](), target="left")
    assert joined.encode([{"joined": "3/1/2019"}])[0, 2:].tolist() == [2019, 1, 3, 0]
    with pytest.raises(
        ValueError, match="“joined” needs a date, written as in the file, but got “soon”"
    ):
        joined.encode([{"joined": "soon"}])
    with pytest.raises(ValueError, match="“age” needs a number, but got “old”"):
        joined.encode([{"age": "old"}])
    with pytest.raises(ValueError, match="with a decimal comma as in the file"):
        data.encode([{"wage": "3.5"}])
    floors = own(with_column("floor", [i % 3 for i in range(N)]), columns={"floor": "category"})
    np.testing.assert_array_equal(floors.encode([{"floor": 2.0}]), floors.encode([{"floor": "2"}]))
    towns = own(FILES["a missing kind"](), target="left")
    np.testing.assert_array_equal(towns.encode([{"town": "n/a"}])[0, 2:], towns.encode([{}])[0, 2:])
    assert towns.encode([{"town": "Oslo"}])[0, 2:].tolist() == [0, 0, 0]
    assert towns.encode([{"town": "ulm"}])[0, 2:].sum() == 1


def test_the_example_encodes_a_row_as_the_app_does() -> None:
    data = own(FILES["dates with hours"](), target="left")
    lines, functions = data.asking_code()
    sample = data.shown(7)
    namespace: dict[str, Any] = {function.__name__: function for function in functions}
    exec(lines, {**namespace, "sample": sample}, namespace)
    np.testing.assert_array_equal(namespace["x"], data.encode([sample]))


COLUMNS = st.sampled_from([
    ["1", "2", "3.5", "", "NA"], ["1,5", "2,25", "3"], ["a", "b", "A", "c "], ["yes", "no", "YES"], ["0", "1"],
    ["2020-01-01", "2021-05-06", ""], ["1/2/2020", "13/4/2021", "5/6/2019"], ["12 %", "4,5 %"], ["$1,234", "($3)"],
    ["1k", "2M", "3"], ["5 kg", "500 g"], ["-999", "3", "4", "5", "6", "7.5"], ["none", "mild", "severe"],
    ["2020-01-01 24:00", "2020-01-02 03:30:15"], ["x\ny", "x"], ['a"b', "c", "d,e"], ["1.234", "5.678"],
    ["1_000", "2"], ["nan", "inf", "1e400", "5"], ["−4", "4", "½"], ["2020Q1", "2021Q4"], ["Jan 2020", "März 2020"],
    ["0010", "0020", "0301"], ["1 234", "5 678"],
])  # fmt: skip


@st.composite
def tables_of_people(draw: st.DrawFn) -> str:
    pools = draw(st.lists(COLUMNS, min_size=2, max_size=5))
    n = draw(st.sampled_from([5, 8, 40, 90]))
    random = draw(st.randoms(use_true_random=False))
    names = [f"column{i}" for i in range(len(pools))]
    rows = [[random.choice(pool) for pool in pools] for _ in range(n)]
    return table([names, *rows], draw(st.sampled_from(",;\t|")))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables_of_people(), st.sampled_from(["auto", "number", "class"]))
def test_whatever_a_table_holds_its_rows_are_samples_and_core_and_loader_agree(
    text: str, predict: Any
) -> None:
    data = own(text, predict=predict)
    sheet = sheet_in(text.encode(), data.reading_choices()).sheet
    for column in sheet.columns:
        if column.type == "number":
            form = number_recipe(column, data.reading_choices())
            np.testing.assert_array_equal(numbers_of(column.cells, form), column.values())
        if column.type == "date" and column.dates is not None:
            form = date_recipe(column, data.reading_choices())
            np.testing.assert_array_equal(moments_of(column.cells, form), column.dates.seconds)
    try:
        split = data.split()
    except ExperimentError as error:
        assert error.faults[0].place.startswith("data") and error.faults[0].message
        return
    x, _ = data.raw()
    assert (len(split.train_x), len(split.val_x)) == data.counts()
    assert x.shape == (data.n_samples(), *data.input_shape)
    assert bool(split.train_x.isfinite().all())
    np.testing.assert_array_equal(data.encode([data.shown(0)])[0], x[0])
