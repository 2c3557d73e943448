"""The whole journey where the page is not at home: in a frame of another site, and behind nginx on a path."""

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from .actions import show_tab, train
from .conftest import Visitor, free_port

QUICK = "?preset=digits-softmax"
SEVEN = ((0.3, 0.25), (0.7, 0.25), (0.45, 0.8))
# Storage that is there and refuses every access, as in a frame where a person blocks other sites' data.
BLOCKED = """for (const name of ["localStorage", "sessionStorage", "indexedDB"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } })"""
DRAWN_POINTS = "(document.querySelector('#chart-loss .chart-plot')?.data?.[0].x.length ?? 0)"
NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    client_max_body_size 256m;
    location / {{ return 404; }}
    location /lab/play/ {{
      proxy_pass http://127.0.0.1:{app_port}/;
      proxy_http_version 1.1;
      proxy_buffering off;
      proxy_request_buffering off;
      proxy_read_timeout 1h;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }}
  }}
}}
"""


def is_open(frame: Frame) -> None:
    expect(frame.locator("body.pg-open")).to_be_attached()
    frame.wait_for_function("playground.isChecked()")


def drag(page: Page, frame: Frame) -> None:
    """Draws a seven on the pad of the rail."""
    pad = frame.locator("#pad-rail canvas.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in SEVEN]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def journey(page: Page, frame: Frame) -> None:
    """Opens, trains, sees the charts move, draws, shares, and comes back after a reload."""
    is_open(frame)
    frame.evaluate(
        "playground.edit('edit.training', (experiment) => { experiment.training.epochs = 10000; })"
    )
    frame.wait_for_function("playground.isChecked()")
    frame.get_by_role("tab", name="Train").click()
    frame.locator("button.train").click()
    frame.wait_for_function(f"{DRAWN_POINTS} > 1")
    drawn = frame.evaluate(DRAWN_POINTS)
    frame.wait_for_function(f"(drawn) => {DRAWN_POINTS} > drawn", arg=drawn)
    drag(page, frame)
    frame.wait_for_function(
        "playground.state.answer?.sample.kind === 'drawn' && playground.drawing.isSettled()"
    )
    frame.get_by_role("button", name="Copy a link").click()
    home = frame.url.partition("?")[0]
    expect(frame.locator(".share-box input").first).to_have_value(re.compile(f"^{home}\\?x="))
    run = frame.evaluate("playground.state.run.id")
    frame.evaluate("location.reload()")
    frame.wait_for_function("(run) => window.playground?.state.run?.id === run", arg=run)
    is_open(frame)
    frame.wait_for_function("playground.history.steps.step.length > 1")


class Framing(BaseHTTPRequestHandler):
    """Another site, which shows the page in a frame; the frame's address stands in the query."""

    def do_GET(self) -> None:
        address = self.path.partition("?")[2]
        frame = f'<iframe src="{address}" width="1420" height="880" allow="camera; clipboard-write"></iframe>'
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>a course</title>{frame}".encode())

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def other_site() -> Iterator[str]:
    """Its address. The app is at 127.0.0.1: a browser takes the two for different sites."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Framing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def framed(page: Page, other_site: str, address: str) -> Frame:
    page.goto(f"{other_site}?{address}")
    (frame,) = page.main_frame.child_frames
    return frame


def watched_page(visitor: Visitor, other_site: str, script: str = "") -> Page:
    """A page that may show two sites, and whose errors fail the test."""
    page = visitor.context().new_page()
    if script:
        page.add_init_script(script)
    page.on("pageerror", lambda error: visitor.errors.append(f"page error: {error}"))
    page.on("console", lambda message: visitor._on_console(message.type, message.text))
    return page


@pytest.mark.parametrize("script", ["", BLOCKED], ids=["storage", "blocked storage"])
def test_the_journey_in_a_frame_of_another_site(
    visitor: Visitor, other_site: str, script: str
) -> None:
    visitor.allowed.append("favicon")
    page = watched_page(visitor, other_site, script)
    frame = framed(page, other_site, visitor.home + QUICK)
    journey(page, frame)
    frame.evaluate("playground.state.run?.control ? playground.stop() : null")


def test_a_host_can_forbid_frames(
    chromium: Browser, serve: Callable[..., str], other_site: str
) -> None:
    visitor = Visitor(chromium, serve(frame_ancestors="'self'"))
    page = visitor.context().new_page()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        frame = framed(page, other_site, visitor.home)
    expect(page.locator("iframe")).to_be_visible()
    assert frame.locator("gradio-app").count() == 0
    visitor.close()


@pytest.fixture
def behind_nginx(serve: Callable[..., str], tmp_path: Path) -> Iterator[str]:
    """The app on a path of a server that has others too, as a school sets it up."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("no nginx here")
    app = serve(proxies=1, environment={"GRADIO_ROOT_PATH": "/lab/play"})
    app_port = app.rstrip("/").rpartition(":")[2]
    port = free_port()
    settings = tmp_path / "nginx.conf"
    settings.write_text(NGINX.format(folder=tmp_path, port=port, app_port=app_port))
    # The command ends the process by its number: nginx itself stays in the foreground.
    with subprocess.Popen([nginx, "-p", str(tmp_path), "-c", str(settings)]) as process:
        yield f"http://127.0.0.1:{port}/lab/play/"
        process.terminate()


def test_the_journey_behind_nginx_on_a_path(chromium: Browser, behind_nginx: str) -> None:
    visitor = Visitor(chromium, behind_nginx)
    page = visitor.open(QUICK)
    journey(page, page.main_frame)
    visitor.close()


def test_nothing_that_the_page_does_is_against_its_own_policy(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-xor")
    page.evaluate(
        """() => {
          window.refused = [];
          const note = (event) => window.refused.push(event.blockedURI);
          document.addEventListener("securitypolicyviolation", note);
        }"""
    )
    train(page)
    tabs = {
        "Train": "train",
        "Look inside": "inside",
        "Try it": "draw",
        "Build": "build",
        "Code": "code",
    }
    for name, tab in tabs.items():
        show_tab(page, name)
        page.wait_for_function("(tab) => playground.state.tab === tab", arg=tab)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download .py").click()
    assert download.value.suggested_filename.endswith(".py")
    assert page.evaluate("window.refused") == []


def test_no_script_that_got_into_the_page_would_run(visitor: Visitor) -> None:
    visitor.allowed.append("Content Security Policy")
    page = visitor.open("?preset=points-xor")
    page.evaluate(
        """() => {
          window.refused = 0;
          document.addEventListener("securitypolicyviolation", () => { window.refused += 1; });
          const inline = document.createElement("script");
          inline.textContent = "window.stranger = 'inline'";
          const far = document.createElement("script");
          far.src = "data:text/javascript,window.stranger = 'far'";
          document.body.append(inline, far);
          const picture = `<img src="data:," onerror="window.stranger = 'handler'">`;
          document.body.insertAdjacentHTML("beforeend", picture);
        }"""
    )
    page.wait_for_function("window.refused === 3")
    assert page.evaluate("window.stranger === undefined")
