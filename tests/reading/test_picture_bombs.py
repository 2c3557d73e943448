"""Pictures that are small as files and large as work: read at once as far as they are of use, or refused at once."""

import io
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from unittest.mock import patch

import numpy as np
import pytest
from PIL import Image

from playground.faults import ExperimentError
from playground.reading.drawing import as_picture, from_photo
from playground.reading.pictures import MOST_SCANS


def frames(n: int, side: int = 64) -> list[Image.Image]:
    """The first is white with a black bar, the others are noise."""
    rng = np.random.default_rng(0)
    first = np.full((side, side), 255, np.uint8)
    first[16:48, 30:34] = 0
    noise = [rng.integers(0, 256, (side, side), dtype=np.uint8) for _ in range(n - 1)]
    return [Image.fromarray(pixels) for pixels in (first, *noise)]


def animated(kind: str, n: int = 200) -> bytes:
    first, *others = frames(n)
    data = io.BytesIO()
    lossless = {"lossless": True} if kind == "WEBP" else {}
    first.save(data, kind, save_all=True, append_images=others, **lossless)
    return data.getvalue()


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_of_an_animation_only_the_first_frame_is_decoded(kind: str) -> None:
    data = animated(kind)
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.n_frames == 200
        opened = type(picture)
    with patch.object(opened, "seek", side_effect=AssertionError("it looks at other frames")):
        seen = as_picture(data, 28, colour=False)
        digit = from_photo(data)
    still = io.BytesIO()
    frames(1)[0].save(still, "PNG")
    assert np.array_equal(seen, as_picture(still.getvalue(), 28, colour=False))
    assert np.array_equal(digit.pixels, from_photo(still.getvalue()).pixels)


def chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)


def png_with(name: bytes, data: bytes, times: int = 1) -> bytes:
    """A small PNG with more chunks behind its header."""
    still = io.BytesIO()
    frames(1)[0].save(still, "PNG")
    whole = still.getvalue()
    end_of_header = 8 + 25
    return whole[:end_of_header] + times * chunk(name, data) + whole[end_of_header:]


def exif(n_entries: int, count: int) -> bytes:
    """A camera's notes with a list of entries that claim more than there is."""
    entry = struct.pack("<HHII", 0x0112, 4, count, 8)
    listed = struct.pack("<H", n_entries % 65_536) + n_entries * entry + struct.pack("<I", 8)
    return b"II*\0" + struct.pack("<I", 8) + listed


PACKED = zlib.compress(bytes(60 * 2**20), 9)
BOMBS: dict[str, Callable[[], bytes]] = {
    "a text": lambda: png_with(b"zTXt", b"note\0\0" + PACKED),
    "a text of another alphabet": lambda: png_with(b"iTXt", b"note\0\1\0\0\0" + PACKED),
    "many texts": lambda: png_with(b"zTXt", b"note\0\0" + zlib.compress(bytes(10**6), 9), 500),
    "colours": lambda: png_with(b"iCCP", b"profile\0\0" + PACKED),
    "a camera's notes": lambda: png_with(b"eXIf", exif(60_000, 2**31)),
    "notes in a circle": lambda: png_with(b"eXIf", exif(1, 1)),
    "many chunks": lambda: png_with(b"teSt", b"", 20_000),
    "a GIF with a wide frame": lambda: wide_frame(),
}


def wide_frame() -> bytes:
    """A screen of 8 × 8, a frame of 65,535 × 65,535."""
    data = io.BytesIO()
    Image.new("L", (8, 8)).save(data, "GIF")
    whole = bytearray(data.getvalue())
    frame = whole.index(b",\0\0\0\0\x08\0\x08\0")
    whole[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    return bytes(whole)


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.filterwarnings("ignore")
def test_a_bomb_in_a_picture_is_never_unpacked_as_a_whole(name: str) -> None:
    data = BOMBS[name]()
    assert len(data) < 10 * 2**20
    tracemalloc.start()
    for read in (from_photo, lambda data: as_picture(data, 28, colour=True)):
        try:
            read(data)
        except ExperimentError as error:
            assert error.faults[0].code in ("not_an_image", "image_too_large")
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 20 * 2**20  # a bomb unpacks to 60 MB and more


@pytest.mark.parametrize("kind", ["ICO", "EPS", "PDF", "TGA", "PCX", "SGI"])
def test_what_is_none_of_the_usual_kinds_is_not_decoded(kind: str) -> None:
    data = io.BytesIO()
    frames(1)[0].save(data, kind)
    with pytest.raises(ExperimentError) as caught:
        as_picture(data.getvalue(), 28, colour=False)
    assert caught.value.faults[0].code == "not_an_image"


def test_a_jpeg_drawn_a_thousand_times_is_refused_before_it_is_decoded() -> None:
    data = io.BytesIO()
    frames(1)[0].save(data, "JPEG", progressive=True)
    whole = data.getvalue()
    last_scan = whole[whole.rindex(b"\xff\xda") : -2]
    bomb = whole[:-2] + MOST_SCANS * last_scan + whole[-2:]
    with patch.object(Image, "open", side_effect=AssertionError("it was decoded")):
        for read in (from_photo, lambda data: as_picture(data, 28, colour=False)):
            with pytest.raises(ExperimentError) as caught:
                read(bomb)
            assert caught.value.faults[0].code == "not_an_image"
