"""Pictures of a person's own as a data set: classes, parts, what was left out, and the script that reads them alike."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from playground.catalogues.datasets import albums, own_images, uploads
from playground.catalogues.datasets.own_images import OwnImages
from playground.experiment import Experiment
from playground.export.script import script
from playground.faults import ExperimentError
from playground.settings import Settings
from playground.ui.answers.check import check_answer
from tests.reading.data.cases import packed

LAYERS = [
    {"layer": "conv2d", "channels": 2, "stride": 2},
    {"layer": "relu"},
    {"layer": "global_pool"},
]


def picture(shade: int, size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    rng = np.random.default_rng(shade)
    pixels = (rng.integers(0, 80, (*size[::-1], 3)) + shade).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind)
    return out.getvalue()


def two_classes(n: int = 6, prefix: str = "", first: int = 0) -> dict[str, bytes]:
    files = {}
    for name, base in (("dark", 10), ("light", 150)):
        for i in range(first, first + n):
            files[f"{prefix}{name}/{i}.png"] = picture(base + i)
    return files


def train_and_test() -> dict[str, bytes]:
    return two_classes(6, "set/Training/") | two_classes(3, "set/Testing/", first=6)


@pytest.fixture
def store() -> Iterator[Callable[[dict[str, bytes]], str]]:
    yield lambda files: uploads.put(packed(files), "images")
    uploads.STORE.clear()


def test_a_zip_of_class_folders_becomes_a_data_set(store: Any) -> None:
    data = OwnImages(file=store(two_classes(prefix="my pictures/")), size=32, colour=True)
    assert data.fault() is None
    assert data.class_names() == ("dark", "light") and data.n_samples() == 12
    assert data.sample_shape() == (3, 32, 32)
    split = data.split()
    assert (len(split.train_x), len(split.val_x)) == data.counts() == (10, 2)
    x, y = data.raw()
    assert y.tolist() == [0] * 6 + [1] * 6 and x[y == 0].mean() < x[y == 1].mean()
    assert data.encode(np.zeros((2, 32, 32, 3), np.uint8)).shape == (2, 3, 32, 32)


def test_training_and_test_folders_are_the_two_parts(store: Any) -> None:
    data = OwnImages(file=store(train_and_test()), validation=0.5)
    assert data.class_names() == ("dark", "light") and data.counts() == (12, 6)
    x, _ = data.raw()
    split = data.split()
    # By name the folder for testing comes first: its pictures are 0 to 5.
    assert sorted(split.val_index) == list(range(6)) and sorted(split.train_index) == list(
        range(6, 18)
    )
    assert np.allclose(split.val_x.numpy() * split.std + split.mean, x[split.val_index], atol=1e-6)
    assert split.val_y.tolist().count(0) == 3 and split.train_y.tolist().count(0) == 6
    assert data.understood()["parts"] == {"train": 12, "test": 6}


def test_the_share_for_validation_has_no_effect_on_given_parts(store: Any) -> None:
    file = store(train_and_test())
    few, many = (OwnImages(file=file, validation=share).split() for share in (0.1, 0.8))
    assert np.array_equal(few.train_index, many.train_index)


def test_pictures_that_cannot_be_used_are_left_out_and_asked_about(store: Any) -> None:
    files = two_classes() | {"dark/broken.png": picture(1)[:200], "alone/1.png": picture(9)}
    data = OwnImages(file=store(files))
    assert data.class_names() == ("dark", "light") and data.n_samples() == len(data.raw()[0]) == 12
    (doubt,) = data.understood()["doubts"]
    assert doubt["code"] == "pictures_left_out"
    settled = data.model_copy(update=data.settled(doubt["remedies"][0]["set"]))
    assert settled.understood()["doubts"] == [] and settled.n_samples() == 12


def test_to_stop_is_a_fault_with_a_way_on(store: Any) -> None:
    files = two_classes() | {"dark/broken.png": picture(1)[:200]}
    data = OwnImages(file=store(files), choices=["pictures=stop"])
    fault = data.fault()
    assert fault is not None and fault.code == "data_pictures" and "broken.png" in fault.message
    (repair,) = fault.repairs
    assert data.model_copy(update=dict(repair.data or {})).fault() is None
    with pytest.raises(ExperimentError, match=r"broken\.png"):
        data.raw()


@pytest.mark.parametrize(
    ("files", "said", "sizes"),
    [
        (two_classes(4, "fold1/") | two_classes(3, "fold2/", first=6), "class_level=outer", (8, 6)),
        (two_classes(4, "fold1/") | two_classes(3, "fold2/", first=6), "class_level=inner", (7, 7)),
        (train_and_test() | two_classes(2, "set/all/", first=20), "folders.all=train", (11, 11)),
    ],
)
def test_what_folders_are_is_a_choice_of_the_experiment(
    store: Any, files: dict[str, bytes], said: str, sizes: tuple[int, int]
) -> None:
    experiment = Experiment.from_dict(
        {
            "data": {"dataset": "own_images", "file": store(files), "choices": [said]},
            "layers": LAYERS,
        }
    )
    again = Experiment.from_dict(experiment.to_dict())
    data = again.data
    assert isinstance(data, OwnImages) and data.choices == [said]
    assert tuple(np.bincount(data.raw()[1])) == sizes and data.understood()["doubts"] == []


def test_to_stop_at_masks_has_a_way_on_and_to_stop_at_names_too(store: Any) -> None:
    masks = {f"{name}/{i}.png": picture(9 * i) for name in ("images", "masks") for i in range(3)}
    names = {name.replace("/", "_"): data for name, data in two_classes().items()}
    for files, code in ((masks, "zip_masks"), (names, "zip_no_folder")):
        fault = OwnImages(file=store(files), choices=["pictures=stop"]).fault()
        assert fault is not None and fault.code == code
        assert [repair.code for repair in fault.repairs] == ["without_pictures"]
    one = OwnImages(
        file=store({"a/1.png": picture(1), "a/2.png": picture(2)}), choices=["pictures=stop"]
    )
    fault = one.fault()
    assert fault is not None and fault.repairs == ()


def test_identical_pictures_under_two_classes_go_by_choice(store: Any) -> None:
    same = picture(99)
    files = two_classes() | {"dark/x.png": same, "light/x.png": same}
    data = OwnImages(file=store(files))
    assert [doubt["code"] for doubt in data.understood()["doubts"]] == ["same_pictures"]
    assert data.n_samples() == 14
    without = OwnImages(file=data.file, choices=["same_pictures=leave_out"])
    assert without.n_samples() == len(without.raw()[0]) == 12


def test_a_choice_looks_at_no_picture_again(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    data = OwnImages(file=store(two_classes() | {"x.png": picture(3)}))
    assert data.fault() is None

    def not_again(*_args: Any) -> None:
        raise AssertionError("the pictures were decoded again")

    monkeypatch.setattr(albums, "read", not_again)
    assert OwnImages(file=data.file, choices=["pictures=go_on"]).understood()["doubts"] == []


def test_no_file_yet_and_a_file_that_is_gone_leave_the_page_alive(store: Any) -> None:
    for file, code in (("", "images_none"), ("0" * 64, "upload_missing")):
        data = {"dataset": "own_images", "file": file}
        answer = check_answer({"data": data, "layers": LAYERS}, Settings())
        assert [fault["code"] for fault in answer["faults"]] == [code]
        assert answer["experiment"]["data"]["file"] == file
        assert answer["rows"][0]["shape"] == (2, 14, 14)
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_dict({"data": {"dataset": "own_images", "file": "../../etc/passwd"}})
    assert caught.value.faults[0].place == "data.file"


def data_section_of(experiment: Experiment, folder: Path) -> dict[str, Any]:
    """What the exported script has after its section “data”, which reads the file in this folder."""
    text = script(experiment, takes_path=False)
    beginning, _, _ = text.partition("# ---- network")
    path = str(folder / own_images.FILE)
    names: dict[str, Any] = {}
    exec(beginning.replace(repr(own_images.FILE), repr(path)), names)
    return names


def without_endings(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same pictures under names that do not say what they are, beside a file that is none."""
    renamed = {name.rpartition(".")[0]: data for name, data in files.items()}
    return {**renamed, "dark/notes": b"seven of them"}


