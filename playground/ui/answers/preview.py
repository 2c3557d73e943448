"""A look at data: some samples, what their numbers are scaled by, and what chance makes of them while they train."""

import json
from functools import lru_cache
from typing import Any

import numpy as np

from ...catalogues.datasets import DATASETS
from ...catalogues.datasets.augment import Augmenter
from ...catalogues.datasets.base import Dataset
from ...experiment import Experiment
from ...faults import ExperimentError
from ...questions.encoding import as_bytes, picture, short_numbers
from ..fields import names_in_both

THUMBNAILS = 6  # a class
AUGMENTED_ROWS = 4  # training images
AUGMENTED_EACH = 7  # versions of each, beside the image itself
POINTS_SHOWN = 1_500
# What has a mean and a spread of its own, by the kind of a sample.
SCALED_BY = {"image": "channel", "points": "feature", "table": "column", "text": "token"}

Answer = dict[str, Any]


def preview_answer(experiment: Experiment) -> Answer:
    """A look at the data, and what its numbers are scaled by."""
    return {**_preview(experiment.data), "scale": scale_answer(experiment.data)}


def _preview(data: Dataset) -> Answer:
    """What the data set itself shows, or pictures by class, or points."""
    classes = names_in_both(data.class_names(), data.classes)
    about = {"kind": data.shape_kind, "classes": classes}
    shown = data.preview()
    if shown is not None:
        return {**about, **shown}
    x, y = data.raw()
    labels = data.goal.labels_of(y)
    if data.shape_kind == "image":
        return {**about, **_pictures(data, x, labels)}
    return {**about, **_points(data, x, labels)}


def _pictures(data: Dataset, x: np.ndarray, labels: np.ndarray) -> Answer:
    """The first pictures of every class, and some as they may come to the network."""
    if labels.ndim > 1:
        labels = labels[:, 0]
    thumbs = []
    for label in range(len(data.class_names())):
        places = np.flatnonzero(labels == label)
        images = x[places[:THUMBNAILS]]
        thumbs.append([as_bytes(picture(image)) for image in images])
    return {
        "size": data.input_shape[1:],
        "channels": x.shape[1],
        "thumbs": thumbs,
        "augmented": augmented_answer(data),
    }


def _points(data: Dataset, x: np.ndarray, labels: np.ndarray) -> Answer:
    """The first points, with their classes or values; part: 1 for those of the validation part."""
    part = np.zeros(len(labels), dtype=np.int64)
    part[data.split().val_index] = 1
    return {
        "x": x[:POINTS_SHOWN].round(4).tolist(),
        "y": labels[:POINTS_SHOWN].tolist(),
        "part": part[:POINTS_SHOWN].tolist(),
    }


def scale_answer(data: Dataset) -> Answer | None:
    """Mean and spread of the training part by which all inputs are scaled: few numbers, or only of what they are.

    None where the training part cannot be told yet.
    """
    # Neither of these changes the scale: so that what is kept serves all of their values.
    plain: dict[str, Any] = {"batch_size": 1}
    if "augment" in type(data).model_fields:
        plain["augment"] = None
    return _scale(data.model_copy(update=plain).model_dump_json())


@lru_cache(maxsize=64)  # of a large set all samples are read for it
def _scale(text: str) -> Answer | None:
    data = DATASETS.parse(json.loads(text))
    of = SCALED_BY.get(data.shape_kind, "value")
    if of != "token" and data.statistic_axes() is None:
        of = "nothing"
    told_as = "change" if getattr(data, "from_last", False) else of
    about: Answer = {"dataset": data.id, "of": told_as}
    if of in ("column", "token", "nothing"):
        return {**about, "mean": [], "std": []}
    try:
        split = data.split()
    except ExperimentError:
        return None
    about["mean"] = short_numbers(split.mean.ravel())
    about["std"] = short_numbers(split.std.ravel())
    return about


def augmented_answer(data: Dataset) -> list[list[str]]:
    """Rows of a training image as it is, then as it may come to the network; none where nothing is augmented."""
    augment = data.augmentation()
    if augment is None:
        return []
    split = data.split()
    x = split.train_x[:AUGMENTED_ROWS]
    augmenter = Augmenter(augment, seed=0)
    versions = [x]
    for _ in range(AUGMENTED_EACH):
        changed, _ = augmenter(x, x)
        versions.append(changed)
    rows: list[list[str]] = [[] for _ in x]
    for version in versions:
        # Back to 0…1, from what the network takes to what a screen shows.
        images = (version.numpy() * split.std + split.mean).clip(0, 1)
        for row, image in zip(rows, images, strict=True):
            row.append(as_bytes(picture(image)))
    return rows
