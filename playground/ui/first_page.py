"""What must stand in the page's own HTML. Gradio brings all the rest with scripts, which an old browser never runs."""

import asyncio
import json
import re
import secrets
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .door.headers import page_policy
from .kept_pages import KeptPages, Key, Made, key_of
from .page import address
from .words import table

SCRIPT = re.compile(rb"<script(?=[\s>])")
NONCE_BYTES = 16  # as many as the standard asks for. Source: Content Security Policy Level 3, 7.1


def middleware(frame_ancestors: str = "*", is_shared: bool = False) -> list[Middleware]:
    """For `launch(app_kwargs={"middleware": …})`. In: which sites may frame the page, whether it has a public link."""
    return [Middleware(FirstPage, frame_ancestors, is_shared)]


class FirstPage:
    """Puts a script and a sentence into the head of every page: for browsers without modules, or without scripts.

    And marks the scripts that stand in the page itself: its browser runs no others.
    """

    def __init__(self, app: ASGIApp, frame_ancestors: str, is_shared: bool):
        self._app = app
        self._tags = early_tags().encode()
        self._frame_ancestors = frame_ancestors
        self._is_shared = is_shared
        self._kept = KeptPages()
        self._making: dict[Key, asyncio.Event] = {}  # set when it has been made, well or not

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        key = key_of(scope)
        made = await self._made(key)
        if made is not None:
            await self._send(made, send)
        elif key is None:
            await self._make(None, scope, receive, send)
        else:
            done = self._making[key] = asyncio.Event()
            try:
                await self._make(key, scope, receive, send)
            finally:
                if self._making.get(key) is done:
                    self._let_go(key)

    async def _made(self, key: Key | None) -> Made | None:
        """What was made for the same address. Where it is being made, that is waited for: a class opens it at once."""
        made = self._kept.get(key)
        while made is None and key in self._making:
            await self._making[key].wait()
            made = self._kept.get(key)
        return made

    def _let_go(self, key: Key | None) -> None:
        """Those who wait look again."""
        done = self._making.pop(key, None) if key else None
        if done is not None:
            done.set()

    async def _make(self, key: Key | None, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets Gradio answer, and completes what is a page."""
        start: Message | None = None
        parts: list[bytes] = []

        async def with_tags(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and (key or _is_page(message)):
                start = message  # its length is not known before the tags are in
                return
            if start is None:
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            made = Made(start, b"".join(parts))
            self._kept.keep(key, made)
            self._let_go(key)  # before it is sent: whoever asked first may never read it
            await self._send(made, send)

        await self._app(scope, receive, with_tags)

    async def _send(self, made: Made, send: Send) -> None:
        start = {**made.start, "headers": list(made.start["headers"])}
        body = made.body
        if _is_page(start):
            nonce = secrets.token_urlsafe(NONCE_BYTES)
            body = self._completed(body, nonce)
            headers = MutableHeaders(scope=start)
            headers["content-length"] = str(len(body))
            policy = page_policy(nonce, self._frame_ancestors, self._is_shared)
            headers["content-security-policy"] = policy
        await send(start)
        await send({"type": "http.response.body", "body": body})

    def _completed(self, page: bytes, nonce: str) -> bytes:
        """Nothing that a visitor sends stands in the page as HTML, so that all of its scripts are Gradio's and ours."""
        page = page.replace(b"</head>", self._tags + b"</head>", 1)
        # Gradio names it from the root of the host, where it is not if a proxy has put the app on a path.
        page = page.replace(b'href="/manifest.json"', b'href="manifest.json"')
        return SCRIPT.sub(rb'<script nonce="%s"' % nonce.encode(), page)


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    is_plain = "content-encoding" not in headers
    return is_plain and headers.get("content-type", "").startswith("text/html")


def early_tags() -> str:
    """The script that says what cannot be loaded, with its words, and the sentence where no script runs."""
    words = escape(_failure_words())
    sentence = " ".join(_in_all_languages("page.no_script").values())
    return (
        f'<script src="{address("fallback.js")}" data-words="{words}"></script>'
        # Else a browser looks for it at the root of the host.
        '<link rel="icon" href="favicon.ico">'
        f"<noscript><p>{escape(sentence)}</p></noscript>"
    )


def _failure_words() -> str:
    """In all languages, since no answer of the server may come."""
    keys = {"old": "page.old_browser", "failed": "page.failed_script", "reload": "page.reload"}
    said = {name: _in_all_languages(key) for name, key in keys.items()}
    return json.dumps(said, ensure_ascii=False)


def _in_all_languages(key: str) -> dict[str, str]:
    return {language: texts[key] for language, texts in table().items()}
