"""A picture of whatever make -> the few pixels that a network sees."""

import io
import warnings

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from playground.reading import sizes
from playground.reading.drawing import as_picture
from playground.reading.pictures import is_picture, open_picture, small_picture, white_of
from playground.reading.sizes import judged_here


def coded(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def slope(width: int = 40, height: int = 20) -> np.ndarray:
    """uint8 (H, W): from black on the left to white on the right."""
    return np.tile(np.linspace(0, 255, width).astype(np.uint8), (height, 1))


def grey(image: Image.Image, form: str = "PNG", side: int = 10) -> np.ndarray:
    return small_picture(coded(image, form), side, False)[0].astype(int)


def test_a_picture_is_cut_to_its_middle_square_and_transparency_is_black() -> None:
    pixels = np.zeros((20, 40, 4), np.uint8)
    pixels[:, 10:30] = [200, 100, 50, 255]
    pixels[:, :10] = [255, 255, 255, 0]
    small = small_picture(coded(Image.fromarray(pixels)), 10, True)
    assert (small == np.array([200, 100, 50])[:, None, None]).all()
    clear = Image.fromarray(np.dstack([np.full((9, 9, 3), 255), np.zeros((9, 9))]).astype(np.uint8))
    assert not small_picture(coded(clear), 9, True).any()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("colour", [False, True])
def test_every_mode_shows_the_same_picture(mode: str, colour: bool) -> None:
    image = Image.fromarray(slope())
    if mode == "I;16":
        image = Image.fromarray(slope().astype(np.uint16) * 257)
    elif mode == "CMYK":
        image = image.convert("RGB").convert("CMYK")
    else:
        image = image.convert(mode)
    small = small_picture(coded(image, "TIFF" if mode == "CMYK" else "PNG"), 10, colour)
    assert small.shape == ((3, 10, 10) if colour else (1, 10, 10))
    # Of black and white only dots are left, which the eye mixes.
    most = 40 if mode == "1" else 2
    columns = small.astype(int).mean((0, 1))
    assert np.abs(columns - grey(Image.fromarray(slope())).mean(0)).max() <= most


def test_the_colour_of_a_palette_that_is_transparent_is_black() -> None:
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, 250, 20, 30])
    assert small_picture(coded(image), 8, True)[:, 0, 0].tolist() == [250, 20, 30]
    assert not small_picture(coded(image, transparency=1), 8, True).any()


@pytest.mark.parametrize("white", [1023, 4095, 16383, 65535])
def test_many_bits_are_as_bright_as_what_they_hold(white: int) -> None:
    values = (slope().astype(float) / 255 * white).astype(np.uint16)
    assert np.abs(grey(Image.fromarray(values)) - grey(Image.fromarray(slope()))).max() <= 1


def test_sixteen_bits_are_divided_by_257_as_ever() -> None:
    values = np.full((8, 8), 40_000, np.uint16)
    assert (small_picture(coded(Image.fromarray(values)), 8, False) == 40_000 // 257).all()


def test_floats_and_what_is_no_number_are_shown_too() -> None:
    values = slope().astype(np.float32) / 255
    values[0, 0] = np.nan
    values[0, 1] = -np.inf
    seen = grey(Image.fromarray(values), "TIFF")
    assert np.abs(seen - grey(Image.fromarray(slope()))).max() <= 1


@pytest.mark.parametrize(
    ("brightest", "white"), [(0, 1), (1, 1), (2, 255), (256, 1023), (4096, 16383), (70_000, 70_000)]
)
def test_white_is_the_next_usual_value(brightest: int, white: int) -> None:
    assert white_of(brightest) == white


def test_a_picture_is_turned_as_its_camera_says() -> None:
    image = Image.fromarray(np.vstack([slope()] * 2))
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn to the right
    turned = small_picture(coded(image, exif=exif), 10, False)
    plain = small_picture(coded(image), 10, False)
    assert np.array_equal(turned[0], np.rot90(plain[0], -1))


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_of_an_animation_the_first_picture_counts(form: str) -> None:
    first, second = Image.new("L", (8, 8), 200), Image.new("L", (8, 8), 10)
    lossless = {"lossless": True} if form == "WEBP" else {}
    data = coded(first, form, save_all=True, append_images=[second], **lossless)
    assert small_picture(data, 8, False).mean() == 200


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "BMP"])
def test_twelve_megapixels_look_like_the_same_photo_made_small(form: str) -> None:
    photo = Image.fromarray(slope(400, 300)).convert("RGB")
    large = photo.resize((4000, 3000), Image.Resampling.BILINEAR)
    quick = {"speed": 10} if form == "AVIF" else {}
    small = small_picture(coded(large, form, **quick), 28, True).astype(int)
    expected = small_picture(coded(photo), 28, True)
    assert np.abs(small - expected).max() <= 6


