"""The end of the server where a part of it never ends; `tests/test_ends.py` has what people wait for."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE_S = 120
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
serve.end(Stuck(), Stuck(), [Stuck()])
"""


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
