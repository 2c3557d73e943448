"""The one event stream of a page: what is new of the run that it watches, a few times a second."""

import asyncio
import json
from collections.abc import AsyncIterator

from ...engine.run import Run
from ..answers.run import run_answer

KEEP_ALIVE_S = 15.0
PADDING = ":" + " " * 2048 + "\n\n"  # some proxies hold back the first two kilobytes


async def events(run: Run, cursor: str, hz: float) -> AsyncIterator[str]:
    """Server-sent events until the run has ended and all of it was sent. Each carries its cursor as id."""
    run.watch(+1)
    try:
        yield PADDING
        seen, silent_s = -1, 0.0
        while True:
            # Read before the payload: what changes meanwhile is seen next time.
            version, has_ended = run.version, not run.is_live
            if version != seen:
                seen, silent_s = version, 0.0
                payload, cursor = run_answer(run, cursor)
                yield f"id: {cursor}\ndata: {json.dumps(payload, separators=(',', ':'))}\n\n"
                if has_ended:
                    return
            elif silent_s >= KEEP_ALIVE_S:
                silent_s = 0.0
                yield ": still here\n\n"
            await asyncio.sleep(1 / hz)
            silent_s += 1 / hz
    finally:
        run.watch(-1)
