"""From a text to even rows of cells: what comes before and after the table, and what lies across it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..refusals import refused
from .choices import Choices
from .comments import is_skipped, names_in_comment, prose_above, words_for_missing
from .footers import end_of_rows, n_filled
from .line_forms import unwrapped_lines, with_joined_numbers
from .loose_commas import loose_commas
from .markup import n_labels, sign_inside_lines
from .names import first_row_is_names, is_run
from .result import Doubt, Remedy
from .rows import Rows, rows_of
from .second_tables import second_table
from .separators import BLANKS, FIXED, LABELLED, NAMES, PAIRED, SIGNS, separator_of
from .shapes import looks_like_number

HEAD_CHARACTERS = 60_000
HEAD_LINES = 300
MOST_COLUMNS = 10_000
MOST_CELLS = 6_000_000
MOST_ODD = 0.1  # share of the rows that may have another number of cells
MOST_PREAMBLE = 60  # lines
MOST_HEAD = 12  # rows of a head as wide as the table, before a blank line
LEAST_BODY = 8
LABELLED_NAMES = ("label", "text")
SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
ATTRIBUTE = re.compile(r"\s*@attribute\s+('[^']*'|\"[^\"]*\"|\S+)", re.IGNORECASE)


class Beside(NamedTuple):
    """A column of signs: its place, and which of its cells say that an amount was paid out."""

    place: int
    out: tuple[str, ...]


@dataclass
class Grid:
    """Even rows, all as wide as `width`.

    above: a row one cell shorter than the others that may hold their names. first_row: the row that held them.
    is_wrapped: whether every line stood between quotation marks as a whole. joined: columns of numbers such as 7,75
    that commas had cut in two. filled_down: columns whose blank cells repeat what stands above. signed: columns of
    amounts, and where the sign of each stands. year_lines: of rows with the year of those below. missing_words: what
    stands for “missing” in files of this kind.
    """

    rows: Rows
    width: int
    separator: str
    above: list[str] | None = None
    first_row: list[str] | None = None
    is_wrapped: bool = False
    joined: tuple[int, ...] = ()
    filled_down: list[int] = field(default_factory=list)
    year_lines: list[int] = field(default_factory=list)
    signed: list[tuple[int, Beside]] = field(default_factory=list)
    missing_words: list[str] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    notes: list[Doubt] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def grid_of(text: str, choices: Choices) -> Grid:
    """A text as even rows. Raises: ExperimentError where it has none."""
    notes: list[Doubt] = []
    if "\x00" in text:
        notes.append(Doubt(code="nul_bytes", values={"count": text.count("\x00")}))
        text = text.replace("\x00", "")
    sign = "" if choices.separator else sign_inside_lines(_head(text), SIGNS)
    if sign:
        text = unwrapped_lines(text)
        choices = choices.model_copy(update={"separator": sign})
        notes.append(Doubt(code="wrapped_lines"))
    start, skipped, separator, above = _beginning(text, choices)
    if skipped:
        notes.append(_lines_note("comments", skipped))
    rows = rows_of(text, start, separator)
    if not rows.cells:
        raise refused("upload_empty")
    joined = loose_commas(rows.cells) if separator == "," and not sign and above is None else ()
    if joined:
        width = len(rows.cells[0])
        rows.cells = [with_joined_numbers(row, width, joined) for row in rows.cells]
    grid = _even(rows, separator, choices)
    grid.is_wrapped = bool(sign)
    grid.joined = joined
    if separator == LABELLED:
        grid.above = [*LABELLED_NAMES]
        notes += _told_of_labels(text)
    if separator == PAIRED:
        grid.above = ["target", *map(str, range(1, grid.width))]
    grid.notes = [*notes, *grid.notes]
    if above is not None and grid.above is None and len(above) == grid.width:
        grid.above = above
        grid.missing_words = words_for_missing(above)
    return grid


def _told_of_labels(text: str) -> list[Doubt]:
    """Of lines with several labels only the first of these is learnt."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if n_labels(line) > 1]
    return [_lines_note("several_labels", lines)] if lines else []


