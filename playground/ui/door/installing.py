"""How the door comes before an app that Gradio makes and serves."""

import logging
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette

from ...engine.counters import QUIET_S
from ...settings import Settings
from ..shares.budget import Budget
from ..shares.loop_rest import LoopRest
from .addresses import LimitedRoute, open_addresses
from .door import Door
from .protocol import guarded

MOST_THREADS = 4  # of Starlette
MOST_FILES = 65_536  # a machine may allow a billion, which some programs walk through one by one
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def door_before(
    routes: Sequence[LimitedRoute],
    settings: Settings,
    budget: Budget | None = None,
    rest: LoopRest | None = None,
) -> Lifespan:
    """For `launch(app_kwargs={"lifespan": …})`: the door stands before all else from the first request on.

    As an ordinary middleware it would stand behind Gradio's own, which answers pages of other origins by itself.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        assert app.middleware_stack is not None  # Starlette builds it before it runs this
        addresses = open_addresses(routes)
        # Gradio makes the page in such a thread: forty of them at once would push training aside.
        current_default_thread_limiter().total_tokens = MOST_THREADS
        app.middleware_stack = Door(app.middleware_stack, addresses, settings, budget, rest)
        yield

    return lifespan


def guard_connections(server: Any, settings: Settings, rest: LoopRest) -> None:
    """In: Gradio's running server. uvicorn asks its configuration for the protocol at each new connection."""
    server.config.http_protocol_class = guarded(settings, rest)


def prepare_process() -> None:
    """Before the server starts: files for many connections, addresses that nobody makes up, a log that stays short."""
    raise_file_limit()
    # uvicorn believes X-Forwarded-For of any program on this machine; here PLAYGROUND_PROXIES decides.
    os.environ["FORWARDED_ALLOW_IPS"] = ""
    logging.getLogger("uvicorn.error").addFilter(SeldomSaid())


def raise_file_limit() -> None:
    """To what the system allows this process: each connection is an open file."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class SeldomSaid(logging.Filter):
    """Lets the same warning through once a minute: anybody can send what is no HTTP, as often as they like."""

    def __init__(self) -> None:
        super().__init__()
        self._said_at: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Errors always pass."""
        if record.levelno >= logging.ERROR:
            return True
        text = str(
            record.msg
        )  # without its values: there are only as many as uvicorn has sentences
        last = self._said_at.get(text)
        if last is not None and record.created - last < QUIET_S:
            return False
        self._said_at[text] = record.created
        return True
