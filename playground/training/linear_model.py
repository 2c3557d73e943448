"""A linear model on the same samples: what a network must beat to be worth its layers. scikit-learn fits it."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..catalogues.baselines import judged
from ..catalogues.datasets.base import Split
from ..catalogues.tasks import Task
from ..experiment import Experiment
from ..faults import ExperimentError
from ..network.goal import task_of

# A fit cannot be interrupted, so it is kept small before it begins: about ten seconds of one core at most.
MOST_NUMBERS = 4_000_000  # in all samples that it learns from; later samples are left out
MOST_FEATURES = 20_000
MOST_WEIGHTS = 500_000  # features times classes
MOST_FLOP = 3e10
MOST_ITERATIONS = 1_000
FLOP_A_WEIGHT = 4  # of one sample in one iteration: scores forwards, gradients backwards
RIDGE = 1.0  # how strongly large weights are held back; scikit-learn's default
FAR_BELOW = -1e9  # the score of a class that the model has never seen


@dataclass(frozen=True)
class LinearModel:
    """Scores over the validation part by metric, and what the model learned from.

    n, of: samples that it saw, of those of the training part. n_features: numbers of one sample. converged: whether the
    fit was complete when its iterations were over.
    """

    scores: dict[str, float]
    n: int
    of: int
    n_features: int
    converged: bool


@dataclass(frozen=True)
class Fitted:
    """A fitted model. outputs: features (N, F) -> what a network would give, (N, C) scores or (N, K) values."""

    outputs: Callable[[Any], np.ndarray]
    converged: bool


def linear_model(experiment: Experiment) -> LinearModel:
    """Fits LogisticRegression to classes and Ridge to values, on the features and the split of the network.

    Images and windows of a series are one row of numbers, texts the counts of their tokens. The same experiment gives
    the same scores. Raises: ExperimentError where the task or the size of the data allows no linear model.
    Source: scikit-learn.
    """
    task = task_of(experiment)
    if not task.has_linear:
        raise ExperimentError.at("data", "no_linear_model")
    fault = experiment.data.fault()
    if fault is not None:
        raise ExperimentError([fault])
    split = experiment.data.split()
    features_of = _features_of(split)
    n_features = features_of(split.train_x[:1]).shape[1]
    n_outputs = max(1, len(split.classes))
    if n_features > MOST_FEATURES or n_features * n_outputs > MOST_WEIGHTS:
        raise ExperimentError.at("data", "linear_too_large", given=n_features, classes=n_outputs)

    n = min(len(split.train_x), MOST_NUMBERS // n_features)
    features = features_of(split.train_x[:n])
    with _one_thread():
        fitted = _fit(features, split.train_y[:n].numpy(), task, split)

    def model(x: Tensor) -> Tensor:
        outputs = fitted.outputs(features_of(x))
        return torch.from_numpy(outputs.astype(np.float32))

    scores = judged(model, task, split)
    return LinearModel(scores, n, len(split.train_x), n_features, fitted.converged)


def _one_thread() -> Any:
    """While a stranger's model is fitted the other cores go on with what they do; the numbers never depend on them."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, user_api="blas")


def _features_of(split: Split) -> Callable[[Tensor], Any]:
    """How a sample becomes one row of numbers: (N, …) -> (N, F), sparse for texts."""
    if split.train_x.dtype != torch.int64:
        return lambda x: x.flatten(1).double().numpy()
    n_tokens = 1 + int(max(split.train_x.max(), split.val_x.max()))
    return lambda x: token_counts(x.numpy(), n_tokens)


def token_counts(tokens: np.ndarray, n_tokens: int) -> Any:
    """How often each token stands in each text; padding does not count.

    In: int64 (N, T). Out: a sparse matrix, float64 (N, n_tokens).
    """
    from scipy.sparse import csr_matrix

    texts, steps = np.nonzero(tokens)
    ones = np.ones(len(texts))
    # Entries at the same place are added up.
    return csr_matrix((ones, (texts, tokens[texts, steps])), (len(tokens), n_tokens))


def _fit(features: Any, targets: np.ndarray, task: Task, split: Split) -> Fitted:
    """In: features (N, F), targets as in `Split`."""
    if task.id == "two_tasks":
        of_class = _fit_classes(features, targets[:, 0].astype(np.int64), len(split.classes))
        of_value = _fit_values(features, targets[:, 1:])
        return Fitted(
            lambda x: np.concatenate([of_class.outputs(x), of_value.outputs(x)], axis=1),
            of_class.converged,
        )
    if split.classes:
        return _fit_classes(features, targets, len(split.classes))
    return _fit_values(features, targets)


def _fit_classes(features: Any, labels: np.ndarray, n_classes: int) -> Fitted:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    seen = np.unique(labels)
    if len(seen) < 2:
        raise ExperimentError.at("data", "no_linear_model")
    n_numbers = features.nnz if hasattr(features, "nnz") else features.size
    flop_an_iteration = FLOP_A_WEIGHT * max(1, n_numbers) * len(seen)
    affordable = int(MOST_FLOP / flop_an_iteration)
    model = LogisticRegression(max_iter=min(MOST_ITERATIONS, max(1, affordable)))
    with warnings.catch_warnings():
        # Said by `converged`.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(features, labels)

    def outputs(x: Any) -> np.ndarray:
        scores = model.decision_function(x)
        if len(seen) == 2:
            # One number, positive for the second class.
            scores = np.stack([-scores, scores], axis=1)
        of_all = np.full((len(scores), n_classes), FAR_BELOW)
        of_all[:, seen] = scores
        return of_all

    return Fitted(outputs, int(model.n_iter_.max()) < model.max_iter)


def _fit_values(features: Any, values: np.ndarray) -> Fitted:
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=RIDGE).fit(features, values.reshape(len(values), -1))

    def outputs(x: Any) -> np.ndarray:
        predicted = np.asarray(model.predict(x))
        return predicted.reshape(-1, *values.shape[1:])

    return Fitted(outputs, converged=True)
