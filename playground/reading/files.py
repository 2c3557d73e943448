"""The readers: what a server asks its readers' processes for."""

import io
from typing import Any

from .archives import contents
from .data.choices import choices_of
from .data.reader import read_data
from .drawing import as_picture, from_photo
from .messages import Message
from .pictures import load_images
from .readers import reader
from .series import column_of
from .table import table_of


@reader("photo")
def _photo(options: dict[str, Any], body: bytes) -> Message:
    """The digit in a photo, as the network sees it."""
    seen = from_photo(body, options["max_pixels"])
    about = {"empty": seen.empty}
    return Message(about, arrays={"pixels": seen.pixels})


@reader("picture")
def _picture(options: dict[str, Any], body: bytes) -> Message:
    """A photo as it is, made small."""
    side = options["side"]
    pixels = as_picture(body, side, options["colour"], options["max_pixels"])
    return Message({"empty": False}, arrays={"pixels": pixels})


@reader("zip_contents")
def _zip_contents(options: dict[str, Any], body: bytes) -> Message:
    """The classes of a ZIP of pictures, every picture decoded once."""
    inside = contents(body)
    classes = list(inside.classes)
    sizes = list(inside.sizes)
    return Message({"classes": classes, "sizes": sizes})


@reader("zip_images")
def _zip_images(options: dict[str, Any], body: bytes) -> Message:
    """All pictures of a ZIP."""
    file = io.BytesIO(body)
    x, y = load_images(file, options["size"], options["colour"])
    return Message(None, arrays={"x": x, "y": y})


@reader("table")
def _table(options: dict[str, Any], body: bytes) -> Message:
    """A CSV file as cells."""
    table = table_of(body, options["first_row"])
    return Message(table.to_json())


@reader("series")
def _series(options: dict[str, Any], body: bytes) -> Message:
    """One column of a CSV file in order of time."""
    column = column_of(body, options["column"], options["first_row"])
    return column.to_message()


@reader("understood")
def _understood(options: dict[str, Any], body: bytes) -> Message:
    """What a person's own file holds, and what is doubtful."""
    choices = choices_of([], **options["choices"])
    understood = read_data(body, choices, options["name"])
    return Message(understood.to_page())
