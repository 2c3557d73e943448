"""A drawn or photographed digit -> what the network sees: MNIST's own preprocessing.

Source of the placement: LeCun et al. 1998, and the MNIST page: the ink's box is scaled into 20 × 20 pixels with
its proportions kept and anti-aliased, then moved so that its centre of mass is the centre of 28 × 28.
Measured on MNIST itself: the longer side is always 20, and the centre of mass lies within half a pixel of
index 14; of Pillow's filters, the bicubic one comes closest to MNIST's grey levels.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from ..faults import ExperimentError

SIDE, BOX, CENTRE = 28, 20, 14
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MAX_PIXELS = 8_000_000
WORK_SIDE = 512
WINDOWS = (0.35, 0.12, 0.06)
LEAST_CONTRAST, FAINT = 0.12, 0.12
LEAST_STROKE = 1.6

Grey = np.ndarray


@dataclass(frozen=True)
class Seen:
    """What the network sees: `pixels` uint8 (28, 28), light ink on dark; all 0 where `empty`.

    `cleaned` is, for a photo, the ink found in it, uint8 (H, W), before it was scaled and centred.
    """

    pixels: np.ndarray
    empty: bool
    cleaned: np.ndarray | None = None


def from_pad(ink: np.ndarray) -> Seen:
    """Scales the ink's box into 20 × 20 and centres it by mass. In: uint8 (H, W), light ink on dark."""
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    if not len(rows) or ink.max() < 32:
        return Seen(np.zeros((SIDE, SIDE), np.uint8), empty=True)
    boxed = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Seen(_centred(_fitted(boxed)), empty=False)


def as_picture(data: bytes, side: int, colour: bool, max_pixels: int = MAX_PIXELS) -> np.ndarray:
    """The middle square of a photo as it is, for networks of pictures: uint8 (side, side) or (side, side, 3).

    Raises: ExperimentError `not_an_image`, `image_too_large`.
    """
    from ..catalogues.datasets.reading.pictures import small_picture

    read_image(data, max_pixels).close()
    try:
        pixels = small_picture(data, side, colour)
    except Exception as error:  # damaged data make Pillow's decoders raise almost anything
        raise ExperimentError.at("image", "not_an_image") from error
    return np.ascontiguousarray(pixels.transpose(1, 2, 0) if colour else pixels[0])


def _fitted(boxed: np.ndarray) -> np.ndarray:
    """The box of ink with its longer side at 20 pixels."""
    height, width = boxed.shape
    scale = BOX / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(Image.fromarray(boxed).resize(size, Image.Resampling.BICUBIC))


def _centred(small: np.ndarray) -> np.ndarray:
    """Moved by whole pixels until the centre of mass is within half a pixel of the centre, if the box can stay."""
    height, width = small.shape
    mass = small.sum(dtype=np.int64)
    y = (small.sum(1, dtype=np.int64) * np.arange(height)).sum() / mass
    x = (small.sum(0, dtype=np.int64) * np.arange(width)).sum() / mass
    top = int(np.clip(np.rint(CENTRE - y), 0, SIDE - height))
    left = int(np.clip(np.rint(CENTRE - x), 0, SIDE - width))
    pixels = np.zeros((SIDE, SIDE), np.uint8)
    pixels[top : top + height, left : left + width] = small
    return pixels


def read_image(data: bytes, max_pixels: int = MAX_PIXELS) -> Image.Image:
    """Opens a PNG, JPEG, WebP, GIF or BMP; its size is judged by the header, before anything is decoded.

    Raises: ExperimentError `not_an_image`, `image_too_large`.
    """
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        given = re.search(r"\d+", str(error))
        raise _too_large(int(given[0]) if given else 0, max_pixels) from error
    except Exception as error:  # a damaged header makes Pillow's readers raise almost anything
        raise ExperimentError.at("image", "not_an_image") from error
    _check_size(image, max_pixels)
    return image


def _check_size(image: Image.Image, max_pixels: int) -> None:
    if image.width * image.height > max_pixels:
        raise _too_large(image.width * image.height, max_pixels)


