"""Doors that a stranger tries: Gradio's own routes, another origin's page, ids that belong to somebody else."""

import json
import os
import secrets
from typing import Any

from ..wire import HERE, Reply, Sender
from .base import PREFIX, Attack, attack, no_token
from .runs import TINY

FOREIGN = "http://elsewhere.example"
BROWSERS: tuple[dict[str, str], ...] = (
    {"origin": FOREIGN, "sec-fetch-site": "cross-site"},
    {"origin": FOREIGN},
    {"origin": "null"},
    {"origin": "null", "sec-fetch-site": "cross-site"},
    {"origin": "http://127.0.0.1:1", "sec-fetch-site": "same-site"},
)


def is_done(reply: Reply | None) -> bool:
    return reply is not None and reply.status < 300


@attack
class GradioPaths(Attack):
    """Gradio's events called directly with paths of the server: a pipe that blocks, its own standard output"""

    async def prepare(self) -> None:
        self.pipe = self.ground.temporary / "pipe"
        if not self.pipe.exists():
            os.mkfifo(self.pipe)

    async def strike(self, sender: Sender) -> None:
        paths = (str(self.pipe), "/proc/self/fd/1", "/etc/hostname", "/dev/zero")
        path = paths[self.number() % len(paths)]
        file = {"path": path, "meta": {"_type": "gradio.FileData"}}
        for route in ("run/predict", "api/predict", "call/predict"):
            await self.post(sender, f"/gradio_api/{route}", {"data": [file], "fn_index": 0})
        reply = await self.get(sender, f"/gradio_api/file={path}")
        if is_done(reply):
            self.tally.act(f"read {path}")

    async def finish(self) -> None:
        self.pipe.unlink(missing_ok=True)


@attack
class GradioEvents(Attack):
    """Gradio's queue joined by thousands of sessions, each of which is left"""

    rest_s = 0.05

    async def strike(self, sender: Sender) -> None:
        number = self.number()
        body = {
            "data": ["en" * 100],
            "fn_index": number % 4,
            "session_hash": secrets.token_hex(6),
            "event_data": None,
            "trigger_id": 1,
        }
        route = ("queue/join", "run/0", "reset", "cancel")[number % 4]
        await self.post(sender, f"/gradio_api/{route}", body)


@attack
class GradioUploads(Attack):
    """Files of 2 MB handed to Gradio's own upload, which has no total"""

    at_once = 20

    async def prepare(self) -> None:
        head = b'--b\r\ncontent-disposition: form-data; name="files"; filename="a.bin"\r\n\r\n'
        self.form = head + bytes(2 * 2**20) + b"\r\n--b--\r\n"

    async def strike(self, sender: Sender) -> None:
        headers = {"content-type": "multipart/form-data; boundary=b"}
        reply = await self.post(sender, "/gradio_api/upload", self.form, headers)
        if is_done(reply):
            self.tally.act("kept a file in Gradio's folder")


@attack
class GradioDoors(Attack):
    """All of Gradio's other addresses, among them those that fetch, list and record"""

    lasts = 0.5

    async def strike(self, sender: Sender) -> None:
        gets = (
            "/gradio_api/file=/etc/passwd",
            "/gradio_api/proxy=http://127.0.0.1:1/",
            "/gradio_api/info",
            "/gradio_api/deep_link?session_hash=x",
            "/monitoring",
            "/monitoring/summary",
            "/gradio_api/upload_progress?upload_id=x",
            "/gradio_api/stream/x/1/1/playlist.m3u8",
            "/static/../../../etc/passwd",
            "/assets/../../../../etc/passwd",
            "/custom_component/x/y/z/../../etc/passwd",
            "/gradio_api/vibe-code",
        )
        path = gets[self.number() % len(gets)]
        reply = await self.get(sender, path)
        if reply is not None and reply.status == 200 and b"root:" in reply.body:
            self.tally.act(f"read through {path[:40]}")


