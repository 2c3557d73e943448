"""How a reader's process and the server talk: JSON with arrays of bytes behind it. Never pickles.

A reader's process looks at hostile bytes, so the server does not trust what comes back either: lengths are checked
before anything is read, and arrays are rebuilt from a short list of dtypes.
"""

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

HEADER = struct.Struct("<II")  # bytes of JSON, bytes behind it
MOST_JSON_BYTES = 64 * 2**20
DTYPES = ("uint8", "int32", "int64", "float32", "float64", "bool")


class BadMessage(ValueError):
    """What came is no message of ours, or larger than allowed."""


@dataclass
class Message:
    """A JSON-able value, raw bytes, and named arrays."""

    value: Any
    body: bytes = b""
    arrays: dict[str, np.ndarray] = field(default_factory=dict)


def parts_of(message: Message) -> list[memoryview]:
    """The message as bytes, in pieces: what is large is not copied."""
    tail = [memoryview(message.body)]
    described = []
    for name, array in message.arrays.items():
        about = {"name": name, "dtype": array.dtype.name, "shape": list(array.shape)}
        described.append(about)
        in_order = np.ascontiguousarray(array).reshape(-1)
        tail.append(in_order.view(np.uint8).data)
    text = {
        "value": message.value,
        "body": len(message.body),
        "arrays": described,
    }
    head = json.dumps(text).encode()
    tail_bytes = sum(len(part) for part in tail)
    lengths = HEADER.pack(len(head), tail_bytes)
    return [memoryview(lengths + head), *tail]


def received(read: Callable[[int], bytes], most_bytes: int) -> Message:
    """Reads one message. In: a function that gives exactly n bytes. Raises: BadMessage, EOFError."""
    head_bytes, tail_bytes = HEADER.unpack(read(HEADER.size))
    n_bytes = head_bytes + tail_bytes
    if head_bytes > MOST_JSON_BYTES or n_bytes > most_bytes:
        raise BadMessage(f"{n_bytes} bytes, at most {most_bytes} are allowed")
    head = json.loads(read(head_bytes))
    tail = memoryview(read(tail_bytes))
    body_bytes = head["body"]
    body = bytes(tail[:body_bytes])
    arrays = _arrays(head["arrays"], tail[body_bytes:])
    return Message(head["value"], body, arrays)


def _arrays(described: list[dict[str, Any]], data: memoryview) -> dict[str, np.ndarray]:
    arrays: dict[str, np.ndarray] = {}
    start = 0
    for entry in described:
        if entry["dtype"] not in DTYPES:
            raise BadMessage(f"no array may have the dtype {entry['dtype']}")
        dtype = np.dtype(entry["dtype"])
        shape = tuple(int(size) for size in entry["shape"])
        n_bytes = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
        end = start + n_bytes
        if n_bytes < 0 or end > len(data):
            raise BadMessage(f"the array {entry['name']} is longer than its message")
        array = np.frombuffer(data[start:end], dtype).reshape(shape)
        # A copy: an array over the message would keep all of it alive, and could not be written to.
        arrays[entry["name"]] = array.copy()
        start = end
    return arrays
