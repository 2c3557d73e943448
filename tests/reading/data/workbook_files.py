"""Workbooks as Excel writes them, made by hand."""

import io
import zipfile
from collections.abc import Sequence

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
# Style 0 shows numbers, style 1 dates, style 2 hours beyond a day.
STYLES = (
    f'<styleSheet {NAMESPACE}><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
Rows = Sequence[Sequence[object]]


def cell_xml(cell: object, place: str, texts: list[str]) -> str:
    """A cell as Excel writes it: texts are numbered, numbers stand as they are, anything else is XML already."""
    if isinstance(cell, bytes):
        return cell.decode()
    if cell == "":
        return ""
    if isinstance(cell, str):
        texts.append(cell)
        return f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'


def sheet_xml(rows: Rows, texts: list[str], first: int = 1) -> str:
    lines = []
    for number, row in enumerate(rows, first):
        cells = [cell_xml(cell, f"{chr(65 + i)}{number}", texts) for i, cell in enumerate(row)]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f"<worksheet {NAMESPACE}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def workbook(sheets: dict[str, Rows], state: str = "visible", first: int = 1, **more: str) -> bytes:
    """A workbook of several sheets, of which the first may be hidden. In: further files by name."""
    texts: list[str] = []
    files = {"[Content_Types].xml": "<Types/>", "xl/styles.xml": STYLES}
    listed, related = [], []
    for number, (name, rows) in enumerate(sheets.items(), 1):
        files[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(rows, texts, first)
        shown = state if number == 1 else "visible"
        listed.append(f'<sheet name="{name}" sheetId="{number}" state="{shown}" r:id="r{number}"/>')
        related.append(f'<Relationship Id="r{number}" Target="worksheets/sheet{number}.xml"/>')
    files["xl/workbook.xml"] = (
        f"<workbook {NAMESPACE} {RELATIONS}><sheets>{''.join(listed)}</sheets></workbook>"
    )
    files["xl/_rels/workbook.xml.rels"] = f"<Relationships>{''.join(related)}</Relationships>"
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    files["xl/sharedStrings.xml"] = f"<sst {NAMESPACE}>{items}</sst>"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (files | more).items():
            archive.writestr(name, text)
    return content.getvalue()