def _lines_note(code: str, lines: Sequence[int]) -> Doubt:
    return Doubt(code=code, values={"count": len(lines), "lines": lines_text(lines)})


def lines_text(lines: Sequence[int]) -> str:
    """[51, 92] -> "51, 92"; a long list is cut."""
    text = ", ".join(str(line) for line in lines[:8])
    return text + (" …" if len(lines) > 8 else "")


def _beginning(text: str, choices: Choices) -> tuple[int, list[int], str, list[str] | None]:
    """Where the table may begin. Out: its first line (from 1), lines of comments, the separator, names in a comment."""
    head = _head(text)
    first = 0
    is_one_column = choices.separator == "none"
    separator = NAMES.get(choices.separator, choices.separator)
    named = SEP_LINE.fullmatch(head[0]) if head else None
    if named:
        first = 1
        separator = separator or named[1]
    comments = []
    while first < len(head) and is_skipped(head[first]):
        if head[first].strip():
            comments.append(first + 1)
        first += 1
    rest = head[first:]
    attributes, behind = _attributes(head)
    if attributes:
        return behind + 1, list(range(1, behind + 1)), ",", attributes
    if is_one_column:
        return first + 1, comments, "", None
    n_prose = 0 if separator else prose_above(rest)
    if n_prose and separator_of(rest[n_prose:]) in (BLANKS, FIXED):
        prose = [first + n for n, line in enumerate(rest[:n_prose], 1) if line.strip()]
        return first + n_prose + 1, [*comments, *prose], separator_of(rest[n_prose:]), None
    separator = separator or separator_of(rest)
    line, above = names_in_comment(head, comments, rest, separator)
    if above is not None:
        comments.remove(line)
    return first + 1, comments, separator, above


def _attributes(head: Sequence[str]) -> tuple[list[str], int]:
    """The names in the head of an ARFF file, and how many lines it has; none for any other file."""
    names = []
    for place, line in enumerate(head):
        named = ATTRIBUTE.match(line)
        if named:
            names.append(named[1].strip("'\""))
        if line.strip().casefold() == "@data":
            return names, place + 1
    return [], 0


def _head(text: str) -> list[str]:
    """The first lines; the last of them may be cut off and is left away."""
    head = text[:HEAD_CHARACTERS].splitlines()[:HEAD_LINES]
    is_cut = len(text) > HEAD_CHARACTERS and len(head) < HEAD_LINES and len(head) > 1
    return head[:-1] if is_cut else head


def _even(rows: Rows, separator: str, choices: Choices) -> Grid:
    """Rows of the usual width, what stands before and after them, what was left out. Raises: ExperimentError."""
    width = _usual_width(rows.cells)
    _check_size(len(rows.cells), width)
    for row in rows.cells:
        while len(row) > width and not row[-1]:
            row.pop()
    first = _first_row(rows.cells, width)
    first = _behind_blank_line(rows, first, width)
    end = end_of_rows(rows.cells, width, first)
    other = second_table(rows, first, end, width)
    grid = Grid(rows.between(first, other), width, separator)
    if first:
        full = [row for row in rows.cells[first:] if len(row) == width]
        is_beside = rows.lines[first] - rows.lines[first - 1] == 1
        above = _short_names(rows.cells[first - 1], width) if is_beside else None
        # Two rows of names, of which one is short: the short one is a title.
        if above is not None and not first_row_is_names(full[:HEAD_LINES]):
            grid.above = above
        above_lines = list(rows.lines[: first if grid.above is None else first - 1])
        if above_lines:
            grid.notes.append(_lines_note("preamble", above_lines))
    if end < len(rows.cells):
        grid.notes.append(_lines_note("footer", list(rows.lines[end:])))
    _leave_out_odd(grid, choices)
    if other < end:
        lines = list(rows.lines[other:end])
        grid.left_out = [*grid.left_out, *lines]
        values = {
            "count": len(lines),
            "line": lines[0],
        }
        grid.notes.append(
            Doubt(
                code="second_table",
                values=values,
            )
        )
    return grid


