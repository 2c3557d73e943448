"""How a file is laid out, as literals: what `cells.py` needs to read it again, in the app and in the script."""

from collections.abc import Callable, Sequence
from typing import Any

from . import cells, line_forms, workbook
from .alphabets import CODECS
from .separators import BLANKS, FIXED, LABELLED, MARKDOWN, PAIRED
from .sheet import Sheet

Parse = Callable[[str, dict[str, Any]], Any]
# Separator -> the function that parts the cells, and those that it calls.
BY_LINES: dict[str, tuple[Callable[..., Any], ...]] = {
    "": (cells.rows_by_line,),
    BLANKS: (cells.rows_by_blanks, cells.blank_cells),
    MARKDOWN: (cells.rows_by_bars, cells.markdown_cells),
    FIXED: (cells.rows_by_edges, cells.fixed_cells),
    LABELLED: (line_forms.rows_by_labels, line_forms.label_cells),
    PAIRED: (line_forms.rows_by_pairs, line_forms.pair_cells),
}
BY_SIGN = (
    cells.rows_by_sign,
    cells.lines_from,
    cells.without_marks,
    cells.single_sign,
    cells.without_formula,
)
WRAPPED = (
    line_forms.rows_by_wrapped_lines,
    line_forms.unwrapped_line,
    line_forms.unwrapped_lines,
    *BY_SIGN,
)


JOINED = (
    line_forms.rows_with_loose_commas,
    line_forms.with_joined_numbers,
    *BY_SIGN,
)
# A key of the layout that few files have -> the functions that read these.
BY_KEY = {"wrapped": WRAPPED, "joined": JOINED}


def layout_of(sheet: Sheet, packed: Sequence[str] = ()) -> dict[str, Any]:
    """The layout of a file, JSON-able. In: what its columns were found in; "gzip" and names of members to unpack."""
    grid = sheet.grid
    # Of a file that is nothing but names no row is read.
    first, last = (sheet.lines[0], sheet.lines[-1]) if sheet.n_rows else (1, 0)
    first = min([first, *grid.year_lines])
    encoding = sheet.letters.encoding
    # Hardly any file has every line between quotation marks, or numbers cut in two.
    wrapped = {"wrapped": True} if grid.is_wrapped else {}
    filled = {"filled_down": grid.filled_down} if grid.filled_down else {}
    joined = {"joined": list(grid.joined)} if grid.joined else {}
    year_rows = {"year_rows": True} if grid.year_lines else {}
    signed = {"signed": [[place, *beside] for place, beside in grid.signed]} if grid.signed else {}
    return {
        "packed": list(packed),
        "encoding": CODECS.get(encoding, encoding),
        "separator": grid.separator,
        "quote": grid.rows.marks.quote,
        "strip": grid.rows.marks.strip,
        "formulas": grid.rows.marks.formulas,
        "first_line": first,
        "last_line": last,
        "left_out": [line for line in grid.left_out if first < line < last],
        "width": grid.width,
        "blank_rows": grid.rows.marks.blank_rows,
        "edges": [list(edge) for edge in grid.rows.marks.edges],
        **wrapped,
        **joined,
        **filled,
        **year_rows,
        **signed,
    }


def parse_of(layout: dict[str, Any]) -> Parse:
    """The function that parts the cells, the third argument of `cells.cells_of`."""
    return BY_LINES.get(layout["separator"], _by_sign(layout))[0]


def _by_sign(layout: dict[str, Any]) -> tuple[Callable[..., Any], ...]:
    for key, functions in BY_KEY.items():
        if layout.get(key):
            return functions
    return BY_SIGN


def functions_of(layout: dict[str, Any]) -> tuple[Callable[..., Any], ...]:
    """What a script needs for `cells_of(bytes_of(DATA_FILE), layout, parse)`."""
    by_lines = BY_LINES.get(layout["separator"])
    common: tuple[Callable[..., Any], ...] = (cells.bytes_of, cells.text_of, cells.cells_of)
    if any(name.startswith("xlsx:") for name in layout["packed"]):
        common = (*workbook.FUNCTIONS, *common)
    if layout.get("year_rows"):
        common = (*common, cells.with_years, cells.is_year)
    if layout.get("signed"):
        common = (*common, cells.signed_amount)
    if by_lines is None:
        return (*common, *_by_sign(layout))
    return (*common, *by_lines, cells.used_lines, cells.is_rule)
