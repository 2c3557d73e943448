"""Whom a request is counted for: its token, and the address that no sender can make up."""

import pytest
from starlette.requests import HTTPConnection

from playground.engine.clients import OWNER, Client
from playground.ui.handlers.clients import UNKNOWN, client_of

TOKEN = "abcdefgh12345678"


def connection(
    peer: str | None = "203.0.113.7",
    forwarded: tuple[str, ...] = (),
    token: str = "",
    query: str = "",
) -> HTTPConnection:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    if token:
        headers.append((b"x-client", token.encode()))
    client = None if peer is None else (peer, 40_000)
    scope = {"type": "http", "headers": headers, "client": client, "query_string": query.encode()}
    return HTTPConnection(scope)


def test_the_token_comes_as_a_header_or_as_a_query() -> None:
    assert client_of(connection(token=TOKEN), 0) == Client(TOKEN, "203.0.113.7")
    assert client_of(connection(query=f"client={TOKEN}"), 0) == Client(TOKEN, "203.0.113.7")


@pytest.mark.parametrize("token", ["short", "x" * 65, "with a blank here", "<script>abcdefgh"])
def test_what_is_no_token_counts_as_none(token: str) -> None:
    assert client_of(connection(token=token), 0).token == ""


def test_a_forwarded_address_is_believed_only_behind_a_proxy() -> None:
    sent = connection(peer="10.0.0.2", forwarded=("198.51.100.1",))
    assert client_of(sent, 0).address == "10.0.0.2"
    assert client_of(sent, 1).address == "198.51.100.1"


def test_what_the_sender_wrote_into_the_list_himself_is_not_believed() -> None:
    sent = connection(peer="10.0.0.2", forwarded=("1.1.1.1, 2.2.2.2", "198.51.100.1, 10.9.9.9"))
    assert client_of(sent, 1).address == "10.9.9.9"
    assert client_of(sent, 2).address == "198.51.100.1"


def test_fewer_addresses_than_proxies_means_that_the_sender_is_nearer() -> None:
    assert client_of(connection(peer="10.0.0.2"), 1).address == "10.0.0.2"
    assert client_of(connection(peer="10.0.0.2", forwarded=("1.1.1.1",)), 2).address == "10.0.0.2"


def test_all_addresses_of_a_household_are_one() -> None:
    one = client_of(connection(peer="2001:db8:1:2:3::4"), 0).address
    other = client_of(connection(peer="2001:db8:1:2:ffff::1"), 0).address
    assert one == other == "2001:db8:1:2::/64"
    assert client_of(connection(peer="::ffff:203.0.113.7"), 0).address == "203.0.113.7"


@pytest.mark.parametrize("peer", [None, "not an address", "testclient"])
def test_what_is_no_address_is_unknown_and_never_the_owner(peer: str | None) -> None:
    client = client_of(connection(peer=peer), 0)
    assert client == Client("", UNKNOWN)
    assert not client.is_owner
    assert OWNER.is_owner
