"""What parts the cells of a row: the sign that cuts most lines into the same number of cells."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from .cells import blank_cells, is_rule, single_sign
from .markup import are_labelled, are_pairs, column_edges, is_markdown, ruled_edges
from .shapes import looks_like_number

SIGNS = (",", ";", "\t", "|")
LONG_SIGNS = ("::", "||", "\t\t")  # nobody writes these inside a cell
RARE_SIGNS = ("~", "^", "¦", "\x01", "\x1f", ":")  # taken where nothing else parts the lines
BLANKS = " "  # runs of blanks
FIXED = "fixed"
MARKDOWN = "markdown"
LABELLED = "__label__"  # as for fastText
PAIRED = "1:"  # as for LIBSVM
NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "blank": " ", "blanks": " "}
EVEN = 0.8  # share of the lines that must have the same number of cells
VERY_EVEN = 0.95
NUMBER_WITH_COMMA = re.compile(r"[^\d;\t|]{0,4}\d[\d.,'\s]*([eE][+-]?\d+|[^\d;\t|]{0,4})")
FRACTIONS = re.compile(r"-?\d+,\d+")
SIGN_IN_PROSE = re.compile(r"[,;](?!\s)|[\t|]")
PROSE_WORDS = 3


@dataclass(frozen=True)
class _Fit:
    """How well a sign parts the lines. share: of the lines with the usual number of cells; clean: of the cells that
    hold none of the other signs."""

    sign: str
    width: int
    share: float
    clean: float

    @property
    def rank(self) -> tuple[float, float, int, float]:
        """The greater, the better. Rounded, so that of two almost equal ones the one with more cells wins."""
        return round(self.share, 1), round(self.clean, 1), self.width, self.share


def separator_of(lines: Sequence[str]) -> str:
    """In: the first lines of a file, without comments. Out: a sign, or one of the names above; "" for one column."""
    if is_markdown(lines):
        return MARKDOWN
    if are_labelled(lines):
        return LABELLED
    if are_pairs(lines):
        return PAIRED
    if _are_fractions(lines):
        return ""
    if ruled_edges(lines):
        return FIXED
    outright = _outright(lines)
    if outright:
        return outright
    fits = []
    for sign in SIGNS:
        fit = _fit_of(lines, sign)
        if fit.width > 1:
            fits.append(fit)
    best = max(fits, key=lambda fit: fit.rank, default=None)
    if best is not None and best.share >= EVEN:
        return BLANKS if best.sign == "\t" and _are_blanks_better(lines, best.width) else best.sign
    blanks = _blank_fit(lines)
    rare = "" if blanks == BLANKS else _rare_sign(lines)
    if blanks or rare:
        return rare or blanks
    # Rows of many lengths are still rows, where the sign stands in most of them; prose has commas too.
    if not _has_numbers(lines):
        return ""
    return best.sign if best is not None and _is_met_often(lines, best.sign) else ""


def _are_fractions(lines: Sequence[str]) -> bool:
    """Whether below a name there is one column of numbers such as 100,5."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) < 3 or "," in filled[0]:
        return False
    return all(FRACTIONS.fullmatch(line) for line in filled[1:])


def _outright(lines: Sequence[str]) -> str:
    """A sign that is never met by chance: "::", or a tab in every line; "" where there is none."""
    for sign in LONG_SIGNS:
        fit = _fit_of(lines, sign)
        is_whole = all(line.count(sign[0]) == 2 * line.count(sign) for line in lines)
        if fit.width > 1 and fit.share >= VERY_EVEN and is_whole:
            return sign
    fit = _fit_of(lines, "\t")
    # Texts have commas, too; but a tab beside another sign only moves the next cell to the right.
    is_beside = any(sign + "\t" in line for sign in ",;|" for line in lines)
    is_tab = fit.width > 1 and fit.share >= VERY_EVEN and not is_beside
    return "\t" if is_tab and not _are_blanks_better(lines, fit.width) else ""


def _rare_sign(lines: Sequence[str]) -> str:
    """A sign that seldom parts cells, where it cuts nearly all lines into the same number of them."""
    for sign in RARE_SIGNS:
        fit = _fit_of(lines, sign)
        # A colon parts hours and minutes, and a word from what is said of it.
        least = 3 if sign == ":" else 2
        if fit.width >= least and fit.share >= VERY_EVEN and _has_numbers(lines):
            return sign
    return ""


def _are_blanks_better(lines: Sequence[str], width: int) -> bool:
    """Whether blanks part what tabs leave together: numbers in rows of one length."""
    filled = [line for line in lines if line.strip()]
    rows = [blank_cells(line) for line in filled]
    usual, n = Counter(map(len, rows)).most_common(1)[0]
    cells = list(chain.from_iterable(rows))
    n_numbers = sum(map(looks_like_number, cells))
    are_even = usual >= 2 * width and n >= EVEN * len(filled)
    return are_even and n_numbers > len(cells) / 2


def _fit_of(lines: Sequence[str], sign: str) -> _Fit:
    text, single = single_sign("\n".join(lines), sign)
    try:
        reader = csv.reader(text.split("\n"), delimiter=single, skipinitialspace=True)
        rows = [row for row in reader if any(row)]
    except csv.Error:
        return _Fit(sign, 0, 0.0, 0.0)
    widths = Counter(len(row) for row in rows)
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    share = widths[usual] / max(1, len(rows))
    others = [other for other in SIGNS if other != sign]
    n_cells = n_clean = 0
    for row in rows:
        if len(row) == usual:
            n_cells += len(row)
            n_clean += sum(_is_clean(cell, others) for cell in row)
    return _Fit(sign, usual, share, n_clean / max(1, n_cells))


def _is_clean(cell: str, others: Sequence[str]) -> bool:
    """Whether none of the other signs parts the cell: 1,5 is a number, and prose has a blank behind its commas."""
    if not any(sign in cell for sign in others):
        return True
    is_prose = len(cell.split()) >= PROSE_WORDS and not SIGN_IN_PROSE.search(cell)
    return is_prose or NUMBER_WITH_COMMA.fullmatch(cell) is not None


def _is_met_often(lines: Sequence[str], sign: str) -> bool:
    filled = [line for line in lines if line.strip()]
    n_with = sum(sign in line for line in filled)
    return n_with >= EVEN * len(filled)


def _blank_fit(lines: Sequence[str]) -> str:
    """Runs of blanks, or columns of a fixed width; "" where the lines are text."""
    filled = [line for line in lines if line.strip() and not is_rule(line)]
    widths = Counter(len(blank_cells(line)) for line in filled)
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    is_even = usual > 1 and widths[usual] >= EVEN * len(filled)
    edges = column_edges(filled)
    n_columns = len(edges)
    if is_even and (n_columns <= usual or n_columns < 2):
        return BLANKS if _has_numbers(filled) or n_columns == usual else ""
    return FIXED if n_columns > 1 and len(filled) > 2 else ""


def _has_numbers(lines: Sequence[str]) -> bool:
    """Whether most lines hold a number: prose of equal length is no table."""
    n_with = sum(any(letter.isdigit() for letter in line) for line in lines)
    return n_with > len(lines) / 2
