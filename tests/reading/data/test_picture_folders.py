"""Which folders of an archive are classes, which are parts, and what is asked where that is open."""

import io
from collections.abc import Iterable

import numpy as np
import pytest

from playground.faults import ExperimentError
from playground.reading.data.album_look import album_of
from playground.reading.data.choices import choices_of
from playground.reading.data.part_names import part_by_word, part_of
from playground.reading.data.pictures import AlbumReading
from playground.reading.data.result import Understood
from playground.reading.pictures import is_hidden, load_pictures, name_stem

from .cases import coded, codes, packed, picture, pictures, read, told

BOTH = {"ants": 6, "bees": 6}
PARTS = {"train": 8, "test": 4}


def classes(understood: Understood) -> dict[str, int]:
    return {entry.name: entry.count for entry in understood.classes}


def files(*names: str, n: int = 4) -> dict[str, bytes]:
    """n pictures in each folder, all different."""
    return {f"{name}/{i}.png": coded(picture(i % 3)) for name in names for i in range(n)}


def split(train: str = "train", test: str = "test") -> dict[str, bytes]:
    """Two classes, to train and to test with."""
    return pictures(f"{train}/") | pictures(f"{test}/", 2)


def sets_of(understood: Understood, code: str) -> list[str]:
    """The remedies of a doubt."""
    (doubt,) = [doubt for doubt in understood.doubts if doubt.code == code]
    return [remedy.set for remedy in doubt.remedies]


@pytest.mark.parametrize(
    ("train", "test"),
    [
        ("Trainingsdaten", "Validierungsdaten"), ("Trainingsdaten", "Testdaten"), ("训练数据", "测试数据"),
        ("训练图片", "验证图片"), ("training", "validatie"), ("training", "testen"), ("addestramento", "prova"),
        ("Entraînement", "Essai"), ("treningowe", "testowe"), ("zbiór_treningowy", "zbiór_testowy"),
        ("trénovací", "testovací"), ("tr", "te"), ("学習データ", "テストデータ"),
        ("обучающая выборка", "тестовая выборка"),
        ("træning", "test"), ("εκπαίδευση", "δοκιμή"),
    ],
)  # fmt: skip
def test_parts_are_known_in_many_languages(train: str, test: str) -> None:
    understood = read(packed(split(train, test)))
    assert classes(understood) == BOTH and understood.parts == PARTS
    assert understood.doubts == []


def test_three_parts_in_german() -> None:
    members = split("Trainingsdaten", "Testdaten") | pictures("Validierungsdaten/", 3)
    assert read(packed(members)).parts == {"train": 8, "test": 10}


@pytest.mark.parametrize("name", ["te", "tr", "va", "essay", "provenance", "testudo", "Trento"])
def test_names_that_only_look_like_parts(name: str) -> None:
    assert part_of(name) == ""


def test_languages_are_no_parts() -> None:
    understood = read(packed(files("tr", "te", "en", "de")))
    assert set(classes(understood)) == {"tr", "te", "en", "de"} and understood.doubts == []
    assert (part_by_word("tr"), part_by_word("Fruits Test")) == ("train", "test")


@pytest.mark.parametrize(
    "outer",
    [
        ["fold1", "fold2", "fold3"],
        ["Original Images", "Augmented Images"],
        ["výcvik", "zkouška"],
        ["setA", "setB"],
    ],
)
def test_outer_folders_that_hold_the_same_classes_are_asked_about(outer: list[str]) -> None:
    members: dict[str, bytes] = {}
    for name in outer:
        members |= pictures(f"{name}/")
    understood = read(packed(members))
    n = 4 * len(outer)
    assert classes(understood) == {"ants": n, "bees": n} and codes(understood) == ["class_level"]
    inner = read(packed(members), "class_level=inner")
    assert classes(inner) == {"ants": n, "bees": n} and inner.doubts == []
    outside = read(packed(members), "class_level=outer")
    assert classes(outside) == dict.fromkeys(outer, 8) and outside.doubts == []
    last = read(packed(members), f"folders.{outer[-1]}=test")
    assert last.parts == {"train": 8 * (len(outer) - 1), "test": 8} and last.doubts == []


