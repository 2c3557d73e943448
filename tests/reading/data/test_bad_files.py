"""Files that are none of ours, and damaged ones: understood, or one sentence."""

import gzip
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.faults import ExperimentError
from playground.reading.data import album_look

from .cases import (
    HEAD,
    PEOPLE,
    WAVE,
    N,
    coded,
    codes,
    months,
    packed,
    people,
    picture,
    pictures,
    read,
    table,
    told,
)
from .workbook_files import workbook


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"  \n\n \n", "empty"),
        (b"a,b,c\n", "rows of values"),
        (b"a,b,c\n1,2,3\n", "1 rows of values"),
        (b"<!DOCTYPE html><html><table></table></html>", "web page"),
        (b"\xef\xbb\xbf <html>", "web page"),
        (b'{"a": 1}', "JSON"),
        (b"CREATE TABLE t (id INT, x FLOAT);\nINSERT INTO t VALUES (0,0.024);", "SQL"),
        (b"-- dump\n\nDROP TABLE IF EXISTS `t`;\nCREATE TABLE `t` (\n  `id` int\n);", "SQL"),
        (b"INSERT INTO t (a, b) VALUES (1, 2);\n" * 9, "SQL"),
        (b"%PDF-1.7 \x00\x01", "a PDF"),
        (b"PAR1\x00\x00", "Parquet"),
        (coded(picture(0)), "a single picture"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (packed({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "workbook"),
        (packed({"a.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n1,2\n"}), "2 tables"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0)[:-9], "damaged archive"),
        (bytes(range(256)) * 50, ""),
        (b"a" * 200_000 + b",b\n1,2\n", ""),
        (b'a,b\n"' + b"x" * 10_000_000 + b'",2\n1,2\n1,2\n1,2\n', "longer than"),
        (b"a,b\n1\n1,2,3\n1,2,3,4\n1,2,3,4,5\n,,,,,6\n1\n" * 20, ""),
    ],
    ids=lambda value: repr(value[:16]),
)
def test_a_file_that_is_of_no_use_is_refused_in_one_sentence(data: bytes, message: str) -> None:
    try:
        read(data)
    except ExperimentError as error:
        (fault,) = error.faults
        assert message in fault.message and len(fault.message) < 400
    else:
        assert not message


def test_a_table_inside_an_archive_is_read() -> None:
    for data in (packed({"people.csv": people().encode()}), gzip.compress(people().encode())):
        understood = read(data)
        assert (understood.kind, understood.rows) == ("table", N) and told(understood)[
            0
        ] == "unpacked"


@pytest.mark.long
def test_ten_thousand_columns_are_read() -> None:
    rows = [[f"x{i}" for i in range(10_000)]] + [
        [row * i % 7 for i in range(10_000)] for row in range(8)
    ]
    assert len(read(table(rows)).columns) == 10_000


@pytest.mark.parametrize(
    ("cells", "asked"),
    [([1] * N, ["one_value"]), (["same"] * N, ["one_value"]), ([""] * N, [])],
)
def test_a_column_of_one_value_is_left_out(cells: list[object], asked: list[str]) -> None:
    assert codes(read(people(x=cells), "target=left")) == asked


def test_a_target_with_as_many_classes_as_rows_and_a_class_of_one_row_are_read() -> None:
    assert len(read(people(kind=[f"k{i}" for i in range(N)]), "target=kind").classes) == N
    kinds = ["rare", *["a", "b"] * (N // 2)][:N]
    assert {entry.name: entry.count for entry in read(people(kind=kinds), "target=kind").classes}[
        "rare"
    ] == 1


HEALTHY = [
    people().encode(),
    table([HEAD, *PEOPLE], ";").encode("utf-16"),
    table([["date", "value"], *zip(months(96), WAVE, strict=True)]).encode(),
    packed(pictures()),
    people(town=["Köln"] * N).encode("cp1252"),
    "".join(
        f"ham\tsee you at {i} in the station, please\nspam\twin {i}\n" for i in range(30)
    ).encode(),
]


SHORT_OF_MEMORY = {
    "a table": ("playground.reading.data.reader.sheet_of", people().encode()),
    "a table in an archive": ("zipfile.ZipFile.read", packed({"t.csv": people().encode()})),
    "a gzip": ("gzip.GzipFile.read", gzip.compress(people().encode())),
    "pictures": ("playground.reading.data.album_look.in_order", packed(pictures())),
    "texts": ("zipfile.ZipFile.read", packed({"a/1.txt": b"one", "b/2.txt": b"two"})),
    "a workbook": (
        "playground.reading.data.workbooks.sheet_as_csv",
        workbook({"Sheet1": [["a", "b"], [1, 2]]}),
    ),
}


@pytest.mark.parametrize("kind", SHORT_OF_MEMORY)
def test_too_little_memory_is_one_sentence(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    function, data = SHORT_OF_MEMORY[kind]

    def has_no_room(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(function, has_no_room)
    with pytest.raises(ExperimentError, match="needs too much memory"):
        read(data)


def test_a_picture_that_needs_too_much_memory_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rightly = album_look.small_picture
    names = pictures()

    def has_no_room(data: bytes, *rest: object) -> object:
        if data == names["ants/0.png"]:
            raise MemoryError
        return rightly(data, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(album_look, "small_picture", has_no_room)
    understood = read(packed(names))
    assert understood.left_out.files == ["ants/0.png"]
    assert "1 too large" in understood.doubts[0].message


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A healthy file with bytes changed, cut out, put in, or doubled."""
    data = bytearray(draw(st.sampled_from(HEALTHY)))
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 60))
        what = draw(st.sampled_from(("change", "cut", "put", "double", "end")))
        junk = draw(
            st.binary(max_size=30)
            | st.sampled_from(
                [b'"', b"\n", b",,,", b"\0", b";", b"\xff\xfe", b"99999999999", b"1/1/1"]
            )
        )
        if what == "change":
            data[place : place + len(junk)] = junk
        elif what == "cut":
            del data[place : place + length]
        elif what == "put":
            data[place:place] = junk
        elif what == "double":
            data += data[place : place + 4 * length]
        else:
            del data[place:]
    return bytes(data)


def _is_understood_or_refused(data: bytes, kind: str) -> None:
    start = time.process_time()
    try:
        understood = read(data, kind=kind)
        assert understood.to_json()["kind"]
        for doubt in (*understood.doubts, *understood.notes):
            assert doubt.message and all(remedy.label for remedy in doubt.remedies)
    except ExperimentError as error:
        assert len(error.faults) == 1 and error.faults[0].message
    assert time.process_time() - start < 2


KINDS = st.sampled_from(["", "table", "text", "series", "images"])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=damaged(), kind=KINDS)
def test_a_damaged_file_is_understood_or_refused(data: bytes, kind: str) -> None:
    _is_understood_or_refused(data, kind)


@pytest.mark.long
@settings(max_examples=3_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=damaged(), kind=KINDS)
def test_three_thousand_damaged_files_are_understood_or_refused(data: bytes, kind: str) -> None:
    _is_understood_or_refused(data, kind)
