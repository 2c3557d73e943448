"""Public data sets that torchvision knows how to find: fetched in the background, checked, put in place when whole."""

import contextlib
import functools
import hashlib
import shutil
import ssl
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from http.client import HTTPException
from pathlib import Path
from typing import Any, Literal

from ...settings import Settings
from ..backbones import FOLDER as WEIGHTS_FOLDER
from ..backbones import WEIGHT_FILES

TIMEOUT_S = 15.0
CHUNK_BYTES = 2**16
MOST_BYTES = 2**29  # of one archive; the largest that is known has a third of it
# The files of a set in MNIST's format (IDX).
IDX_FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
CIFAR_FILES = (
    "data_batch_1",
    "data_batch_2",
    "data_batch_3",
    "data_batch_4",
    "data_batch_5",
    "test_batch",
    "batches.meta",
)


@dataclass(frozen=True)
class Archive:
    """One file to fetch: where to try, the first address first; what to call it; its MD5, or how its SHA-256 begins."""

    addresses: tuple[str, ...]
    file: str
    md5: str = ""
    sha256: str = ""

    def is_whole(self, path: Path) -> bool:
        """Whether the file at this path is the one that was meant."""
        from torchvision.datasets.utils import check_integrity

        if not self.sha256:
            return bool(check_integrity(str(path), self.md5))
        return sha256_of(path).startswith(self.sha256)


def sha256_of(path: Path) -> str:
    """In hexadecimal digits. Raises: OSError."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Source:
    """A class of torchvision.datasets, and the files that it reads, relative to the data folder."""

    name: str
    files: tuple[str, ...]

    @property
    def place(self) -> str:
        """The folder of the files, relative to the data folder."""
        return self.files[0].rsplit("/", 1)[0]

    def archives(self) -> list[Archive]:
        """The files to fetch, as torchvision has them."""
        import torchvision

        dataset = getattr(torchvision.datasets, self.name)
        # CIFAR is one archive at one address; sets in MNIST's format are several files on several mirrors.
        if not hasattr(dataset, "resources"):
            return [Archive((dataset.url,), dataset.filename, dataset.tgz_md5)]
        archives = []
        for file, md5 in dataset.resources:
            addresses = [f"{mirror}{file}" for mirror in dataset.mirrors]
            archives.append(Archive(tuple(addresses), file, md5))
        return archives


@dataclass(frozen=True)
class Weights(Source):
    """What a network of torchvision learned from ImageNet: one file, of which the name says how its SHA-256 begins."""

    def archives(self) -> list[Archive]:
        """The file, from where torchvision has it."""
        import torchvision

        weights = torchvision.models.get_model_weights(self.name)["IMAGENET1K_V1"]
        _, _, file = self.files[0].rpartition("/")
        return [Archive((weights.url,), file, sha256=sha256_in(file))]


def sha256_in(file: str) -> str:
    """`resnet18-f37072fd.pth` -> "f37072fd": how the file's SHA-256 begins."""
    _, _, ending = file.rpartition("-")
    beginning, _, _ = ending.partition(".")
    return beginning


def source_in(folder: str, name: str, files: Sequence[str]) -> Source:
    """A source whose files all lie in one folder."""
    return Source(name, tuple(f"{folder}/{file}" for file in files))


SOURCES = {
    "mnist": source_in("MNIST/raw", "MNIST", IDX_FILES),
    "fashion_mnist": source_in("FashionMNIST/raw", "FashionMNIST", IDX_FILES),
    "kmnist": source_in("KMNIST/raw", "KMNIST", IDX_FILES),
    "cifar10": source_in("cifar-10-batches-py", "CIFAR10", CIFAR_FILES),
}
for _network, _file in WEIGHT_FILES.items():
    SOURCES[_network] = Weights(_network, (f"{WEIGHTS_FOLDER}/{_file}",))


@dataclass(frozen=True)
class DownloadView:
    """How far a download is: which archive of how many, and its bytes; `detail` says why it failed."""

    state: Literal["absent", "running", "failed", "here"]
    file: int = 0
    files: int = 0
    got_bytes: int = 0
    total_bytes: int | None = None
    detail: str = ""


@functools.cache
def _opener() -> urllib.request.OpenerDirector:
    """Opens addresses with certificates that are loaded only once, since that takes tens of milliseconds."""
    context = ssl.create_default_context()
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))


def open_address(*args: Any, **options: Any) -> object:
    """As `urllib.request.urlopen`. Raises: OSError, HTTPException."""
    return _opener().open(*args, **options)


class Cancelled(Exception):
    """Somebody does not want it any more."""


