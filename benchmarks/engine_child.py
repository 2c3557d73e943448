"""The engine as in the app, served over HTTP, for `benchmarks.training`: a JSON line in, a JSON line out."""

import json
import os
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from typing import Any

from playground import Engine, Experiment, Run, Settings
from playground.serve import launch


def spent(trainer: Any) -> tuple[int, float, float]:
    """(step, the time now, seconds spent on validations): asked of the worker itself, between two steps."""
    import torch  # not above: the playground sets how torch's threads wait before it imports torch

    if trainer.device.type == "cuda":
        torch.cuda.synchronize(trainer.device)
    return trainer.step, time.perf_counter(), trainer.validation_s


def watch(url: str, run: Run) -> None:
    """Reads the run's event stream, as a page does."""
    with (
        suppress(OSError),
        urllib.request.urlopen(f"{url}playground/stream?run={run.id}") as stream,
    ):
        for _ in stream:
            pass


def stretch(run: Run, steps: int) -> dict[str, float]:
    """Wall-clock seconds of so many steps: without the validations, and with them."""
    began = run.ask(spent)
    run.resume()
    run.wait_until(lambda each: each.view().step >= began[0] + steps)
    run.pause()
    ended = run.ask(spent)
    busy, share = ended[1] - began[1], steps / (ended[0] - began[0])
    return {"busy": busy * share, "seconds": (busy - ended[2] + began[2]) * share}


def main() -> None:
    """Answers until its input ends."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer
    engine = Engine(Settings.unlimited().model_copy(update={"max_live_runs": 20}))
    _, url = launch(engine)
    runs: list[Run] = []
    for line in sys.stdin:
        asked = json.loads(line)
        if "experiment" in asked:
            run = engine.start(
                Experiment.from_dict(asked["experiment"]),
                asked["device"],
                owner=str(len(runs)),
                paused=True,
            )
            run.watch(+1)
            threading.Thread(target=watch, args=(url, run), daemon=True).start()
            runs.append(run)
            answer: dict[str, Any] = {"run": len(runs) - 1, "threads": run.cost.threads}
        else:
            answer = stretch(runs[asked["run"]], asked["steps"])
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
