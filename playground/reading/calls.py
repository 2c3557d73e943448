"""Where a reader runs: in this process, as for the owner of a machine, or apart, as a server does for strangers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from .line import NOBODY, Client
from .messages import Message
from .pool import Pool
from .readers import READERS, load_readers

Run = Callable[[str, dict[str, Any], bytes], Message]
# One picture of a few megapixels: what takes longer was made to take long.
LIMITS_S = {"photo": 5.0, "picture": 5.0}

_client: ContextVar[Client] = ContextVar("client", default=NOBODY)


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
    if pool is None:
        _run = _read_here
        return

    def run(name: str, options: dict[str, Any], body: bytes) -> Message:
        limit_s = LIMITS_S.get(name)
        return pool.call(name, options, body, limit_s=limit_s, client=_client.get())

    _run = run


@contextmanager
def reading_for(address: str, name: str) -> Iterator[None]:
    """Inside, files are read for this client, whose turn comes among those of others.

    In: the address that it comes from, the name that it gave itself.
    """
    before = _client.set((address, name))
    try:
        yield
    finally:
        _client.reset(before)
