"""Files that people hand in: kept by their content for as long as the process lives, never by a name of theirs."""

import atexit
import hashlib
import logging
import re
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ...faults import ExperimentError, size_text
from ...settings import Settings
from . import upload_folders, upload_names
from .upload_claims import OWN_MACHINE, Claims, Owner

LOG = logging.getLogger(__name__)
ID = re.compile(r"[0-9a-f]{64}")
UNUSED_S = 3 * 3600.0  # after which a file goes
PATTERN = r"^([0-9a-f]{64})?$"  # of a field `file`: nothing yet, or an id
Look = Callable[[bytes], dict[str, Any]]

# What may be uploaded: kind -> a look at the bytes that gives facts for the page, or raises ExperimentError.
KINDS: dict[str, Look] = {}
USUAL_NAMES: dict[str, str] = {}  # kind -> what such a file is called where nobody said it


def kind(name: str, usual_name: str) -> Callable[[Look], Look]:
    """Decorator: the function that looks at a file of this kind as it arrives.

    In: the bytes. Out: JSON-able facts. Raises: ExperimentError for bytes that can never be of use.
    """

    def register(look: Look) -> Look:
        KINDS[name] = look
        USUAL_NAMES[name] = usual_name
        return look

    return register


class Store:
    """Bytes by the SHA-256 of their content, shared by who handed them in (`Claims`).

    Full: what was not used for the longest time goes first, of the one who has most.
    """

    def __init__(
        self,
        max_bytes: int | None = None,
        max_total_bytes: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        usual = Settings()
        self.max_bytes = max_bytes or usual.max_data_bytes
        self.max_total_bytes = max_total_bytes or usual.max_stored_bytes
        self.address_share = usual.address_share
        self._clock = clock
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._sizes: dict[str, int] = {}
        self._used_at: dict[str, float] = {}
        self._names: dict[str, str] = {}
        self._claims = Claims()

    def put(self, data: bytes, kind: str, called: str = "", owner: Owner = OWN_MACHINE) -> str:
        """Keeps the bytes; the same bytes have the same id, today and after a restart.

        In: the content; its kind, a key of KINDS; what its owner calls it; who that is. Out: 64 hexadecimal digits.
        Raises: ExperimentError for a kind that is not known, an empty file, one that is too large or cannot be read.
        """
        self.check(data, kind)
        name = hashlib.sha256(data).hexdigest()
        with self._lock:
            self._expire()
            self._claims.remove(owner, name)
            self._make_room(owner, len(data))
            if name not in self._sizes:
                self._write(name, data)
                self._sizes[name] = len(data)
            self._claims.add(owner, name, len(data))
            self._mark_used(name)
            self._names[name] = upload_names.safe_name(called, USUAL_NAMES.get(kind, kind))
        return name

    def name_of(self, file: str) -> str:
        """What its owner calls the file, made harmless; "" where it is not here."""
        with self._lock:
            return self._names.get(file, "")

    def check(self, data: bytes, kind: str) -> None:
        """Raises: ExperimentError for what `put` would refuse by kind or size."""
        if kind not in KINDS:
            known = ", ".join(KINDS)
            raise ExperimentError.at("data.file", "upload_kind", given=kind[:40], known=known)
        if not data:
            raise ExperimentError.at("data.file", "upload_empty")
        limit = min(self.max_bytes, self.max_total_bytes)
        if len(data) > limit:
            sizes = {"given": size_text(len(data)), "limit": size_text(limit)}
            raise ExperimentError.at("data.file", "data_too_large", **sizes)

    def get(self, file: str) -> bytes:
        """The bytes of an id. Raises: ExperimentError "upload_missing" where they are not here, or not any more."""
        with self._lock:
            data = self._read(file)
        if data is None:
            raise ExperimentError.at("data.file", "upload_missing")
        return data

    def __contains__(self, file: object) -> bool:
        with self._lock:
            if not isinstance(file, str) or file not in self._sizes:
                return False
            self._mark_used(file)  # by somebody who looks at it again and again
            return True

    def __len__(self) -> int:
        with self._lock:
            return len(self._sizes)

    def clear(self) -> None:
        """Removes everything, the folder too."""
        with self._lock:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
            self._forget_all()

    def _read(self, file: str) -> bytes | None:
        """The bytes of a file; None where there are none. Only an id that `put` gave ever becomes a path."""
        if self._folder is None or file not in self._sizes:
            return None
        try:
            data = (self._folder / file).read_bytes()
        except OSError:  # somebody emptied the temporary folder
            self._forget(file)
            return None
        self._mark_used(file)
        return data

    def _mark_used(self, file: str) -> None:
        self._used_at[file] = self._clock()
        self._claims.mark_used(file)

    def _make_room(self, owner: Owner, size: int) -> None:
        limit = self.max_total_bytes
        while (loser := self._claims.to_go(owner, size, limit, self.address_share)) is not None:
            file = self._claims.oldest(loser)
            self._claims.remove(loser, file)
            if not self._claims.is_claimed(file):
                self._delete(file)

    def _expire(self) -> None:
        """A page that is still open uses its file at each check."""
        now = self._clock()
        for file, used_at in list(self._used_at.items()):
            if now - used_at > UNUSED_S:
                self._delete(file)

    def _delete(self, file: str) -> None:
        self._forget(file)
        if self._folder is not None:
            (self._folder / file).unlink(missing_ok=True)

    def _forget(self, file: str) -> None:
        del self._sizes[file]
        self._used_at.pop(file, None)
        self._names.pop(file, None)
        self._claims.forget(file)

    def _forget_all(self) -> None:
        self._sizes.clear()
        self._used_at.clear()
        self._names.clear()
        self._claims.clear()

    def _write(self, name: str, data: bytes) -> None:
        """Whole or not at all. Raises: ExperimentError where the disk takes nothing."""
        try:
            if self._folder is None or not self._folder.is_dir():
                self._forget_all()
                self._folder = upload_folders.make()
            upload_folders.write(self._folder / name, data)
        except OSError as error:
            LOG.error("a file of %d bytes could not be kept: %s", len(data), error)
            detail = error.strerror or type(error).__name__
            raise ExperimentError.at("data.file", "upload_not_kept", detail=detail) from None


STORE = Store()
atexit.register(STORE.clear)


def put(data: bytes, kind: str, called: str = "", owner: Owner = OWN_MACHINE) -> str:
    """Keeps a file, for the field `file` of a data set: `uploads.put(path.read_bytes(), "csv", path.name)`."""
    return STORE.put(data, kind, called, owner)


def name_of(file: str) -> str:
    """What the owner calls a file that was handed in; "" where it is not here."""
    return STORE.name_of(file)


def get(file: str) -> bytes:
    """The bytes of a file by its id. Raises: ExperimentError where they are gone."""
    return STORE.get(file)


def facts(data: bytes, kind: str) -> dict[str, Any]:
    """A look at a file of this kind. Raises: ExperimentError where it is of no use at all."""
    return {"bytes": len(data), **KINDS[kind](data)}
