"""The registry of readers: functions that a reader's process may be asked to run, by name."""

import importlib
import os
from collections.abc import Callable
from typing import Any

from .messages import Message

# In: the options (JSON) and the bytes. Out: a message. May raise ExperimentError for what cannot be read.
Reader = Callable[[dict[str, Any], bytes], Message]
READERS: dict[str, Reader] = {}
# A variable with further modules: those of a process for other work, and those of tests.
MORE_READERS = "PLAYGROUND_READER_MODULES"
# And one with how far its process gives way to training and the event loop, in steps of `nice`.
GIVES_WAY = "PLAYGROUND_GIVES_WAY"
USUAL_NICE = 5
# The modules that register readers. They must import neither torch nor Gradio: a process starts in 0.2 s without.
MODULES = ["playground.reading.files"]


def reader(name: str) -> Callable[[Reader], Reader]:
    """Decorator: makes a function callable in a reader's process."""

    def register(function: Reader) -> Reader:
        if name in READERS:
            raise ValueError(f"there is a reader called {name} already")
        READERS[name] = function
        return function

    return register


def load_readers() -> None:
    """Imports the modules that register readers, and those that the variable names."""
    more = os.environ.get(MORE_READERS, "")
    for module in (*MODULES, *more.split()):
        importlib.import_module(module)
