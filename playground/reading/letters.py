"""In which encoding a text file is written."""

import numpy as np

from .refusals import refused

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx (a ZIP) and .xls (OLE) begin
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LOOKED_AT = 100_000  # characters that are searched for unprintable ones
ODD_ONE_IN = 100  # characters of a text, at most
MOSTLY_PAIRS = 0.8


def encoding_of(data: bytes) -> str:
    """utf-16 (by its mark), utf-8, GB18030 or cp1252: the first that fits. Raises: ExperimentError for none."""
    if data[:4] in WORKBOOKS:
        raise refused("table_workbook")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        # GB18030 turns accented letters of western encodings into rare Chinese ones without complaint.
        if encoding == "gb18030" and not _comes_in_pairs(data):
            continue
        if _is_binary(text):
            break
        if "\x00" not in text:
            return encoding
    raise refused("table_binary")


def _candidates(data: bytes) -> tuple[str, ...]:
    """Encodings in the order in which they are tried."""
    if data[:2] in UTF16_MARKS:
        return ("utf-16",)
    return "utf-8-sig", "gb18030", "cp1252"


def _is_binary(text: str) -> bool:
    """Whether too many characters are neither letters, signs nor blanks."""
    head = text[:LOOKED_AT]
    n_odd = 0
    for character in head:
        n_odd += not (character.isprintable() or character.isspace())
    return n_odd * ODD_ONE_IN > len(head)


def _comes_in_pairs(data: bytes) -> bool:
    """Whether bytes above 127 stand in even runs, as Chinese has them and accented letters do not."""
    is_high = np.frombuffer(data, np.uint8) > 127
    padded = np.concatenate([[False], is_high, [False]]).astype(np.int8)
    edges = np.flatnonzero(np.diff(padded))
    # Edges come in turns: where a run begins, where it ends.
    runs = edges[1::2] - edges[::2]
    if not len(runs):
        return False
    return bool((runs % 2 == 0).mean() > MOSTLY_PAIRS)
