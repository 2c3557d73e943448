"""What a calculating process does: it is a reader (`reading/worker.py`) that has torch, and knows no run and no file.

Out of each task: `{"status", "cpu_s"}` and the answer's body, which the server hands on as it is.
"""

import os
import tempfile
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import torch

from ...export.onnx import written
from ...faults import ExperimentError
from ...preset_files import DEFAULT, preset
from ...reading.messages import Message
from ...reading.readers import reader
from ...settings import Settings
from ..answers.asked import ASKED, is_lasting
from ..handlers.requests import Reply, object_in, refusal
from .calculators import WARMS
from .carried import draft_again

Answer = tuple[int, bytes, dict[str, Any]]  # status, body, and what else is to be told


@reader("asked")
def asked(options: dict[str, Any], body: bytes) -> Message:
    """In: `task`, a key of ASKED; the JSON that the page sent."""

    def answer() -> Answer:
        task = options["task"]
        found = ASKED[task](object_in(body), settings())
        return 200, bytes(Reply(found).body), {"lasts": is_lasting(task, found)}

    return _timed(answer)


@reader("onnx")
def onnx(options: dict[str, Any], body: bytes) -> Message:
    """In: a draft as `carried_draft` packs it. Out: an ONNX file."""

    def answer() -> Answer:
        data, difference = written(draft_again(body))
        return 200, data, {"difference": difference}

    return _timed(answer)


@cache
def settings() -> Settings:
    """The server's own: both read them from the same environment."""
    return Settings.from_environment()


def _timed(answer: Callable[[], Answer]) -> Message:
    """A refusal is an answer like any other: only here all that belongs to it is known."""
    began = time.process_time()
    try:
        status, body, told = answer()
    except ExperimentError as error:
        refused = refusal(error)
        status, body, told = refused.status_code, bytes(refused.body), {}
    return Message({"status": status, "cpu_s": time.process_time() - began, **told}, body)


def _prepare() -> None:
    """Does once what is slow the first time, before this process says that it is ready."""
    torch.set_num_threads(1)
    # torch's exporter asks for it, and it is found by writing a file, which this process may not do later.
    tempfile.gettempdir()
    experiment = preset(DEFAULT).experiment.model_dump(mode="json")
    for task in os.environ.get(WARMS, "").split():
        # The first optimiser of a process takes torch seconds; "optimizers" is the lab that needs one.
        ASKED[task]({"experiment": experiment, "lab": "optimizers"}, settings())


_prepare()
