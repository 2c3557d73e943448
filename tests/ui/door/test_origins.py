"""Whose page a request comes from, by what browsers say of it."""

import pytest
from starlette.datastructures import Headers

from playground.ui.door.origins import is_foreign

HOST = {"host": "play.example:7860"}


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
def test_a_browser_that_names_another_site_is_believed(site: str) -> None:
    # Another port of the same machine is the same site, and still somebody else's page.
    assert is_foreign(Headers({**HOST, "sec-fetch-site": site}))


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_page_and_a_person_are_not_foreign(site: str) -> None:
    elsewhere = {"origin": "https://elsewhere.example"}  # behind a proxy that changes the host
    assert not is_foreign(Headers({**HOST, **elsewhere, "sec-fetch-site": site}))


@pytest.mark.parametrize(
    ("origin", "foreign"),
    [
        ("http://play.example:7860", False),
        ("https://PLAY.example:7860", False),
        ("http://play.example", True),
        ("http://play.example:7861", True),
        ("https://play.example.evil.example:7860", True),
        ("null", True),
        ("http://[", True),
        ("", True),
    ],
)
def test_an_older_browser_names_the_origin_which_must_be_the_host(
    origin: str, foreign: bool
) -> None:
    assert is_foreign(Headers({**HOST, "origin": origin})) is foreign


def test_the_host_that_a_proxy_was_asked_for_counts_too() -> None:
    asked = {"host": "127.0.0.1:7860", "x-forwarded-host": "inner.example, play.example"}
    assert not is_foreign(Headers({**asked, "origin": "https://play.example"}))
    assert is_foreign(Headers({**asked, "origin": "https://evil.example"}))


def test_a_proxy_may_leave_the_port_out_of_the_host() -> None:
    asked = Headers({"host": "play.example", "origin": "http://play.example:8080"})
    assert not is_foreign(asked)
    assert is_foreign(Headers({"host": "play.example", "origin": "http://evil.example:8080"}))


def test_what_is_no_browser_says_nothing_and_may_come_in() -> None:
    assert not is_foreign(Headers(HOST))


def test_no_origin_fits_a_request_without_a_host() -> None:
    assert is_foreign(Headers({"origin": "null"}))
