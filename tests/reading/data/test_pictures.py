"""Archives of pictures as people pack them."""

import io

import numpy as np
import pytest
from PIL import Image

from playground.faults import ExperimentError
from playground.reading.data.album_look import album_of
from playground.reading.data.choices import Choices
from playground.reading.data.part_names import part_of
from playground.reading.data.pictures import AlbumReading
from playground.reading.pictures import load_pictures

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
        ("seg_train", "seg_test"), ("Trainingsbilder", "Testbilder"), ("train", "insects test"),
        ("entrenamiento", "prueba"), ("train-00", "val-00"), ("学習", "テスト"),
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
        ("cp850", ("Übung", "Test öl")),
        ("cp437", ("crème", "thé")),
        ("cp857", ("Kuş", "Ağaç")),
        ("gbk", ("山", "水")),
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


def test_short_names_that_two_encodings_can_read_are_asked_about() -> None:
    members = {
        f"{name}/{i}.png": coded(picture(i % 3)) for name in ("布料", "划痕") for i in range(4)
    }
    understood = read(packed(members, "gbk"), "pictures=go_on")
    assert "encoding" in codes(understood)
    remedies = [remedy.set for doubt in understood.doubts for remedy in doubt.remedies]
    settled = [read(packed(members, "gbk"), choice) for choice in remedies]
    assert any(set(classes(album)) == {"布料", "划痕"} for album in settled)


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
        ({"inner.zip": packed({"a/1.png": b""})}, "an archive inside"),
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


def test_pairs_of_words_are_parts_and_a_single_one_is_a_class() -> None:
    trains = {
        f"{name}/{i}.png": coded(picture(i % 3))
        for name in ("steam train", "bus")
        for i in range(4)
    }
    assert set(classes(read(packed(trains)))) == {"steam train", "bus"}
    deeper = {name.replace("/", "/old/"): data for name, data in trains.items()}
    assert set(classes(read(packed(deeper)))) == {"steam train", "bus"}


def test_a_class_that_is_only_in_the_test_folder_cannot_be_learned() -> None:
    members = pictures("train/") | pictures("test/", 2)
    members |= {f"test/wasps/{i}.png": coded(picture(2)) for i in range(3)}
    understood = read(packed(members))
    assert set(classes(understood)) == {"ants", "bees"} and understood.left_out.count == 3
    assert "3 of a class that has no pictures for training" in understood.doubts[0].message


def test_a_test_folder_without_classes_leaves_no_parts() -> None:
    members = pictures("train/") | {f"test/{i}.png": coded(picture(0)) for i in range(3)}
    understood = read(packed(members))
    assert understood.parts == {} and understood.left_out.count == 3 and understood.rows == 8


def loaded(data: bytes, size: int = 8, **choices: str) -> tuple[AlbumReading, list[np.ndarray]]:
    """What is told of an archive, and its arrays by the recipe."""
    reading = AlbumReading(album_of(data), Choices(kind="images", **choices))  # type: ignore[arg-type]
    return reading, list(load_pictures(io.BytesIO(data), size, True, reading.recipe()))


@pytest.mark.parametrize("encoding", [None, "gbk", "utf-8"])
def test_the_recipe_loads_pictures_under_their_classes(encoding: str | None) -> None:
    members = {}
    hues = {"蚂蚁图片": 0, "蜜蜂图片": 1}
    for label, hue in hues.items():
        for i in range(3):
            members[f"训练集/{label}/{i}.png"] = coded(picture(hue))
    reading, (x, y, held_out) = loaded(packed(members, encoding))
    names = [entry.name for entry in reading.classes()]
    assert set(names) == set(hues) and not held_out.any()
    for number, label in enumerate(names):
        assert x[y == number].mean((0, 2, 3)).argmax() == hues[label]


@pytest.mark.parametrize("choices", [{}, {"same_pictures": "leave_out"}, {"pictures": "go_on"}])
def test_the_recipe_loads_what_is_told_and_nothing_else(choices: dict[str, str]) -> None:
    same = coded(picture(2))
    members = pictures("a/train/") | pictures("a/test/", 3) | {
        "a/train/ants/same.png": same,
        "a/test/bees/same.png": same,
        "a/train/bees/broken.png": b"?",
        "a/train/wasps/one.png": coded(picture(0)),
        "a/test/loose.png": coded(picture(0)),
        "a/train/ants/.DS_Store": b"?",
        "a/train/ants/notes.txt": b"?",
        "a/train/ants/deep/er.png": coded(picture(0)),
    }  # fmt: skip
    reading, (x, y, held_out) = loaded(packed(members), **choices)
    understood = reading.understood()
    assert len(x) == understood.rows == (17 if "same_pictures" not in choices else 15)
    assert np.bincount(y).tolist() == [entry.count for entry in understood.classes]
    parts = {"train": int((~held_out).sum()), "test": int(held_out.sum())}
    assert parts == understood.parts


def test_two_files_of_one_name_are_left_out_together() -> None:
    """Which of the two is meant nobody can say."""
    data = packed(pictures() | {"ants/x.png": coded(picture(0)), "ants/y.png": b"?"})
    twice = data.replace(b"ants/y.png", b"ants/x.png")
    reading, (x, _, _) = loaded(twice)
    assert len(x) == reading.understood().rows == 8


def test_a_photo_of_12_megapixels_is_made_smaller() -> None:
    photo = coded(Image.new("RGB", (4000, 3000), (200, 10, 10)), "JPEG")
    _, (x, y, _) = loaded(packed(pictures() | {"ants/photo.jpg": photo}))
    assert x.shape == (9, 3, 8, 8) and y.tolist().count(0) == 5
    assert np.abs(x[4].mean((1, 2)) - [200, 10, 10]).max() < 3


@pytest.mark.parametrize("ending", ["", ".dat", ".txt", ".jpg?width=200", ".image", ".csv"])
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "TIFF"])
def test_pictures_are_told_by_what_they_hold_where_their_names_do_not_say_so(
    ending: str, form: str
) -> None:
    members = {}
    for hue, label in enumerate(("ants", "bees")):
        for i in range(3):
            members[f"{label}/{i}{ending}"] = coded(picture(hue), form)
    understood = read(packed(members))
    assert understood.kind == "images" and classes(understood) == {"ants": 3, "bees": 3}
    assert told(understood) == ["misnamed_pictures"]


def test_pictures_with_and_without_an_ending_are_used_together() -> None:
    members = {**pictures(), "ants/a": coded(picture(0)), "bees/notes.txt": b"seven bees"}
    understood = read(packed(members))
    assert classes(understood) == {"ants": 5, "bees": 4}
    assert told(understood) == ["misnamed_pictures", "other_files"]
