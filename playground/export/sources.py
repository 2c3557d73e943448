"""The source of our classes and functions, read from their files once."""

import functools
import inspect
from collections.abc import Callable
from threading import Lock
from typing import Any

# `inspect` keeps tables of modules and lines for all threads, and in Python 3.11 two of them in there at once now and
# then end in a SystemError or an OSError.
_reading = Lock()


def read_source(definition: type | Callable[..., Any]) -> str:
    """As it stands in its file. Safe in any thread. Raises: OSError where there is no such file."""
    with _reading:
        return _read(definition)


@functools.cache
def _read(definition: type | Callable[..., Any]) -> str:
    return inspect.getsource(definition).strip()