def test_the_smaller_of_two_unknown_folders_may_be_there_to_test_with() -> None:
    understood = read(packed(split("výcvik", "zkouška")))
    assert "folders.zkouška=test" in sets_of(understood, "class_level")


@pytest.mark.parametrize("test", ["rps-test-set", "rps_val", "Test rps"])
def test_a_test_folder_with_a_word_beside_a_folder_of_the_same_classes(test: str) -> None:
    understood = read(packed(split("rps", test)))
    assert understood.parts == PARTS and understood.doubts == []
    three = read(packed(split("rps", test) | pictures("more/")))
    assert three.parts == {"train": 16, "test": 4} and codes(three) == ["stray_folder"] * 2


def test_one_part_of_an_unknown_name_beside_a_known_one_is_asked_about() -> None:
    understood = read(packed(split("training", "zkouška")))
    assert understood.parts == PARTS and codes(understood) == ["stray_folder"]
    known = read(packed(split("výcvik", "test")))
    assert known.parts == PARTS and known.doubts == []


@pytest.mark.parametrize(
    "inside", [("small", "large"), ("2019", "2020"), ("left eye", "right eye")]
)
def test_folders_that_tell_how_pictures_were_taken_are_no_classes_at_first(
    inside: Iterable[str],
) -> None:
    members = files(*[f"{label}/{name}" for label in ("cat", "dog") for name in inside])
    understood = read(packed(members))
    assert classes(understood) == {"cat": 8, "dog": 8} and codes(understood) == ["class_level"]
    assert codes(read(packed(members), "class_level=outer")) == []


def test_kinds_inside_of_groups_are_asked_about() -> None:
    members = files(
        "animals/birds/owl", "animals/birds/crow", "animals/mammals/bat", "animals/mammals/cow"
    )
    understood = read(packed(members))
    assert classes(understood) == {"birds": 8, "mammals": 8}
    assert codes(understood) == ["class_level"]
    inner = read(packed(members), "class_level=inner")
    assert classes(inner) == dict.fromkeys(("bat", "cow", "crow", "owl"), 4) and inner.doubts == []
    assert codes(read(packed(members), "class_level=outer")) == []


@pytest.mark.parametrize(
    "folders",
    [
        ("a/b/c/cat", "a/b/c/dog"),
        ("cat/p1", "cat/p2", "dog/p3", "dog/p4"),
        ("cat", "dog/poodle", "dog/pug"),
        ("bus", "car", "train"),
    ],
)
def test_sound_archives_are_not_doubted(folders: tuple[str, ...]) -> None:
    understood = read(packed(files(*folders)))
    assert understood.doubts == [] and len(understood.classes) in (2, 3)


def test_a_data_set_that_lies_in_itself_once_more_is_used_once() -> None:
    once = split("chest_xray/train", "chest_xray/test") | pictures("chest_xray/val/", 2)
    again = {f"chest_xray/{name}": data for name, data in once.items()}
    understood = read(packed(once | again))
    assert classes(understood) == {"ants": 8, "bees": 8}
    assert understood.parts == {"train": 8, "test": 8}
    assert understood.left_out.count == len(again)
    assert understood.doubts == [] and told(understood) == ["copied_pictures"]
    assert told(read(packed(once))) == []


@pytest.mark.parametrize("outer", ["", "cells/"])
def test_classes_that_lie_in_a_further_folder_once_more_are_used_once(outer: str) -> None:
    once = pictures(outer)
    again = {name.replace(outer, f"{outer}cells/", 1): data for name, data in once.items()}
    understood = read(packed(once | again))
    assert classes(understood) == {"ants": 4, "bees": 4}
    assert told(understood) == ["copied_pictures"] and understood.doubts == []