def _too_large(given: int, limit: int) -> ExperimentError:
    return ExperimentError.at("image", "image_too_large", given=f"{given:,}", limit=f"{limit:,}")


def from_photo(photo: Image.Image | np.ndarray | bytes, max_pixels: int = MAX_PIXELS) -> Seen:
    """Finds the digit in a photo, a scan or a drawing, whatever the colours, and treats it like one from the pad.

    In: a picture, the bytes of its file, or an array (H, W) or (H, W, C). Paper and shadows are removed, light
    paper is inverted, clutter at the edge is left out. Raises: ExperimentError `not_an_image`, `image_too_large`.
    """
    if isinstance(photo, bytes):
        photo = read_image(photo, max_pixels)
    if isinstance(photo, np.ndarray) and (photo.ndim not in (2, 3) or not photo.size):
        raise ExperimentError.at("image", "not_an_image")
    try:
        image = Image.fromarray(photo) if isinstance(photo, np.ndarray) else photo
        _check_size(image, max_pixels)
        grey = _grey(image)
    except ExperimentError:
        raise
    except Exception as error:  # damaged data make Pillow's decoders raise almost anything
        raise ExperimentError.at("image", "not_an_image") from error
    ink = _ink(grey)
    if ink is None:
        return Seen(
            np.zeros((SIDE, SIDE), np.uint8), empty=True, cleaned=np.zeros(grey.shape, np.uint8)
        )
    seen = from_pad(ink)
    return Seen(seen.pixels, seen.empty, cleaned=ink)


def _grey(image: Image.Image) -> Grey:
    """Any picture -> float32 (H, W) from 0 (black) to 1, upright, at most 512 pixels a side."""
    image.draft("L", (WORK_SIDE, WORK_SIDE))
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):
        image = _spread(
            np.asarray(image, np.float32), 65_535 if image.mode.startswith("I;16") else None
        )
    else:
        image = (
            _flattened(image) if image.has_transparency_data else image.convert("RGB")
        ).convert("L")
    if max(image.size) > WORK_SIDE:
        scale = WORK_SIDE / max(image.size)
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image = image.resize(size, Image.Resampling.BOX)
    return np.asarray(image, np.float32) / np.float32(255)


def _spread(values: np.ndarray, white: float | None) -> Image.Image:
    """High-depth greys as floats from 0 to 255; where white is not known, the brightest pixel is white."""
    values = np.nan_to_num(values, posinf=0.0, neginf=0.0)
    if white is None:
        white = next(
            (each for each in (1, 255, 65_535) if values.max() <= each), float(values.max())
        )
    return Image.fromarray(np.clip(values * (255 / white), 0, 255).astype(np.float32))


def _flattened(image: Image.Image) -> Image.Image:
    """A picture with transparency, laid on white where its ink is dark, on black where it is light."""
    image = image.convert("RGBA")
    alpha = np.asarray(image.getchannel("A"), np.float32)
    light = np.asarray(image.convert("L"), np.float32)
    is_dark = float((light * alpha).sum()) < 128 * float(alpha.sum())
    ground = Image.new("RGBA", image.size, "white" if is_dark else "black")
    return Image.alpha_composite(ground, image).convert("RGB")


def _ink(grey: Grey) -> np.ndarray | None:
    """The digit's ink alone, uint8 (H, W), 255 where it is full; None where there is none."""
    paper = grey if _is_dark_ink(grey) else 1 - grey
    if min(paper.shape) <= 2 * SIDE:
        digit = _digit(paper, WINDOWS[0], faint=0)
    else:
        digit, *others = (_digit(paper, window, FAINT) for window in WINDOWS)
        for narrower in others:
            if narrower is not None and (digit is None or _is_whole(narrower, digit)):
                digit = narrower
    return None if digit is None else np.rint(_thickened(digit) * 255).astype(np.uint8)


