"""In which encoding a text file is written."""

from .data.alphabets import CODECS
from .data.letters import decoded
from .refusals import refused

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how .xlsx (a ZIP) and .xls (OLE) begin
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LOOKED_AT = 100_000  # characters that are searched for unprintable ones
ODD_ONE_IN = 100  # characters of a text, at most


def encoding_of(data: bytes) -> str:
    """The encoding that makes the likeliest text of the bytes, as Python calls it. Raises: ExperimentError for none."""
    if data[:4] in WORKBOOKS:
        raise refused("table_workbook")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if _is_binary(text):
            break
        if "\x00" not in text:
            return encoding
    raise refused("table_binary")


def _candidates(data: bytes) -> tuple[str, ...]:
    """Encodings in the order in which they are tried; of a judged one every byte must be right."""
    if data[:2] in UTF16_MARKS:
        return ("utf-16",)
    try:
        data.decode("utf-8-sig")
    except UnicodeError:
        judged = decoded(data).encoding
        return CODECS.get(judged, judged), "cp1252"
    if b"\x00" in data[:LOOKED_AT]:
        return decoded(data).encoding, "utf-8-sig"
    return ("utf-8-sig",)


def _is_binary(text: str) -> bool:
    """Whether too many characters are neither letters, signs nor blanks."""
    head = text[:LOOKED_AT]
    n_odd = 0
    for character in head:
        n_odd += not (character.isprintable() or character.isspace())
    return n_odd * ODD_ONE_IN > len(head)
