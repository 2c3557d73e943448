"""Files that are there whole or not at all."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HEADER_SIZE = 8  # bytes of a safetensors file that say how long its header is


def write_whole(path: Path, data: bytes) -> None:
    """Temporary file beside it, fsync, rename, fsync of the folder: a crash leaves the old file or the new one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sweep(folder: Path, prefix: str) -> None:
    """Removes the temporary files that a crash left behind."""
    for orphan in folder.glob(f".{prefix}*.tmp"):
        orphan.unlink(missing_ok=True)


def safetensors_bytes(tensors: Mapping[str, Any], about: Mapping[str, str] | None = None) -> bytes:
    """A safetensors file whose bytes depend on what it holds alone. In: tensors by name, texts for the metadata."""
    from safetensors.torch import save

    data = save(dict(tensors), dict(about) if about else None)
    if not about:
        return data
    # The library writes the metadata in an order that changes from call to call.
    header_length = int.from_bytes(data[:HEADER_SIZE], "little")
    end = HEADER_SIZE + header_length
    header = json.loads(data[HEADER_SIZE:end])
    in_order = sorted(header["__metadata__"].items())
    header["__metadata__"] = dict(in_order)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)  # the format wants its tensors aligned
    length = len(text).to_bytes(HEADER_SIZE, "little")
    return length + text + data[end:]
