"""Reading a person's own file for an experiment: what is refused is refused at a place of the experiment."""

from dataclasses import replace
from typing import Any

from ...faults import ExperimentError
from ...reading.calls import read
from ...reading.messages import Message


def read_own(reader: str, options: dict[str, Any], data: bytes) -> Message:
    """Runs a reader over a person's own file. Raises: ExperimentError, at `data.choices` for what its owner said.

    The reading itself knows of no experiment: it names a column, or the choice that does not fit.
    """
    try:
        return read(reader, options, data)
    except ExperimentError as error:
        faults = []
        for fault in error.faults:
            is_placed = not fault.place or fault.place.startswith("data")
            faults.append(fault if is_placed else replace(fault, place="data.choices"))
        raise ExperimentError(faults) from None
