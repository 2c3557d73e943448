"""Archives of pictures that were looked through: decoding all pictures takes a while, so that it is done once."""

import hashlib

from ...reading.calls import read
from ...reading.data.album_look import Album
from . import uploads

MOST_KEPT = 8
_kept: dict[tuple[str, str], Album] = {}


def look_at(data: bytes, encoding: str = "") -> Album:
    """What lies in a ZIP. In: its bytes; in which encoding its owner says that names are. Raises: ExperimentError."""
    key = (hashlib.sha256(data).hexdigest(), encoding)
    album = _kept.get(key)
    if album is None:
        album = Album.from_json(read("album", {"encoding": encoding}, data).value)
        _keep(key, album)
    return album


def album_of(file: str, encoding: str = "") -> Album:
    """What lies in a ZIP that was handed in. In: its id. Raises: ExperimentError."""
    album = _kept.get((file, encoding))
    return look_at(uploads.get(file), encoding) if album is None else album


def forget() -> None:
    """As if nothing had been looked through yet."""
    _kept.clear()


def _keep(key: tuple[str, str], album: Album) -> None:
    _kept[key] = album
    while len(_kept) > MOST_KEPT:
        oldest = next(iter(_kept))
        _kept.pop(oldest, None)
