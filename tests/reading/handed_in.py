"""Files as people hand them in, and waiting for what other threads do with them."""

import io
import threading
import zipfile
from collections.abc import Callable

import numpy as np
from PIL import Image


def picture(shade: int) -> bytes:
    """A PNG of 40 × 40 pixels: a stroke on white."""
    pixels = np.full((40, 40), 255, np.uint8)
    pixels[10:30, 18:22] = shade
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "PNG")
    return data.getvalue()


def archive(of_each: int) -> bytes:
    """A ZIP of two classes with so many pictures each."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for label in ("one", "two"):
            for number in range(of_each):
                packed.writestr(f"{label}/{number}.png", picture(10 * number))
    return data.getvalue()


def until(holds: Callable[[], bool]) -> None:
    """Waits for what another thread does. Raises: AssertionError where it does not come."""
    event = threading.Event()
    for _ in range(3_000):
        if holds():
            return
        event.wait(0.01)
    raise AssertionError("it never came")
