"""A Chromium to test with: the system's, else Playwright's, else Debian's package; fetched where there is none."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FETCH_TIMEOUT_S = 900
LOCK = Path(tempfile.gettempdir()) / "playground-tests-browser.lock"


def executable(playwrights_own: str) -> str:
    """Path of a Chromium. In: where Playwright would keep its own. Raises: RuntimeError where none can be had."""
    # Tests run in two processes, and a package can only be installed by one of them.
    with FileLock(LOCK):
        return _found_or_fetched(playwrights_own)


def _found_or_fetched(playwrights_own: str) -> str:
    found = _on_this_machine(playwrights_own)
    if found:
        return found
    for fetch in (_playwrights, _debians):
        if fetch() and (found := _on_this_machine(playwrights_own)):
            return found
    raise RuntimeError(
        "no Chromium here, and none could be fetched: install one and run the tests again"
    )


def _on_this_machine(playwrights_own: str) -> str | None:
    system = next((path for name in NAMES if (path := shutil.which(name))), None)
    return system or (playwrights_own if Path(playwrights_own).is_file() else None)


def _playwrights() -> bool:
    return _succeeds([sys.executable, "-m", "playwright", "install", "chromium"])


def _debians() -> bool:
    if not shutil.which("apt-get"):
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    packages = ["chromium", "fonts-noto-cjk"]
    return _succeeds([*root, "apt-get", "update", "-qq"]) and _succeeds(
        [*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    )


def _succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=FETCH_TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
