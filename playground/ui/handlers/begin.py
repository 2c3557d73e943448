"""How a page begins a run: in place of its earlier one, and with the weights that were loaded into that."""

import asyncio
from typing import Any

import torch
from starlette.requests import Request
from torch import Tensor

from ...engine.clients import Client
from ...engine.engine import Engine
from ...engine.question_queue import Answer, Question
from ...engine.run import Run
from ...engine.work import Begin
from ...experiment import Experiment
from ...faults import ExperimentError
from ...network.builder import build_model
from ...training.randomness import RandomState
from ...training.trainer import Trainer
from ...training.weights import StartingWeights, compare
from ..shares.work import wanted

ASK_TIMEOUT_S = 20.0


def begin_run(
    engine: Engine,
    experiment: Experiment,
    device: str,
    *,
    client: Client,
    replaces: Any = None,
    paused: bool = False,
    begin: Begin | None = None,
) -> Run:
    """A run of a page, which trains one network at a time.

    In: `replaces` is the control of the page's earlier run, which is stopped. Raises: ExperimentError.
    """
    replaced = _controlled_by(engine, replaces)
    owner = replaced.owner if replaced else ""
    run = engine.start(experiment, device, owner=owner, client=client, paused=paused, begin=begin)
    if not replaced:
        run.owner = run.control
    run.expect_watcher()
    return run


def carried_weights(engine: Engine, replaces: Any, experiment: Experiment) -> Begin | None:
    """The weights that were loaded into a page's run before its first step, where all of them fit the next network.

    A person who loads weights and then sets a learning rate means to train them.
    """
    run = _controlled_by(engine, replaces)
    if run is None or not (run.is_untouched and run.has_loaded):
        return None
    try:
        weights = run.ask(_weights)
        with RandomState(0, torch.device("cpu")).building():
            model = build_model(experiment, engine.settings, pretrained=False)
    except (ExperimentError, TimeoutError):
        return None
    return StartingWeights(weights) if compare(weights, model).fits else None


def begun(run: Run) -> dict[str, Any]:
    """What a page has to know of a run that it began."""
    return {
        "run": run.id,
        "control": run.control,
        "state": run.state,
        "position": run.view().position,
        "carried": run.has_loaded,
    }


async def ask(request: Request, run: Run, question: Question[Answer]) -> Answer:
    """The answer of a run, while other requests go on. Who has left is not answered.

    Raises: what the question raises, or that there is no time; ClientGone.
    """
    try:
        future = asyncio.wrap_future(run.ask_soon(question))
        return await wanted(future, request, ASK_TIMEOUT_S)
    except TimeoutError:
        raise ExperimentError.at("", "too_busy") from None


def _weights(trainer: Trainer) -> dict[str, Tensor]:
    return {name: value.cpu().clone() for name, value in trainer.model.state_dict().items()}


def _controlled_by(engine: Engine, control: Any) -> Run | None:
    for run in engine.runs():
        if run.control == control:
            return run
    return None
