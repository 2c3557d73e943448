"""The first sheet of a workbook is read like the CSV file that a spreadsheet would have saved."""

import io
import zipfile

import pytest

from playground.faults import ExperimentError
from playground.reading.data import workbooks
from playground.reading.data.workbook import is_date_format

from .cases import HEAD, PEOPLE, N, codes, column, pictures, read, table, told
from .workbook_files import NAMESPACE, RELATIONS, Rows, workbook

PLAIN: Rows = [HEAD, *PEOPLE]


def test_a_sheet_is_read_like_its_csv_file() -> None:
    of_sheet = read(workbook({"Sheet1": PLAIN})).to_json()
    of_csv = read(table(PLAIN)).to_json()
    assert of_sheet == of_csv


def test_lines_are_the_rows_of_the_sheet() -> None:
    rows = [*PLAIN[:20], ["", "", "", "", "note"], *PLAIN[20:]]
    understood = read(workbook({"Sheet1": rows}, first=4))
    assert (understood.rows, understood.left_out.lines) == (N, [24])


def test_of_several_sheets_the_first_that_is_shown_is_read_and_the_others_can_be_chosen() -> None:
    other = [["a", "b"], *[[i, i % 3] for i in range(12)]]
    understood = read(workbook({"People": PLAIN, "Prices": other}))
    assert [facts.name for facts in understood.columns] == HEAD
    (note,) = understood.notes
    assert note.message == "the workbook has 2 sheets; “People” is read"
    (remedy,) = note.remedies
    chosen = read(workbook({"People": PLAIN, "Prices": other}), remedy.set)
    assert [facts.name for facts in chosen.columns] == ["a", "b"]
    hidden = read(workbook({"Old": PLAIN, "Prices": other}, state="hidden"))
    assert [facts.name for facts in hidden.columns] == ["a", "b"] and told(hidden) == []
    empty = read(workbook({"Cover": [], "Prices": other}))
    assert [facts.name for facts in empty.columns] == ["a", "b"]


def test_cells_are_read_by_what_they_mean() -> None:
    kinds = [
        [b'<c r="A2" s="1"><v>43466</v></c>', b'<c r="B2" s="1"><v>43466.75</v></c>'],
        [b'<c r="C2" s="2"><v>1.5</v></c>', b'<c r="D2"><v>2499.9899999999998</v></c>'],
        [b'<c r="E2" t="b"><v>1</v></c>', b'<c r="F2" t="e"><v>#N/A</v></c>'],
        [b'<c r="G2" t="inlineStr"><is><r><t>one </t></r><r><t>text</t></r></is></c>'],
    ]
    row = b"".join(cell for cells in kinds for cell in cells)
    names = ["day", "moment", "hours", "price", "flag", "gap", "words"]
    understood = read(workbook({"Sheet1": [names, *[[row]] * 8]}), *KEEP)
    first = {facts.name: facts.first[0] for facts in understood.columns}
    assert first == {
        "day": "2019-01-01",
        "moment": "2019-01-01T18:00:00",
        "hours": 1.5,
        "price": 2499.99,
        "flag": "TRUE",
        "gap": None,
        "words": "one text",
    }


KEEP = ["columns=keep"]


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("yyyy-mm-dd", True), ("dd.mm.yy;@", True), ("[$-409]d-mmm-yy", True), ("hh:mm", True), ("[h]:mm:ss", False),
        ("0.00", False), ("General", False), ('0 "days"', False), ("0\\d", False), ("[Red]0.0", False),
        ('_-* #,##0.00\\ "€"_-', False), ("0.00E+00", False), ("#,##0", False),
    ],
)  # fmt: skip
def test_a_number_format_tells_dates_from_numbers(code: str, is_date: bool) -> None:
    assert is_date_format(code) is is_date


def test_dates_of_old_macintoshes_begin_in_1904() -> None:
    rows = [
        ["day", "v"],
        *[[f'<c r="A{i}" s="1"><v>{i}</v></c>'.encode(), i % 7] for i in range(2, 30)],
    ]
    book = (
        f'<workbook {NAMESPACE} {RELATIONS}><workbookPr date1904="1"/><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    understood = read(workbook({"S": rows}, **{"xl/workbook.xml": book}))
    assert understood.time is not None and understood.time.start == "1904-01-03"


def many_laughs() -> str:
    """XML of a few lines that stands for a gigabyte."""
    entities = ['<!ENTITY a0 "aaaaaaaaaa">']
    for i in range(1, 9):
        tenfold = f"&a{i - 1};" * 10
        entities.append(f'<!ENTITY a{i} "{tenfold}">')
    return f"<!DOCTYPE s [{''.join(entities)}]><s>&a8;</s>"


def far_cells() -> str:
    """Rows of one cell each, in the last column that there can be."""
    rows = [f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(1, 500)]
    return f"<s>{''.join(rows)}</s>"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"xl/workbook.xml": "<workbook"}, "cannot be read"),
        ({"xl/_rels/workbook.xml.rels": "<Relationships/>"}, "it shows no sheet"),
        ({"xl/sharedStrings.xml": "<sst/>"}, "cannot be read"),
        ({"xl/worksheets/sheet1.xml": "<worksheet/>"}, "no sheet holds anything"),
        ({"xl/worksheets/sheet1.xml": "x" * 10}, "cannot be read"),
        ({"xl/worksheets/sheet1.xml": far_cells()}, "6,000,000 cells"),
        ({"xl/worksheets/sheet1.xml": many_laughs()}, "cannot be read"),
    ],
    ids=range(7),
)  # fmt: skip
def test_a_damaged_workbook_is_refused_in_one_sentence(files: dict[str, str], message: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        read(workbook({"Sheet1": PLAIN}, **files))
    (fault,) = caught.value.faults
    assert message in fault.message


def test_a_workbook_that_would_unpack_to_too_much_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 3_000_000)
    with pytest.raises(ExperimentError, match="the workbook holds 4"):
        read(workbook({"Sheet1": PLAIN}, **{"xl/drawing.xml": " " * 4_000_000}))


def test_workbooks_of_other_programs_are_refused_in_one_sentence() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    for data in (content.getvalue(), b"\xd0\xcf\x11\xe0" + b"\0" * 600):
        with pytest.raises(ExperimentError, match="save the sheet as CSV"):
            read(data)


def test_pictures_beside_no_workbook_stay_pictures() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, body in pictures().items():
            archive.writestr(name, body)
    assert read(content.getvalue()).kind == "images" and codes(read(content.getvalue())) == []
    assert column(read(workbook({"S": PLAIN})), "age").type == "number"
