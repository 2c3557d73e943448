"""A reader's process, `python -m playground.reading.worker MEMORY_BYTES SERVER`: requests come one at a time."""

import contextlib
import os
import signal
import sys
import threading
import time
from typing import Any, BinaryIO

from ..collector import keep_loaded
from ..faults import ExperimentError
from .messages import Message, parts_of, received
from .readers import GIVES_WAY, READERS, USUAL_NICE, load_readers

MOST_REQUEST_BYTES = 2**31
LATE_S = 5.0  # behind the limit of a call
LOOK_S = 0.5  # between two looks whether the server lives


def main() -> None:
    """Serves until the server closes the pipe or ends."""
    threading.Thread(target=_end_with, args=(int(sys.argv[2]),), daemon=True).start()
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    # Whatever a library prints goes to standard error, never between the answers.
    os.dup2(2, 1)
    _give_way()
    load_readers()
    _limit_memory(int(sys.argv[1]))
    keep_loaded()
    _send(answers, Message("ready"))
    while True:
        try:
            request = received(lambda n: _exactly(requests, n), MOST_REQUEST_BYTES)
        except EOFError:
            return
        name, options, limit_s = request.value
        _end_after(limit_s + LATE_S)
        _send(answers, _answer(name, options, request.body))
        _end_after(0)


def _end_with(server: int) -> None:
    """Ends this process where the server was killed, also while it loads or calculates and reads no pipe.

    In: the server's number, told by itself: it may be gone before this process can ask who has started it.
    """
    while os.getppid() == server:
        time.sleep(LOOK_S)
    os._exit(1)


def _end_after(seconds: float) -> None:
    """The system ends this process then, even inside a decoder; 0: never.

    The server ends a slow one sooner; where the server itself was killed, nobody else would.
    """
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(name: str, options: dict[str, Any], body: bytes) -> Message:
    try:
        answer = READERS[name](options, body)
        return Message({"answer": answer.value}, answer.body, answer.arrays)
    except ExperimentError as error:
        faults = []
        for fault in error.faults:
            told = {"place": fault.place, "code": fault.code, "values": fault.values}
            faults.append(told)
        return Message({"faults": faults})
    except MemoryError:
        return Message({"trouble": "memory"})
    except Exception:  # damaged data make decoders raise almost anything
        return Message({"faults": [{"place": "", "code": "reader_failed", "values": {}}]})


def _give_way() -> None:
    """Files are read in what training and the event loop leave of a busy machine."""
    with contextlib.suppress(AttributeError, OSError):  # Windows has no such call
        os.nice(int(os.environ.get(GIVES_WAY, USUAL_NICE)))


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


def _send(stream: BinaryIO, message: Message) -> None:
    for part in parts_of(message):
        left = part
        while left:
            n_written = stream.write(left) or 0
            left = left[n_written:]


if __name__ == "__main__":
    main()