def test_a_folder_of_all_pictures_beside_the_parts_is_left_out_and_asked_about() -> None:
    members = split() | pictures("all/", 5)
    understood = read(packed(members))
    assert classes(understood) == BOTH and understood.parts == PARTS
    assert understood.left_out.count == 10 and codes(understood) == ["stray_folder"]
    for use, parts in (
        ("train", {"train": 18, "test": 4}),
        ("test", {"train": 8, "test": 14}),
        ("leave_out", PARTS),
    ):
        settled = read(packed(members), f"folders.all={use}")
        assert settled.parts == parts and settled.doubts == [], use


def test_a_strange_folder_beside_the_parts_is_no_class_at_first() -> None:
    members = split() | files("leaflets", n=2)
    understood = read(packed(members))
    assert classes(understood) == BOTH and codes(understood) == ["stray_folder"]
    settled = read(packed(members), "folders.leaflets=class")
    assert classes(settled) == BOTH | {"leaflets": 2} and settled.doubts == []


def test_of_many_strange_folders_a_few_are_asked_about_at_a_time() -> None:
    members = split() | files(*"abcdefg", n=1)
    understood = read(packed(members))
    assert codes(understood) == ["stray_folder"] * 5 and understood.left_out.count == 7
    settled = read(packed(members), *[f"folders.{name}=leave_out" for name in "abcde"])
    assert [doubt.place for doubt in settled.doubts] == ["f", "g"]


def test_parts_in_a_doubled_folder_beside_a_flat_test_folder() -> None:
    plants = "Plants(Augmented)/Plants(Augmented)"
    members = split(f"{plants}/train", f"{plants}/valid") | files("test/test")
    understood = read(packed(members))
    assert classes(understood) == BOTH and understood.parts == PARTS
    assert codes(understood) == ["pictures_left_out"] and understood.left_out.count == 4


def test_classes_beside_a_test_folder_with_the_same_classes() -> None:
    understood = read(packed(pictures() | pictures("test/", 2)))
    assert classes(understood) == BOTH and understood.parts == PARTS and understood.doubts == []


@pytest.mark.parametrize("name", ["test", "val", "Testbilder", "alien_test"])
def test_a_flat_test_folder_beside_classes_is_asked_about(name: str) -> None:
    members = pictures() | files(name)
    understood = read(packed(members))
    assert set(classes(understood)) == {"ants", "bees", name}
    assert sets_of(understood, "part_or_class") == [
        f"folders.{name}=class",
        f"folders.{name}=leave_out",
    ]
    assert read(packed(members), f"folders.{name}=class").doubts == []
    without = read(packed(members), f"folders.{name}=leave_out")
    assert classes(without) == {"ants": 4, "bees": 4} and without.doubts == []


@pytest.mark.parametrize("stray", ["data/wasps", "data/bees"])
def test_parts_inside_of_classes_are_kept_beside_strays(stray: str) -> None:
    members = files(*[f"data/{label}/train" for label in ("ants", "bees")])
    members |= files(*[f"data/{label}/val" for label in ("ants", "bees")], n=2)
    assert read(packed(members)).parts == PARTS
    members |= files(stray, n=3)
    understood = read(packed(members))
    assert understood.parts == {"train": 11, "test": 4}
    assert codes(understood) == ["pictures_without_part"]
    settled = read(packed(members), "without_part=train")
    assert settled.parts == understood.parts and settled.doubts == []
    without = read(packed(members), "without_part=leave_out")
    assert without.parts == PARTS and without.left_out.count == 3 and without.doubts == []


def test_masks_beside_images_are_asked_about() -> None:
    members = files("images", "masks")
    understood = read(packed(members))
    assert sets_of(understood, "masks") == ["folders.masks=class", "pictures=stop"]
    assert read(packed(members), "folders.masks=class").doubts == []
    with pytest.raises(ExperimentError, match="“masks” seems to hold masks"):
        read(packed(members), "pictures=stop")


