"""Opens a checkpoint as the server does, and looks whether the run that it makes is one that a run can be."""

import json
import math
import time
from typing import Any

import torch

from playground.engine.engine import Engine
from playground.engine.run import Run
from playground.faults import ExperimentError
from playground.settings import Settings
from playground.training.checkpoints import from_bytes, to_bytes
from playground.training.fitting import optimizer_templates, parameters_of
from playground.training.trainer import Trainer
from playground.ui.answers.run import opened_run, run_answer

WAIT_S = 60.0
# What a run may end with, once a person lets it go on: none of these is a failure of ours.
SENTENCES = ("nan_forward", "nan_loss", "nan_update", "stopped_early")


class Opener:
    """Opens files one after the other in one engine, which must not suffer from any of them."""

    def __init__(self) -> None:
        self._engine = Engine(Settings(max_runs=8))

    def opened(self, data: bytes) -> dict[str, Any]:
        """What became of a file: "refused" with its sentence, "accepted", or what went wrong."""
        began = time.process_time()  # of all threads: others may use the machine, too
        try:
            checkpoint = from_bytes(data)
            run = self._engine.start(checkpoint.experiment, paused=True, begin=checkpoint)
            troubles = run.ask(troubles_of, WAIT_S)
        except ExperimentError as error:
            seconds = time.process_time() - began
            # "crashed" is the sentence for an exception that nobody foresaw.
            outcome = "exception" if error.faults[0].code == "crashed" else "refused"
            return {"outcome": outcome, "said": str(error)[:200], "seconds": seconds}
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            return {"outcome": "exception", "said": said[:300]}
        seconds = time.process_time() - began
        try:
            troubles += self._used(run)
        except Exception as error:
            troubles.append(f"{type(error).__name__}: {error}")
        run.stop()
        if troubles:
            return {"outcome": "impossible", "said": "; ".join(troubles)[:300]}
        return {"outcome": "accepted", "seconds": seconds}

    def _used(self, run: Run) -> list[str]:
        """What goes wrong when a page looks at the run, lets it make a step, and saves it again."""
        json.dumps([run_answer(run)[0], opened_run(run)], allow_nan=False)
        was_over = run.ask(lambda trainer: trainer.finished, WAIT_S)
        if not was_over:
            before = run.view().step
            run.step_once()
            run.wait_until(lambda run: run.view().step > before or not run.is_live, WAIT_S)
            json.dumps(run_answer(run)[0], allow_nan=False)
        if run.reason is not None and run.reason.code not in SENTENCES:
            return [f"it ends with {run.reason}"]
        if run.is_live and not was_over:
            run.ask(save_again, WAIT_S)
        return []


def save_again(trainer: Trainer) -> None:
    """The state after another step can be saved and opened, unless its numbers have spoiled the weights by then."""
    with trainer.judged():
        data = to_bytes(trainer)
    weights = trainer.model.state_dict().values()
    if not all(bool(weight.isfinite().all()) for weight in weights):
        return
    from_bytes(data)(Trainer(trainer.experiment))


def troubles_of(trainer: Trainer) -> list[str]:
    """What in a run is as in no run."""
    live, pace = trainer.live, trainer.pace
    rules = {
        "step": 0 <= trainer.step <= trainer.total_steps and type(trainer.step) is int,
        "epoch": trainer.epoch == trainer.step // trainer.steps_per_epoch - trainer.validating,
        "learning rate": 0 < live.base_lr <= 1_000 and 0 <= live.last_lr <= 1e6,
        "rate of the next step": math.isfinite(trainer.lr) and trainer.lr >= 0,
        "decay": live.weight_decay is None or 0 <= live.weight_decay <= 10,
        "clipping": live.clip_norm is None or 0 < live.clip_norm <= 1e6,
        "times": all(0 <= s <= 1e9 for s in (pace.busy_s, pace.validation_s, pace.epoch_s)),
        "speed": pace.steps_per_s is None or 0 < pace.steps_per_s <= 1e9,
        "lowest loss": not math.isnan(trainer.practice.patience.lowest),
        "end": trainer.settled == (trainer.finished and trainer.step > 0),
    }
    troubles = [f"its {name} is none" for name, holds in rules.items() if not holds]
    troubles += strange_tensors(trainer)
    troubles += strange_history(trainer)
    return troubles


def strange_tensors(trainer: Trainer) -> list[str]:
    """Weights, averages and the optimiser's state: finite, and in the fresh one's order in memory."""
    fresh = Trainer(trainer.experiment)
    theirs = fresh.model.state_dict()
    troubles = []
    for name, value in trainer.model.state_dict().items():
        is_like = value.shape == theirs[name].shape and value.stride() == theirs[name].stride()
        if not is_like or value.dtype != theirs[name].dtype:
            troubles.append(f"{name} is another tensor")
        if not bool(value.isfinite().all()):
            troubles.append(f"{name} is not finite")
    templates = optimizer_templates(fresh)
    for parameter, template in zip(parameters_of(trainer.optimizer), templates, strict=True):
        state = trainer.optimizer.state.get(parameter, {})
        for name, value in state.items():
            is_like = name in template and value.shape == template[name].shape
            if not is_like or value.stride() != template[name].stride():
                troubles.append(f"the optimiser's {name} is another tensor")
            if bool(torch.isnan(value).any()):
                troubles.append(f"the optimiser's {name} is NaN")
    return troubles


def strange_history(trainer: Trainer) -> list[str]:
    troubles = []
    for table in ("steps", "layers", "epochs"):
        steps = trainer.history.column(table, "step")
        is_rising = bool((steps[1:] > steps[:-1]).all())
        is_past = bool((steps >= 1).all()) and bool((steps <= trainer.step).all())
        if not (is_rising and is_past):
            troubles.append(f"the history of {table} is in disorder")
    return troubles