def _digit(paper: Grey, window: float, faint: float) -> Grey | None:
    """The digit on its paper, 1 where the ink is full, 0 elsewhere.

    `window`, a share of the longer side, must be wider than a stroke; what has less than the share `faint` of the
    full ink is what a shadow left behind.
    """
    ink = np.clip(
        1 - paper / np.maximum(_background(paper, round(window * max(paper.shape))), 1e-3), 0, 1
    )
    floor = _noise_floor(ink)
    found = ink[ink > max(floor, 0.04)]
    if not len(found):
        return None
    threshold = _otsu(found)
    strong = ink > threshold
    full = float(np.quantile(ink[strong], 0.9)) if strong.any() else 0.0
    if full < max(LEAST_CONTRAST, 2 * floor):
        return None
    floor = max(floor, faint * full)
    kept = _main_parts(ink > max(floor, 0.4 * threshold), strong)
    if kept.sum() < 6:
        return None
    return np.clip((ink - floor) / (full - floor), 0, 1) * _dilated(kept, 3)


def _is_whole(narrow: Grey, wide: Grey) -> bool:
    """Whether the narrower window saw whole strokes: around its digit, the wide one finds hardly any more ink."""
    rows, columns = np.flatnonzero(narrow.any(1)), np.flatnonzero(narrow.any(0))
    around = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    inked = wide[around] > 0.5
    return float(narrow[around][inked].sum()) > 0.93 * float(wide[around][inked].sum())


def _is_dark_ink(grey: Grey) -> bool:
    """Whether what stands out from its neighbourhood is darker than it, told by the skew of the differences.

    Across the edge of a shadow they are as often brighter as darker, so that it does not count.
    """
    light = np.log(grey + 0.1)
    window = max(3, round(WINDOWS[0] * max(grey.shape)))
    return bool(((light - _local_mean(light, window)) ** 3).sum() < 0)


