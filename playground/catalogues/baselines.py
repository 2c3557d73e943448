"""What a score must beat: answers that cost nothing, judged by the metric and the samples that judge the network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

if TYPE_CHECKING:
    from .datasets.base import Dataset, Split
    from .tasks import Task

CHUNK = (
    256  # samples that are judged at a time, so that answers for large pictures take little memory
)
NOT_COUNTED = -100  # the label of a step that nobody labelled
LOWER_IS_BETTER = frozenset({"mae"})  # of the metrics; of all others more is better
# What each baseline answers, for sentences; `ui/words/baselines.py` has the Chinese.
NAMES: Mapping[str, str] = {
    "majority": "always saying “{answer}”",
    "mean": "always saying the mean",
    "majority_and_mean": "always saying “{answer}” and the mean",
    "of_token": "the most frequent label of each token",
    "nearest_input": "the nearest neighbour of the input itself",
    "last": "the last value",
    "season": "the value one season before",
    "season_change": "the last value plus last season's change",
    "linear": "a linear model",
}


@dataclass(frozen=True)
class Baseline:
    """An answer without a network: its name, a key of `NAMES`, and its scores over the validation part by metric.

    answer: the class that it always gives, "" where it gives several.
    """

    name: str
    scores: Mapping[str, float]
    answer: str = ""

    @property
    def words(self) -> str:
        """What it answers, in English."""
        return NAMES[self.name].format(answer=self.answer)


@dataclass(frozen=True)
class Guess:
    """A baseline before it is judged.

    model: inputs (N, …) as the network takes them -> outputs of the shape that the network gives.
    """

    name: str
    model: Callable[[Tensor], Tensor]
    answer: str = ""


GuessMaker = Callable[["Split"], Guess | None]


def baselines_of(data: "Dataset", task: "Task", split: "Split") -> tuple[Baseline, ...]:
    """All that the network's validation score should be compared with; nothing where no comparison makes sense."""
    if not data.has_baselines():
        return ()
    baselines: list[Baseline] = []
    for make_guess in task.guesses:
        guess = make_guess(split)
        if guess is not None:
            scores = judged(guess.model, task, split)
            baselines.append(Baseline(guess.name, scores, guess.answer))
    if task.id == data.task:
        baselines.extend(data.own_baselines())
    return tuple(baselines)


def judged(model: Callable[[Tensor], Tensor], task: "Task", split: "Split") -> dict[str, float]:
    """The scores of a model over the validation part, by the metric that judges the network."""
    metric = task.build_metric(split.target_std)
    chunks = zip(split.val_x.split(CHUNK), split.val_y.split(CHUNK), strict=True)
    for x, y in chunks:
        metric.add(model(x), y)
    scores: dict[str, float] = metric.result()
    return scores


def is_better(metric: str, value: float, other: float) -> bool:
    """Whether a score beats another one; NaN beats nothing."""
    if metric in LOWER_IS_BETTER:
        return value < other
    return value > other


def unbeaten(
    scores: Mapping[str, float], baselines: Sequence[Baseline]
) -> tuple[Baseline, str] | None:
    """The best baseline that a network with these scores is no better than, and the metric that says so.

    The first metric of a baseline counts. None where the network beats all of them.
    """
    worst: tuple[Baseline, str] | None = None
    for baseline in baselines:
        metric = next(iter(baseline.scores))
        score = baseline.scores[metric]
        if metric not in scores or score != score or is_better(metric, scores[metric], score):
            continue
        if worst is None or is_better(metric, score, worst[0].scores[metric]):
            worst = baseline, metric
    return worst


# ---- guesses: what `Task.guesses` lists ----


def majority(split: "Split") -> Guess:
    """The most frequent class of the training part, whatever is asked. Outputs: (N, C), or (N, T, C) for steps."""
    labels = split.train_y
    n_classes = len(split.classes)
    most_frequent = _most_frequent(labels[labels != NOT_COUNTED], n_classes)
    scores = torch.zeros(n_classes)
    scores[most_frequent] = 1
    of_sample = labels.shape[1:]

    def model(x: Tensor) -> Tensor:
        return scores.expand(len(x), *of_sample, n_classes)

    return Guess("majority", model, split.classes[most_frequent])


def mean_target(split: "Split") -> Guess:
    """The mean of the training part's targets, value by value: for a picture, the mean picture."""
    mean = split.train_y.mean(0)

    def model(x: Tensor) -> Tensor:
        return mean.expand(len(x), *mean.shape)

    return Guess("mean", model)


def majority_and_mean(split: "Split") -> Guess:
    """The most frequent class, and the mean value. Outputs: (N, C + 1)."""
    labels = split.train_y[:, 0].long()
    n_classes = len(split.classes)
    most_frequent = _most_frequent(labels, n_classes)
    answer = torch.zeros(n_classes + 1)
    answer[most_frequent] = 1
    answer[-1] = split.train_y[:, 1].mean()

    def model(x: Tensor) -> Tensor:
        return answer.expand(len(x), n_classes + 1)

    return Guess("majority_and_mean", model, split.classes[most_frequent])


def label_of_token(split: "Split") -> Guess | None:
    """The label that each token most often has in the training part. Outputs: (N, T, C). None where no tokens come in.

    A token that was never labelled there gets the most frequent label of all.
    """
    if split.train_x.dtype != torch.int64:
        return None
    n_classes = len(split.classes)
    n_tokens = 1 + int(torch.maximum(split.train_x.max(), split.val_x.max()))
    is_labelled = split.train_y != NOT_COUNTED
    tokens = split.train_x[is_labelled]
    labels = split.train_y[is_labelled]
    pairs = torch.bincount(tokens * n_classes + labels, minlength=n_tokens * n_classes)
    counts = pairs.reshape(n_tokens, n_classes)
    label = counts.argmax(1)
    label[counts.sum(1) == 0] = _most_frequent(labels, n_classes)

    def model(x: Tensor) -> Tensor:
        return torch.nn.functional.one_hot(label[x], n_classes)

    return Guess("of_token", model)


def nearest_input(split: "Split") -> Guess | None:
    """The inputs as their own embedding. Outputs: (N, values of a sample). None for tokens, which are no numbers."""
    if split.train_x.dtype == torch.int64:
        return None
    return Guess("nearest_input", lambda x: x.flatten(1))


def _most_frequent(labels: Tensor, n_classes: int) -> int:
    """Of classes with as many samples, the first."""
    return int(torch.bincount(labels.flatten(), minlength=n_classes).argmax())
