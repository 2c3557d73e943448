"""Whether a request was made by a page of somebody else's."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

OUR_OWN = frozenset({"same-origin", "none"})  # "none": a person typed the address


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that another origin's page asks. What is no browser says nothing, and is not foreign.

    X-Forwarded-Host may be believed from anybody: a foreign page cannot send it unless we allow that, and we never do.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in OUR_OWN
    origin = headers.get("origin")
    if origin is None:
        return False
    hosts = [headers.get("host", ""), *headers.get("x-forwarded-host", "").split(",")]
    return _host(origin) not in {host.strip().lower() for host in hosts if host.strip()}


def _host(origin: str) -> str:
    """ "https://a.example:8000" -> "a.example:8000"; "" for what is no origin, such as "null"."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
