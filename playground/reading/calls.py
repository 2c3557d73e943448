"""Where a reader runs: in this process, as for the owner of a machine, or apart, as a server does for strangers."""

from collections.abc import Callable
from typing import Any

from .messages import Message
from .pool import Pool
from .readers import READERS, load_readers

Run = Callable[[str, dict[str, Any], bytes], Message]


def _read_here(name: str, options: dict[str, Any], body: bytes) -> Message:
    load_readers()
    return READERS[name](options, body)


_run: Run = _read_here


def read(name: str, options: dict[str, Any], body: bytes) -> Message:
    """Runs a registered reader. In: its name, JSON-able options, the bytes. Raises: ExperimentError."""
    return _run(name, options, body)


def read_apart(pool: Pool | None) -> None:
    """From now on readers run in the processes of this pool; None: in this process again."""
    global _run
    _run = _read_here if pool is None else pool.call
