"""What each answer tells the browser to keep to."""

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # a link to a run is not told to other sites
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
}
# For all that is no page: whatever a browser takes it for, nothing in it runs or loads anything.
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"
# Gradio's page for a public link (--share) takes its own scripts from here.
GRADIO_CDN = "https://gradio.s3-us-west-2.amazonaws.com"


def page_policy(nonce: str, frame_ancestors: str, is_shared: bool) -> str:
    """What the page may load and run: its own files. In: `nonce` marks the scripts inside its HTML.

    'unsafe-eval': Gradio's HTML component makes functions of its templates. 'unsafe-inline' for styles only: Gradio and
    Plotly set them on elements.
    """
    cdn = f" {GRADIO_CDN}" if is_shared else ""
    rules = (
        "default-src 'none'",
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'{cdn}",
        f"style-src 'self' 'unsafe-inline'{cdn}",
        f"img-src 'self' data: blob:{cdn}",
        f"font-src 'self' data:{cdn}",
        f"connect-src 'self'{cdn}",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        f"frame-ancestors {frame_ancestors}",
    )
    return "; ".join(rules)


def with_headers(send: Send) -> Send:
    """The same, with these headers on each answer, and no allowance for pages of other origins."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            _complete(MutableHeaders(scope=message))
        await send(message)

    return send_with_headers


def _complete(headers: MutableHeaders) -> None:
    for name in list(headers):
        if name.startswith("access-control-"):
            del headers[name]
    headers.update(COMMON)
    headers.setdefault("content-security-policy", NO_PAGE)
