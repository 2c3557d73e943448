"""A file by its path, for notebooks and scripts."""

from pathlib import Path
from typing import Any

from . import reader
from .choices import choices_of
from .result import Understood


def read_data(path: str | Path, kind: str | None = None, **choices: Any) -> Understood:
    """What a file of your own holds: `read_data("prices.csv", missing={"age": ["-999"]})`.

    In: a table, texts, a series, or a ZIP of pictures; its kind where you know it; choices as in `Choices`.
    Out: columns, classes, times, what was left out, and doubts with their remedies.
    Raises: ExperimentError for a file that is none of these, OSError.
    """
    path = Path(path)
    given = {**choices, "kind": kind or ""}
    return reader.read_data(path.read_bytes(), choices_of([], **given), path.name)
