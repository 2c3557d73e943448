"""More than one new connection is taken in a round of the event loop."""

import socket
import threading
from http.client import HTTPConnection

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.ui.door.listening import LISTENERS, listen_more

PATIENCE_S = 20.0


async def hello(request: Request) -> Response:
    return JSONResponse("hello")


class Server(uvicorn.Server):
    """Tells when it listens."""

    def __init__(self, loop: str):
        app = Starlette(routes=[Route("/", hello)])
        options = {"log_level": "critical", "lifespan": "off", "port": 0}
        super().__init__(uvicorn.Config(app, loop=loop, **options))  # type: ignore[arg-type]
        self.listens = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()


@pytest.mark.parametrize(("loop", "n_listeners"), [("uvloop", LISTENERS), ("asyncio", 1)])
def test_uvloop_listens_several_times_on_the_same_socket(loop: str, n_listeners: int) -> None:
    if loop == "uvloop":
        pytest.importorskip("uvloop")
    server = Server(loop)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert server.listens.wait(PATIENCE_S)
        address = server.servers[0].sockets[0].getsockname()
        listen_more(server)
        assert len(server.servers) == n_listeners
        assert {each.sockets[0].getsockname() for each in server.servers} == {address}
        connections = [HTTPConnection(*address, timeout=PATIENCE_S) for _ in range(50)]
        for connection in connections:
            connection.connect()
        for connection in connections:
            connection.request("GET", "/")
            assert connection.getresponse().read() == b'"hello"'
            connection.close()
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
    assert not thread.is_alive()
    with pytest.raises(ConnectionRefusedError):  # no listener is left
        socket.create_connection(address, PATIENCE_S)