def test_masks_inside_of_classes_are_left_out_at_first() -> None:
    members = files(
        *[f"{label}/{name}" for label in ("COVID", "Normal") for name in ("images", "masks")]
    )
    understood = read(packed(members))
    assert classes(understood) == {"COVID": 4, "Normal": 4} and codes(understood) == ["masks"]
    settled = read(packed(members), "folders.masks=leave_out")
    assert classes(settled) == {"COVID": 4, "Normal": 4} and settled.doubts == []


@pytest.mark.parametrize("prefix", ["./", "./pets/", ".\\pets\\"])
def test_paths_may_begin_with_a_point(prefix: str) -> None:
    members = {prefix + name: data for name, data in split().items()}
    understood = read(packed(members))
    assert classes(understood) == BOTH and understood.parts == PARTS
    assert is_hidden("a/.git/x.png") and not is_hidden("./a/x.png")


def test_folders_of_file_managers_are_no_classes() -> None:
    understood = read(packed(pictures() | files("@eaDir", "ants/@eaDir", "#recycle")))
    assert classes(understood) == {"ants": 4, "bees": 4} and told(understood) == ["other_files"]


def test_one_class_in_several_spellings_is_one_and_told() -> None:
    members = files("Cat", "dog", n=5) | files("cat", n=3)
    understood = read(packed(members))
    assert classes(understood) == {"Cat": 8, "dog": 5} and told(understood) == ["merged_folders"]
    apart = read(packed(members), "classes=apart")
    assert classes(apart) == {"Cat": 5, "cat": 3, "dog": 5} and told(apart) == []


@pytest.mark.parametrize(
    ("train", "test"), [("hot dog", "hot_dog"), ("Hot-Dog", "hot dog"), ("Ants", "ants")]
)
def test_spellings_are_joined_over_the_parts(train: str, test: str) -> None:
    members = files(f"train/{train}", "train/bees") | files(f"test/{test}", "test/bees", n=2)
    understood = read(packed(members))
    assert classes(understood) == {train: 6, "bees": 6} and understood.parts == PARTS
    assert told(understood) == ["merged_folders"]


@pytest.mark.parametrize("names", [("A", "a"), ("1", "01"), ("-1", "1"), ("ab", "a b")])
def test_names_that_are_different_classes_stay_apart(names: tuple[str, str]) -> None:
    understood = read(packed(files(*names)))
    assert set(classes(understood)) == set(names) and understood.notes == []


def test_pictures_that_are_learnt_and_tested_with_are_asked_about() -> None:
    members = split()
    same = {
        name.replace("train", "test").replace(".png", "b.png"): data
        for name, data in members.items()
        if "train/ants/1" in name or "train/bees/1" in name
    }
    understood = read(packed(members | same))
    assert codes(understood) == ["same_in_parts"] and understood.parts == {"train": 8, "test": 6}
    without = read(packed(members | same), "in_both_parts=leave_out")
    assert without.parts == {"train": 6, "test": 6} and codes(without) == ["pictures_left_out"]
    kept = read(packed(members | same), "in_both_parts=keep")
    assert kept.parts == {"train": 8, "test": 6} and kept.doubts == []


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("train/cat.0.jpg", "cat"), ("american_bulldog_12.png", "american_bulldog"),
        ("n01440764_10026.JPEG", "n01440764"), ("cat (3).jpg", "cat"), ("cat12", "cat"), ("猫_1.png", "猫"),
        ("0001.jpg", ""), ("cat.jpg", ""), ("12_3.jpg", ""), ("", ""),
    ],
)  # fmt: skip
def test_how_a_name_begins(name: str, stem: str) -> None:
    assert name_stem(name) == stem


