"""Series in files of a person's own, read once and kept."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from ....faults import ExperimentError
from ....reading.calls import read
from ....reading.data.choices import Choices, choices_of
from ....reading.data.series_file import SeriesFile, series_file
from .. import uploads
from ..base import FOLDER

# What the core calls a place -> the field of the data set that says it.
FIELDS: Mapping[str, str] = {"value": "data.column", "group": "data.choices"}


@lru_cache(maxsize=8)
def read_series(
    file: str, read_as: str, lines: tuple[str, ...], inputs: tuple[str, ...]
) -> SeriesFile:
    """The series of an uploaded file, read once. In: its id, choices, further columns. Raises: ExperimentError."""
    choices = choices_of(lines, kind=read_as)
    options = {
        "choices": choices.model_dump(exclude_defaults=True),
        "name": uploads.name_of(file),
        "inputs": list(inputs),
    }
    try:
        return SeriesFile.from_message(read("series", options, uploads.get(file)))
    except ExperimentError as error:
        raise _at_fields(error) from None


def _at_fields(error: ExperimentError) -> ExperimentError:
    """The same faults, at the fields of the data set."""
    faults = []
    for fault in error.faults:
        faults.append(replace(fault, place=FIELDS.get(fault.place, fault.place)))
    return ExperimentError(faults)


@lru_cache(maxsize=8)
def read_bundled(name: str, lines: tuple[str, ...], inputs: tuple[str, ...]) -> SeriesFile:
    """The same of a file that lies with the playground, and needs no process of its own."""
    try:
        return series_file(
            (FOLDER / name).read_bytes(), choices_of(lines, kind="series"), name, inputs
        )
    except ExperimentError as error:
        raise _at_fields(error) from None


@uploads.kind("series", "series.csv")
def series_facts(data: bytes) -> dict[str, Any]:
    """The file's columns, and the one that would be forecast. Raises: ExperimentError for what holds no series."""
    options = {
        "choices": Choices(kind="series").model_dump(exclude_defaults=True),
        "name": "",
        "inputs": [],
    }
    series = SeriesFile.from_message(read("series", options, data))
    about = series.about
    return {"columns": about["names"], "column": about["column"], "steps": len(series.values)}
