"""Whether another file of an archive says what its pictures show."""

from collections.abc import Sequence

TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".json", ".mat")
NOTES = (
    ".txt",
    ".xml",
)  # labels only where there is about one a picture, or where their names say so
LABEL_WORDS = ("label", "annot", "class", "list", "truth")
ONE_EACH = 0.5


def file_of_labels(others: Sequence[str], n_pictures: int) -> str:
    """The first such file, "" for none. In: names of what are no pictures; how many pictures there are."""
    notes = []
    for name in others:
        file = name.rpartition("/")[2].lower()
        is_note = file.endswith(NOTES)
        says_so = is_note and any(word in file for word in LABEL_WORDS)
        if file.endswith(TABLES) or says_so:
            return name
        if is_note:
            notes.append(name)
    return notes[0] if notes and len(notes) >= ONE_EACH * n_pictures else ""
