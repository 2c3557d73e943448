"""The store of what people hand in: by content, bounded, never by a name."""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from playground.catalogues.datasets import upload_folders, uploads
from playground.catalogues.datasets.uploads import Store
from playground.faults import ExperimentError


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    uploads.KINDS["test"] = lambda data: {"first": data[0]}
    yield
    del uploads.KINDS["test"]


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store(max_bytes=100, max_total_bytes=250)
    yield made
    made.clear()


def code_of(store: Store, data: bytes, kind: str = "test") -> str:
    with pytest.raises(ExperimentError) as caught:
        store.put(data, kind)
    assert caught.value.faults[0].place == "data.file"
    return caught.value.faults[0].code


def test_a_file_is_known_by_its_content(store: Store) -> None:
    first = store.put(b"hello", "test")
    assert first == hashlib.sha256(b"hello").hexdigest() and re.fullmatch(uploads.PATTERN, first)
    assert store.put(b"hello", "test") == first and len(store) == 1
    assert store.get(first) == b"hello"


def test_what_is_not_there_says_so_with_the_remedy(store: Store) -> None:
    for name in ("0" * 64, "", "../../etc/passwd", "x"):
        with pytest.raises(ExperimentError, match="upload it again") as caught:
            store.get(name)
        assert (caught.value.faults[0].place, caught.value.faults[0].code) == (
            "data.file",
            "upload_missing",
        )


def test_too_large_empty_and_unknown_kinds_are_refused(store: Store) -> None:
    assert code_of(store, b"x" * 101) == "data_too_large"
    assert code_of(store, b"") == "upload_empty"
    assert code_of(store, b"x", "<script>") == "upload_kind"
    assert len(store) == 0


def test_the_longest_unused_makes_room(store: Store) -> None:
    a, b = store.put(b"a" * 100, "test"), store.put(b"b" * 100, "test")
    store.get(a)
    c = store.put(b"c" * 100, "test")
    assert a in store and c in store and b not in store
    with pytest.raises(ExperimentError):
        store.get(b)


def test_a_file_removed_from_the_disk_is_missing_and_can_come_again(store: Store) -> None:
    name = store.put(b"hello", "test")
    assert store._folder is not None
    (store._folder / name).unlink()
    with pytest.raises(ExperimentError):
        store.get(name)
    assert store.put(b"hello", "test") == name and store.get(name) == b"hello"


def test_many_threads_share_it(store: Store) -> None:
    found: list[bool] = []

    def work(i: int) -> None:
        for k in range(20):
            data = f"{(i + k) % 5}".encode() * 30
            found.append(store.get(store.put(data, "test")) == data)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 120 and all(found)
    assert store._folder is not None and not list(Path(store._folder).glob("*.part"))


def test_nothing_is_left_behind(store: Store) -> None:
    store.put(b"hello", "test")
    folder = store._folder
    store.clear()
    assert folder is not None and not folder.exists() and len(store) == 0


KILLED = """
import os, signal
from playground.catalogues.datasets.uploads import STORE
STORE.put(b"a,b\\n" + b"1,2\\n" * 9, "csv")
print(STORE._folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Lets so many more bytes onto the disk; what is too much is written as far as it goes, as a system does."""
    room = 10**9
    write_bytes = Path.write_bytes

    def write(path: Path, data: bytes) -> int:
        nonlocal room
        n_written = min(room, len(data))
        write_bytes(path, data[:n_written])
        room -= n_written
        if n_written < len(data):
            raise OSError(errno.ENOSPC, "No space left on device")
        return n_written

    def leave(n_bytes: int) -> None:
        nonlocal room
        room = n_bytes

    monkeypatch.setattr(Path, "write_bytes", write)
    yield leave


def test_a_full_disk_is_said_and_leaves_nothing_behind(
    store: Store, full_disk: Callable[[int], None]
) -> None:
    kept = store.put(b"k" * 10, "test")
    full_disk(4)
    with pytest.raises(ExperimentError, match="No space left on device") as caught:
        store.put(b"too much", "test")
    assert caught.value.faults[0].code == "upload_not_kept"
    assert len(store) == 1 and store.get(kept) == b"k" * 10
    assert store._folder is not None
    assert [path.name for path in store._folder.iterdir()] == [kept]
    full_disk(100)
    assert store.get(store.put(b"small", "test")) == b"small"


@pytest.mark.parametrize("trouble", ["missing", "read-only"])
def test_a_temporary_folder_of_no_use_is_said_and_may_be_put_right(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    folder = tmp_path / "temporary"
    if trouble == "read-only":
        folder.write_text("a file, in which nobody can make a folder, root neither")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with pytest.raises(ExperimentError) as caught:
        store.put(b"hello", "test")
    assert caught.value.faults[0].code == "upload_not_kept"
    assert len(store) == 0 and store.name_of("hello") == ""
    folder.unlink(missing_ok=True)
    folder.mkdir()
    assert store.get(store.put(b"hello", "test")) == b"hello"


def test_a_deleted_folder_loses_its_files_alone(store: Store) -> None:
    first = store.put(b"hello", "test")
    assert store._folder is not None
    shutil.rmtree(store._folder)
    second = store.put(b"again", "test")
    assert store.get(second) == b"again" and first not in store
    assert code_of_missing(store, first) == "upload_missing"


def code_of_missing(store: Store, file: str) -> str:
    with pytest.raises(ExperimentError) as caught:
        store.get(file)
    return caught.value.faults[0].code


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(os.name != "posix", reason="Windows is not asked whether a process lives")
def test_what_a_killed_process_left_is_removed_at_the_next_start(temporary: Path) -> None:
    there = {**os.environ, "TMPDIR": str(temporary)}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED], env=there, capture_output=True, text=True
    )
    left = Path(killed.stdout.strip())
    assert left.parent == temporary and len(list(left.iterdir())) == 1, killed.stderr
    upload_folders.remove_left_behind()
    assert not left.exists()


def test_folders_of_living_processes_and_of_others_stay(temporary: Path, store: Store) -> None:
    store.put(b"hello", "test")
    of_parent = temporary / f"{upload_folders.PREFIX}{os.getppid()}-abc"
    foreign = [temporary / f"{upload_folders.PREFIX}abc", temporary / "999999999-abc"]
    for folder in (of_parent, *foreign):
        folder.mkdir()
    upload_folders.remove_left_behind()
    assert store._folder is not None and store.get(store.put(b"hello", "test")) == b"hello"
    assert str(os.getpid()) in store._folder.name
    assert of_parent.is_dir() and all(folder.is_dir() for folder in foreign)


def test_a_folder_of_our_own_number_that_we_did_not_make_is_old(temporary: Path) -> None:
    left = temporary / f"{upload_folders.PREFIX}{os.getpid()}-old"
    left.mkdir()
    (left / "file").write_bytes(b"x")
    upload_folders.remove_left_behind()
    assert not left.exists()