@attack
class ForeignOrigins(Attack):
    """A page of another origin that makes its visitors' browsers start runs, hand in files, ask Gradio"""

    lasts = 0.5

    async def strike(self, sender: Sender) -> None:
        number = self.number()
        browser = BROWSERS[number % len(BROWSERS)]
        plain = {"content-type": "text/plain", **browser}  # a browser sends it without asking first
        bodies: tuple[tuple[str, Any], ...] = (
            ("runs", {"experiment": TINY}),
            ("upload?kind=csv", b"a,b\n1,2\n3,4\n5,6\n"),
            ("downloads/mnist", {}),
            ("/gradio_api/queue/join", {"data": [], "fn_index": 0, "session_hash": "x"}),
            ("check", {"experiment": TINY}),
        )
        path, body = bodies[number // len(BROWSERS) % len(bodies)]
        reply = await self.post(sender, path, body, plain)
        if is_done(reply):
            self.tally.act(f"{path} from {browser}")
        self._look_at_allowances(reply, path)

    def _look_at_allowances(self, reply: Reply | None, path: str) -> None:
        """No answer may let another origin read it."""
        if reply is None:
            return
        for name in ("access-control-allow-origin", "access-control-allow-credentials"):
            if name in reply.headers:
                self.tally.act(f"{path} answers {name}: {reply.headers[name][:30]}")


@attack
class ForeignReaders(Attack):
    """The same page asks for what may only be read, and before that whether it may"""

    lasts = 0.5

    async def strike(self, sender: Sender) -> None:
        number = self.number()
        browser = BROWSERS[number % len(BROWSERS)]
        paths = ("boot", f"poll?run={self.ground.run}", "/", "/config", "check")
        path = paths[number // len(BROWSERS) % len(paths)]
        method = ("GET", "OPTIONS")[number % 2]
        headers = {"access-control-request-method": "POST", **browser}
        reply = await self.send(sender, method, path, b"", headers)
        if reply is not None and "access-control-allow-origin" in reply.headers:
            self.tally.act(f"{method} {path} may be read by another origin")


@attack
class GuessedIds(Attack):
    """Ids of runs and files that are guessed, cut, or taken from another kind of thing"""

    lasts = 0.5
    rest_s = 0.1

    async def strike(self, sender: Sender) -> None:
        run = self.ground.run
        guesses = (secrets.token_urlsafe(16), run[:-1], run + "A", run.swapcase(), "../boot", "%00")
        guess = guesses[self.number() % len(guesses)]
        if guess == run:
            return
        replies = {
            "poll": await self.get(sender, f"poll?run={guess}"),
            "ask": await self.post(sender, f"runs/{guess}/ask", {"question": "histograms"}),
            "stop": await self.post(sender, f"runs/{guess}/stop", {"control": guess}),
            "file": await self.get(sender, f"files/{secrets.token_hex(32)}?key={guess}"),
        }
        for what, reply in replies.items():
            if is_done(reply):
                self.tally.act(f"{what} {guess}")


@attack
class StolenTokens(Attack):
    """A page in a frame that knows the honest page's token and link, and has not its control"""

    lasts = 0.5
    rest_s = 0.1

    async def prepare(self) -> None:
        self.token = self.ground.file("honest_token.txt").decode()

    async def strike(self, sender: Sender) -> None:
        thief = Sender(HERE, self.token)
        run = self.ground.run
        controls: tuple[Any, ...] = (self.token, run, None, "", [run], {"control": run}, 0)
        number = self.number()
        control = controls[number % len(controls)]
        verb = ("stop", "pause", "step", "resume", "set")[number % 5]
        body = {"control": control, "name": "lr", "value": 1.0}
        reply = await self.post(thief, f"runs/{run}/{verb}", body)
        if is_done(reply):
            self.tally.act(f"{verb} with control {json.dumps(control)[:30]}")
        for kind in ("checkpoint", "weights", "onnx"):
            taken = await self.get(thief, f"runs/{run}/{kind}", {"x-control": self.token})
            if is_done(taken):
                self.tally.act(f"took the {kind} of a run that is only watched")


@attack
class ManyFrames(Attack):
    """The page itself, opened by the hundred"""

    lasts = 0.5

    async def strike(self, sender: Sender) -> None:
        await self.get(no_token(), "/")
        await self.get(no_token(), "/config")
        await self.get(no_token(), f"{PREFIX}data/../../app.py")
