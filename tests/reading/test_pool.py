"""Files are read in processes of their own: what goes wrong there costs its own request, and nobody else anything."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.faults import ExperimentError
from playground.reading.messages import BadMessage, Message, parts_of, received
from playground.reading.pool import Pool
from playground.reading.process import ReaderProcess
from tests.reading.handed_in import until

READERS = r'''
"""Readers of the tests: what a hostile file may make a decoder do."""
import os, sys, time
import numpy as np
from playground.faults import ExperimentError
from playground.reading.messages import Message, parts_of
from playground.reading.readers import reader

@reader("test_echo")
def echo(options, body):
    return Message({"options": options, "pid": os.getpid()}, body[::-1], {"twice": 2 * np.frombuffer(body, np.uint8)})

@reader("test_fault")
def fault(options, body):
    raise ExperimentError.at("data.file", "upload_empty")

@reader("test_error")
def error(options, body):
    raise KeyError("strange")

@reader("test_death")
def death(options, body):
    os.kill(os.getpid(), 11)

@reader("test_hang")
def hang(options, body):
    while True:
        pass

@reader("test_memory")
def memory(options, body):
    return Message(len(np.ones(2**32, np.uint8)))

@reader("test_flood")
def flood(options, body):
    return Message(None, bytes(2**26))

@reader("test_print")
def chatter(options, body):
    print("a library prints")
    sys.stdout.flush()
    return Message("quiet")

def is_pipe(name):
    try:
        return os.readlink(f"/proc/self/fd/{name}").startswith("pipe:")
    except OSError:
        return False

def write_answer(data):
    """Past the worker, straight to the server: what a process can do that a hostile file has taken over."""
    os.write(max(int(name) for name in os.listdir("/proc/self/fd") if is_pipe(name)), data)

def message(value):
    return b"".join(parts_of(Message(value)))

@reader("test_garbage")
def garbage(options, body):
    write_answer(b"no message of ours" * 1000)

@reader("test_brackets")
def brackets(options, body):
    text = b"[" * 100_000
    write_answer(len(text).to_bytes(4, "little") + bytes(4) + text)

@reader("test_claim")
def claim(options, body):
    write_answer(bytes(4) + b"\xff" * 4)

@reader("test_list")
def no_object(options, body):
    write_answer(message([1, 2]))

@reader("test_strange_fault")
def strange_fault(options, body):
    write_answer(message({"faults": [{"place": "", "code": "no such code", "values": {}}]}))

@reader("test_more")
def more(options, body):
    """An answer, and behind it one to the next question, whoever asks it."""
    write_answer(message({"answer": "mine"}) + message({"answer": "foreign"}))
    time.sleep(1000)

@reader("test_endless")
def endless(options, body):
    while True:
        write_answer(message({"answer": "again"}) * 1000)

@reader("test_disk")
def disk(options, body):
    """Ten gigabytes into the temporary folder."""
    import tempfile
    with tempfile.TemporaryFile() as file:
        for _ in range(10_000):
            file.write(bytes(2**20))

@reader("test_grow")
def grow(options, body):
    global HELD
    HELD = np.ones(options["bytes"], np.uint8)
    return Message(os.getpid())

@reader("test_wait")
def wait(options, body):
    """Until there is a file of that name."""
    while not os.path.exists(options["file"]):
        time.sleep(0.01)
    return Message("done")

@reader("test_torch")
def has_torch(options, body):
    return Message("torch" in sys.modules)
'''


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    (tmp_path / "test_readers.py").write_text(READERS)
    # Beside what is there: the packages themselves may be found through this variable.
    paths = [str(tmp_path), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in paths if path))
    monkeypatch.setenv("PLAYGROUND_READER_MODULES", "test_readers")
    pool = Pool(2, memory_bytes=200 * 2**20, most_bytes=2**24)
    yield pool
    pool.close()


def code_of(pool: Pool, name: str, limit_s: float | None = None, **options: Any) -> str:
    with pytest.raises(ExperimentError) as caught:
        pool.call(name, options, b"bytes", limit_s=limit_s)
    return caught.value.faults[0].code


def test_a_reader_answers_with_values_bytes_and_arrays(pool: Pool) -> None:
    answer = pool.call("test_echo", {"size": 3}, b"abc")
    assert answer.value["options"] == {"size": 3}
    assert answer.body == b"cba"
    assert answer.arrays["twice"].tolist() == [194, 196, 198]
    assert answer.value["pid"] != os.getpid()


def test_a_process_is_used_again_and_has_no_torch(pool: Pool) -> None:
    first = pool.call("test_echo", {}, b"a").value["pid"]
    assert pool.call("test_torch", {}, b"").value is False
    assert pool.call("test_echo", {}, b"b").value["pid"] == first


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows has no such order")
def test_a_process_gives_way_to_the_one_that_trains(pool: Pool) -> None:
    reader = pool.call("test_echo", {}).value["pid"]
    own = os.getpriority(os.PRIO_PROCESS, os.getpid())
    assert os.getpriority(os.PRIO_PROCESS, reader) == min(19, own + 5)


def test_a_fault_of_a_reader_arrives_as_it_was(pool: Pool) -> None:
    with pytest.raises(ExperimentError) as caught:
        pool.call("test_fault", {}, b"")
    assert (caught.value.faults[0].place, caught.value.faults[0].code) == (
        "data.file",
        "upload_empty",
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("test_error", "reader_failed"),
        ("test_death", "reader_failed"),
        ("test_memory", "reader_memory"),
        ("test_flood", "reader_failed"),
        pytest.param("test_garbage", "reader_failed", marks=pytest.mark.long),
        ("test_brackets", "reader_failed"),
        pytest.param("test_claim", "reader_failed", marks=pytest.mark.long),
        pytest.param("test_list", "reader_failed", marks=pytest.mark.long),
        pytest.param("test_strange_fault", "reader_failed", marks=pytest.mark.long),
        pytest.param("test_disk", "reader_failed", marks=pytest.mark.long),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_the_next_file_is_read(
    pool: Pool, name: str, code: str
) -> None:
    assert code_of(pool, name) == code
    assert pool.call("test_echo", {}, b"abc").body == b"cba"


def test_a_reader_that_never_ends_is_ended(pool: Pool) -> None:
    pool.warm()
    assert code_of(pool, "test_hang", limit_s=0.3) == "reader_slow"
    assert pool.call("test_echo", {}, b"abc").body == b"cba"


def test_an_answer_to_a_question_that_nobody_asked_is_never_read(pool: Pool) -> None:
    assert pool.call("test_more", {}).value == "mine"
    assert pool.call("test_echo", {}, b"abc").body == b"cba"
    assert pool.call("test_endless", {}).value == "again"
    assert pool.call("test_echo", {}, b"abc").body == b"cba"


def test_a_process_that_was_killed_while_it_was_idle_costs_no_file(pool: Pool) -> None:
    pid = pool.call("test_echo", {}, b"").value["pid"]
    os.kill(pid, signal.SIGKILL)
    until(lambda: not pool._idle[0].is_sound)
    answer = pool.call("test_echo", {}, b"abc")
    assert answer.body == b"cba" and answer.value["pid"] != pid


def test_a_process_that_has_grown_gives_its_memory_back(pool: Pool) -> None:
    small = pool.call("test_grow", {"bytes": 2**20}).value
    large = pool.call("test_grow", {"bytes": 160 * 2**20}).value
    assert small == large
    assert pool.call("test_echo", {}, b"").value["pid"] != large
    with pytest.raises(ProcessLookupError):
        os.kill(large, 0)


def test_where_no_process_can_be_started_there_is_a_sentence() -> None:
    def no_room(memory_bytes: int) -> ReaderProcess:
        raise BlockingIOError("no more processes")

    assert code_of(Pool(1, start=no_room), "test_echo") == "readers_busy"


def test_a_reader_starts_whatever_folder_the_server_was_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('this is not the json that is meant')")
    monkeypatch.chdir(tmp_path)
    process = ReaderProcess(200 * 2**20)
    assert process.is_sound
    process.end()


def test_closing_ends_what_is_being_read(pool: Pool, tmp_path: Path) -> None:
    codes: list[str] = []
    file = str(tmp_path / "never")
    thread = threading.Thread(target=lambda: codes.append(code_of(pool, "test_wait", file=file)))
    thread.start()
    until(lambda: bool(pool._at_work))
    pool.close()
    thread.join(10)
    assert codes == ["reader_failed"]
    assert code_of(pool, "test_echo") == "readers_busy"


def test_a_reader_without_a_server_ends_by_itself() -> None:
    """A decoder that hangs does not see that its pipe is closed: the system ends it."""
    program = """
