"""Real sockets: clients that are slow, that say too much, that never read, and too many of them."""

import asyncio
import itertools
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from playground.engine.counters import COUNTERS
from playground.settings import Settings
from playground.ui.door.addresses import NOTHING, Limit, LimitedRoute, open_addresses
from playground.ui.door.door import Door
from playground.ui.door.installing import guard_connections
from playground.ui.door.protocol import (
    HEAD_BYTES,
    MOST_HEADERS,
    MOST_PATH_BYTES,
    MOST_PIPELINED,
)
from playground.ui.shares.loop_rest import LoopRest

PATIENCE_S = 60
SOON_S = 0.05  # a limit that a test waits for
GET = b"GET /hello HTTP/1.1\r\nhost: test\r\n\r\n"
POST = b"POST /size HTTP/1.1\r\nhost: test\r\ncontent-length: %d\r\n\r\n"
LONGEST = 2**21


async def hello(request: Request) -> Response:
    return JSONResponse("hello")


async def size(request: Request) -> Response:
    return JSONResponse(len(await request.body()))


async def endless(request: Request) -> Response:
    async def parts() -> Any:
        while True:
            yield bytes(2**16)
            await asyncio.sleep(
                0
            )  # to a client that has gone, sending takes no time and lets nobody else run

    return StreamingResponse(parts())


HELD = threading.Event()
GO_ON = threading.Event()


async def hold(request: Request) -> Response:
    HELD.set()
    assert GO_ON.wait(PATIENCE_S)
    return JSONResponse("hello")


ROUTES = [
    LimitedRoute("/hold", hold, ["GET"], NOTHING),
    LimitedRoute("/hello", hello, ["GET"], NOTHING),
    LimitedRoute("/endless", endless, ["GET"], NOTHING),
    LimitedRoute("/size", size, ["POST"], Limit(LONGEST, "upload_too_large")),
    LimitedRoute("/json", size, ["POST"], Limit(1000, "too_many_bytes")),
]


@contextmanager
def served(rest: LoopRest | None = None, **settings: Any) -> Iterator[Callable[[], socket.socket]]:
    """A server with these limits. Out: what opens a connection to it."""
    limits = Settings(**settings)
    app = Door(Starlette(routes=ROUTES), open_addresses(ROUTES), limits)
    # On a busy machine a test may take longer between two requests than uvicorn's 5 s.
    options = {"log_level": "critical", "lifespan": "off", "timeout_keep_alive": PATIENCE_S}
    server = uvicorn.Server(uvicorn.Config(app, **options))  # type: ignore[arg-type]
    server.config.load()
    guard_connections(server, limits, rest or LoopRest(lambda: False))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    opened: list[socket.socket] = []

    def connect() -> socket.socket:
        opened.append(socket.create_connection(listening.getsockname(), PATIENCE_S))
        return opened[-1]

    try:
        yield connect
    finally:
        for connection in opened:
            connection.close()
        server.should_exit = True
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def everything(connection: socket.socket) -> bytes:
    """All that the server sends until it closes."""
    parts = []
    try:
        while part := connection.recv(2**16):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def code_in(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)["error"]["code"]


def answered(connection: socket.socket, request: bytes = GET) -> bytes:
    """The answer to a small request, on a connection that stays open."""
    connection.sendall(request)
    answer = b""
    while not answer.endswith((b'"hello"', b"}")):
        part = connection.recv(2**16)
        assert part, "closed without an answer"
        answer += part
    return answer


def count_of(kind: str) -> int:
    return COUNTERS.view().get(f"refused.{kind}", 0)


def test_a_head_that_never_ends_is_given_up() -> None:
    before = count_of("head_slow")
    with served(max_header_s=SOON_S) as connect:
        connection = connect()
        connection.sendall(GET[:-3])
        assert everything(connection) == b""
    assert count_of("head_slow") == before + 1


def test_a_connection_on_which_nothing_is_said_is_closed_and_is_no_attack() -> None:
    before = count_of("head_slow")
    with served(max_header_s=SOON_S) as connect:
        assert everything(connect()) == b""
    assert count_of("head_slow") == before


def test_the_second_head_on_a_connection_has_to_end_too() -> None:
    with served(max_header_s=SOON_S) as connect:
        connection = connect()
        assert answered(connection).startswith(b"HTTP/1.1 200")
        connection.sendall(GET[:-3])
        assert everything(connection) == b""


