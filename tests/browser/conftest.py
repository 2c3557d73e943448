"""A real browser on a real server: Chromium on an app of its own; whatever goes wrong in a page fails its test."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .chromium import executable

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

try:
    from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
except ImportError:
    collect_ignore_glob = ["test_*.py"]
else:
    expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if item.get_closest_marker("quick") is None:
                item.add_marker(pytest.mark.long)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Starts an app in a process of its own, with settings by name, and gives its address; ends them all at last.

    `program` is what Python runs instead of app.py; `environment` are variables that are no settings.
    """
    servers: list[subprocess.Popen[str]] = []

    def start(*program: str, environment: Mapping[str, str] | None = None, **settings: Any) -> str:
        port = free_port()
        named = {f"PLAYGROUND_{name.upper()}": str(value) for name, value in settings.items()}
        program = program or (str(ROOT / "app.py"),)
        command = [sys.executable, *program, "--port", str(port)]
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **named, **(environment or {})},
            stdout=subprocess.PIPE,
            text=True,
        )
        servers.append(server)
        assert server.stdout is not None
        assert any("is open at" in line for line in server.stdout), (
            "the app ended while it was starting"
        )
        url = f"http://127.0.0.1:{port}/"
        return url

    yield start
    for server in servers:
        server.terminate()
    for server in servers:
        server.wait(20)


@pytest.fixture(scope="session")
def app(serve: Callable[..., str]) -> str:
    """The address of an app with the usual settings."""
    return serve()


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """The one browser of the session."""
    with sync_playwright() as playwright:
        found = executable(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Opens pages and watches over them. `allowed`: parts of console errors that a test provokes on purpose."""

    browser: "Browser"
    home: str
    allowed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    contexts: "list[BrowserContext]" = field(default_factory=list)

    def context(self, **options: Any) -> "BrowserContext":
        """A browser of its own, with nothing remembered; English, 1440 × 900 unless told otherwise."""
        options = {"locale": "en-US", "viewport": {"width": 1440, "height": 900}, **options}
        context = self.browser.new_context(**options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.contexts.append(context)
        return context

    def open(
        self, address: str = "", *, context: "BrowserContext | None" = None, **options: Any
    ) -> "Page":
        """A page at `address` (after the home address), ready to be used."""
        page = (context or self.context(**options)).new_page()
        page.on("pageerror", lambda error: self.errors.append(f"page error: {error}"))
        page.on("console", lambda message: self._on_console(message.type, message.text))
        page.on("request", lambda request: self._on_request(request.url))
        page.goto(self.home + address)
        ready(page)
        return page

    def close(self) -> None:
        """Stops what the pages train, so that nothing is left to the next test; fails on what went wrong."""
        for context in self.contexts:
            for page in context.pages:
                page.evaluate("window.playground?.state.run?.control ? playground.stop() : null")
            context.close()
        assert not self.errors

    def _on_console(self, kind: str, text: str) -> None:
        if kind == "error" and not any(part in text for part in self.allowed):
            self.errors.append(f"console: {text}")

    def _on_request(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self.errors.append(f"request to another host: {url}")


def ready(page: "Page") -> None:
    """Waits until the page is open and the server has looked at its experiment."""
    expect(page.locator("body.pg-open")).to_be_attached()
    page.wait_for_function("playground.isChecked()")


@pytest.fixture
def visitor(chromium: "Browser", app: str) -> Iterator[Visitor]:
    """Somebody who opens pages of the app."""
    someone = Visitor(chromium, app)
    yield someone
    someone.close()


@pytest.fixture
def page(visitor: Visitor) -> "Page":
    """The app as a stranger finds it."""
    return visitor.open()
