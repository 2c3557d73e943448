"""How a file is refused: one fault, at the place of the file unless another is named."""

from typing import Any

from ..faults import ExperimentError


def refused(code: str, place: str = "data.file", **values: Any) -> ExperimentError:
    """The error to raise: `raise refused("upload_empty")`."""
    return ExperimentError.at(place, code, **values)
