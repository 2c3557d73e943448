"""Gradio makes its page and its configuration again for everybody, though they differ only by the address in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import Scope

PATHS = ("/", "/config")
# Headers from which Gradio works out the address. Source: gradio.route_utils.get_request_origin
OF_ADDRESS = ("host", "x-forwarded-host", "x-forwarded-proto", "x-gradio-server")
# With these in the query, Gradio makes something else of it.
MAKES_OTHERS = frozenset({"deep_link", "page", "all_endpoints"})
MOST_KEPT = 32  # addresses: everybody may send any `host`
MOST_FIELDS = 50

Key = tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """An answer as Gradio made it: the message that begins it, and the whole body."""

    start: Mapping[str, Any]
    body: bytes


class KeptPages:
    """What was made for each address; used on the event loop only."""

    def __init__(self) -> None:
        self._made: dict[Key, Made] = {}

    def get(self, key: Key | None) -> Made | None:
        """What was made before for the same address."""
        return None if key is None else self._made.get(key)

    def keep(self, key: Key | None, made: Made) -> None:
        """Keeps what was made, if that may be done and it went well."""
        if key is None or made.start["status"] != 200:
            return
        if len(self._made) >= MOST_KEPT:
            self._made.clear()
        self._made[key] = made


def key_of(scope: Scope) -> Key | None:
    """All that the answer to a request hangs on; None where it is none of those that are kept."""
    if scope["method"] != "GET" or scope["path"] not in PATHS or _makes_another(scope):
        return None
    headers = Headers(scope=scope)
    address = [headers.get(name, "") for name in OF_ADDRESS]
    return (scope["path"], scope["scheme"], scope.get("root_path", ""), *address)


def _makes_another(scope: Scope) -> bool:
    query = scope["query_string"].decode("latin-1")
    try:
        names = parse_qs(query, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # more fields than any link of ours
        return True
    return not MAKES_OTHERS.isdisjoint(names)
