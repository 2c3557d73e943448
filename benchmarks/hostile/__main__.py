"""Attacks on a server of its own, one after another, while an honest page trains, checks and asks.

    python -m benchmarks.hostile [--only NAME,NAME] [--seconds 6] [--short] [--list] [--server-cores 0,1]

The attackers run on the same machine with less right to the processor (`nice` 10), since their own work is not the
server's fault; with `--server-cores` the server has cores of its own, as where strangers come over a network. An
attack in which a promise of speed was missed is measured twice more. Prints a table for docs/benchmarks.md, a row for
each time, and each promise that was not kept, those of speed where they were missed most of the times. Exit status 1
where there is one.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from ..serving import add_server_cores, apart
from .attacks import ATTACKS, title_of
from .attacks.control import Neighbour
from .measuring import Result, Times, measured
from .report import may_be_chance, safety_faults, speed_faults, table
from .server import ROOT, Server, server
from .wire import Unanswered

CONTROL = Neighbour.id
SHORT = Times(alone=0.0, attack=1.5, back=0.0)


def make_files(folder: Path) -> None:
    """In a process of its own, since that needs torch, and much memory for a moment."""
    module = "benchmarks.hostile.crafted"
    subprocess.run(
        [sys.executable, "-m", module, str(folder)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def attacked(
    names: Sequence[str], times: Times, cores: frozenset[int] | None = None
) -> tuple[list[Result], list[str]]:
    """Every attack; where the server does not survive one, the next meets a new server.

    Out: what was measured, and each promise that was not kept.
    """
    results: list[Result] = []
    faults: list[str] = []
    left = list(names)
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        files = folder / "files"
        make_files(files)
        while left:
            with server(folder / f"server-{len(left)}", cores=cores) as running:
                attack_one_server(running, files, times, left, results, faults)
    return results, faults


def attack_one_server(
    running: Server,
    files: Path,
    times: Times,
    left: list[str],
    results: list[Result],
    faults: list[str],
) -> None:
    """Takes attacks off the list as long as the server lives and an honest page may begin."""
    while left and running.facts().is_alive:
        name = left.pop(0)
        try:
            result = asyncio.run(measured(running, files, name, times))
        except (RuntimeError, Unanswered) as error:
            faults.append(f"{name}: nothing could be measured: {error}")
            return  # what the attack before left behind is no ground for the next one
        results.append(result)
        is_timed = times != SHORT and name != CONTROL
        if is_timed and may_be_chance([each for each in results if each.name == name]):
            left.insert(0, name)
        broken = [f"{name}: {fault}" for fault in safety_faults(result)]
        faults += broken
        print("\n- ".join([f"{name}: {result.tally.text()}", *broken]), file=sys.stderr, flush=True)


def main() -> int:
    """Prints the table. Out: exit status."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.hostile")
    options.add_argument("--only", default="", help="names of attacks, with commas between them")
    options.add_argument("--seconds", type=float, default=6.0, help="length of each attack")
    options.add_argument("--short", action="store_true", help="a second and a half of each")
    options.add_argument("--list", action="store_true", help="names the attacks")
    add_server_cores(options)
    chosen = options.parse_args()
    if chosen.list:
        for name, kind in ATTACKS.items():
            print(f"{name}: {title_of(kind)}")
        return 0
    names = [name for name in chosen.only.split(",") if name] or list(ATTACKS)
    unknown = set(names) - set(ATTACKS)
    if unknown:
        options.error(f"there is no attack called {', '.join(sorted(unknown))}")
    times = SHORT if chosen.short else Times(attack=chosen.seconds)
    results, faults = attacked(names, times, apart(chosen.server_cores))
    print(table(results))
    if not chosen.short:
        for name, of_attack in groupby(results, lambda result: result.name):
            if name != CONTROL:  # what the machine itself takes is no promise of the server's
                faults += [f"{name}: {fault}" for fault in speed_faults(list(of_attack))]
    print()
    for fault in faults:
        print(f"- {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