def _usual_width(cells: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(row) for row in cells)
    usual = max(widths, key=lambda width: (widths[width], width))
    # A sign at the end of every row makes an empty column that nobody named.
    full = [row for row in cells if len(row) == usual]
    width = usual
    while width > 1 and not any(row[width - 1] for row in full):
        width -= 1
    return width


def _check_size(n_rows: int, width: int) -> None:
    if width > MOST_COLUMNS or width * n_rows > MOST_CELLS:
        limits = {"limit": f"{MOST_CELLS:,}", "wide": f"{MOST_COLUMNS:,}"}
        raise refused("table_too_large", rows=n_rows, columns=width, **limits)


def _first_row(cells: Sequence[Sequence[str]], width: int) -> int:
    """The first row of the table: as wide as most, and not a title with nothing beside it."""
    for place, row in enumerate(cells[:MOST_PREAMBLE]):
        is_title = width > 2 and n_filled(row) == 1 and place + 1 < len(cells)
        if len(row) == width and not is_title:
            return place
    return 0


def _behind_blank_line(rows: Rows, first: int, width: int) -> int:
    """The row behind a blank line, if the table with its names begins only there: of several the fullest."""
    candidates = []
    for place in range(first + 1, min(first + MOST_HEAD, len(rows.cells) - LEAST_BODY)):
        if not rows.is_behind_blank(place):
            continue
        full = [row for row in rows.cells[place : place + HEAD_LINES] if len(row) == width]
        is_before_names = len(full) > LEAST_BODY and full[0] is rows.cells[place]
        if is_before_names and first_row_is_names(full) and not _is_run_on(rows.cells[place]):
            candidates.append(place)
    return max(candidates, key=lambda place: (n_filled(rows.cells[place]), -place), default=first)


def _is_run_on(row: Sequence[str]) -> bool:
    """Whether a row holds numbers other than years, so that it can only be one of values."""
    return not is_run(row) and any(looks_like_number(cell) for cell in row)


def _short_names(row: list[str], width: int) -> list[str] | None:
    """Names of all columns but the first, as R writes them where rows have names too."""
    is_short = width > 2 and len(row) == width - 1
    return ["", *row] if is_short and all(row) else None


def _drop_remarks(grid: Grid) -> None:
    """A word more at the end of a row that blanks part, such as “Provisional”, is no cell of the table."""
    if grid.separator != BLANKS:
        return
    rows = enumerate(grid.rows.cells)
    places = [n for n, row in rows if len(row) == grid.width + 1 and row[-1].isalpha()]
    if not places:
        return
    words = [grid.rows.cells[place].pop() for place in places]
    note = _lines_note("remarks", [grid.rows.lines[place] for place in places])
    note.values["word"] = words[0]
    grid.notes.append(note)


def _leave_out_odd(grid: Grid, choices: Choices) -> None:
    """Rows of another width: a few are left out and named, shorter ones are filled up. Raises: ExperimentError."""
    cells = grid.rows.cells
    _drop_remarks(grid)
    odd = [place for place, row in enumerate(cells) if len(row) != grid.width]
    if not odd:
        return
    lines = [grid.rows.lines[place] for place in odd]
    first = cells[odd[0]]
    facts: dict[str, Any] = {
        "count": len(odd),
        "rows": len(cells),
        "wanted": grid.width,
        "given": len(first),
    }
    are_few = len(odd) <= max(3, MOST_ODD * len(cells))
    are_shorter = all(len(cells[place]) < grid.width for place in odd)
    if choices.bad_rows == "stop" or not (are_few or are_shorter):
        raise refused("data_ragged", line=lines[0], **facts)
    if not are_few:
        for place in odd:
            cells[place] += [""] * (grid.width - len(cells[place]))
        grid.notes.append(_lines_note("filled_up", lines))
        return
    grid.rows = grid.rows.without(set(odd))
    grid.left_out = lines
    stop = Remedy(code="stop", set="bad_rows=stop")
    values = {
        **facts,
        "lines": lines_text(lines),
    }
    grid.notes.append(
        Doubt(
            code="bad_rows",
            values=values,
            remedies=[stop],
        )
    )
