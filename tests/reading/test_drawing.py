"""MNIST's preprocessing, held to facts worked out by hand and to real digits drawn on shadowed paper."""

import io
import struct
import zlib

import numpy as np
import pytest
import torch
from PIL import Image

from playground.catalogues.datasets.digits import FILE, load_digits
from playground.faults import ExperimentError
from playground.reading.drawing import CENTRE, from_pad, from_photo, read_image
from playground.reading.ink import BOX


def digits() -> tuple[np.ndarray, np.ndarray]:
    x, y = load_digits(FILE)
    return np.rint(x[:, 0] * 255).astype(np.uint8), y


@pytest.fixture(scope="module")
def real():
    return digits()


def bar(top=20, bottom=90, left=50, right=60, side=112) -> np.ndarray:
    ink = np.zeros((side, side), np.uint8)
    ink[top:bottom, left:right] = 255
    return ink


def box(pixels: np.ndarray) -> tuple[int, int]:
    return int(pixels.any(1).sum()), int(pixels.any(0).sum())


def centre(pixels: np.ndarray) -> tuple[float, float]:
    grid = np.arange(28)
    mass = pixels.sum()
    return (pixels.sum(1) * grid).sum() / mass, (pixels.sum(0) * grid).sum() / mass


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Mean distance of two pictures in grey levels, where a shift by one pixel does not count: the centre of mass
    is rounded to whole pixels, so that next to nothing may tip it over."""
    shifts = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return min(np.abs(np.roll(one.astype(int), shift, (0, 1)) - other).mean() for shift in shifts)


def png(image: Image.Image | np.ndarray, **options) -> bytes:
    buffer = io.BytesIO()
    (Image.fromarray(image) if isinstance(image, np.ndarray) else image).save(
        buffer, "PNG", **options
    )
    return buffer.getvalue()


def on_paper(
    digit: np.ndarray, side: int = 200, ink: float = 0.75, light: np.ndarray | float = 0.9
) -> np.ndarray:
    """A 28 × 28 digit as grey ink on lit paper, enlarged to `side`, with a margin: uint8 (H, W)."""
    large = Image.fromarray(digit).resize((side, side), Image.Resampling.BICUBIC)
    cover = np.pad(np.asarray(large, np.float32) / 255, side // 4)
    return np.rint(255 * np.broadcast_to(light, cover.shape) * (1 - ink * cover)).astype(np.uint8)


def test_a_bar_of_70_by_10_becomes_20_by_3_around_the_centre():
    seen = from_pad(bar())
    assert not seen.empty and seen.pixels.shape == (28, 28) and seen.pixels.dtype == np.uint8
    assert box(seen.pixels) == (BOX, 3)
    y, x = centre(seen.pixels)
    assert (y, x) == (13.5, 14.0)


@pytest.mark.parametrize("shape", [(70, 10), (10, 70), (33, 90), (5, 5), (1, 60), (100, 100)])
def test_the_longer_side_of_the_ink_is_20_pixels_and_proportions_stay(shape):
    height, width = shape
    rows, columns = box(from_pad(bar(3, 3 + height, 7, 7 + width)).pixels)
    assert max(rows, columns) == BOX
    assert (rows, columns) == tuple(max(1, round(each * BOX / max(shape))) for each in shape)


def test_where_and_how_large_the_digit_is_drawn_makes_no_difference():
    once = bar(10, 50, 10, 18)
    assert np.array_equal(from_pad(once).pixels, from_pad(np.roll(once, (40, 70), (0, 1))).pixels)
    twice = once.repeat(2, 0).repeat(2, 1)
    assert np.abs(from_pad(once).pixels.astype(int) - from_pad(twice).pixels).max() <= 2


def test_the_centre_of_mass_not_the_box_is_centred():
    ink = bar(20, 90, 50, 60)
    ink[80:90, 20:60] = 255
    y, x = centre(from_pad(ink).pixels)
    assert abs(y - CENTRE) <= 0.5 and abs(x - CENTRE) <= 0.5


def test_a_scaled_edge_is_anti_aliased():
    ink = np.tri(112, dtype=np.uint8) * 255
    values = np.unique(from_pad(ink).pixels)
    assert ((values > 20) & (values < 235)).any()


def test_real_mnist_digits_pass_through_the_pad_unchanged(real):
    images, _ = real
    assert all(np.array_equal(from_pad(image).pixels, image) for image in images[::25])


def test_an_empty_pad_is_empty():
    for ink in (np.zeros((112, 112), np.uint8), np.full((112, 112), 8, np.uint8)):
        seen = from_pad(ink)
        assert seen.empty and seen.pixels.shape == (28, 28) and not seen.pixels.any()


@pytest.mark.parametrize("dark_ink", [False, True])
def test_a_picture_of_a_mnist_digit_comes_back_as_it_is(real, dark_ink):
    images, _ = real
    for image in images[7::500]:
        seen = from_photo(Image.fromarray(255 - image if dark_ink else image))
        assert np.abs(seen.pixels.astype(int) - image).mean() < 1.5


def test_a_negative_is_the_same_as_its_positive(real):
    images, _ = real
    for image in images[3::500]:
        dark = from_photo(on_paper(image, light=1.0, ink=1.0))
        light = from_photo(255 - on_paper(image, light=1.0, ink=1.0))
        assert np.abs(dark.pixels.astype(int) - light.pixels).max() <= 2


def slope(side: int) -> np.ndarray:
    """Light that falls to 35 % from one corner to the other."""
    y, x = np.mgrid[0 : 1 : side * 1j, 0 : 1 : side * 1j]
    return 1 - 0.65 * (x + y) / 2


def hand(side: int) -> np.ndarray:
    """A shadow with a hard, slanting edge across the paper."""
    y, x = np.mgrid[0 : 1 : side * 1j, 0 : 1 : side * 1j]
    return np.where(x + 0.4 * y > 0.8, 0.55, 0.95)


@pytest.mark.parametrize("light", [slope, hand])
def test_shadows_are_removed(real, light):
    images, _ = real
    for image in images[11::500]:
        even, shadowed = (
            from_photo(on_paper(image, light=each)).pixels for each in (0.9, light(300))
        )
        assert difference(even, shadowed) < 8


def test_paper_and_light_leave_no_grey_behind(real):
    seen = from_photo(on_paper(real[0][700], light=slope(300)))
    assert (seen.pixels[:3] == 0).all() and (seen.pixels[:, :3] == 0).all()
    assert seen.pixels.max() > 220
    assert seen.cleaned is not None and (seen.cleaned[:40] == 0).all()


def test_clutter_at_the_edge_and_specks_are_left_out(real):
    clean = on_paper(real[0][1300])
    cluttered = clean.copy()
    cluttered[:, :25] = 20
    cluttered[-12:] = 40
    cluttered[40:44, 270:274] = 30
    assert difference(from_photo(clean).pixels, from_photo(cluttered).pixels) < 1


def test_the_two_parts_of_a_broken_five_stay_together():
    paper = np.full((200, 200), 240, np.uint8)
    paper[50:60, 80:130] = 40
    paper[66:150, 80:90] = 40
    assert box(from_photo(paper).pixels) == (BOX, 10)


def test_a_thin_pen_is_thickened_so_that_it_does_not_fade():
    paper = np.full((400, 400), 235, np.uint8)
    paper[50:350, 199:202] = 60
    assert from_photo(paper).pixels.max() > 200


def test_blank_paper_is_empty():
    noise = np.random.default_rng(0).normal(0, 3, (300, 300))
    for paper in (np.full((300, 300), 200.0), 60 + noise, 220 * slope(300) + noise):
        seen = from_photo(np.clip(paper, 0, 255).astype(np.uint8))
        assert seen.empty and not seen.pixels.any()


def test_noise_and_jpeg_do_not_change_the_digit(real):
    paper = on_paper(real[0][2600], side=300, light=0.85)
    noisy = paper + np.random.default_rng(1).normal(0, 6, paper.shape)
    buffer = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=60)
    assert difference(from_photo(buffer.getvalue()).pixels, from_photo(paper).pixels) < 4


def variants(paper: np.ndarray) -> dict[str, Image.Image]:
    grey = Image.fromarray(paper)
    clear = Image.new("RGBA", grey.size, (0, 0, 0, 0))
    clear.putalpha(Image.fromarray(255 - paper))
    chalk = Image.new("RGBA", grey.size, (255, 255, 255, 0))
    chalk.putalpha(Image.fromarray(255 - paper))
    return {
        "rgb": grey.convert("RGB"),
        "palette": grey.convert("P"),
        "cmyk": grey.convert("CMYK"),
        "grey and alpha": grey.convert("LA"),
        "dark ink on nothing": clear,
        "light ink on nothing": chalk,
        "16 bits": Image.fromarray(paper.astype(np.uint16) * 257),
        "32 bits": Image.fromarray(paper.astype(np.int32)),
        "floats": Image.fromarray(paper.astype(np.float32) / 255),
    }


@pytest.mark.parametrize("kind", list(variants(np.zeros((2, 2), np.uint8))))
def test_every_kind_of_picture_gives_the_same_digit(real, kind):
    paper = on_paper(real[0][1800], light=1.0, ink=1.0)
    seen = from_photo(variants(paper)[kind])
    assert difference(seen.pixels, from_photo(paper).pixels) < 1


def test_a_bilevel_scan_and_one_whose_background_is_a_palette_colour(real):
    paper = on_paper(real[0][1800], light=1.0, ink=1.0)
    expected = from_photo(paper).pixels
    assert (
        difference(
            from_photo(Image.fromarray(paper).convert("1", dither=Image.Dither.NONE)).pixels,
            expected,
        )
        < 8
    )
    palette = Image.fromarray(np.where(paper > 128, 0, 1).astype(np.uint8), "P")
    palette.putpalette([255, 0, 255, 0, 0, 0])
    assert difference(from_photo(png(palette, transparency=0)).pixels, expected) < 8


def test_a_photo_taken_sideways_is_turned_upright(real):
    image = Image.fromarray(on_paper(real[0][3700]))
    expected = from_photo(image).pixels
    turned = image.rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    turned.save(buffer, "PNG", exif=exif)
    assert np.array_equal(from_photo(buffer.getvalue()).pixels, expected)


def header_only_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(20_000, 20_000), (4_000, 2_001), (12_000, 12_000)])
def test_a_huge_picture_is_refused_by_its_header(size):
    with pytest.raises(ExperimentError) as error:
        from_photo(header_only_png(*size))
    (fault,) = error.value.faults
    assert fault.code == "image_too_large" and fault.place == "image"
    assert f"{size[0] * size[1]:,}" in fault.message


def test_a_huge_array_is_refused():
    with pytest.raises(ExperimentError, match="8,000,000"):
        from_photo(np.broadcast_to(np.uint8(0), (4_000, 2_001)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture at all",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        header_only_png(28, 28),
        png(np.zeros((64, 64), np.uint8))[:60],
        b"\xff\xd8\xff\xe0" + bytes(40),
    ],
    ids=["nothing", "text", "svg", "gif header", "png header", "no data", "cut off", "jpeg header"],
)
def test_what_is_not_a_picture_is_refused_in_words(data):
    with pytest.raises(ExperimentError) as error:
        from_photo(data)
    assert [fault.code for fault in error.value.faults] == ["not_an_image"]


@pytest.mark.parametrize("shape", [(28,), (0, 5), (3, 3, 7)])
def test_an_array_of_another_shape_is_refused(shape):
    with pytest.raises(ExperimentError) as error:
        from_photo(np.zeros(shape, np.uint8))
    assert [fault.code for fault in error.value.faults] == ["not_an_image"]


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (2, 2), (3, 1)])
@pytest.mark.parametrize("fill", [0, 255, "noise"])
def test_the_tiniest_pictures_raise_nothing(shape, fill):
    noise = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    seen = from_photo(noise if fill == "noise" else np.full(shape, fill, np.uint8))
    assert seen.pixels.shape == (28, 28)


def test_bytes_are_opened_without_being_decoded():
    assert read_image(header_only_png(100, 50)).size == (100, 50)


def trained_on(images: torch.Tensor, y: torch.Tensor) -> torch.nn.Module:
    """A small convolutional network after two passes: good enough to tell digits apart."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = torch.nn.Sequential(
            torch.nn.Conv2d(1, 12, 5, stride=2),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(2),
            torch.nn.Flatten(),
            torch.nn.Linear(12 * 36, 10),
        )
        optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
        for chosen in torch.cat([torch.randperm(len(y)) for _ in range(2)]).split(50):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(images[chosen]), y[chosen]).backward()
            optimizer.step()
    return model.eval()