ODD = {
    "dark/cut.jpg": picture(1, kind="JPEG")[:300],
    "dark/notes.txt": b"made in May",
    "__MACOSX/dark/._0.png": b"\0",
    "loose.png": picture(7),
}


@pytest.mark.parametrize(
    "files",
    [
        two_classes(),
        train_and_test(),
        two_classes() | ODD,
        two_classes(prefix="insects\\"),
        without_endings(two_classes()),
        {name.replace("/", "_"): data for name, data in two_classes().items()},
        {f"./{name}": data for name, data in train_and_test().items()},
        two_classes(6, "fold1/") | two_classes(3, "fold2/", first=6),
    ],
    ids=[
        "folders",
        "parts",
        "left out",
        "backslash",
        "no endings",
        "names",
        "points",
        "two levels",
    ],
)
def test_the_script_has_the_same_numbers(
    store: Any, tmp_path: Path, files: dict[str, bytes]
) -> None:
    data = OwnImages(file=store(files), colour=True)
    experiment = Experiment.from_dict({"data": data.model_dump(), "layers": LAYERS})
    (tmp_path / own_images.FILE).write_bytes(uploads.get(data.file))
    names = data_section_of(experiment, tmp_path)
    split = data.split()
    for ours, name in ((split.train_x, "train_x"), (split.val_x, "val_x")):
        assert ours.equal(names[name])
    assert split.train_y.equal(names["train_y"]) and split.val_y.equal(names["val_y"])


@pytest.mark.long
@pytest.mark.parametrize("colour", (False, True))
@pytest.mark.parametrize("files", [two_classes(12), train_and_test()], ids=["folders", "parts"])
def test_the_script_reads_the_same_zip_to_the_last_bit(
    store: Any, tmp_path: Path, colour: bool, files: dict[str, bytes]
) -> None:
    from ...export.test_script import expected, lines_of

    data = {"dataset": "own_images", "file": store(files), "colour": colour, "batch_size": 5}
    experiment = Experiment.from_dict({"data": data, "layers": LAYERS, "training": {"epochs": 2}})
    assert "pip install torch numpy pillow" in script(experiment)
    (tmp_path / own_images.FILE).write_bytes(uploads.get(experiment.data.file))
    assert lines_of(experiment, tmp_path) == expected(experiment)
