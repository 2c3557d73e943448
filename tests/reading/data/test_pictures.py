"""Archives of pictures as people pack them."""

import io

import numpy as np
import pytest
from PIL import Image

from playground.faults import ExperimentError
from playground.reading.archives import contents
from playground.reading.data.album import part_of
from playground.reading.pictures import load_images

from .cases import coded, codes, packed, picture, pictures, read, told


def classes(understood) -> dict[str, int]:  # type: ignore[no-untyped-def]
    return {entry.name: entry.count for entry in understood.classes}


@pytest.mark.parametrize("outer", ["", "insects/", "data/insects/", "训练集/"])
def test_folders_are_classes(outer: str) -> None:
    understood = read(packed(pictures(outer)))
    assert (understood.kind, classes(understood), understood.doubts) == (
        "images",
        {"ants": 4, "bees": 4},
        [],
    )


@pytest.mark.parametrize(
    ("train", "test"),
    [
        ("train", "test"), ("Training", "Testing"), ("training_set", "test_set"), ("TRAIN", "VAL"), ("train", "dev"),
        ("train_data", "valid"), ("train images", "test images"), ("训练集", "测试集"), ("Train1", "Validation1"),
    ],
)  # fmt: skip
def test_training_and_test_folders_are_no_classes(train: str, test: str) -> None:
    members = pictures(f"set/{train}/") | pictures(f"set/{test}/", 2)
    understood = read(packed(members))
    assert classes(understood) == {"ants": 6, "bees": 6}
    assert understood.parts == {"train": 8, "test": 4} and understood.doubts == []


@pytest.mark.parametrize(
    "name", ["tests of strength", "trains", "trainers", "vale", "developers", "intestine"]
)
def test_classes_whose_names_begin_alike_are_classes(name: str) -> None:
    assert part_of(name) == ""


def test_what_cannot_be_used_is_told_at_once_with_a_way_on() -> None:
    members = pictures("train/") | {
        "test/1.png": coded(picture(0)),
        "train/ants/broken.jpg": coded(picture(0), "JPEG")[:200],
        "train/wasps/1.png": coded(picture(2)),
        "train/bees/empty.png": b"",
        "notes.txt": b"made in May",
        "__MACOSX/train/ants/._1.png": b"\0",
        "train/ants/.DS_Store": b"\0",
    }
    understood = read(packed(members))
    assert classes(understood) == {"ants": 4, "bees": 4} and understood.left_out.count == 4
    assert set(understood.left_out.files or []) == {
        "test/1.png", "train/ants/broken.jpg", "train/wasps/1.png", "train/bees/empty.png",
    }  # fmt: skip
    assert codes(understood) == ["pictures_left_out"] and told(understood) == ["other_files"]
    assert codes(read(packed(members), "pictures=go_on")) == []
    with pytest.raises(ExperimentError, match="4 pictures cannot be used"):
        read(packed(members), "pictures=stop")


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gbk", ("蚂蚁图片", "蜜蜂图片")),
        ("cp932", ("アリの写真", "みつばち")),
        ("cp850", ("Käfer", "Hütte")),
        ("utf-8", ("Käfer", "蜜蜂")),
    ],
)
def test_names_without_a_flag_are_read_in_their_encoding(
    encoding: str, names: tuple[str, str]
) -> None:
    members = {}
    for hue, name in enumerate(names):
        for i in range(4):
            members[f"{name}/{i}.png"] = coded(picture(hue))
    assert set(classes(read(packed(members, encoding)))) == set(names)


def test_backslashes_part_folders() -> None:
    members = {name.replace("/", "\\"): data for name, data in pictures("insects/").items()}
    assert set(classes(read(packed(members)))) == {"ants", "bees"}


