"""How large a picture may be. It is judged here, from its header and before it is decoded."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

MOST_PIXELS = 8_000_000  # of a picture that is used as large as it is
SHRINKING = 15  # times as many pixels has a JPEG that is made smaller while it is decoded
WHOLE = 5  # times as many has any other picture that is made smaller as soon as it is decoded

_lock = threading.Lock()
_inside = 0
_usual: int | None = None


@contextmanager
def judged_here() -> Iterator[None]:
    """Inside, Pillow opens pictures of any size: it has one limit for the whole process and for every kind."""
    global _inside, _usual
    with _lock:
        if not _inside:
            _usual = Image.MAX_IMAGE_PIXELS
            Image.MAX_IMAGE_PIXELS = None
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                Image.MAX_IMAGE_PIXELS = _usual


def shrinks_while_decoded(picture: Image.Image) -> bool:
    """Whether a picture never lies in memory as a whole. Of a progressive JPEG all of it must be read first."""
    return picture.format == "JPEG" and "progressive" not in picture.info


def most_pixels(picture: Image.Image, limit: int = MOST_PIXELS) -> int:
    """How many pixels an opened picture may have that is wanted small. In: how many one of usual size may have."""
    return limit * (SHRINKING if shrinks_while_decoded(picture) else WHOLE)
