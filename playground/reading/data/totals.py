"""Rows of sums and means are no rows of their own: at the end, below each group, with a word or without one."""

import re
from collections.abc import Sequence

from .choices import Choices
from .grid import Grid, lines_text
from .listed import words_of
from .loading import number_of
from .result import Doubt, Remedy
from .shapes import looks_like_number

LEAST_ROWS = 4
MOST_TOTALS = 3  # rows at the end that nothing but their word tells
MOST_SUBTOTALS = 0.34  # share of the rows
MOST_LEVELS = 6  # groups before, of which a total may hold the sum
MOST_ADDED = (
    2_000_000  # rows: a large table in which “total” is a kind is not added up for each of them
)
LONGEST_NAME = 200  # of a total; a cell may be megabytes
MOST_NAMES = 20_000  # different cells of a column in which a total may be named
NAMING = 3  # first cells, of which one may be called a total
TOTAL_WORDS = frozenset(
    words_of(
        """
        total | totals | sum | grand total | overall | average | mean | avg | summe | gesamt | insgesamt |
        gesamtsumme | durchschnitt | mittelwert | somme | ensemble | moyenne | suma | total general | promedio |
        media | totale | totais | média | totaal | summa | i alt | razem | celkem | toplam | итого | всего |
        итог | среднее | 合计 | 合計 | 总计 | 總計 | 总和 | 小计 | 均值 | 平均 | 平均值 | 計 | 계 | 합계 | 평균
        """
    )
)
SHORT = frozenset(
    ["sum", "mean", "avg", "media", "suma", "ensemble", "overall", "average", "計", "계"]
)
# “North Total”, “Total North”, “Summe Nord”; the words of one language stand before, those of another behind.
_WORDS = "|".join(
    re.escape(word) for word in sorted({*TOTAL_WORDS, "ergebnis", "subtotal"} - SHORT)
)
WITH_NAME = re.compile(
    rf"(?:{_WORDS})\b.*|.*\b(?:{_WORDS})|.+(?:合计|合計|总计|小计|計|합계|소계)", re.IGNORECASE
)


def leave_out_totals(grid: Grid, choices: Choices, notes: list[Doubt]) -> None:
    """Leaves rows of totals out of the grid, and tells of them."""
    cells = grid.rows.cells
    if choices.totals == "keep" or len(cells) <= LEAST_ROWS:
        return
    places = _sums(cells)
    rest = [place for place in range(len(cells)) if place not in places]
    places |= _last_totals(cells, rest)
    if not places:
        return
    lines = [grid.rows.lines[place] for place in sorted(places)]
    is_last = min(places) == len(cells) - len(places)
    grid.rows = grid.rows.without(places)
    grid.left_out = sorted([*grid.left_out, *lines])
    keep = Remedy(
        code="keep_row" if is_last else "keep_them",
        set="totals=keep",
    )
    values = {
        "line": lines_text(lines),
        "count": len(lines),
    }
    code = "totals" if is_last else "subtotals"
    notes.append(
        Doubt(
            code=code,
            values=values,
            remedies=[keep],
        )
    )


def _last_totals(cells: Sequence[Sequence[str]], rest: Sequence[int]) -> set[int]:
    """Last rows that begin with a word for a total. In: the places of the rows that are looked at."""
    end = len(rest)
    while end > LEAST_ROWS and len(rest) - end < MOST_TOTALS and _is_total(cells[rest[end - 1]]):
        end -= 1
    last = set(rest[end:])
    is_kind = bool(last) and any(_is_total(cells[place]) for place in rest[:end])
    return set() if is_kind else last


def _first_filled(row: Sequence[str]) -> str:
    return next((cell for cell in row if cell), "")


def _is_total(row: Sequence[str]) -> bool:
    return _first_filled(row).casefold().rstrip(": ") in TOTAL_WORDS


