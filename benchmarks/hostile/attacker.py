"""One attack, in a process of its own and with less right to the processor than the server: started by `measuring`.

Prints a line "began", a line "ended", and the tally as JSON.
"""

import argparse
import asyncio
import json
import os
import resource
from pathlib import Path

from .attacks import ATTACKS, Ground
from .wire import Target

NICE = 10
OPEN_FILES = 8_192


async def attack(name: str, ground: Ground, seconds: float) -> None:
    """Prepares, strikes, puts back, tells."""
    one = ATTACKS[name](ground)
    try:
        await one.prepare()
        print("began", flush=True)
        await one.run_for(seconds)
    finally:
        await one.finish()
    print("ended", flush=True)
    print(json.dumps(one.tally.to_json()), flush=True)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("name", choices=sorted(ATTACKS))
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--run", required=True)
    options.add_argument("--files", type=Path, required=True)
    options.add_argument("--temporary", type=Path, required=True)
    options.add_argument("--pid", type=int, required=True)
    options.add_argument("--seconds", type=float, required=True)
    chosen = options.parse_args()
    os.nice(NICE)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, OPEN_FILES), most))
    target = Target(chosen.port)
    ground = Ground(target, chosen.run, chosen.files, chosen.temporary, chosen.pid)
    asyncio.run(attack(chosen.name, ground, chosen.seconds))


if __name__ == "__main__":
    main()
