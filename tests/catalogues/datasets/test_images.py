"""Downloaded sets, with torchvision's own file format made here."""

import gzip
import hashlib
import io
import struct
import threading
from pathlib import Path
from typing import Any
from urllib.error import URLError

import numpy as np
import pytest

from playground.catalogues.datasets import DATASETS, downloads, images
from playground.catalogues.datasets.downloads import SOURCES, Downloads
from playground.catalogues.datasets.images import Cifar10, Mnist, even_subset
from playground.experiment import Experiment
from playground.faults import ExperimentError
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
