"""Files are read in processes of their own: what goes wrong there costs its own request, and nobody else anything."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from playground.faults import ExperimentError
from playground.reading.messages import BadMessage, Message, packed, received
from playground.reading.pool import Pool

READERS = '''
"""Readers of the tests: what a hostile file may make a decoder do."""
import os, sys, time
import numpy as np
from playground.faults import ExperimentError
from playground.reading.messages import Message
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

@reader("test_torch")
def has_torch(options, body):
    return Message("torch" in sys.modules)
'''


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    (tmp_path / "test_readers.py").write_text(READERS)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.getcwd()}")
    monkeypatch.setenv("PLAYGROUND_READERS", "test_readers")
    pool = Pool(2, memory_bytes=200 * 2**20, most_bytes=2**24)
    yield pool
    pool.close()


def code_of(pool: Pool, name: str, **limits: float) -> str:
    with pytest.raises(ExperimentError) as caught:
        pool.call(name, {}, b"bytes", **limits)
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
    data = memoryview(packed(Message({"a": [1, None]}, b"xy", {"m": array})))

    def read(n: int) -> bytes:
        nonlocal data
        part, data = bytes(data[:n]), data[n:]
        return part

    message = received(read, 10_000)
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
