"""Which client a request comes from."""

import re
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.requests import HTTPConnection

from ...engine.clients import Client

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
CLIENT = "playground.client"  # under which the door leaves what it found in a request's scope
UNKNOWN = "unknown"  # a socket without an address
HOME_BITS = 64  # of an IPv6 address: what one household or one server is given


def client_of(connection: HTTPConnection, proxies: int) -> Client:
    """In: `proxies` that stand in front of this server; each appends the address from which it was called.

    The page sends its token as a header; an event stream can only send a query.
    """
    token = connection.headers.get("x-client") or connection.query_params.get("client", "")
    if not TOKEN.fullmatch(token):
        token = ""
    return Client(token, _address(connection, proxies))


def _address(connection: HTTPConnection, proxies: int) -> str:
    """What stands further left in X-Forwarded-For was written by the sender, who may write anything."""
    peer = connection.client.host if connection.client else UNKNOWN
    if proxies == 0:
        return _household(peer)
    lists = connection.headers.getlist("x-forwarded-for")
    addresses = ",".join(lists).split(",") if lists else []
    if len(addresses) < proxies:
        return _household(peer)
    return _household(addresses[-proxies].strip())


@lru_cache(4_096)
def _household(address: str) -> str:
    """An address of version 4 as it is, of version 6 its network: one sender has 2^64 addresses there."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((parsed, HOME_BITS), strict=False))