class Downloads:
    """The data folder, and what is on its way into it. One thread for each set, however often it is asked for."""

    def __init__(
        self,
        folder: str | Path | None = None,
        opener: Callable[..., object] | None = None,
    ):
        self._given = folder
        self._open = opener or open_address
        self._lock = threading.Lock()
        self._views: dict[str, DownloadView] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._cancelled: set[str] = set()

    @property
    def folder_text(self) -> str:
        """The folder as the host wrote it, for sentences."""
        return str(self._given or self._setting)

    @property
    def folder(self) -> Path:
        """Where the data lie."""
        return Path(self.folder_text).expanduser()

    @functools.cached_property
    def _setting(self) -> str:
        return Settings.from_environment().data_folder

    def is_here(self, name: str) -> bool:
        """Whether all files of a set are in the folder."""
        return all((self.folder / file).is_file() for file in SOURCES[name].files)

    def view(self, name: str) -> DownloadView:
        """How far it is; quick, since it is asked at every edit."""
        with self._lock:
            view = self._views.get(name, DownloadView("absent"))
        # Looked at on the disk, since somebody may have put the files there by hand.
        if view.state != "running" and self.is_here(name):
            return DownloadView("here")
        return view

    def start(self, name: str) -> DownloadView:
        """Begins, unless it is here or on its way."""
        if self.view(name).state not in ("running", "here"):
            with self._lock:
                self._start_once(name)
        return self.view(name)

    def _start_once(self, name: str) -> None:
        """Holds the lock. Another thread may have begun since the view was taken."""
        view = self._views.get(name)
        if view is not None and view.state == "running":
            return
        self._views[name] = DownloadView("running")
        self._cancelled.discard(name)
        thread = threading.Thread(target=self._run, args=(name,), daemon=True)
        self._threads[name] = thread
        thread.start()

    def cancel(self, name: str) -> None:
        """Stops it at the next piece that arrives."""
        self._cancelled.add(name)

    def wait(self, name: str, timeout_s: float | None = None) -> DownloadView:
        """Until it is over."""
        if name in self._threads:
            self._threads[name].join(timeout_s)
        return self.view(name)

    def fetch(self, name: str) -> None:
        """Downloads in this thread. Raises: OSError where nothing came, or not what was expected."""
        view = self.start(name)
        # In short waits, so that Ctrl+C gets through.
        while view.state == "running":
            view = self.wait(name, 0.2)
        if view.state != "here":
            raise OSError(view.detail)

    def _run(self, name: str) -> None:
        end = DownloadView("absent")
        try:
            self._fetch(name)
        except Cancelled:
            pass
        except (OSError, RuntimeError, ValueError, HTTPException, EOFError, ImportError) as error:
            end = replace(self._views[name], state="failed", detail=_detail_of(error))
        except BaseException:  # a crash must not leave it “running” for ever
            end = replace(self._views[name], state="failed", detail="it could not be unpacked")
            raise
        finally:
            with self._lock:
                self._views[name] = end

    def _fetch(self, name: str) -> None:
        """Everything into a folder beside the place, then each file moved to where it belongs."""
        from torchvision.datasets.utils import extract_archive

        source = SOURCES[name]
        archives = source.archives()
        # A file that is wanted as it is, such as weights, needs no unpacking.
        plain_files = {file.rpartition("/")[2] for file in source.files}
        self.folder.mkdir(parents=True, exist_ok=True)
        # In the same folder, since only within one file system a file is moved at a stroke.
        work = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=self.folder))
        try:
            for i, archive in enumerate(archives):
                self._say(name, DownloadView("running", i + 1, len(archives)))
                path = work / archive.file
                self._first_that_answers(name, archive.addresses, path)
                if not archive.is_whole(path):
                    raise RuntimeError(
                        f"{archive.file} arrived damaged: its checksum does not match"
                    )
                if archive.file not in plain_files:
                    extract_archive(str(path), str(work))
            for file in source.files:
                self._put_in_place(work, file)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _put_in_place(self, work: Path, file: str) -> None:
        """Some archives hold the folder of the file, some the file alone."""
        unpacked = work / file
        if not unpacked.is_file():
            unpacked = work / unpacked.name
        place = self.folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        unpacked.replace(place)

    def _first_that_answers(self, name: str, addresses: Sequence[str], path: Path) -> None:
        for i, address in enumerate(addresses):
            try:
                return self._save(name, address, path)
            except (OSError, HTTPException):
                if i == len(addresses) - 1:
                    raise

    def _save(self, name: str, address: str, path: Path) -> None:
        with (
            contextlib.closing(self._open(address, timeout=TIMEOUT_S)) as answer,  # type: ignore[type-var]
            open(path, "wb") as file,
        ):
            length = answer.headers.get("Content-Length", "")  # type: ignore[attr-defined]
            total = int(length) if length.isdigit() else None
            got = 0
            while piece := answer.read(CHUNK_BYTES):  # type: ignore[attr-defined]
                if name in self._cancelled:
                    raise Cancelled
                got += len(piece)
                if got > MOST_BYTES:
                    raise RuntimeError(f"more than {MOST_BYTES:,} bytes arrived")
                file.write(piece)
                self._say(name, replace(self._views[name], got_bytes=got, total_bytes=total))

    def _say(self, name: str, view: DownloadView) -> None:
        with self._lock:
            self._views[name] = view


def _detail_of(error: BaseException) -> str:
    """Why a download failed, in one line of at most 160 characters."""
    # urllib wraps what happened in an error of its own; the system's words are the plainest.
    cause = getattr(error, "reason", error)
    text = str(getattr(cause, "strerror", None) or cause)
    lines = text.splitlines()
    first_line = lines[0] if lines else ""
    return first_line[:160] or type(error).__name__


DOWNLOADS = Downloads()
