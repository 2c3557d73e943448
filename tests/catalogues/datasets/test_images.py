"""Downloaded sets, with torchvision's own file format made here; own images, with every kind of bad ZIP."""

import gzip
import hashlib
import io
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import numpy as np
import pytest
from PIL import Image

from playground.catalogues.datasets import DATASETS, downloads, images, own_images, uploads
from playground.catalogues.datasets.downloads import SOURCES, Downloads
from playground.catalogues.datasets.images import Cifar10, Mnist, even_subset
from playground.catalogues.datasets.own_images import OwnImages
from playground.experiment import Experiment
from playground.export.script import script
from playground.faults import ExperimentError
from playground.reading import archives
from playground.reading.archives import contents
from playground.reading.pictures import image_folders, small_picture
from playground.settings import Settings
from playground.ui.answers.check import check_answer
from playground.ui.answers.preview import preview_answer

LAYERS = [
    {"layer": "conv2d", "channels": 2, "stride": 2},
    {"layer": "relu"},
    {"layer": "global_pool"},
]
N = 200


def idx(values: np.ndarray) -> bytes:
    """An array of bytes in MNIST's file format."""
    return struct.pack(f">HBB{values.ndim}I", 0, 8, values.ndim, *values.shape) + values.tobytes()


def idx_files() -> dict[str, bytes]:
    rng = np.random.default_rng(0)
    y = np.arange(N, dtype=np.uint8) % 10
    x = (rng.integers(0, 60, (N, 28, 28)) + 15 * y[:, None, None]).astype(np.uint8)
    return {
        f"{half}-{what}-ubyte": idx(a)
        for half in ("train", "t10k")
        for what, a in (("images-idx3", x), ("labels-idx1", y))
    }


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own."""
    for room in (downloads, images):
        monkeypatch.setattr(room, "DOWNLOADS", Downloads(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def mnist(place: Path) -> Path:
    folder = place / "MNIST" / "raw"
    folder.mkdir(parents=True)
    for name, data in idx_files().items():
        (folder / name).write_bytes(data)
    return place


class Answer(io.BytesIO):
    def __init__(self, data: bytes):
        super().__init__(data)
        self.headers = {"Content-Length": str(len(data))}


class Network:
    """Instead of the network: archives by their name, and a gate before every answer."""

    def __init__(self, files: dict[str, bytes]):
        self.files = {f"{name}.gz": gzip.compress(data) for name, data in files.items()}
        self.gate = threading.Event()
        self.asked: list[str] = []

    def __call__(self, address: str, timeout: float) -> Answer:
        assert 0 < timeout <= 30
        self.asked.append(address)
        self.gate.wait(10)
        if "ossci" in address:
            raise URLError(OSError(-2, "Name or service not known"))
        return Answer(self.files[address.rsplit("/", 1)[1]])


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    torchvision = pytest.importorskip("torchvision")
    found = Network(idx_files())
    checks = [(name, hashlib.md5(data).hexdigest()) for name, data in found.files.items()]
    monkeypatch.setattr(torchvision.datasets.MNIST, "resources", checks)
    return found


# ---- downloading ----


def test_what_is_known_of_a_set_is_known_without_its_files_and_is_what_torchvision_says(
    place: Path,
) -> None:
    torchvision = pytest.importorskip("torchvision")
    for name in ("fashion_mnist", "kmnist"):
        assert (
            list(DATASETS[name].classes)
            == getattr(torchvision.datasets, SOURCES[name].name).classes
        )
    answer = check_answer({"data": {"dataset": "cifar10"}, "layers": LAYERS}, Settings())
    assert answer["data"]["shape"] == (3, 32, 32) and answer["data"]["n_train"] == 8_000
    assert [each["code"] for each in answer["faults"]] == ["not_downloaded"]
    assert answer["faults"][0]["repairs"][0]["data"] == {"dataset": "digits"}
    assert answer["code"] == ""
    listed = {file for each in torchvision.datasets.CIFAR10.train_list for file in each[:1]}
    assert {f"cifar-10-batches-py/{file}" for file in listed} < set(SOURCES["cifar10"].files)


def test_a_download_shows_its_progress_takes_the_next_mirror_and_puts_checked_files_in_place(
    place: Path, network: Network
) -> None:
    store = Downloads(place, network)
    assert store.view("mnist").state == "absent"
    assert store.start("mnist").state == "running"
    store.start("mnist")
    assert not store.is_here("mnist")
    network.gate.set()
    assert store.wait("mnist", 20).state == "here"
    assert (
        len(network.asked) == 8 and len(set(network.asked)) == 8
    )  # two mirrors of four files, each asked once
    assert (place / "MNIST/raw/train-labels-idx1-ubyte").read_bytes() == idx_files()[
        "train-labels-idx1-ubyte"
    ]
    assert [path.name for path in place.iterdir()] == ["MNIST"]


def test_damaged_files_never_get_into_place(place: Path, network: Network) -> None:
    network.files = {name: data[:-1] + b"?" for name, data in network.files.items()}
    network.gate.set()
    store = Downloads(place, network)
    with pytest.raises(OSError, match="arrived damaged"):
        store.fetch("mnist")
    assert store.view("mnist").state == "failed" and list(place.iterdir()) == []


def test_a_download_can_be_cancelled_and_begun_again(place: Path, network: Network) -> None:
    store = Downloads(place, network)
    store.start("mnist")
    store.cancel("mnist")
    network.gate.set()
    assert store.wait("mnist", 20).state == "absent"
    store.fetch("mnist")
    assert store.is_here("mnist")


def test_without_a_network_the_fault_says_what_to_do_and_nothing_hangs(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torchvision")

    def offline(address: str, timeout: float) -> Any:
        raise URLError(OSError(-2, "Name or service not known"))

    store = Downloads(place, offline)
    monkeypatch.setattr(images, "DOWNLOADS", store)
    store.start("mnist")
    assert store.wait("mnist", 20).state == "failed"
    fault = Mnist().fault()
    assert fault is not None and (fault.place, fault.code) == ("data.dataset", "download_failed")
    assert (
        "Name or service not known" in fault.message and str(place / "MNIST/raw") in fault.message
    )
    with pytest.raises(ExperimentError):
        Mnist().split()


def test_whoever_looks_at_absent_data_reads_and_divides_none(place: Path, monkeypatch: Any) -> None:
    def read(*args: Any) -> Any:
        raise AssertionError("nothing is there to be read")

    monkeypatch.setattr(Mnist, "split", read)
    monkeypatch.setattr(hashlib, "sha256", read)
    found = check_answer({"data": {"dataset": "mnist"}, "layers": LAYERS}, Settings())
    assert [fault["place"] for fault in found["faults"]] == ["data.dataset"]


def test_files_that_are_there_are_read_as_they_are(mnist: Path) -> None:
    pytest.importorskip("torchvision")
    data = Mnist(samples=100)
    assert data.fault() is None
    x, y = data.raw()
    assert (
        x.shape == (100, 1, 28, 28)
        and x.dtype == np.float32
        and np.bincount(y).tolist() == [10] * 10
    )
    every = np.frombuffer(idx_files()["train-images-idx3-ubyte"][16:], np.uint8).reshape(N, 28, 28)
    labels = np.arange(N) % 10
    chosen = even_subset(labels, 100, 0)
    np.testing.assert_array_equal(np.rint(x[:, 0] * 255), every[chosen])
    split = data.split()
    assert (len(split.train_x), len(split.val_x)) == data.counts()


def test_broken_files_are_said_to_be_broken(mnist: Path) -> None:
    pytest.importorskip("torchvision")
    (mnist / "MNIST/raw/train-images-idx3-ubyte").write_bytes(b"\0\0\x08\x03\0\0\0\x05")
    with pytest.raises(ExperimentError) as caught:
        Mnist(samples=150).split()
    assert caught.value.faults[0].code == "data_damaged"


def test_cifar_is_read_in_colour(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torchvision = pytest.importorskip("torchvision")
    x = np.random.default_rng(0).integers(0, 256, (150, 32, 32, 3)).astype(np.uint8)

    class Fake:
        def __init__(self, folder: str, train: bool, download: bool):
            self.data, self.targets = x, [i % 10 for i in range(150)]

    monkeypatch.setattr(torchvision.datasets, "CIFAR10", Fake)
    for file in SOURCES["cifar10"].files:
        (place / file).parent.mkdir(parents=True, exist_ok=True)
        (place / file).touch()
    found, labels = Cifar10(samples=150).raw()
    np.testing.assert_array_equal(np.rint(found * 255).transpose(0, 2, 3, 1), x)
    assert labels.tolist() == [i % 10 for i in range(150)]
    shown = preview_answer(Experiment.from_dict({"data": {"dataset": "cifar10", "samples": 150}}))
    assert shown["channels"] == 3


@pytest.mark.long
def test_the_script_of_a_downloaded_set_prints_the_runs_numbers(
    mnist: Path, tmp_path: Path
) -> None:
    pytest.importorskip("torchvision")
    from ...export.test_script import expected, lines_of

    data = {"dataset": "mnist", "samples": 150, "batch_size": 32}
    experiment = Experiment.from_dict({"data": data, "layers": LAYERS, "training": {"epochs": 2}})
    assert lines_of(experiment, tmp_path) == expected(experiment)


# ---- own images ----


def picture(shade: int, size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    rng = np.random.default_rng(shade)
    pixels = (rng.integers(0, 80, (*size[::-1], 3)) + shade).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind)
    return out.getvalue()


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def two_classes(n: int = 6, prefix: str = "") -> dict[str, bytes]:
    return {
        f"{prefix}{name}/{i}.png": picture(base + i)
        for name, base in (("dark", 10), ("light", 150))
        for i in range(n)
    }


@pytest.fixture
def store() -> Iterator[Callable[[dict[str, bytes]], str]]:
    yield lambda files: uploads.put(packed(files), "images")
    uploads.STORE.clear()


def test_a_zip_of_class_folders_becomes_a_data_set(store: Any) -> None:
    data = OwnImages(file=store(two_classes(prefix="my pictures/")), size=32, colour=True)
    assert data.fault() is None
    assert (
        data.class_names() == ("dark", "light")
        and data.n_samples() == 12
        and data.sample_shape() == (3, 32, 32)
    )
    split = data.split()
    assert (len(split.train_x), len(split.val_x)) == data.counts() == (10, 2)
    x, y = data.raw()
    assert y.tolist() == [0] * 6 + [1] * 6 and x[y == 0].mean() < x[y == 1].mean()
    assert data.encode(np.zeros((2, 32, 32, 3), np.uint8)).shape == (2, 3, 32, 32)


def test_folders_are_found_whatever_lies_around_them() -> None:
    names = [
        "a/cats/1.png",
        "a/dogs/2.JPG",
        "__MACOSX/a/cats/._1.png",
        "a/.DS_Store",
        "a/notes.txt",
        "a/cats/.x.png",
    ]
    assert image_folders(names) == [("a/cats/1.png", "cats"), ("a/dogs/2.JPG", "dogs")]
    halves = ["x/train/cats/1.png", "x/test/dogs/2.png", "x/train/dogs/deep/3.png"]
    assert [label for _, label in image_folders(halves)] == ["dogs", "cats", "dogs"]
    assert image_folders(["cats/black/1.png", "dogs/2.png"]) == [
        ("cats/black/1.png", "cats"),
        ("dogs/2.png", "dogs"),
    ]
    assert image_folders(["1.png", "cats/2.png"])[0] == ("1.png", "")
    for train, test in (
        ("Training", "Testing"),
        ("training_set", "test_set"),
        ("train", "dev"),
        ("训练集", "测试集"),
    ):
        names = [f"{half}/{label}/1.png" for half in (train, test) for label in ("a", "b")]
        assert {label for _, label in image_folders(names)} == {"a", "b"}
    assert image_folders([r"set\cats\1.jfif", r"set\dogs\2.png"])[0] == (r"set\cats\1.jfif", "cats")


def test_a_picture_is_cut_to_its_middle_square_and_transparency_is_black() -> None:
    pixels = np.zeros((20, 40, 4), np.uint8)
    pixels[:, 10:30] = [200, 100, 50, 255]
    pixels[:, :10] = [255, 255, 255, 0]
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    assert small_picture(out.getvalue(), 10, True)[:, 5, 5].tolist() == [200, 100, 50]
    assert (
        small_picture(out.getvalue(), 10, True) == np.array([200, 100, 50])[:, None, None]
    ).all()
    for mode in ("1", "L", "P", "I;16", "CMYK", "LA"):
        out = io.BytesIO()
        Image.new(mode, (9, 7)).save(out, "TIFF" if mode == "CMYK" else "PNG")
        assert small_picture(out.getvalue(), 28, False).shape == (1, 28, 28)


def bomb() -> dict[str, bytes]:
    return {**two_classes(), "dark/bomb.png": bytes(30 * 2**20)}


def wide() -> bytes:
    out = io.BytesIO()
    Image.new("1", (9_000, 1_000)).save(out, "PNG")
    return out.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "no zip": (lambda: b"hello", "zip_broken", ""),
    "cut off": (lambda: packed(two_classes())[:-200], "zip_broken", ""),
    "upwards": (lambda: packed({**two_classes(), "dark/../../etc/x.png": picture(1)}), "zip_unsafe_name", "etc/x.png"),
    "absolute": (lambda: packed({**two_classes(), "/etc/x.png": picture(1)}), "zip_unsafe_name", "/etc/x.png"),
    "drive": (lambda: packed({**two_classes(), "C:/x.png": picture(1)}), "zip_unsafe_name", "C:/x.png"),
    "bomb": (lambda: packed(bomb()), "zip_bomb", "dark/bomb.png"),
    "many": (lambda: packed({f"a/{i}.txt": b"" for i in range(archives.MOST_ENTRIES + 1)}), "zip_too_many", "12001"),
    "empty": (lambda: packed({}), "zip_no_images", ""),
    "no pictures": (lambda: packed({"a/notes.txt": b"hello"}), "zip_no_images", ""),
    "one class": (lambda: packed({f"only/{i}.png": picture(i) for i in range(3)}), "zip_one_class", "only"),
    "no folder": (lambda: packed({"1.png": picture(1), "2.png": picture(2)}), "zip_no_folder", "1.png"),
    "small class": (lambda: packed({**two_classes(), "lonely/1.png": picture(1)}), "zip_small_class", "lonely"),
    "broken": (lambda: packed({**two_classes(), "dark/bad.png": b"\x89PNG nothing"}), "zip_broken_picture", "bad.png"),
    "cut picture": (
        lambda: packed({**two_classes(), "dark/half.png": picture(1)[:900]}), "zip_broken_picture", "half.png"
    ),
    "huge": (lambda: packed({**two_classes(), "dark/wide.png": wide()}), "zip_picture_too_large", "wide.png"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_zip_gets_a_sentence_that_names_what_is_wrong(name: str) -> None:
    make, code, named = BAD[name]
    with pytest.raises(ExperimentError) as caught:
        contents(make())
    fault = caught.value.faults[0]
    assert (fault.place, fault.code) == ("data.file", code)
    assert named in fault.message


def overlapping() -> bytes:
    """Two entries of the list of contents point to the very same bytes."""
    data = bytearray(packed(two_classes()))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 1)
    # Where its file begins stands in these four bytes of an entry.
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def with_claimed_size(size: int) -> bytes:
    """The list of contents says that the first picture unpacks to so many bytes."""
    data = bytearray(packed(two_classes()))
    entry = data.find(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = size.to_bytes(4, "little")
    return bytes(data)


def postscript() -> bytes:
    """What Pillow would hand to another program, called a PNG."""
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "EPS")
    return out.getvalue()


TRICKS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "shared bytes": (overlapping, "zip_overlap", "dark/"),
    "a ZIP inside": (lambda: packed({**two_classes(), "dark/more.ZIP": packed({})}), "zip_nested", "dark/more.ZIP"),
    "a tarball": (lambda: packed({**two_classes(), "x.tar.gz": b"x"}), "zip_nested", "x.tar.gz"),
    "claims too little": (lambda: with_claimed_size(5), "zip_broken_picture", "dark/0.png"),
    "claims a gigabyte": (lambda: with_claimed_size(2**30), "zip_bomb", "dark/0.png"),
    "another kind": (lambda: packed({**two_classes(), "dark/x.png": postscript()}), "zip_broken_picture", "dark/x.png"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_a_zip_that_lies_gets_a_sentence_that_names_the_file(name: str) -> None:
    make, code, named = TRICKS[name]
    with pytest.raises(ExperimentError) as caught:
        contents(make())
    fault = caught.value.faults[0]
    assert (fault.place, fault.code) == ("data.file", code)
    assert named in fault.message


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(packed(two_classes()))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(ExperimentError) as caught:
        contents(bytes(data))
    assert caught.value.faults[0].code == "zip_encrypted"


def test_too_much_in_all_is_refused_before_anything_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1_000)
    with pytest.raises(ExperimentError) as caught:
        contents(packed(two_classes()))
    assert caught.value.faults[0].code == "zip_too_large"


def test_no_file_yet_and_a_file_that_is_gone_leave_the_page_alive(store: Any) -> None:
    for file, code in (("", "images_none"), ("0" * 64, "upload_missing")):
        answer = check_answer(
            {"data": {"dataset": "own_images", "file": file}, "layers": LAYERS}, Settings()
        )
        assert [each["code"] for each in answer["faults"]] == [code]
        assert answer["experiment"]["data"]["file"] == file and answer["rows"][0]["shape"] == (
            2,
            14,
            14,
        )
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_dict({"data": {"dataset": "own_images", "file": "../../etc/passwd"}})
    assert caught.value.faults[0].place == "data.file"


@pytest.mark.long
@pytest.mark.parametrize("colour", (False, True))
def test_the_script_reads_the_same_zip_to_the_last_bit(
    store: Any, tmp_path: Path, colour: bool
) -> None:
    from ...export.test_script import expected, lines_of

    files = two_classes(12)
    data = {"dataset": "own_images", "file": store(files), "colour": colour, "batch_size": 5}
    experiment = Experiment.from_dict({"data": data, "layers": LAYERS, "training": {"epochs": 2}})
    assert "pip install torch numpy pillow" in script(experiment)
    (tmp_path / own_images.FILE).write_bytes(uploads.get(experiment.data.file))
    assert lines_of(experiment, tmp_path) == expected(experiment)
