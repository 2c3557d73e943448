"""Bodies before and while they are read; nothing waits longer than it must."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import Message

from playground.engine.clients import Client
from playground.faults import ExperimentError
from playground.ui.door import bodies
from playground.ui.door.addresses import CONTROL_BYTES, NOTHING, Limit
from playground.ui.door.bodies import (
    HOLD_BACK_BYTES,
    HOLD_BACK_S,
    Pace,
    declared_length,
    hold_back_s,
    read_whole,
)
from playground.ui.door.receiving import Receiving
from tests.event_loop import finished

JSON = Limit(100, "too_many_bytes")
FILE = Limit(CONTROL_BYTES + 1, "upload_too_large")
AT_EASE = Pace(window_s=60, window_bytes=0)
AT_ONCE = Pace(window_s=0.01, window_bytes=10)


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(ExperimentError) as caught:
        call()
    return caught.value.faults[0].code


@pytest.mark.parametrize(
    ("headers", "limit", "code"),
    [
        ({"content-length": "101"}, JSON, "too_many_bytes"),
        ({"content-length": "9" * 5000}, JSON, "too_many_bytes"),
        ({"content-length": str(FILE.size + 1)}, FILE, "upload_too_large"),
        ({"content-length": "-1"}, JSON, "bad_length"),
        ({"content-length": "+1"}, JSON, "bad_length"),
        ({"content-length": "1e1"}, JSON, "bad_length"),
        ({"content-length": "²"}, JSON, "bad_length"),
        ({"content-length": ""}, JSON, "bad_length"),
        ({"content-length": "5", "transfer-encoding": "chunked"}, JSON, "bad_length"),
        ({"content-length": "1"}, NOTHING, "no_body_here"),
        ({"transfer-encoding": "chunked"}, NOTHING, "no_body_here"),
        ({"content-length": "5", "content-encoding": "gzip"}, JSON, "body_packed"),
    ],
)
def test_a_body_that_is_not_fit_is_refused_before_any_of_it_is_read(
    headers: dict[str, str], limit: Limit, code: str
) -> None:
    assert code_of(lambda: declared_length(Headers(headers), limit)) == code


def test_two_lengths_are_none() -> None:
    raw = [(b"content-length", b"5"), (b"content-length", b"6")]
    assert code_of(lambda: declared_length(Headers(raw=raw), JSON)) == "bad_length"
    assert declared_length(Headers(raw=[raw[0], raw[0]]), JSON) == 5


@pytest.mark.parametrize(
    ("headers", "length"),
    [
        ({}, 0),
        ({"content-length": "100"}, 100),
        ({"content-length": "7", "content-encoding": "identity"}, 7),
        ({"transfer-encoding": "chunked"}, 0),
    ],
)
def test_the_length_that_a_request_names_is_taken(headers: dict[str, str], length: int) -> None:
    assert declared_length(Headers(headers), JSON) == length


class Sender:
    """Sends these parts, and then nothing any more."""

    def __init__(self, parts: Iterable[bytes], ends: bool = True):
        self._messages: list[Message] = [
            {"type": "http.request", "body": part, "more_body": True} for part in parts
        ]
        if ends:
            self._messages[-1]["more_body"] = False
        self.asked = 0

    async def receive(self) -> Message:
        self.asked += 1
        if not self._messages:
            await asyncio.Event().wait()
        return self._messages.pop(0)


def read(sender: Sender, limit: Limit = JSON, pace: Pace = AT_EASE, most: int = 10**9) -> bytes:
    receiving = Receiving(most, most)
    with receiving.body(Client("token", "address")) as body:
        return finished(read_whole(sender.receive, limit, pace, body))


def test_a_file_comes_in_slowly_while_the_loop_has_too_much_to_do_and_json_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []
    really = asyncio.sleep

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await really(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)

    def read_beside(limit: Limit, part: int, is_overloaded: bool) -> int:
        pauses.clear()
        receive = Sender([bytes(part)] * 7).receive
        with Receiving(10**9, 10**9).body(Client()) as body:
            finished(read_whole(receive, limit, AT_EASE, body, lambda: is_overloaded))
        return pauses.count(HOLD_BACK_S)

    file, half = replace(FILE, size=10**9), HOLD_BACK_BYTES // 2
    assert read_beside(file, half, is_overloaded=True) == 3  # after every second part
    assert read_beside(file, half, is_overloaded=False) == 0
    monkeypatch.setattr(bodies, "HOLD_BACK_BYTES", 2)
    assert read_beside(JSON, 1, is_overloaded=True) == 0
    assert read_beside(FILE, 1, is_overloaded=True) == 3


@pytest.mark.parametrize(("n_files", "seconds"), [(1, 0.2), (4, 0.2), (8, 0.4), (60, 3.0)])
def test_the_files_of_an_address_have_one_pace_together(n_files: int, seconds: float) -> None:
    assert hold_back_s(n_files) == pytest.approx(seconds)


def test_the_parts_of_a_body_are_put_together() -> None:
    assert read(Sender([b"ab", b"", b"c"])) == b"abc"
    assert read(Sender([bytes(100)])) == bytes(100)
    large = bytes(range(256)) * 64  # as large as a part that is kept as it is
    parts = [b"a", large, b"", b"b", b"c", large, large, b"d"]
    assert read(Sender(parts), FILE) == b"".join(parts)


def test_endless_chunks_end_at_the_limit() -> None:
    sender = Sender([bytes(30)] * 1000, ends=False)
    assert code_of(lambda: read(sender)) == "too_many_bytes"
    assert sender.asked == 4


def test_a_body_of_json_must_end_within_one_window() -> None:
    assert code_of(lambda: read(Sender([bytes(50)], ends=False), pace=AT_ONCE)) == "body_slow"


def test_a_file_has_another_window_whenever_enough_of_it_came() -> None:
    assert code_of(lambda: read(Sender([bytes(9)], ends=False), FILE, AT_ONCE)) == "body_slow"
    assert read(Sender([bytes(10)] * 500), FILE, AT_ONCE) == bytes(5000)


def test_a_client_that_goes_is_no_fault() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    with Receiving(9, 9).body(Client()) as body, pytest.raises(ClientDisconnect):
        finished(read_whole(gone, JSON, AT_EASE, body))


def test_a_file_is_counted_while_it_arrives_and_json_is_not() -> None:
    assert code_of(lambda: read(Sender([bytes(60)] * 2), FILE, most=100)) == "too_many_bodies"
    assert read(Sender([bytes(50)] * 2), JSON, most=10) == bytes(100)
