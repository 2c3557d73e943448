"""Runs exported scripts: each in a process of its own that knows torch but nothing of the playground.

A new interpreter takes seconds to import torch. So one process imports it, does nothing else, and is forked for every
script.
"""

import atexit
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

FLAGS = ["-W", "error", "-I"]
PARENT = """
import json, os, runpy, sys, traceback, warnings
import numpy, torch, torch._dynamo

for line in sys.stdin:
    folder = json.loads(line)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that numpy has threads by now: they wait for work
        child = os.fork()
    if child == 0:
        os.chdir(folder)
        for stream, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        code = 0
        try:
            assert not any(name.split(".")[0] in ("playground", "tests") for name in sys.modules)
            runpy.run_path("script.py", run_name="__main__")
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@cache
def _parent() -> "subprocess.Popen[str]":
    command = [sys.executable, *FLAGS, "-c", PARENT]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.kill)
    return process


def run_script(folder: Path) -> str:
    """Runs `script.py` in its folder. Out: what it prints. Raises: AssertionError where it fails."""
    parent = _parent()
    assert parent.stdin and parent.stdout
    parent.stdin.write(json.dumps(str(folder)) + "\n")
    parent.stdin.flush()
    code = parent.stdout.readline().strip()
    assert code == "0", (folder / "stderr").read_text()
    return (folder / "stdout").read_text()


def run_script_by_itself(folder: Path) -> str:
    """The same in a new interpreter, as a person would."""
    done = subprocess.run(
        [sys.executable, *FLAGS, "script.py"], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
