"""The temporary folders that uploaded files lie in: one a process, and none outlives its process for long."""

import os
import re
import shutil
import tempfile
from pathlib import Path

PREFIX = "playground-uploads-"
NAME = re.compile(rf"{PREFIX}(\d+)-\w+")  # the number is that of the process

_made: set[Path] = set()  # by this process


def make() -> Path:
    """A new folder, named after this process; those that dead processes left behind are removed first."""
    remove_left_behind()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    _made.add(folder)
    return folder


def write(path: Path, data: bytes) -> None:
    """Whole or not at all, also where the disk is full. Raises: OSError."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def remove_left_behind() -> None:
    """Removes the folders of processes that were killed before they could remove their own."""
    try:
        temporary = Path(tempfile.gettempdir())
    except OSError:  # there is no folder that can be written to, so none is left behind
        return
    for folder in temporary.glob(f"{PREFIX}*"):
        name = NAME.fullmatch(folder.name)
        if name and folder not in _made and not _is_running(int(name[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    """Whether another process of this number is running."""
    # In a container every start has the same number: a folder of that name which this process did not make is old.
    if process == os.getpid():
        return False
    # On Windows signal 0 is Ctrl+C and would end the process.
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)  # sends nothing, only asks
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is there, and somebody else's
        return True
    return True
