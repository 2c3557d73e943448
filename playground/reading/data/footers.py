"""Where a table ends: prose, sources and counts of rows behind it are no rows."""

import re
from collections.abc import Sequence

from .shapes import looks_like_number

MOST_FOOTER = 30
MOST_NAMES = 3  # rows above that are not counted
SOURCE = re.compile(
    r"\W*(sources?|notes?|quelle|hinweis|anmerkung|fuentes?|nota|fonte|source|copyright|created|generated|"
    r"last updated|retrieved|источник|примечание|来源|資料|資料来源|数据来源|注|出典|出所|자료|출처)\b\s*[:：]|\(c\)|©",
    re.IGNORECASE,
)
# “(40 rows affected)”, “40 rows selected.” without blanks; between columns of a fixed width a letter may be lost.
ROW_COUNT = re.compile(
    r"\(?(?:(?P<n>\d+)|no)(?:[rows]{2,4}|records?|zeilen?|filas?|lignes?)(?:\(s\))?(?:[asrif)].*|\.?)"
    r"|completiontime:.*",
    re.IGNORECASE,
)


def n_filled(row: Sequence[str]) -> int:
    """How many cells of a row say anything."""
    return sum(1 for cell in row if cell)


def end_of_rows(cells: Sequence[Sequence[str]], width: int, first: int) -> int:
    """Behind the last row of the table: prose after it is no row."""
    end = len(cells)
    least = max(first + 1, len(cells) - MOST_FOOTER)
    while end > least:
        row = cells[end - 1]
        if _is_source(row) or _counts_rows(cells, end - 1):
            end -= 1
            continue
        is_prose = n_filled(row) == 1 and len(row[0]) > 20
        is_short = len(row) < width and n_filled(row) <= 1 and not looks_like_number(row[0])
        if not (is_short or (is_prose and width > 2)):
            return end
        end -= 1
    return end


def _is_source(row: Sequence[str]) -> bool:
    """Whether a row says where the table comes from, in words that happen to have as many commas as a row."""
    return SOURCE.match(row[0]) is not None and not any(map(looks_like_number, row[1:-1]))


def _counts_rows(cells: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a row says how many there are, as databases do below a table, wherever that is cut into cells."""
    above, row = ["".join("".join(row).split()) for row in cells[place - 1 : place + 1]]
    count = ROW_COUNT.fullmatch(row)
    if count is None or ROW_COUNT.fullmatch(above):
        return False
    return not count["n"] or abs(int(count["n"]) - place) <= MOST_NAMES