import time
from playground.reading import worker
worker._end_after(0.2)
while True:
    time.sleep(1)
"""
    done = subprocess.run([sys.executable, "-c", program], timeout=60)
    assert done.returncode == -signal.SIGALRM


def test_a_slow_file_of_one_client_leaves_a_place_to_others(pool: Pool, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    slow = [start(pool, "test_wait", ("1.1.1.1", "a"), file=str(gate)) for _ in range(3)]
    until(lambda: len(pool._line) == 2)
    assert pool.call("test_echo", {}, b"abc", client=("1.1.1.1", "b")).body == b"cba"
    gate.touch()
    for thread in slow:
        thread.join(30)
    assert len(pool._line) == 0


def test_a_client_that_has_enough_in_the_line_is_told_to_come_again(
    pool: Pool, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    busy = ("1.1.1.1", "a")
    slow = [start(pool, "test_wait", busy, file=str(gate)) for _ in range(7)]
    until(lambda: len(pool._line) == 6)
    with pytest.raises(ExperimentError) as caught:
        pool.call("test_echo", {}, b"", client=busy)
    assert caught.value.faults[0].code == "readers_busy"
    gate.touch()
    for thread in slow:
        thread.join(30)


def start(pool: Pool, name: str, client: tuple[str, str], **options: Any) -> threading.Thread:
    thread = threading.Thread(target=lambda: pool.call(name, options, client=client))
    thread.start()
    return thread


def test_what_a_library_prints_does_not_get_between_the_answers(pool: Pool) -> None:
    assert pool.call("test_print", {}, b"").value == "quiet"
    assert pool.call("test_echo", {}, b"ab").body == b"ba"


def test_calls_side_by_side_get_their_own_answers(pool: Pool) -> None:
    answers: dict[int, bytes] = {}

    def ask(number: int) -> None:
        answers[number] = pool.call("test_echo", {}, str(number).encode()).body

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(10, 22)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: str(number).encode()[::-1] for number in range(10, 22)}


def test_a_message_is_the_same_after_the_journey() -> None:
    array = np.arange(6, dtype=np.float32).reshape(2, 3)
    message = Message({"a": [1, None]}, b"xy", {"m": array})
    data = memoryview(b"".join(parts_of(message)))

    def read(n: int) -> bytes:
        nonlocal data
        part, data = bytes(data[:n]), data[n:]
        return part

    message = received(read, 10_000)
    assert not data
    assert message.value == {"a": [1, None]} and message.body == b"xy"
    assert np.array_equal(message.arrays["m"], array) and message.arrays["m"].dtype == np.float32


@pytest.mark.parametrize("dtype", ["object", "datetime64[s]"])
def test_no_array_of_another_dtype_comes_back(dtype: str) -> None:
    head = b'{"value": 1, "body": 0, "arrays": [{"name": "a", "dtype": "%s", "shape": [1]}]}'
    head = head.replace(b"%s", dtype.encode())
    data = memoryview(len(head).to_bytes(4, "little") + (8).to_bytes(4, "little") + head + bytes(8))

    def read(n: int) -> bytes:
        nonlocal data
        part, data = bytes(data[:n]), data[n:]
        return part

    with pytest.raises(BadMessage):
        received(read, 10_000)


def test_the_package_is_imported_without_torch() -> None:
    code = "import sys, playground; assert 'torch' not in sys.modules; playground.Experiment; playground.presets()"
    subprocess.run([sys.executable, "-c", code], check=True)