@pytest.mark.parametrize("path", [b"/json", b"/size"])
def test_a_body_that_never_ends_is_told_so(path: bytes) -> None:
    with served(max_body_s=SOON_S) as connect:
        connection = connect()
        connection.sendall(POST.replace(b"/size", path) % 900 + bytes(10))
        assert code_in(everything(connection)) == (408, "body_slow")


def test_a_file_may_take_its_time_while_it_grows() -> None:
    with served(max_body_s=PATIENCE_S, min_upload_rate=1) as connect:
        connection = connect()
        connection.sendall(POST % 200_000)
        for _ in range(20):
            connection.sendall(bytes(10_000))
        assert connection.recv(2**16).startswith(b"HTTP/1.1 200")


def test_a_body_that_is_too_long_is_answered_before_it_is_sent() -> None:
    with served() as connect:
        connection = connect()
        connection.sendall(POST % (LONGEST + 1))
        answer = connection.recv(2**16)
        assert b"413" in answer and b"connection: close" in answer
        connection.sendall(
            bytes(1000)
        )  # a browser goes on for a moment, and must not be cut off before it reads
        connection.shutdown(socket.SHUT_WR)
        assert code_in(answer + everything(connection)) == (413, "upload_too_large")


@pytest.mark.parametrize("is_busy", [False, True])
def test_who_has_gone_is_not_heard_where_the_loop_is_busy(is_busy: bool) -> None:
    # Whenever the loop looks, a moment has passed, in which it says to have worked for ten seconds.
    moments, work = itertools.count(step=0.01), itertools.count(step=10.0)
    rest = LoopRest(
        lambda: False,
        clock=lambda: next(moments),
        worked=lambda: next(work) if is_busy else 0.0,
    )
    HELD.clear()
    GO_ON.clear()
    with served(rest) as connect:
        before = count_of("gone_before_heard")
        holding = connect()
        holding.sendall(GET.replace(b"/hello", b"/hold"))
        assert HELD.wait(PATIENCE_S)
        gone, patient = connect(), connect()
        gone.sendall(GET)
        gone.close()
        patient.sendall(GET)
        GO_ON.set()
        for connection in (holding, patient):
            assert answered(connection, b"").endswith(b'"hello"')
        assert count_of("gone_before_heard") == before + is_busy