def flat(form: str, stems: Iterable[str] = ("cat", "dog"), n: int = 5) -> dict[str, bytes]:
    """Pictures in one folder, whose names say the class."""
    return {form.format(stem, i): coded(picture(i % 3)) for stem in stems for i in range(n)}


@pytest.mark.parametrize(
    "form", ["{}_{}.png", "train/{}.{}.png", "images/{} ({}).png", "a/b/{}{}.png", "train/{}-{:04}"]
)
def test_classes_in_the_names_of_pictures_are_asked_about(form: str) -> None:
    members = flat(form)
    understood = read(packed(members))
    assert classes(understood) == {"cat": 5, "dog": 5} and codes(understood) == ["classes_in_names"]
    for more in ([], ["pictures=stop"]):
        assert codes(read(packed(members), "class_level=names", *more)) == []
    with pytest.raises(ExperimentError, match="folder"):
        read(packed(members), "pictures=stop")


@pytest.mark.parametrize(
    "members",
    [
        flat("{}_{}.png", ["IMG", "DSC"]),
        flat("photos/{}_{}.png", ["train", "test"]),
        flat("photos/{}{}.png", ["", "1"]),
        flat("photos/{}_{}.png", [f"name {letter}" for letter in "abcdefg"], n=1),
        flat("photos/{}_{}.png", ["cat"]),
    ],
)
def test_names_that_say_no_class_are_not_read_so(members: dict[str, bytes]) -> None:
    with pytest.raises(ExperimentError, match="folder"):
        read(packed(members))


def test_pictures_in_folders_of_classes_are_not_read_by_their_names() -> None:
    members = flat("tame/{}_{}.png") | flat("wild/{}_{}.png", ["lynx", "wolf"])
    understood = read(packed(members))
    assert classes(understood) == {"tame": 10, "wild": 10} and understood.doubts == []


@pytest.mark.parametrize(
    ("others", "named"),
    [
        ({"labels.csv": b"id,label\n0,cat"}, "labels.csv"),
        ({f"labels/{i}.txt": b"0 .5 .5 .2 .2" for i in range(6)}, "labels/0.txt"),
        ({"annotations/all.json": b"{}"}, "annotations/all.json"),
    ],
)
def test_labels_in_another_file_are_named(others: dict[str, bytes], named: str) -> None:
    with pytest.raises(ExperimentError, match=f"seem to be in “{named}”"):
        read(packed(files("images", n=6) | others))


def test_a_readme_holds_no_labels() -> None:
    with pytest.raises(ExperimentError, match="one class, “images”"):
        read(packed(files("images", n=6) | {"README.txt": b"made in May"}))


@pytest.mark.parametrize(
    ("members", "sets"),
    [
        (flat("train/{}.{}.png") | flat("test/{}.{}.png", n=2), []),
        (split() | pictures("all/"), ["folders.all=train"]),
        (pictures("fold1/") | pictures("fold2/"), ["class_level=inner"]),
        (pictures("fold1/") | pictures("fold2/"), ["folders.fold2=test"]),
        (files("Cat", "dog") | files("cat", n=3), []),
        (files("Cat", "dog") | files("cat", n=3), ["classes=apart"]),
        (split("./train", "./test"), []),
        (flat("{}_{}.png") | {"cat/deep/x.png": coded(picture(0))}, ["class_level=names"]),
    ],
)
def test_the_recipe_loads_what_is_told(members: dict[str, bytes], sets: list[str]) -> None:
    data = packed(members)
    reading = AlbumReading(album_of(data), choices_of(sets, kind="images"))
    x, y, held_out = load_pictures(io.BytesIO(data), 8, True, reading.recipe())
    understood = reading.understood()
    counts = [entry.count for entry in understood.classes]
    assert len(x) == understood.rows and np.bincount(y).tolist() == counts
    assert held_out.sum() == understood.parts.get("test", 0)
