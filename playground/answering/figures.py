"""How good the answers to a file are, where the file says what is right."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from ..experiment import Experiment
from ..network.goal import task_of
from ..questions.report import NamedValues, Outcome


def outcome_of(
    experiment: Experiment,
    chunks: Sequence[np.ndarray],
    y: np.ndarray | None,
    moment: dict[str, Any],
) -> Outcome | None:
    """What the report needs; None where no sample has a target.

    In: answers chunk by chunk, as `FinishedRun.answers_by_chunk` gives them; targets as in `Asked`; step and epoch.
    """
    kind = task_of(experiment).answer
    if y is None or kind not in ("classes", "value"):
        return None
    values = y.reshape(len(y), -1)
    is_known = ~np.isnan(values).any(1)
    if not is_known.any():
        return None
    answers = np.concatenate(chunks)[is_known]
    right = values[is_known]
    about = {**moment, "n": len(right), "of": len(y), "by_neighbours": False}
    if kind == "classes":
        labels = torch.from_numpy(right[:, 0].astype(np.int64))
        return Outcome(about, torch.from_numpy(answers).float(), labels)
    return Outcome(about, values=_named(experiment.data.target_names(), answers, right))


def _named(names: Sequence[str], answers: np.ndarray, right: np.ndarray) -> tuple[NamedValues, ...]:
    """One entry a target."""
    named: list[NamedValues] = []
    for place, name in enumerate(names):
        guess = torch.from_numpy(answers[:, place].astype(np.float64))
        truth = torch.from_numpy(right[:, place])
        named.append((name, guess, truth))
    return tuple(named)
