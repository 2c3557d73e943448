"""The addresses that are open, and how long a body each takes. There is nothing at any other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from re import Pattern

from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import Request
from starlette.routing import Route, compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from ...faults import ExperimentError
from ...settings import Settings
from ..handlers.requests import CONTROL_BYTES, Handler, json_bytes

READING = frozenset({"GET", "HEAD"})  # methods that change nothing
# What a page needs of Gradio's: its frame and the files of that. Nothing of ours is a Gradio event, so all that takes
# data there stays closed: the queue, direct calls, uploads, files and proxies by name, the description of its events.
GRADIO = (
    "/",
    "/assets/{path:path}",
    "/static/{path:path}",
    "/theme.css",
    "/config",  # what the page holds anyway; a host may ask for it to see whether the app is up
    "/favicon.ico",
    "/manifest.json",
    "/robots.txt",
    "/gradio_api/startup-events",  # Gradio calls it itself when it starts
)


@dataclass(frozen=True)
class Limit:
    """The longest body that an address takes, and the fault that names a longer one."""

    size: int
    code: str

    @property
    def is_small(self) -> bool:
        """Whether all of it is sent in one go, such as JSON."""
        return self.size <= CONTROL_BYTES


NOTHING = Limit(0, "no_body_here")


@dataclass(frozen=True)
class Limits:
    """The kinds of bodies that our routes take, by what the settings say of them."""

    json: Limit
    picture: Limit
    data: Limit
    weights: Limit
    checkpoint: Limit

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """As the host has set them."""
        return cls(
            json=Limit(json_bytes(settings), "too_many_bytes"),
            picture=Limit(settings.max_upload_bytes, "upload_too_large"),
            data=Limit(settings.max_data_bytes, "data_too_large"),
            weights=Limit(settings.max_weights_bytes, "upload_too_large"),
            checkpoint=Limit(settings.max_checkpoint_bytes, "upload_too_large"),
        )


@dataclass(frozen=True)
class Address:
    """A pattern of paths, what may be done there, and the body that it takes.

    `app` answers there; None where that is left to the app behind the door.
    """

    pattern: Pattern[str]
    methods: frozenset[str]
    limit: Limit
    app: ASGIApp | None = None

    @classmethod
    def at(cls, path: str, methods: Iterable[str] = READING, limit: Limit = NOTHING) -> "Address":
        """In: `path` with its parts in braces, as a route has it."""
        pattern, _, _ = compile_path(path)
        return cls(pattern, frozenset(methods), limit)

    def limit_of(self, method: str) -> Limit:
        """The longest body of a request by this method: one that only reads brings none."""
        return NOTHING if method in READING else self.limit


class LimitedRoute(Route):
    """A route of ours, with the longest body that it takes."""

    def __init__(self, path: str, endpoint: Handler, methods: list[str], limit: Limit):
        super().__init__(path, endpoint, methods=methods)
        self.limit = limit

    @property
    def address(self) -> Address:
        """As the door knows it."""
        app = None if self._names_a_file else ServerErrorMiddleware(partial(_answer, self.endpoint))
        return Address(self.path_regex, frozenset(self.methods or ()), self.limit, app)

    @property
    def _names_a_file(self) -> bool:
        """Whether its path ends in a file's name. Gradio packs an answer where it sees such an ending."""
        return self.path.endswith(("{name}", "{name:path}"))


async def _answer(endpoint: Handler, scope: Scope, receive: Receive, send: Send) -> None:
    response = await endpoint(Request(scope, receive))
    await response(scope, receive, send)


def open_addresses(routes: Iterable[LimitedRoute]) -> list[Address]:
    """All of ours, and those of Gradio's that are open, to read."""
    ours = [route.address for route in routes]
    return ours + [Address.at(path) for path in GRADIO]


def address_of(scope: Scope, addresses: Sequence[Address]) -> tuple[Address, dict[str, str]]:
    """The address, and the parts of the path that it names.

    Raises: ExperimentError where nothing is open to this method at this path.
    """
    path, method = path_of(scope), scope["method"]
    for address in addresses:
        found = address.pattern.match(path) if method in address.methods else None
        if found is not None:
            return address, found.groupdict()
    raise ExperimentError.at("", "no_such_address")


def path_of(scope: Scope) -> str:
    """The path below the place where the app is mounted."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "").rstrip("/")
    if root and path.startswith(f"{root}/"):
        return path.removeprefix(root)
    return path
