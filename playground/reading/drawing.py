"""A drawn or photographed digit -> what the network sees: MNIST's own preprocessing.

Source of the placement: LeCun et al. 1998, and the MNIST page: the ink's box is scaled into 20 × 20 pixels with
its proportions kept and anti-aliased, then moved so that its centre of mass is the centre of 28 × 28.
Measured on MNIST itself: the longer side is always 20, and the centre of mass lies within half a pixel of
index 14; of Pillow's filters, the bicubic one comes closest to MNIST's grey levels.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from ..faults import ExperimentError
from .ink import BOX, SIDE, Grey, box_of, ink_of
from .pictures import has_too_many_scans, open_picture, small_picture, white_of
from .sizes import MOST_PIXELS, SHRINKING, judged_here, most_pixels, shrinks_while_decoded

CENTRE = 14  # index of the row and of the column where MNIST's centres of mass lie
WORK_SIDE = 512  # a digit is found as well in a smaller picture
LEAST_VISIBLE = 32  # of 255


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
    is_blank = not ink.any() or ink.max() < LEAST_VISIBLE
    if is_blank:
        nothing = np.zeros((SIDE, SIDE), np.uint8)
        return Seen(nothing, empty=True)
    boxed = ink[box_of(ink)]
    pixels = _centred(_fitted(boxed))
    return Seen(pixels, empty=False)


def as_picture(data: bytes, side: int, colour: bool, max_pixels: int = MOST_PIXELS) -> np.ndarray:
    """The middle square of a photo as it is, for networks of pictures: uint8 (side, side) or (side, side, 3).

    Raises: ExperimentError `not_an_image`, `image_too_large`.
    """
    with read_image(data) as picture:
        _check_size(picture, most_pixels(picture, max_pixels))
    try:
        with judged_here():
            pixels = small_picture(data, side, colour)
    except Exception as error:  # damaged data make Pillow's decoders raise almost anything
        raise ExperimentError.at("image", "not_an_image") from error
    as_seen = pixels.transpose(1, 2, 0) if colour else pixels[0]
    return np.ascontiguousarray(as_seen)


def _fitted(boxed: np.ndarray) -> np.ndarray:
    """The box of ink with its longer side at 20 pixels."""
    picture = Image.fromarray(boxed)
    size = _size_with_longer_side(picture, BOX)
    return np.asarray(picture.resize(size, Image.Resampling.BICUBIC))


def _size_with_longer_side(picture: Image.Image, side: int) -> tuple[int, int]:
    """Width and height in the proportions of the picture, the longer of them `side`, neither less than 1."""
    scale = side / max(picture.size)
    width = round(picture.width * scale)
    height = round(picture.height * scale)
    return max(1, width), max(1, height)


def _centred(small: np.ndarray) -> np.ndarray:
    """Moved by whole pixels until the centre of mass is within half a pixel of the centre, if the box can stay."""
    height, width = small.shape
    top = _first_place(small.sum(1, dtype=np.int64))
    left = _first_place(small.sum(0, dtype=np.int64))
    pixels = np.zeros((SIDE, SIDE), np.uint8)
    pixels[top : top + height, left : left + width] = small
    return pixels


def _first_place(mass: np.ndarray) -> int:
    """Where the first row (or column) comes to lie. In: the ink of each row (or column)."""
    n = len(mass)
    centre_of_mass = (mass * np.arange(n)).sum() / mass.sum()
    place = np.rint(CENTRE - centre_of_mass)
    return int(np.clip(place, 0, SIDE - n))


def read_image(data: bytes) -> Image.Image:
    """Opens a picture; nothing of it is decoded yet. Raises: ExperimentError `not_an_image`."""
    if has_too_many_scans(data):
        raise ExperimentError.at("image", "not_an_image")
    try:
        with judged_here():
            return open_picture(data)
    except Exception as error:  # a damaged header makes Pillow's readers raise almost anything
        raise ExperimentError.at("image", "not_an_image") from error


def _check_size(image: Image.Image, max_pixels: int) -> None:
    n_pixels = image.width * image.height
    if n_pixels > max_pixels:
        raise _too_large(n_pixels, max_pixels)


def _too_large(given: int, limit: int) -> ExperimentError:
    return ExperimentError.at("image", "image_too_large", given=f"{given:,}", limit=f"{limit:,}")


def from_photo(photo: Image.Image | np.ndarray | bytes, max_pixels: int = MOST_PIXELS) -> Seen:
    """Finds the digit in a photo, a scan or a drawing, whatever the colours, and treats it like one from the pad.

    In: a picture, the bytes of its file, or an array (H, W) or (H, W, C). Paper and shadows are removed, light
    paper is inverted, clutter at the edge is left out. Raises: ExperimentError `not_an_image`, `image_too_large`.
    """
    if isinstance(photo, bytes):
        photo = read_image(photo)
    try:
        image = _image_of(photo)
        _check_size(image, max_pixels * (SHRINKING if shrinks_while_decoded(image) else 1))
        with judged_here():
            grey = _grey(image)
    except ExperimentError:
        raise
    except Exception as error:  # damaged data make Pillow's decoders raise almost anything
        raise ExperimentError.at("image", "not_an_image") from error

    ink = ink_of(grey)
    if ink is None:
        ink = np.zeros(grey.shape, np.uint8)
    seen = from_pad(ink)
    return Seen(seen.pixels, seen.empty, cleaned=ink)


def _image_of(photo: Image.Image | np.ndarray) -> Image.Image:
    """Raises: ExperimentError for an array that is no picture."""
    if isinstance(photo, Image.Image):
        return photo
    if photo.ndim not in (2, 3) or not photo.size:
        raise ExperimentError.at("image", "not_an_image")
    return Image.fromarray(photo)


def _grey(image: Image.Image) -> Grey:
    """Any picture -> float32 (H, W) from 0 (black) to 1, upright, at most 512 pixels a side."""
    # A hint to the decoder of JPEGs, which can halve a picture for almost nothing; other formats ignore it.
    image.draft("L", (WORK_SIDE, WORK_SIDE))
    image = ImageOps.exif_transpose(image)
    image = _eight_bits(image)
    if max(image.size) > WORK_SIDE:
        size = _size_with_longer_side(image, WORK_SIDE)
        image = image.resize(size, Image.Resampling.BOX)
    return np.asarray(image, np.float32) / np.float32(255)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Greys from 0 to 255, whatever the picture is made of."""
    if image.mode.startswith(("I", "F")):
        return _spread(np.asarray(image, np.float32))
    if image.has_transparency_data:
        return _flattened(image).convert("L")
    # By way of RGB, since a picture with a palette has no greys of its own.
    return image.convert("RGB").convert("L")


def _spread(values: np.ndarray) -> Image.Image:
    """Greys of more than eight bits as floats from 0 to 255."""
    values = np.nan_to_num(values, posinf=0.0, neginf=0.0)
    white = white_of(float(values.max()))
    scaled = np.clip(values * (255 / white), 0, 255)
    return Image.fromarray(scaled.astype(np.float32))


def _flattened(image: Image.Image) -> Image.Image:
    """A picture with transparency, laid on white where its ink is dark, on black where it is light."""
    image = image.convert("RGBA")
    alpha = np.asarray(image.getchannel("A"), np.float32)
    light = np.asarray(image.convert("L"), np.float32)
    # The mean light of what is visible, compared with the middle grey.
    visible_light = float((light * alpha).sum())
    is_dark = visible_light < 128 * float(alpha.sum())
    ground = Image.new("RGBA", image.size, "white" if is_dark else "black")
    return Image.alpha_composite(ground, image).convert("RGB")