def _local_mean(values: np.ndarray, width: int) -> np.ndarray:
    """Mean over a centred square window; the picture goes on as its mirror image."""
    for axis in (0, 1):
        values = np.swapaxes(values, 0, axis)
        before = min(width // 2, len(values) - 1)
        padded = np.pad(values, [(before + 1, before), (0, 0)], mode="symmetric")
        sums = np.cumsum(padded, axis=0, dtype=np.float64)
        values = np.swapaxes(
            (sums[2 * before + 1 :] - sums[: -2 * before - 1]) / (2 * before + 1), 0, axis
        )
    return values


def _background(paper: Grey, window: int) -> Grey:
    """The light on the paper without the ink: a grey closing, wider than any stroke, keeps the edges of shadows.

    The light goes on beyond the edge as it was there, and the window is odd: else slopes would look like ink.
    """
    window = max(3, window | 1)
    paper = np.pad(paper, window - 1, mode="edge")
    for operation in (np.maximum, np.minimum):
        for axis in (0, 1):
            paper = _running(paper, window, axis, operation)
    return paper


def _dilated(values: np.ndarray, width: int) -> np.ndarray:
    """Maximum over a square window around every pixel."""
    values = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    return _running(_running(values, width, 0, np.maximum), width, 1, np.maximum)


def _running(
    values: np.ndarray, width: int, axis: int, operation: Callable[..., np.ndarray]
) -> np.ndarray:
    """Maximum or minimum over every window along an axis, which gets shorter by width - 1; spans double."""
    values = np.swapaxes(values, 0, axis)
    span = 1
    while span < width:
        step = min(span, width - span)
        values = operation(values[:-step], values[step:])
        span += step
    return np.swapaxes(values, 0, axis)


def _noise_floor(ink: Grey) -> float:
    """Three times the spread of what is paper: its median and median deviation; 0 for a clean drawing."""
    middle = float(np.median(ink))
    return middle + 3 * 1.4826 * float(np.median(np.abs(ink - middle)))


def _otsu(values: np.ndarray) -> float:
    """The threshold that parts the values into the two most separate groups. Source: Otsu 1979."""
    counts, edges = np.histogram(values, 128, (0, 1))
    middles = (edges[:-1] + edges[1:]) / 2
    below, above = np.cumsum(counts), counts.sum() - np.cumsum(counts)
    sums = np.cumsum(counts * middles)
    apart = sums / np.maximum(below, 1) - (sums[-1] - sums) / np.maximum(above, 1)
    return float(edges[1 + np.argmax(below * above * apart**2)])


def _main_parts(weak: np.ndarray, strong: np.ndarray) -> np.ndarray:
    """The connected parts of `weak` that make up the digit: the heaviest, and what is near it and not too small."""
    labels, n = _connected(weak)
    height, width = weak.shape
    mass = np.bincount(labels[strong], minlength=n + 1)[: n + 1].astype(float)
    mass[0] = 0
    boxes = _boxes(labels, n)
    top, bottom, left, right = boxes.T
    at_edge = (top == 0) | (left == 0) | (bottom == height - 1) | (right == width - 1)
    main = int(np.argmax(mass * np.where(at_edge, 0.02, 1.0)))
    box = boxes[main]
    reach = 0.25 * max(box[1] - box[0], box[3] - box[2])
    down = np.maximum(0, np.maximum(top - box[1], box[0] - bottom))
    across = np.maximum(0, np.maximum(left - box[3], box[2] - right))
    near = np.maximum(down, across) <= reach
    chosen = (mass >= 0.04 * mass[main]) & near & (~at_edge | at_edge[main])
    chosen[0], chosen[main] = False, mass[main] > 0
    return chosen[labels]


def _boxes(labels: np.ndarray, n: int) -> np.ndarray:
    """(n + 1, 4): first row, last row, first column, last column of every label."""
    boxes = np.empty((n + 1, 4), int)
    rows, columns = np.indices(labels.shape)
    for i, (operation, start, places) in enumerate(
        [
            (np.minimum, 1 << 30, rows),
            (np.maximum, -1, rows),
            (np.minimum, 1 << 30, columns),
            (np.maximum, -1, columns),
        ]
    ):
        bound = np.full(n + 1, start)
        operation.at(bound, labels.ravel(), places.ravel())
        boxes[:, i] = bound
    return boxes


def _connected(mask: np.ndarray) -> tuple[np.ndarray, int]:
    """Numbers the 8-connected parts of a mask: labels int (H, W), 0 outside, and how many there are.

    Horizontal runs are the nodes; runs that touch in neighbouring rows are joined by union-find.
    """
    padded = np.pad(mask, ((0, 0), (1, 1))).astype(np.int8)
    step = np.diff(padded, axis=1)
    run_row, start = np.nonzero(step == 1)
    _, end = np.nonzero(step == -1)
    parent = list(range(len(run_row)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first_of_row = np.searchsorted(run_row, np.arange(mask.shape[0] + 1)).tolist()
    starts, ends = start.tolist(), end.tolist()
    for row in range(1, mask.shape[0]):
        above, here = first_of_row[row - 1], first_of_row[row]
        while above < first_of_row[row] and here < first_of_row[row + 1]:
            if starts[above] <= ends[here] and starts[here] <= ends[above]:
                parent[root(here)] = root(above)
            if ends[above] < ends[here]:
                above += 1
            else:
                here += 1
    roots = np.array([root(i) for i in range(len(parent))], int)
    kinds, number = np.unique(roots, return_inverse=True)
    labels = np.zeros(mask.shape, int)
    for row, first, last, label in zip(
        run_row.tolist(), starts, ends, (number + 1).tolist(), strict=True
    ):
        labels[row, first:last] = label
    return labels, len(kinds)


def _thickened(digit: Grey) -> Grey:
    """Thin pen strokes widened to what MNIST's thinnest writers have, so that they survive the scaling to 20 pixels."""
    inked = digit > 0.3
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    scale = max(rows[-1] - rows[0], columns[-1] - columns[0], 1) / BOX
    padded = np.pad(inked, 1).astype(np.int8)
    outline = sum(np.abs(np.diff(padded, axis=axis)).sum() for axis in (0, 1))
    missing = round(LEAST_STROKE * scale - 2 * inked.sum() / (0.8 * outline))
    return digit if missing < 1 else _dilated(digit, missing + 1)