@pytest.mark.long
def test_grey_ink_on_shadowed_paper_is_classified_like_the_original(real):
    """A small network trained on 4,500 of the digits gives 50 of the others, as photos, their originals' answers."""
    images, labels = real
    x = torch.from_numpy(images.astype(np.float32) / 255)[:, None]
    y = torch.from_numpy(labels)
    held_out = torch.arange(len(y)) % 10 == 0
    model = trained_on(x[~held_out], y[~held_out])
    chosen = np.flatnonzero(held_out.numpy())[::10]
    lights = [0.9 * light(300) for light in (slope, hand)]
    photos = [on_paper(images[i], ink=0.6, light=lights[n % 2]) for n, i in enumerate(chosen)]
    seen = torch.from_numpy(
        np.stack([from_photo(photo).pixels for photo in photos]).astype(np.float32) / 255
    )
    with torch.no_grad():
        answers, originals = model(seen[:, None]).argmax(1), model(x[chosen]).argmax(1)
    assert (originals == y[chosen]).float().mean() > 0.9
    assert (answers == originals).float().mean() >= 0.9


def test_a_jpeg_that_is_drawn_over_and_over_is_refused_before_it_is_decoded() -> None:
    data = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(data, "JPEG", progressive=True)
    whole = data.getvalue()
    last_scan = whole[whole.rindex(b"\xff\xda") : -2]
    from_photo(whole)
    with pytest.raises(ExperimentError, match="cannot be read"):
        from_photo(whole[:-2] + last_scan * 10_000 + whole[-2:])