@pytest.mark.parametrize("mode", ["P", "RGBA", "LA", "I;16"])
def test_large_pictures_of_any_mode_are_made_small(mode: str) -> None:
    values = slope(3000, 3000)
    image = Image.fromarray(values)
    image = (
        Image.fromarray(values.astype(np.uint16) * 257) if mode == "I;16" else image.convert(mode)
    )
    assert np.abs(grey(image) - grey(Image.fromarray(slope(30, 30)))).max() <= 12


def test_a_large_photo_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.fromarray(slope(3000, 3000))
    turned = small_picture(coded(image, "JPEG", exif=exif), 10, False)
    assert turned[0, 0].mean() < turned[0, -1].mean() and np.ptp(turned[0, 0].astype(int)) <= 3


def test_the_photo_card_takes_what_an_archive_takes() -> None:
    photo = Image.fromarray(slope(4000, 3000))
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("error")
        patch.setattr(Image, "MAX_IMAGE_PIXELS", 8_000_000)  # as a server sets it
        for form in ("JPEG", "TIFF", "PNG"):
            seen = as_picture(coded(photo, form), 28, False)
            with judged_here():
                expected = small_picture(coded(photo, form), 28, False)
            assert np.array_equal(seen, expected[0])
        assert Image.MAX_IMAGE_PIXELS == 8_000_000


def test_pillows_own_limit_is_back_when_the_last_reader_is_done() -> None:
    before = Image.MAX_IMAGE_PIXELS
    first, second = judged_here(), judged_here()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert Image.MAX_IMAGE_PIXELS is None
    second.__exit__(None, None, None)
    assert before == Image.MAX_IMAGE_PIXELS


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_photo_of_an_iphone_is_read_like_any_other(mode: str) -> None:
    image = Image.new("RGB", (64, 48), (200, 40, 90)).convert(mode)
    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, quality=95)
    with open_picture(file.getvalue()) as opened:
        assert (opened.format, opened.size) == ("HEIF", (64, 48))
        colour = np.asarray(opened.convert("RGB")).mean((0, 1))
    assert colour == pytest.approx([200, 40, 90], abs=4)


def test_a_progressive_photo_may_not_be_as_large_as_another() -> None:
    """All of it lies in memory before the first pixel is known."""
    image = Image.new("L", (16, 16))
    limits = []
    for progressive in (False, True):
        with Image.open(io.BytesIO(coded(image, "JPEG", progressive=progressive))) as opened:
            limits.append(sizes.most_pixels(opened))
    assert limits == [120_000_000, 40_000_000]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("a/1.png", True), ("a/1.JPG", True), ("1.jfif", True), ("a/b.c/1.heic", True), ("a/notes.txt", False),
        ("__MACOSX/a/._1.png", False), ("a/.x.png", False), (".git/1.png", False), ("a/png", False),
    ],
)  # fmt: skip
def test_pictures_are_told_by_their_names(name: str, meant: bool) -> None:
    assert is_picture(name) is meant