@pytest.mark.parametrize(
    ("ending", "form", "mode"),
    [
        ("jfif", "JPEG", "RGB"),
        ("tif", "TIFF", "RGB"),
        ("tiff", "TIFF", "L"),
        ("png", "PNG", "I;16"),
        ("webp", "WEBP", "RGB"),
        ("gif", "GIF", "P"),
        ("JPG", "JPEG", "CMYK"),
    ],
)
def test_formats(ending: str, form: str, mode: str) -> None:
    members = {}
    for label in ("a", "b"):
        for i in range(3):
            pixels = (
                np.random.default_rng(i + ord(label)).integers(0, 60_000, (9, 9)).astype(np.uint16)
            )
            image = Image.fromarray(pixels) if mode == "I;16" else picture(i, mode)
            members[f"{label}/{i}.{ending}"] = coded(image, form)
    understood = read(packed(members))
    assert classes(understood) == {"a": 3, "b": 3} and understood.left_out.count == 0


def test_a_photo_of_many_megapixels_is_no_trouble_and_a_bomb_is_left_out() -> None:
    members = pictures()
    members["ants/photo.jpg"] = coded(Image.new("RGB", (5000, 3000)), "JPEG")
    members["ants/huge.png"] = coded(Image.new("1", (30_000, 30_000)))
    understood = read(packed(members))
    assert classes(understood) == {"ants": 5, "bees": 4}
    assert understood.left_out.files == ["ants/huge.png"]


def test_one_pixel_is_a_picture() -> None:
    members = pictures() | {"ants/dot.png": coded(picture(0, size=(1, 1)))}
    assert classes(read(packed(members)))["ants"] == 5


def test_identical_pictures_under_several_classes_are_asked_about() -> None:
    not_found = coded(picture(2))
    members = pictures() | {"ants/x.png": not_found, "bees/y.png": not_found}
    understood = read(packed(members))
    assert codes(understood) == ["same_pictures"]
    assert classes(read(packed(members), "same_pictures=leave_out")) == {"ants": 4, "bees": 4}
    assert classes(read(packed(members), "same_pictures=keep")) == {"ants": 5, "bees": 5}


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({}, "no pictures"),
        ({"inner.zip": packed({"a/1.png": b""})}, "no pictures"),
        ({"1.png": coded(picture(0)), "2.png": coded(picture(0))}, "folder"),
        ({"a/1.png": coded(picture(0)), "a/2.png": coded(picture(1))}, "class"),
        ({"../a/1.png": coded(picture(0))}, "points outside"),
        ({"a/1.png": b"x", "b/1.png": b"x"}, "cannot be read|broken|damaged"),
    ],
)
def test_an_archive_that_is_of_no_use_says_why(members: dict[str, bytes], message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        read(packed(members), kind="images")


def test_half_an_archive_is_refused() -> None:
    data = packed(pictures())
    with pytest.raises(ExperimentError, match="not a readable ZIP"):
        read(data[: len(data) // 2])


def test_a_text_is_no_archive() -> None:
    with pytest.raises(ExperimentError, match="not a readable ZIP"):
        read(io.StringIO("a,b\n1,2\n").getvalue(), kind="images")


@pytest.mark.parametrize("encoding", [None, "gbk", "utf-8"])
def test_the_page_shows_the_same_classes_and_loads_pictures_in_their_order(
    encoding: str | None,
) -> None:
    members = {}
    for hue, label in enumerate(("蚂蚁图片", "蜜蜂图片")):
        for i in range(3):
            members[f"训练集/{label}/{i}.png"] = coded(picture(hue))
    data = packed(members, encoding)
    inside = contents(data)
    assert set(inside.classes) == {"蚂蚁图片", "蜜蜂图片"}
    x, y = load_images(io.BytesIO(data), 8, True)
    for number, label in enumerate(inside.classes):
        hue = ("蚂蚁图片", "蜜蜂图片").index(label)
        assert (x[y == number].mean((0, 2, 3)).argmax()) == hue


def test_the_page_takes_a_photo_of_12_megapixels() -> None:
    photo = coded(Image.new("RGB", (4000, 3000), (200, 10, 10)), "JPEG")
    data = packed(pictures() | {"ants/photo.jpg": photo})
    assert contents(data).sizes == (5, 4)
    x, _ = load_images(io.BytesIO(data), 8, True)
    assert x.shape == (9, 3, 8, 8)
