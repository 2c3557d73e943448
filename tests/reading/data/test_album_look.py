"""Archives that are of no use, that lie, or that want to do harm: each is refused with a sentence, or leaves out."""

import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from playground.faults import ExperimentError
from playground.reading.data import album_look
from playground.reading.data.album_look import Album, album_of
from playground.reading.data.choices import Choices
from playground.reading.data.pictures import AlbumReading

from .cases import coded, packed, picture, pictures, read

DOT = coded(picture(0, size=(1, 1)))


def refusal(data: bytes) -> tuple[str, str, str]:
    """Place, code and sentence with which an archive is refused."""
    with pytest.raises(ExperimentError) as caught:
        read(data, kind="images")
    fault = caught.value.faults[0]
    return fault.place, fault.code, fault.message


USELESS: dict[str, tuple[dict[str, bytes], str, str]] = {
    "empty": ({}, "zip_no_images", ""),
    "no pictures": ({"a/notes.txt": b"hello"}, "zip_no_images", ""),
    "an archive inside": ({"a/more.ZIP": packed(pictures())}, "zip_nested", "a/more.ZIP"),
    "a tarball": ({"x.tar.gz": b"x"}, "zip_nested", "x.tar.gz"),
    "one class": ({f"only/{i}.png": DOT for i in range(3)}, "zip_one_class", "only"),
    "no folder": ({"1.png": DOT, "2.png": DOT}, "zip_no_folder", "1.png"),
    "parts without classes": ({"train/1.png": DOT, "test/2.png": DOT}, "zip_only_parts", "test/2.png"),
    "all damaged": ({"a/1.png": b"x", "b/1.png": b"x"}, "data_pictures", "2 damaged"),
    "one of each class": ({"a/1.png": DOT, "b/1.png": DOT}, "data_pictures", "2 alone in a class"),
    "upwards": (pictures() | {"ants/../../etc/x.png": DOT}, "zip_unsafe_name", "etc/x.png"),
    "absolute": (pictures() | {"/etc/x.png": DOT}, "zip_unsafe_name", "/etc/x.png"),
    "drive": (pictures() | {"C:/x.png": DOT}, "zip_unsafe_name", "C:/x.png"),
}  # fmt: skip


@pytest.mark.parametrize("name", USELESS)
def test_an_archive_of_no_use_gets_a_sentence_that_names_what_is_wrong(name: str) -> None:
    members, code, named = USELESS[name]
    place, its_code, message = refusal(packed(members))
    assert (place, its_code) == ("data.file", code)
    assert named in message


def overlapping() -> bytes:
    """Two entries of the list of contents point to the very same bytes."""
    data = bytearray(packed(pictures()))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 1)
    # Where its file begins stands in these four bytes of an entry.
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def with_claimed_size(size: int) -> bytes:
    """The list of contents says that the first picture unpacks to so many bytes."""
    data = bytearray(packed(pictures()))
    entry = data.find(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(data)


def locked() -> bytes:
    data = bytearray(packed(pictures()))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


TRICKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "shared bytes": (overlapping, "zip_overlap"),
    "claims a gigabyte": (lambda: with_claimed_size(2**30), "zip_bomb"),
    "a password": (locked, "zip_encrypted"),
    "no ZIP": (lambda: b"hello", "zip_broken"),
    "cut off": (lambda: packed(pictures())[:-200], "zip_broken"),
}


@pytest.mark.parametrize("name", TRICKS)
def test_an_archive_that_lies_is_refused_before_anything_of_it_is_unpacked(name: str) -> None:
    make, code = TRICKS[name]
    assert refusal(make())[:2] == ("data.file", code)


@pytest.mark.parametrize(
    ("limit", "code"),
    [("MOST_UNPACKED", "zip_too_large"), ("MOST_ENTRIES", "zip_too_many"), ("MOST_IMAGES", "zip_too_many")],
)  # fmt: skip
def test_more_than_is_accepted_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, code: str
) -> None:
    monkeypatch.setattr(album_look, limit, 7)
    assert refusal(packed(pictures()))[1] == code


def postscript() -> bytes:
    """What Pillow would hand to another program, called a PNG."""
    return coded(Image.new("L", (8, 8)), "EPS")


