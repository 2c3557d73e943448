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
    ours = {host.strip().lower() for host in hosts if host.strip()}
    return ours.isdisjoint(_names(origin))


def _names(origin: str) -> set[str]:
    """ "https://a.example:8000" -> "a.example:8000" and "a.example", since many proxies leave the port out of the host.

    Nothing for what is no origin, such as "null".
    """
    try:
        parts = urlsplit(origin)
    except ValueError:
        return set()
    names = {parts.netloc.lower(), parts.hostname or ""}
    return names - {""}
