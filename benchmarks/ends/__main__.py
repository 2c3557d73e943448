"""`python -m benchmarks.ends` ends a server in ten situations, three ways each, and prints a table."""

import signal
import tempfile
from pathlib import Path

from .house import Ended, end, house
from .states import SITUATIONS, Situation

# The kill comes first: what it leaves behind must be gone after the next start.
WAYS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT]


def ends_in(situation: Situation, folder: Path) -> list[tuple[list[str], Ended]]:
    """A server in this situation for each way. Out: the files it found at its start and kept, and how it ended."""
    ends = []
    for way in WAYS:
        with house(folder, situation.settings) as server:
            found = server.left_files()
            situation.bring_about(server)
            ends.append((found, end(server, way)))
    return ends


def main() -> None:
    """The table."""
    print(
        "| busy with | SIGKILL | SIGTERM | SIGINT | left by SIGKILL | of that after the next start |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for situation in SITUATIONS:
        with tempfile.TemporaryDirectory() as folder:
            ends = ends_in(situation, Path(folder))
        times = " | ".join(
            _end_text(ended, way) for (_, ended), way in zip(ends, WAYS, strict=True)
        )
        (_, killed), (after_kill, _), *_ = ends
        left = ", ".join(killed.left_files) or "nothing"
        still_there = ", ".join(after_kill) or "nothing"
        print(f"| {situation.name} | {times} | {left} | {still_there} |", flush=True)


def _end_text(ended: Ended, way: signal.Signals) -> str:
    text = f"{ended.seconds:.2f} s"
    if ended.left_processes:
        text += f", {ended.left_processes} processes left"
    if ended.left_files and way != signal.SIGKILL:
        text += f", left {', '.join(ended.left_files)}"
    return text


if __name__ == "__main__":
    main()
