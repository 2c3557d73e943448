"""The readers: what a server asks its readers' processes for."""

import io
from typing import Any

from .data.album_look import album_of
from .data.as_trained import Trained
from .data.choices import choices_of
from .data.new_rows import new_rows
from .data.reader import read_data
from .data.series_file import new_series_file, series_file
from .data.table_plan import Wish
from .data.table_reading import arrays_message, rows_message, table_facts
from .data.text_recipe import texts_in
from .drawing import as_picture, from_photo
from .messages import Message
from .new_pictures import Wanted, new_pictures
from .pictures import load_pictures
from .readers import reader
from .sizes import judged_here


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


@reader("album")
def _album(options: dict[str, Any], body: bytes) -> Message:
    """What lies in a ZIP of pictures, every picture decoded once."""
    return Message(album_of(body, options["encoding"]).to_json())


@reader("pictures")
def _pictures(options: dict[str, Any], body: bytes) -> Message:
    """The pictures of a ZIP, as its album says."""
    with judged_here():
        x, y, held_out = load_pictures(
            io.BytesIO(body), options["size"], options["colour"], options["album"]
        )
    return Message(None, arrays={"x": x, "y": y, "held_out": held_out})


@reader("table")
def _table(options: dict[str, Any], body: bytes) -> Message:
    """A person's own table: what the page shows of it, and how it becomes numbers."""
    choices = choices_of([], **options["choices"])
    wish = Wish(options["predict"], options["most_categories"])
    return Message(table_facts(body, choices, wish, options["name"]))


@reader("table_arrays")
def _table_arrays(options: dict[str, Any], body: bytes) -> Message:
    """A table as numbers, as its recipe says."""
    return arrays_message(body, options["recipe"])


@reader("table_rows")
def _table_rows(options: dict[str, Any], body: bytes) -> Message:
    """The rows of a table that are samples, as a person reads them."""
    return rows_message(body, options["recipe"])


@reader("series")
def _series(options: dict[str, Any], body: bytes) -> Message:
    """The series of a file in order of time."""
    choices = choices_of([], **options["choices"])
    return series_file(body, choices, options["name"], options["inputs"]).to_message()


@reader("new_series")
def _new_series(options: dict[str, Any], body: bytes) -> Message:
    """The series of a file that a trained network is asked about."""
    choices = choices_of([], **options["choices"])
    trained = Trained(**options["trained"])
    return new_series_file(body, choices, options["inputs"], trained).to_message()


@reader("understood")
def _understood(options: dict[str, Any], body: bytes) -> Message:
    """What a person's own file holds, and what is doubtful."""
    choices = choices_of([], **options["choices"])
    understood = read_data(body, choices, options["name"])
    return Message(understood.to_page())


@reader("texts")
def _texts(options: dict[str, Any], body: bytes) -> Message:
    """The texts of a person's own file, one after the other with a NUL between, and the recipe that read them."""
    choices = choices_of([], **options["choices"])
    found = texts_in(body, choices, options["name"], options["learn"])
    about = {"recipe": found.recipe, "classes": list(found.classes)}
    arrays = {"labels": found.labels}
    if found.held_out is not None:
        arrays["held_out"] = found.held_out
    return Message(about, "\0".join(found.texts).encode(), arrays)


@reader("new_rows")
def _new_rows(options: dict[str, Any], body: bytes) -> Message:
    """The rows of a file that a trained network is asked about."""
    return new_rows(options, body).to_message()


@reader("new_pictures")
def _new_pictures(options: dict[str, Any], body: bytes) -> Message:
    """The pictures that a trained network is asked about."""
    return new_pictures(body, Wanted(**options)).to_message()
