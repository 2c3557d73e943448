"""Makes the files that the attacks send: `python -m benchmarks.hostile.crafted FOLDER`."""

import base64
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from .crafted_state import state_files

WIDE, HIGH = 2_800, 2_800  # just below eight megapixels
TABLE_BYTES = 18 * 2**20
START_OF_SCAN = b"\xff\xda"
END_OF_IMAGE = b"\xff\xd9"


def picture(kind: str, pixels: np.ndarray | Image.Image, **options: object) -> bytes:
    """A picture as a file of that kind."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    """A ZIP of those entries, packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return file.getvalue()


def many_scans(n_scans: int) -> bytes:
    """A progressive JPEG whose last scan stands there again and again."""
    grey = np.full((HIGH, WIDE), 128, np.uint8)
    whole = picture("jpeg", grey, progressive=True, quality=50)
    last = whole.rindex(START_OF_SCAN)
    end = whole.rindex(END_OF_IMAGE)
    return whole[:end] + whole[last:end] * n_scans + END_OF_IMAGE


def frames(kind: str, number: int) -> bytes:
    """An animated picture whose frames all differ."""
    rng = np.random.default_rng(0)
    images = [Image.fromarray(rng.integers(0, 255, (48, 48), np.uint8)) for _ in range(number)]
    return picture(kind, images[0], save_all=True, append_images=images[1:])


def with_text(data: bytes, n_bytes: int) -> bytes:
    """A PNG with a packed text in front of its pixels."""
    text = b"note\x00\x00" + zlib.compress(bytes(n_bytes), 9)
    name_and_text = b"zTXt" + text
    chunk = len(text).to_bytes(4, "big") + name_and_text + zlib.crc32(name_and_text).to_bytes(4)
    after_header = 8 + 25
    return data[:after_header] + chunk + data[after_header:]


def overlapping() -> bytes:
    """A ZIP whose list of contents names the same bytes a thousand times."""
    small = picture("png", np.zeros((8, 8), np.uint8))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a/x.png", small)
        packed.writestr("b/x.png", small)
        packed.filelist += packed.filelist * 500
    return file.getvalue()


def nested() -> bytes:
    """A ZIP in a ZIP in a ZIP …"""
    inner = picture("png", np.zeros((8, 8), np.uint8))
    for _ in range(50):
        inner = archive({"a/x.zip": inner, "b/x.zip": inner})
    return inner


def black_pictures(number: int) -> bytes:
    """A ZIP of tiny files that are eight megapixels each."""
    black = picture("png", np.zeros((HIGH, WIDE), np.uint8))
    return archive({f"{'ab'[place % 2]}/{place}.png": black for place in range(number)})


def noise_pictures() -> bytes:
    """A ZIP that is as large as allowed, of noise that cannot be packed."""
    rng = np.random.default_rng(0)
    noise = picture("png", rng.integers(0, 255, (1_500, 1_500), np.uint8))
    return archive({f"{'ab'[place % 2]}/{place}.png": noise for place in range(8)})


def deep_tiff() -> bytes:
    """A TIFF of a thousand pages."""
    page = Image.new("L", (8, 8))
    return picture("tiff", page, save_all=True, append_images=[page] * 999)


def lines(line: bytes, last: bytes) -> bytes:
    """18 MB of one line, and a last one that is wrong."""
    return b"a,b,c,d\n" + line * (TABLE_BYTES // len(line)) + last


def packed_link() -> bytes:
    """A link of twenty kilobytes that unpacks to twenty megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(20 * 2**20)) + packer.flush()
    return base64.urlsafe_b64encode(packed).rstrip(b"=")


FILES: dict[str, Callable[[], bytes]] = {
    "large.jpg": lambda: picture("jpeg", np.full((HIGH, WIDE, 3), 90, np.uint8)),
    "scans.jpg": lambda: many_scans(10_000),
    "scans_allowed.jpg": lambda: many_scans(85),
    "scans.zip": lambda: archive({"a/x.jpg": many_scans(10_000), "b/x.jpg": many_scans(85)}),
    "animated.gif": lambda: frames("gif", 2_000),
    "animated.png": lambda: frames("png", 1_000),
    "animated.webp": lambda: frames("webp", 500),
    "huge.png": lambda: picture("png", Image.new("1", (30_000, 30_000))),
    "text.png": lambda: with_text(picture("png", np.zeros((8, 8), np.uint8)), 2**28),
    "noise.png": lambda: picture(
        "png", np.random.default_rng(0).integers(0, 255, (1_600, 1_600, 3), np.uint8)
    ),
    "noise.zip": noise_pictures,
    "deep.tiff": deep_tiff,
    "nested.zip": nested,
    "overlap.zip": overlapping,
    "ratio.zip": lambda: black_pictures(600),
    "names.zip": lambda: archive({f"a/{number}": b"" for number in range(30_000)}),
    "outside.zip": lambda: archive({"../../x.png": b"x", "/etc/y.png": b"y"}),
    "small.csv": lambda: b"1,2\n" * 20,
    "ragged.csv": lambda: lines(b"1,2,3,4\n", b"1,2,3,4,5,6,7\n"),
    "quoted.csv": lambda: b'a,b\n1,"' + b"x" * TABLE_BYTES,
    "wide.csv": lambda: b"a," * (TABLE_BYTES // 4) + b"\n" + b"1," * (TABLE_BYTES // 4),
    "series.csv": lambda: lines(b"2020-01-01,1.5\n", b"no day,x,y,z\n"),
    "link_bomb.txt": packed_link,
}


def make(folder: Path) -> None:
    """Writes all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    Image.MAX_IMAGE_PIXELS = None
    for name, build in {**FILES, **state_files()}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(build())
    sizes = {path.name: path.stat().st_size for path in folder.glob("*.*")}
    print(json.dumps(sizes))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
