"""One raw sample -> what the network takes, as Python: a row, a text, a window or a picture, read as in training."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..catalogues.datasets.base import Dataset
from ..catalogues.datasets.series.base import Series
from ..catalogues.datasets.tables.rows import Rows
from ..catalogues.datasets.texts.base import Text
from ..catalogues.datasets.texts.tokens import token_numbers, words_of
from ..reading import pictures

PICTURE = "picture.png"
# What makes a picture small, in the order in which they call each other.
PICTURE_FUNCTIONS = (
    pictures.open_picture,
    pictures.white_of,
    pictures.eight_bits,
    pictures.on_black,
    pictures.small_picture,
)


@dataclass(frozen=True)
class Asking:
    """How one raw sample is asked about.

    lines: Python that makes `x` (1, *input_shape) of `sample`. functions: what these lines call. sample: one to try it
    with, JSON-able. is_path: the sample is the name of a file. what: the sample in words.
    """

    lines: tuple[str, ...]
    functions: tuple[Callable[..., Any], ...]
    sample: Any
    what: str
    is_path: bool = False
    needs: tuple[str, ...] = ()


def asking_of(data: Dataset) -> Asking:
    """By the kind of a sample."""
    if isinstance(data, Rows):
        return _row(data)
    if isinstance(data, Text):
        return _text(data)
    if isinstance(data, Series):
        return _window(data)
    if data.shape_kind == "image" and data.input_shape[0] in (1, 3):
        return _picture(data)
    return _numbers(data)


def _first(data: Dataset) -> int:
    """The place of the first validation sample in the data set."""
    return int(data.split().val_index[0])


def _row(data: Rows) -> Asking:
    """A row as {column: cell}, blank where nothing is known."""
    code, functions = data.asking_code()
    sample = data.shown(_first(data))
    return Asking((*code.split("\n"),), functions, sample, "a row as {column: cell}")


def _text(data: Text) -> Asking:
    """A text, cut as long texts are in training."""
    is_words = data.unit == "word"
    tokens = "words_of(text)" if is_words else "list(text)"
    preparing, functions = data.preparing_code()
    lines = (
        *preparing,
        f"vocabulary = {list(data.vocabulary())!r}",
        f"x = token_numbers([{tokens}], vocabulary, {data.length})",
    )
    functions = (*functions, words_of, token_numbers) if is_words else (*functions, token_numbers)
    x, _ = data.raw()
    text = data.decode(x[_first(data)])
    return Asking(lines, functions, text, "a text")


def _window(data: Series) -> Asking:
    """The last numbers of a series in its own unit; null for a missing one."""
    steps, n_columns = data.input_shape
    # As float64, None becomes NaN: a missing number.
    lines = (
        "window = np.array(sample, dtype=np.float64)",
        f"x = window.reshape(1, {steps}, {n_columns})",
    )
    start = int(data.starts()[_first(data)])
    window = np.concatenate(data.series())[start : start + data.window]
    if n_columns == 1:
        window = window[:, 0]
    what = f"{steps} numbers, the last ones of a series"
    if n_columns > 1:
        what = f"the last {steps} steps of a series, each a list of {n_columns} numbers"
    return Asking(lines, (), _listed(window.tolist()), what)


def _listed(values: Any) -> Any:
    """Numbers as JSON has them: null where one is missing."""
    if isinstance(values, list):
        return [_listed(value) for value in values]
    return None if np.isnan(values) else values


def _picture(data: Dataset) -> Asking:
    """The path of a picture; its middle square, made as small as those of the training."""
    channels, side, _ = data.input_shape
    lines = (
        "with open(sample, 'rb') as file:",
        f"    pixels = small_picture(file.read(), {side}, {channels == 3})",
        "x = pixels[None].astype(np.float32) / np.float32(255)",
    )
    what = "a picture"
    if data.photo == "digit":
        what = f"a picture of {side} × {side} pixels, light ink on dark"
    return Asking(lines, PICTURE_FUNCTIONS, PICTURE, what, is_path=True, needs=("pillow",))


def _numbers(data: Dataset) -> Asking:
    """Whatever else: the numbers themselves."""
    lines = ("x = np.array([sample], dtype=np.float32)",)
    x, _ = data.raw()
    sample = x[_first(data)].tolist()
    return Asking(lines, (), sample, "numbers in the shape of one sample")