def _sums(cells: Sequence[Sequence[str]]) -> set[int]:
    """Rows whose numbers are the sums of those above them: of their group, or of all."""
    candidates = [place for place in _candidates(cells) if _may_be_sums(cells[place])]
    if not candidates or len(candidates) > MOST_SUBTOTALS * len(cells):
        return set()
    groups = {cell for row in cells for cell in row[:NAMING]}
    sums: set[int] = set()
    starts = [0]  # of groups
    n_added = 0
    for place in candidates:
        is_sum = _is_called_after(cells[place], groups)
        for start in () if is_sum else [*reversed(starts[-MOST_LEVELS:]), 0]:
            n_added += place - start
            if n_added > MOST_ADDED:
                return set()
            above = [other for other in range(start, place) if other not in sums]
            if _adds_up(cells, place, above):
                is_sum = True
                break
        if is_sum:
            sums.add(place)
            starts.append(place + 1)
    return sums


def _candidates(cells: Sequence[Sequence[str]]) -> list[int]:
    """Rows with a word for a total among their first cells; the last one also without any word."""
    named: set[str] = set()
    for column in range(min(NAMING, len(cells[0]))):
        different = {row[column] for row in cells}
        if len(different) < MOST_NAMES:
            named.update(filter(_names_total, different))
    candidates = []
    if named:
        candidates = [
            place for place, row in enumerate(cells) if not named.isdisjoint(row[:NAMING])
        ]
    last = len(cells) - 1
    has_no_word = not cells[last][0] and not any(_is_word(cell) for cell in cells[last])
    has_words_above = any(map(_is_word, cells[last - 1]))
    if has_no_word and has_words_above and last not in candidates:
        candidates.append(last)
    return candidates


def _is_called_after(row: Sequence[str], groups: set[str]) -> bool:
    """Whether a row is called “North Total” where a group is called “North”, and has no other words."""
    words = [cell for cell in row if _is_word(cell)]
    if len(words) != 1 or all(row):
        return False
    group = re.sub(rf"^(?:{_WORDS})\b|\b(?:{_WORDS})$", "", words[0], flags=re.IGNORECASE)
    return group != words[0] and group.strip(" :-–") in groups - {""}


def _names_total(cell: str) -> bool:
    if len(cell) > LONGEST_NAME:
        return False
    is_word = cell.casefold().rstrip(": ") in TOTAL_WORDS
    return is_word or WITH_NAME.fullmatch(cell) is not None


def _is_word(cell: str) -> bool:
    return bool(cell) and not looks_like_number(cell)


def _may_be_sums(row: Sequence[str]) -> bool:
    """Whether a row has blank cells, or one word only: the rows of a group say more than their total."""
    n_words = sum(map(_is_word, row))
    return n_words <= 2 and ("" in row or n_words == 1)


def _adds_up(cells: Sequence[Sequence[str]], place: int, above: Sequence[int]) -> bool:
    """Whether the numbers of a row are sums or means of those above, one at least a sum."""
    row = cells[place]
    numbers = [column for column, cell in enumerate(row) if looks_like_number(cell)]
    if len(above) < 2:
        return False
    found = []
    for column in numbers:
        kind = _sum_or_mean([cells[other][column] for other in above], row[column])
        if not kind:
            return False
        found.append(kind)
    return "sum" in found


def _sum_or_mean(cells: Sequence[str], wanted: str) -> str:
    """ "sum" or "mean" where a number is that of the others; "" where it is neither."""
    for decimal in ".,":
        value = _number(wanted, decimal)
        numbers = [_number(cell, decimal) for cell in cells if cell]
        known = [number for number in numbers if number == number]
        if value != value or len(known) < len(numbers) or len(known) - known.count(0.0) < 2:
            continue
        total = sum(known)
        rounding = min(0.5, 0.005 * len(known)) + 1e-6 * abs(total)
        if abs(total - value) <= rounding:
            return "sum"
        if abs(total / len(known) - value) <= 0.006 + 1e-3 * abs(value):
            return "mean"
    return ""


def _number(cell: str, decimal: str) -> float:
    """A cell as a number, whatever the money; NaN for what is none."""
    return float(number_of(cell.strip(" €$£¥%"), decimal, {"": 1.0}))
