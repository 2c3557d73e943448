"""What the system knows of this process."""

import os
import time
from pathlib import Path

PROC = Path("/proc/self")
STARTED_AT = time.monotonic()


def uptime_s() -> float:
    """Seconds since the engine was imported."""
    return time.monotonic() - STARTED_AT


def memory_bytes(proc: Path = PROC) -> int | None:
    """Memory that the process has for itself now. Out: None where the system does not say, as on a Mac."""
    try:
        fields = (proc / "statm").read_text("ascii").split()
    except OSError:
        return None
    resident_pages = int(fields[1])
    return resident_pages * os.sysconf("SC_PAGE_SIZE")


def n_open_files(proc: Path = PROC) -> int | None:
    """Files, connections and pipes that are open. Out: None where the system does not say."""
    try:
        return len(os.listdir(proc / "fd"))
    except OSError:
        return None
