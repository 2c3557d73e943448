"""What a server is busy with when its end comes: each brings one about and returns once it is so."""

import random
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .house import House

SMALL: dict[str, Any] = {
    "data": {"dataset": "xor", "size": 500, "batch_size": 20},
    "layers": [{"layer": "linear", "units": 8}, {"layer": "tanh"}],
    "training": {"epochs": 10_000},
}
# One step of it takes minutes.
HEAVY: dict[str, Any] = {
    "data": {"dataset": "digits", "batch_size": 128},
    "layers": [{"layer": "conv2d", "channels": 64, "kernel": 31}] * 5 + [{"layer": "flatten"}],
}
CNN: dict[str, Any] = {
    "data": {"dataset": "digits"},
    "layers": [{"layer": "conv2d", "channels": 8}, {"layer": "relu"}, {"layer": "flatten"}],
    "training": {"epochs": 10_000},
}
NO_LIMIT = {"PLAYGROUND_MAX_STEP_S": "inf"}
BUSY_S = 0.5  # until a request that was sent is being worked on
N_STREAMS = 5
N_QUESTIONS = 20

kept_open: list[socket.socket] = []  # a connection that nobody holds would be closed


@dataclass(frozen=True)
class Situation:
    """`bring_about` leaves the server in it."""

    name: str
    bring_about: Callable[[House], None]
    settings: Mapping[str, str] = field(default_factory=dict)


def large_table() -> bytes:
    """A table whose reading takes a while: twelve megabytes of numbers."""
    numbers = random.Random(0)
    rows = ["a,b,c,d,e,f"]
    for _ in range(100_000):
        rows.append(",".join(f"{numbers.random():.15f}" for _ in range(6)))
    return "\n".join(rows).encode()


def idle(_server: House) -> None:
    """Nothing to do."""


def training(server: House) -> None:
    """A small network."""
    run = server.post("runs", {"experiment": SMALL})
    _wait_for_steps(server, run["run"])


def long_step(server: House) -> None:
    """In the middle of a step of minutes."""
    server.post("runs", {"experiment": HEAVY})
    time.sleep(BUSY_S)


def reading(server: House) -> None:
    """A table is being read."""
    server.meanwhile("POST", "upload?kind=csv", large_table())
    time.sleep(BUSY_S)


def uploading(server: House) -> None:
    """Half of a file has arrived, and a whole one before it."""
    server.post("upload?kind=csv", b"a,b\n" + b"1,2\n" * 50)
    head = "POST /playground/upload?kind=csv HTTP/1.1\r\nContent-Length: 10000000"
    kept_open.append(server.half_a_request(head, b"1,2\n" * 1_000_000))
    time.sleep(BUSY_S)


def downloading(server: House) -> None:
    """A file is on its way out, and nobody reads it."""
    told = server.post("upload?kind=csv", b"a,b\n" + b"1,2\n" * 50)
    path = f"/playground/files/{told['id']}?key={told['key']}"
    for _ in range(N_STREAMS):
        kept_open.append(server.half_a_request(f"GET {path} HTTP/1.1"))
    run = server.post("runs", {"experiment": CNN})
    _wait_for_steps(server, run["run"])
    path = f"/playground/runs/{run['run']}/checkpoint"
    control = f"x-control: {run['control']}"
    kept_open.append(server.half_a_request(f"GET {path} HTTP/1.1\r\n{control}"))
    time.sleep(BUSY_S)


def streams_open(server: House) -> None:
    """Pages that watch a run."""
    run = server.post("runs", {"experiment": SMALL})
    for _ in range(N_STREAMS):
        _watch(server, run["run"])
    _wait_for_steps(server, run["run"])


def questions_waiting(server: House) -> None:
    """Questions to a network in the middle of a step of minutes."""
    run = server.post("runs", {"experiment": HEAVY})
    time.sleep(BUSY_S)
    question = {"question": "predict", "sample": {"kind": "validation", "index": 0}}
    for _ in range(N_QUESTIONS):
        server.meanwhile("POST", f"runs/{run['run']}/ask", question)
    time.sleep(BUSY_S)


def exporting(server: House) -> None:
    """An ONNX file is being written."""
    run = server.post("runs", {"experiment": CNN})
    _wait_for_steps(server, run["run"])
    head = f"GET /playground/runs/{run['run']}/onnx HTTP/1.1\r\nx-control: {run['control']}"
    kept_open.append(server.half_a_request(head))
    time.sleep(BUSY_S)


def line(server: House) -> None:
    """One trains, another waits for its place."""
    first = server.post("runs", {"experiment": SMALL})
    _watch(server, first["run"])  # else it would give way
    _wait_for_steps(server, first["run"])
    waits = server.post("runs", {"experiment": SMALL})
    _watch(server, waits["run"])
    assert waits["state"] == "waiting", waits


SITUATIONS = [
    Situation("idle", idle),
    Situation("training", training),
    Situation("in a step of minutes", long_step, NO_LIMIT),
    Situation("reading a table", reading),
    Situation("half an upload", uploading),
    Situation("downloads nobody reads", downloading),
    Situation("streams open", streams_open),
    Situation("questions waiting", questions_waiting, NO_LIMIT),
    Situation("exporting ONNX", exporting),
    Situation("a run in line", line, {"PLAYGROUND_MAX_LIVE_RUNS": "1"}),
]


def _watch(server: House, run: str) -> None:
    kept_open.append(server.half_a_request(f"GET /playground/stream?run={run} HTTP/1.1"))


def _wait_for_steps(server: House, run: str) -> None:
    while server.get(f"poll?run={run}")["step"] == 0:
        time.sleep(0.05)
