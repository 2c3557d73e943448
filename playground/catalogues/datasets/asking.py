"""A file of new samples -> what a trained network is asked, by the kind of a sample."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ...faults import ExperimentError
from ...reading.calls import read
from ...reading.data.as_trained import moments_as_trained
from ...reading.data.choices import Choices
from ...reading.data.csv_lines import csv_line
from ...reading.data.new_rows import NewRows, choices_for_new
from ...reading.new_pictures import class_numbers
from .asked import Asked, LeftOut, numbers_of_classes
from .base import Dataset
from .own_file import OwnFile
from .strange_cells import strange_cells
from .tables.rows import Rows
from .texts.base import Text

BAD_ROW = "bad_row"  # another number of cells than the other rows
NO_TEXT = "no_text"
POINT_COLUMNS = ("x", "y")


def asked(data: Dataset, content: bytes, name: str) -> Asked:
    """The samples of a new file, read as the data set reads its own. In: its bytes, and what it is called.

    Raises: ExperimentError for a file that is of no use, or a data set of which there can be none.
    """
    ask = KINDS.get(data.shape_kind)
    if ask is None:
        raise ExperimentError.at("file", "asked_no_such", label=data.label)
    answer = ask(data, content, name)
    if not len(answer.x):
        raise ExperimentError.at("file", "asked_nothing", count=len(answer.left_out))
    return answer


def _rows(data: Dataset, content: bytes, name: str) -> Asked:
    """Rows of a table, matched by the names of their columns."""
    assert isinstance(data, Rows)
    uses = data.uses()
    aim = data.aim_name()
    needed = {**uses, **data.aim_use()}
    choices = choices_for_new(_said(data), needed)
    options = {
        "choices": choices.model_dump(exclude_defaults=True),
        "needed": needed,
        "aim": aim,
        "trained": _trained(data),
    }
    rows = NewRows.from_message(read("new_rows", options, content))
    y = None
    if aim in rows.columns:
        target = rows.columns[aim]
        y = target if isinstance(target, np.ndarray) else data.targets_of(target)
    recipe = data.recipe()["columns"]
    moments = {
        column["name"]: _moments(rows, column) for column in recipe if column["kind"] == "date"
    }
    x = data.features_of({**rows.columns, **moments}, len(rows.places))
    return replace(_asked_of(rows, x, y), strange=strange_cells(rows, recipe, moments))


def _forms(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """How numbers are written, by column."""
    columns = [*recipe["columns"], recipe["target"]]
    return {column["name"]: column["form"] for column in columns if column["kind"] == "number"}


def _trained(data: Rows) -> dict[str, Any]:
    """How the training's file wrote its numbers, as `Trained` takes it."""
    recipe = data.recipe()
    forms = _forms(recipe)
    return data.trained(forms, recipe["layout"]) if isinstance(data, OwnFile) else {"forms": forms}


def _moments(rows: NewRows, column: Mapping[str, Any]) -> np.ndarray:
    """Dates as the training's file wrote them; what is written in another way as this file does. Out: seconds (N,)."""
    name = column["name"]
    as_trained = moments_as_trained(list(rows.columns[name]), column["form"])
    if name not in rows.seconds:
        return as_trained
    return np.where(np.isnan(as_trained), rows.seconds[name], as_trained)


def _said(data: Dataset) -> Choices:
    """What the owner of a table said of it; nothing where it is nobody's own."""
    return data.reading_choices() if isinstance(data, OwnFile) else Choices()


def _asked_of(rows: NewRows, x: np.ndarray, y: np.ndarray | None) -> Asked:
    left_out = [LeftOut(line, BAD_ROW) for line in rows.left_out]
    return Asked(
        x=x,
        names=rows.names,
        cells=rows.cells,
        places=rows.places,
        y=y,
        left_out=left_out,
    )


def _points(data: Dataset, content: bytes, name: str) -> Asked:
    """Points of the plane: columns x and y, and perhaps class."""
    numbers = dict.fromkeys(POINT_COLUMNS, "number")
    options = {
        "choices": choices_for_new(Choices(), numbers).model_dump(exclude_defaults=True),
        "needed": {**numbers, "class": "category"},
        "aim": "class",
    }
    rows = NewRows.from_message(read("new_rows", options, content))
    x = np.stack([np.asarray(rows.columns[column], np.float32) for column in POINT_COLUMNS], 1)
    y = None
    if "class" in rows.columns:
        y = numbers_of_classes(list(rows.columns["class"]), data.class_names())
    return _asked_of(rows, x, y)


def _texts(data: Dataset, content: bytes, name: str) -> Asked:
    """Texts of a table, or one a line."""
    assert isinstance(data, Text)
    options = {
        "message": getattr(data, "message_name", ""),
        "labels": list(data.class_names()),
        "aim": getattr(data, "label_name", ""),
    }
    rows = NewRows.from_message(read("new_rows", options, content))
    texts = list(rows.columns["text"])
    has_text = [bool(text.strip()) for text in texts]
    places = np.flatnonzero(has_text)
    y = None
    if "label" in rows.columns and data.task == "classification":
        y = numbers_of_classes(list(rows.columns["label"]), data.class_names())[places]
    left_out = [LeftOut(line, BAD_ROW) for line in rows.left_out]
    for place, is_text in zip(rows.places, has_text, strict=True):
        if not is_text:
            left_out.append(LeftOut(place, NO_TEXT))
    return Asked(
        x=data.encode([texts[place] for place in places]),
        names=rows.names,
        cells=[rows.cells[place] for place in places],
        places=[rows.places[place] for place in places],
        y=y,
        left_out=left_out,
    )


def _pictures(data: Dataset, content: bytes, name: str) -> Asked:
    """The pictures of a ZIP; folders that are called like classes say what is right."""
    channels, height, width = data.input_shape
    if height != width or channels not in (1, 3):
        raise ExperimentError.at("file", "asked_no_such", label=data.label)
    options = {"side": height, "colour": channels == 3, "digit": data.photo == "digit"}
    answer = read("new_pictures", options, content)
    about = answer.value
    names = [file or name for file in about["names"]]
    none = np.zeros((0, *data.input_shape), np.float32)
    y = class_numbers(about["labels"], about["names"], data.class_names())
    return Asked(
        x=answer.arrays.get("x", none),
        names=("file",),
        cells=[csv_line([file]) for file in names],
        places=names,
        y=None if np.isnan(y).all() else y,
        left_out=[LeftOut(file or name, why) for file, why in about["left_out"]],
    )


KINDS: Mapping[str, Callable[[Any, bytes, str], Asked]] = {
    "table": _rows,
    "points": _points,
    "text": _texts,
    "image": _pictures,
}
