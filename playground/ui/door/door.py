"""The door: every request passes it before anything else of the app.

What it lets in to an address of ours is answered from here. The ten layers of Gradio's app, of which our answers need
none, took a tenth of the time that the event loop spends on a question.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...engine.clients import Client
from ...engine.counters import COUNTERS
from ...faults import ExperimentError
from ...settings import Settings
from ..handlers.clients import CLIENT, client_of
from ..page import STATIC
from ..shares.budget import Budget
from ..shares.loop_rest import LoopRest
from .addresses import READING, Address, Limit, address_of, path_of
from .bodies import Pace, declared_length, read_whole
from .headers import with_headers
from .origins import is_foreign
from .receiving import Body, Receiving
from .refusing import refuse

FILES = (f"/{STATIC}/", "/assets/", "/static/")  # ours, and Gradio's
FILE_COUNTS = 0.1  # of a request: a page that opens loads two hundred of them
LONGEST_RUSH_S = 0.7  # of one that comes too early: a stolen token makes its owner wait as well
LONGEST_WAIT_S = 2.0  # of a request, where the interpreter is used up by others


class Door:
    """Lets in what has an open address, comes from our own page or from no browser, and brings a body that is fit."""

    def __init__(
        self,
        app: ASGIApp,
        addresses: Sequence[Address],
        settings: Settings,
        budget: Budget | None = None,
        rest: LoopRest | None = None,
    ):
        self._rest = rest or LoopRest(lambda: False)
        self._budget = budget or Budget()
        self._app = app
        self._addresses = addresses
        self._proxies = settings.proxies
        self._pace = Pace.of(settings)
        self.receiving = Receiving(settings.max_receiving_bytes, settings.max_receiving_share)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._request(scope, receive, with_headers(send))
        elif scope["type"] == "websocket":
            COUNTERS.refused("web_socket")  # neither Gradio's page nor ours opens any
            await send({"type": "websocket.close"})
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HTTPConnection(scope)
        client = scope[CLIENT] = client_of(request, self._proxies)
        is_file = path_of(scope).startswith(FILES)
        await self._time_for(client, FILE_COUNTS if is_file else 1.0)
        with self.receiving.body(client) as body:
            try:
                address, parts = address_of(scope, self._addresses)
                limit = _limit(address, scope["method"], request.headers)
                arrived = await self._arrived(request.headers, receive, limit, body)
            except ClientDisconnect:
                return
            except ExperimentError as error:
                await refuse(error, request, receive, send)
                return
            if address.app is None:
                await self._app(_without_origin(scope), arrived, send)
            else:
                await address.app({**scope, "path_params": parts}, arrived, send)

    async def _time_for(self, client: Client, n_requests: float) -> None:
        """One that asks fast, or used much of late, waits a moment: refusals take time as well."""
        self._budget.spend_loop(client, n_requests)
        rush_s = self._budget.rush_s(client)
        if rush_s > 0 and self._rest.is_needed():
            # Here and not on its connection: as long as it waits for its answers, its next ones do not come.
            await asyncio.sleep(min(rush_s, LONGEST_RUSH_S))
        try:
            turn = self._budget.turn(client)
        except ExperimentError:  # what waits there already slows it down enough
            await asyncio.sleep(LONGEST_WAIT_S)
            return
        if turn is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(turn, LONGEST_WAIT_S)

    async def _arrived(
        self, headers: Headers, receive: Receive, limit: Limit, body: Body
    ) -> Receive:
        """What the app receives from: a body that is there. Raises: ExperimentError, ClientDisconnect."""
        declared = declared_length(headers, limit)
        if limit.size == 0:
            return receive
        if not limit.is_small:
            body.check(declared)
        data = await read_whole(receive, limit, self._pace, body, self._rest.is_needed)
        return _first(data, receive)


def _limit(address: Address, method: str, headers: Headers) -> Limit:
    """Of the body that this request may bring. Raises: ExperimentError where it may not be made at all."""
    if method not in READING and is_foreign(headers):
        raise ExperimentError.at("", "foreign_origin")
    return address.limit_of(method)


def _first(data: bytes, receive: Receive) -> Receive:
    """Gives the whole body at once, and then what else happens: that the client goes."""
    waiting = [data]

    async def receive_whole() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return receive_whole


def _without_origin(scope: Scope) -> Scope:
    """Where Gradio sees no origin, it allows none: it would let pages of most others in, with credentials."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    return {**scope, "headers": headers}