def without_end(form: str) -> bytes:
    data = coded(picture(0, size=(60, 60)), form)
    return data[: len(data) // 2]


OUT: dict[str, tuple[Callable[[], bytes], str]] = {
    "damaged": (lambda: b"\x89PNG nothing", "broken"),
    "cut PNG": (lambda: without_end("PNG"), "broken"),
    "cut JPEG": (lambda: without_end("JPEG"), "broken"),
    "another kind": (postscript, "broken"),
    "nothing": (lambda: b"", "empty"),
    "30,000 × 30,000": (lambda: coded(Image.new("1", (30_000, 30_000))), "too_large"),
}


@pytest.mark.parametrize("name", OUT)
def test_a_picture_of_no_use_is_left_out_and_says_why(name: str) -> None:
    make, why = OUT[name]
    album = album_of(packed(pictures() | {"ants/x.png": make()}))
    troubles = {entry.name: entry.trouble for entry in album.pictures if entry.trouble}
    assert troubles == {"ants/x.png": why}


def test_a_wrong_size_in_the_list_of_contents_leaves_one_picture_out() -> None:
    understood = read(with_claimed_size(5), kind="images")
    assert understood.left_out.files == ["ants/0.png"] and understood.rows == 7


@pytest.mark.parametrize("size", [(1, 1), (30_000, 30), (30, 30_000), (1, 9_000)])
def test_a_picture_of_any_shape_is_used(size: tuple[int, int]) -> None:
    album = album_of(packed(pictures() | {"ants/x.png": coded(Image.new("L", size, 9))}))
    assert not any(entry.trouble for entry in album.pictures)


def test_an_archive_beside_pictures_is_told() -> None:
    understood = read(packed(pictures() | {"more.zip": packed(pictures()), "notes.txt": b"May"}))
    assert {note.code: note.values["names"] for note in understood.notes} == {
        "archives_inside": "more.zip",
        "other_files": "notes.txt",
    }


def test_an_album_comes_back_from_json_as_it_was() -> None:
    album = album_of(packed(pictures("train/") | {"test/x.png": b"", "a.txt": b"x"}))
    assert Album.from_json(album.to_json()) == album


def class_order(data: bytes) -> list[str]:
    return [entry.name for entry in AlbumReading(album_of(data), Choices()).classes()]


def test_classes_stand_in_the_order_that_zipfile_gives_them() -> None:
    """Saved networks number their classes like this."""
    members = {f"{label}/{i}.png": DOT for label in ("犬", "猫", "鳥", "a b", "a") for i in (1, 2)}
    assert class_order(packed(members)) == sorted(("犬", "猫", "鳥", "a b", "a"))
    raw = {
        label: label.encode("gbk").decode("cp437") for label in ("小狗图片", "猫的照片", "鸟类标本")
    }
    inside = {f"{label}/{i}.png": DOT for label in raw for i in (1, 2)}
    assert class_order(packed(inside, "gbk")) == sorted(raw, key=raw.__getitem__)


def test_an_encoding_of_names_may_be_chosen() -> None:
    members = {f"{label}/{i}.png": DOT for label in ("Käfer", "Hütte") for i in (1, 2)}
    understood = read(packed(members, "cp850"), "encoding=cp437", kind="images")
    assert {entry.name for entry in understood.classes} == {"Käfer", "Hütte"}
    with pytest.raises(ExperimentError, match="klingon"):
        read(packed(members, "cp850"), "encoding=klingon", kind="images")


def test_one_class_whose_accents_are_written_in_two_ways_is_one() -> None:
    members = {f"{label}/{i}.png": DOT for label in ("Käfer", "Ka\u0308fer", "b") for i in (1, 2)}
    understood = read(packed(members), kind="images")
    assert {entry.name: entry.count for entry in understood.classes} == {"Käfer": 4, "b": 2}


def test_random_bytes_for_pictures_raise_nothing_but_ours() -> None:
    rng = np.random.default_rng(5)
    members = pictures()
    whole = coded(picture(0, size=(40, 40)), "TIFF")
    for i in range(60):
        damaged = bytearray(whole)
        for place in rng.integers(0, len(whole), 6):
            damaged[place] = rng.integers(256)
        members[f"ants/x{i}.tif"] = bytes(damaged)
    data = io.BytesIO(packed(members)).getvalue()
    assert len(album_of(data).pictures) == 68


def test_names_whose_encoding_was_misjudged_are_read_as_their_owner_says() -> None:
    """Six letters tell too little."""
    members = {f"{label}/{i}.png": DOT for label in ("狗狗", "猫猫", "鸟鸟") for i in (1, 2)}
    chosen = read(packed(members, "gbk"), "encoding=gbk")
    assert {entry.name for entry in chosen.classes} == {"狗狗", "猫猫", "鸟鸟"}


def test_names_that_may_be_in_two_encodings_are_asked_about() -> None:
    letters = AlbumReading(replace(album_of(packed(pictures())), encodings=("big5",)), Choices())
    assert [doubt.code for doubt in letters.understood().doubts] == ["encoding"]
