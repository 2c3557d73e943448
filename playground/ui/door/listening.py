"""How many new connections the event loop takes at a time."""

import asyncio
import os
import socket
from typing import Any

LISTENERS = 8  # on the same socket
READY_S = 5.0


def listen_more(server: Any) -> None:
    """Opens more listeners on the sockets of a running uvicorn server, which closes them with its own.

    uvloop takes one new connection from each listener in a round of the loop, in the order in which they came: behind a
    flood an honest one would wait for as many rounds. asyncio's own loop takes all that wait.
    """
    for listening in list(server.servers):
        loop = listening.get_loop()
        if not isinstance(loop, asyncio.BaseEventLoop):
            opening = _open(server, listening)
            asyncio.run_coroutine_threadsafe(opening, loop).result(READY_S)


async def _open(server: Any, listening: Any) -> None:
    def protocol() -> asyncio.Protocol:
        made: asyncio.Protocol = server.config.http_protocol_class(
            config=server.config,
            server_state=server.server_state,
            app_state=server.lifespan.state,
        )
        return made

    loop = asyncio.get_running_loop()
    for opened in listening.sockets:
        for _ in range(LISTENERS - 1):
            again = socket.socket(fileno=os.dup(opened.fileno()))
            backlog = server.config.backlog
            server.servers.append(await loop.create_server(protocol, sock=again, backlog=backlog))
