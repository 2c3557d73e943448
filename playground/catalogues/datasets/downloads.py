"""Public data sets that torchvision knows how to find: fetched in the background, checked, put in place when whole."""

import contextlib
import shutil
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from http.client import HTTPException
from pathlib import Path
from typing import Literal

from ...settings import Settings

TIMEOUT_S = 15.0
CHUNK_BYTES = 2**16
MOST_BYTES = 2**29  # of one archive; the largest that is known has a third of it
IDX = tuple(
    f"{half}-{what}-ubyte" for half in ("train", "t10k") for what in ("images-idx3", "labels-idx1")
)


@dataclass(frozen=True)
class Source:
    """A class of torchvision.datasets, and the files that it reads, relative to the data folder."""

    name: str
    files: tuple[str, ...]

    @property
    def place(self) -> str:
        """The folder of the files, relative to the data folder."""
        return self.files[0].rsplit("/", 1)[0]

    def archives(self) -> list[tuple[list[str], str, str]]:
        """Addresses to try, file name and MD5 of each archive, as torchvision has them."""
        import torchvision

        known = getattr(torchvision.datasets, self.name)
        if hasattr(known, "resources"):
            return [
                ([f"{mirror}{file}" for mirror in known.mirrors], file, md5)
                for file, md5 in known.resources
            ]
        return [([known.url], known.filename, known.tgz_md5)]


def idx_source(name: str) -> Source:
    """A set in MNIST's format."""
    return Source(name, tuple(f"{name}/raw/{file}" for file in IDX))


CIFAR = ("data_batch_1", *(f"data_batch_{i}" for i in range(2, 6)), "test_batch", "batches.meta")
SOURCES = {
    "mnist": idx_source("MNIST"),
    "fashion_mnist": idx_source("FashionMNIST"),
    "kmnist": idx_source("KMNIST"),
    "cifar10": Source("CIFAR10", tuple(f"cifar-10-batches-py/{file}" for file in CIFAR)),
}


@dataclass(frozen=True)
class DownloadView:
    """How far a download is: which archive of how many, and its bytes; `detail` says why it failed."""

    state: Literal["absent", "running", "failed", "here"]
    file: int = 0
    files: int = 0
    got_bytes: int = 0
    total_bytes: int | None = None
    detail: str = ""


class Cancelled(Exception):
    """Somebody does not want it any more."""


class Downloads:
    """The data folder, and what is on its way into it. One thread for each set, whoever asks how often."""

    def __init__(
        self,
        folder: str | Path | None = None,
        opener: Callable[..., object] = urllib.request.urlopen,
    ):
        self._given = folder
        self._open = opener
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

    @cached_property
    def _setting(self) -> str:
        return Settings.from_environment().data_folder

    def is_here(self, name: str) -> bool:
        """Whether all files of a set are in the folder."""
        return all((self.folder / file).is_file() for file in SOURCES[name].files)

    def view(self, name: str) -> DownloadView:
        """How far it is; quick, since it is asked at every edit."""
        with self._lock:
            known = self._views.get(name, DownloadView("absent"))
        if known.state != "running" and self.is_here(name):
            return DownloadView("here")
        return known

    def start(self, name: str) -> DownloadView:
        """Begins, unless it is here or on its way."""
        if self.view(name).state not in ("running", "here"):
            with self._lock:
                if self._views.get(name, DownloadView("absent")).state != "running":
                    self._views[name] = DownloadView("running")
                    self._cancelled.discard(name)
                    self._threads[name] = threading.Thread(
                        target=self._run, args=(name,), daemon=True
                    )
                    self._threads[name].start()
        return self.view(name)

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
        found = self.start(name)
        while found.state == "running":
            found = self.wait(name, 0.2)
        if found.state != "here":
            raise OSError(found.detail)

    def _run(self, name: str) -> None:
        end = DownloadView("absent")
        try:
            self._fetch(name)
        except Cancelled:
            pass
        except (OSError, RuntimeError, ValueError, HTTPException, EOFError, ImportError) as error:
            cause = getattr(error, "reason", error)  # of an address that could not be opened
            detail = (str(getattr(cause, "strerror", None) or cause).splitlines() or [""])[0][:160]
            detail = detail or type(error).__name__
            end = replace(self._views[name], state="failed", detail=detail)
        except BaseException:  # a crash must not leave it “running” for ever
            end = replace(self._views[name], state="failed", detail="it could not be unpacked")
            raise
        finally:
            with self._lock:
                self._views[name] = end

    def _fetch(self, name: str) -> None:
        """Everything into a folder beside the place, then each file moved to where it belongs."""
        from torchvision.datasets.utils import check_integrity, extract_archive

        source, archives = SOURCES[name], SOURCES[name].archives()
        self.folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=self.folder))
        try:
            for i, (addresses, file, md5) in enumerate(archives):
                self._say(name, DownloadView("running", i + 1, len(archives)))
                self._first_that_answers(name, addresses, work / file)
                if not check_integrity(str(work / file), md5):
                    raise RuntimeError(f"{file} arrived damaged: its checksum is another")
                extract_archive(str(work / file), str(work))
            for each in source.files:
                found = work / each if (work / each).is_file() else work / each.rsplit("/", 1)[1]
                (self.folder / each).parent.mkdir(parents=True, exist_ok=True)
                found.replace(self.folder / each)
        finally:
            shutil.rmtree(work, ignore_errors=True)

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
            got, total = 0, int(length) if length.isdigit() else None
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


DOWNLOADS = Downloads()
