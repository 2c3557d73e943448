"""The end of the server: at a signal, soon, whatever trains, and with nothing left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE_S = 120
CSV = b"a,b\n" + b"1,2\n" * 20
# An ending in which something never ends: a step of minutes, or a page that does not let go.
STUCK = """
import threading
from playground import serve
from playground.catalogues.datasets import uploads

class Stuck:
    def close(self, *rest, **options):
        threading.Event().wait()

serve.END_S = 0.1
uploads.put(b"a,b\\n1,2\\n", "csv")
print(uploads.STORE._folder, flush=True)
serve.end(Stuck(), Stuck(), Stuck())
"""
# One step of this network takes minutes.
HEAVY: dict[str, Any] = {
    "data": {"dataset": "digits", "batch_size": 128},
    "layers": [{"layer": "conv2d", "channels": 64, "kernel": 31}] * 5 + [{"layer": "flatten"}],
}


def test_the_process_ends_though_a_part_of_it_never_does(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STUCK],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.strip())
    assert folder.parent == tmp_path and not folder.exists()


@contextmanager
def server(folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own, its temporary files in that folder. Out: the process, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder), **settings},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert "open at" in process.stdout.readline()
            yield process, f"http://127.0.0.1:{port}/playground/"
        finally:
            process.kill()


def post(address: str, body: bytes) -> Any:
    with urllib.request.urlopen(address, body, timeout=PATIENCE_S) as response:
        return json.load(response)


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_in_the_middle_of_a_step_of_minutes(
    tmp_path: Path, number: int
) -> None:
    with server(tmp_path, PLAYGROUND_MAX_STEP_S="inf") as (process, address):
        post(f"{address}upload?kind=csv", CSV)
        assert list(tmp_path.glob("playground-uploads-*"))
        run = post(f"{address}runs", json.dumps({"experiment": HEAVY}).encode())
        assert run["state"] in ("queued", "running")
        process.send_signal(number)
        assert process.wait(PATIENCE_S) == 0
    assert not list(tmp_path.glob("playground-uploads-*"))
