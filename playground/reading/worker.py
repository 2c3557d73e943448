"""A reader's process, `python -m playground.reading.worker MEMORY_BYTES`: requests come one at a time."""

import os
import sys
from typing import BinaryIO

from ..faults import ExperimentError
from .messages import Message, packed, received
from .readers import READERS, load_readers

MOST_REQUEST_BYTES = 2**31


def main() -> None:
    """Serves until the server closes the pipe or ends."""
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    # Whatever a library prints goes to standard error, never between the answers.
    os.dup2(2, 1)
    load_readers()
    _limit_memory(int(sys.argv[1]))
    answers.write(packed(Message("ready")))
    while True:
        try:
            request = received(lambda n: _exactly(requests, n), MOST_REQUEST_BYTES)
        except EOFError:
            return
        _send(answers, packed(_answer(request)))


def _answer(request: Message) -> Message:
    name, options = request.value
    try:
        answer = READERS[name](options, request.body)
    except ExperimentError as error:
        faults = []
        for fault in error.faults:
            told = {"place": fault.place, "code": fault.code, "values": fault.values}
            faults.append(told)
        return Message({"faults": faults})
    except MemoryError:
        return Message({"trouble": "memory"})
    except Exception as error:  # damaged data make decoders raise almost anything
        detail = f"{type(error).__name__}: {error}"
        return Message({"trouble": "error", "detail": detail[:300]})
    return Message({"answer": answer.value}, answer.body, answer.arrays)


def _limit_memory(n_bytes: int) -> None:
    """No more address space than this, no file written, no core dumped."""
    try:
        import resource
    except ImportError:  # Windows has no such limits: time and output are limited all the same
        return
    limit = _address_space() + n_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Bytes of address space that the process has now: libraries reserve some that they never use."""
    try:
        with open("/proc/self/statm") as file:
            n_pages = int(file.read().split()[0])
        return n_pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 2**30


def _exactly(stream: BinaryIO, n: int) -> bytes:
    parts = []
    while n > 0:
        part = stream.read(min(n, 2**20))
        if not part:
            raise EOFError
        parts.append(part)
        n -= len(part)
    return b"".join(parts)


def _send(stream: BinaryIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        n_written = stream.write(left) or 0
        left = left[n_written:]


if __name__ == "__main__":
    main()