def test_chunks_without_an_end_are_refused_at_the_limit() -> None:
    with served() as connect:
        connection = connect()
        connection.sendall(
            b"POST /json HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        connection.sendall(b"80\r\n" + bytes(128) + b"\r\n")
        for _ in range(8):
            connection.sendall(b"80\r\n" + bytes(128) + b"\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert code_in(everything(connection)) == (413, "too_many_bytes")


def test_a_head_that_is_too_long_is_told_so() -> None:
    before = count_of("head_long")
    with served() as connect:
        connection = connect()
        connection.sendall(GET[:-2] + b"cookie: " + b"a" * (2 * HEAD_BYTES))
        assert everything(connection).startswith(b"HTTP/1.1 431")
    assert count_of("head_long") == before + 1


@pytest.mark.parametrize(
    ("head", "status", "kind"),
    [
        (GET[:-2] + b"x: y\r\n" * MOST_HEADERS + b"\r\n", b"431", "head_long"),
        (GET[:-2] + b"x: y\r\n" * HEAD_BYTES + b"\r\n", b"431", "head_long"),
        (GET.replace(b" /", b" /" + b"%00" * MOST_PATH_BYTES, 1), b"414", "path_long"),
    ],
)
def test_a_head_with_too_much_in_it_is_refused_and_counted(
    head: bytes, status: bytes, kind: str
) -> None:
    before = count_of(kind)
    with served() as connect:
        connection = connect()
        connection.sendall(head)
        assert everything(connection).startswith(b"HTTP/1.1 " + status)
    assert count_of(kind) == before + 1


def test_a_link_may_be_long() -> None:
    with served() as connect:
        connection = connect()
        long = GET.replace(b" HTTP/1.1", b"?x=" + b"y" * 20_000 + b" HTTP/1.1", 1)
        connection.sendall(long.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"))
        assert everything(connection).startswith(b"HTTP/1.1 200")


# No part of a body, though it never ends: a chunk that tells more about itself, lines after the last chunk.
@pytest.mark.parametrize("begin", [b"1;", b"1\r\nx\r\n0\r\nmore: "])
def test_what_comes_around_a_body_has_an_end_too(begin: bytes) -> None:
    before = count_of("head_long")
    with served() as connect:
        connection = connect()
        head = b"POST /size HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n"
        connection.sendall(head + begin)
        try:
            for _ in range(64):
                connection.sendall(b"a" * HEAD_BYTES)
        except OSError:
            pass  # it was cut off meanwhile
        assert everything(connection) == b""
    assert count_of("head_long") == before + 1


def test_a_body_in_small_chunks_arrives() -> None:
    with served() as connect:
        connection = connect()
        head = b"POST /size HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n"
        connection.sendall(head + b"1\r\nx\r\n" * HEAD_BYTES + b"0\r\n\r\n")
        assert connection.recv(2**16).endswith(b"\r\n\r\n%d" % HEAD_BYTES)


def test_requests_sent_before_the_answers_are_answered_in_their_order() -> None:
    with served() as connect:
        connection = connect()
        many = [GET, POST % 3 + b"abc"] * (MOST_PIPELINED // 2)
        connection.sendall(
            b"".join(many) + GET.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
        )
        answers = everything(connection).split(b"HTTP/1.1 ")[1:]
    bodies = [answer.partition(b"\r\n\r\n")[2] for answer in answers]
    assert bodies == [b'"hello"', b"3"] * (MOST_PIPELINED // 2) + [b'"hello"']


def test_too_many_requests_before_the_answers_end_the_connection() -> None:
    before = count_of("too_many_pipelined")
    with served() as connect:
        connection = connect()
        connection.sendall(GET * 1_000)
        assert b"HTTP/1.1 400" in everything(connection)
    assert count_of("too_many_pipelined") == before + 1


@pytest.mark.parametrize(
    "lengths",
    [b"content-length: -1", b"content-length: 1\r\ncontent-length: 2", b"content-length: x"],
)
def test_a_wrong_length_is_refused(lengths: bytes) -> None:
    with served() as connect:
        connection = connect()
        connection.sendall(b"POST /json HTTP/1.1\r\nhost: test\r\n" + lengths + b"\r\n\r\n12")
        assert everything(connection).startswith(b"HTTP/1.1 400")


def test_who_never_reads_the_answer_is_cut_off() -> None:
    before = count_of("answer_unread")
    with served(max_unread_s=SOON_S) as connect:
        connection = connect()
        connection.sendall(b"GET /endless HTTP/1.1\r\nhost: test\r\n\r\n")
        # The server's own end comes first: nothing is read until it has been counted.
        while count_of("answer_unread") == before:
            answered(connect())
        assert everything(connection)


def test_a_newcomer_takes_the_place_of_who_says_nothing() -> None:
    with served(max_connections_of_address=3) as connect:
        silent = [connect() for _ in range(3)]
        for connection in silent[1:]:
            assert answered(connection)
        assert answered(connect()).startswith(b"HTTP/1.1 200")
        assert everything(silent[0]) == b""
        assert answered(silent[1])


def test_where_all_are_being_answered_a_newcomer_may_come_again_later() -> None:
    with served(max_connections_of_address=2) as connect:
        for _ in range(2):
            busy = connect()
            busy.sendall(b"GET /endless HTTP/1.1\r\nhost: test\r\n\r\n")
            assert busy.recv(10)
        answer = everything(connect())
        assert answer.startswith(b"HTTP/1.1 429") and b"retry-after: 5" in answer


def test_a_web_socket_is_not_opened() -> None:
    upgrade = b"connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
    key = b"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    with served() as connect:
        connection = connect()
        connection.sendall(b"GET /nowhere HTTP/1.1\r\nhost: test\r\n" + upgrade + key)
        assert connection.recv(2**16).startswith((b"HTTP/1.1 403", b"HTTP/1.1 404"))


def test_a_stream_of_nonsense_is_answered_once_and_closed() -> None:
    with served() as connect:
        connection = connect()
        connection.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
        assert everything(connection).startswith(b"HTTP/1.1 400")
