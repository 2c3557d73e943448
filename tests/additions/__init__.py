"""Things of every kind that are added at run time, each in as many places as the table of `docs/adding.md` says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playground.catalogues.base import Catalogue, Entry
from playground.catalogues.datasets import DATASETS
from playground.catalogues.initializers import INITIALIZERS
from playground.catalogues.layers import LAYERS
from playground.catalogues.losses import LOSSES
from playground.catalogues.optimizers import OPTIMIZERS
from playground.catalogues.schedules import SCHEDULES
from playground.catalogues.tasks import TASKS, register
from playground.labs import LABS
from playground.questions.base import QUESTIONS, asked_as
from playground.training.live_settings import LIVE_SETTINGS
from playground.training.measurements import MEASUREMENTS
from playground.ui import page
from playground.ui.answers.boot import fixed_boot, fixed_text
from playground.ui.charts import CHARTS
from playground.ui.tabs import TABS
from playground.ui.words import CATALOGUE_ZH

from .entries import (
    CHINESE,
    Alternating,
    Averaged,
    Halves,
    Magnitude,
    Powers,
    Scale,
    SquaredHinge,
    Stripes,
)
from .lab import Doubling
from .screen import CARD, MOMENTUM, WEIGHT_NORM, LargestWeight, Notes, weight_norm

ENTRIES: list[tuple[Catalogue[Any], type[Entry]]] = [
    (LAYERS, Scale),
    (LOSSES, SquaredHinge),
    (OPTIMIZERS, Averaged),
    (SCHEDULES, Halves),
    (INITIALIZERS, Alternating),
    (DATASETS, Stripes),
    (DATASETS, Powers),
]


def add_all() -> None:
    """Adds one of everything, before the page is built."""
    register(Magnitude)
    for catalogue, entry in ENTRIES:
        catalogue.register(entry)
    LABS.register(Doubling)
    CATALOGUE_ZH.update(CHINESE)
    add_to_the_page()


def add_to_the_page() -> None:
    """The question, the measurement and its chart, the live setting, the tab."""
    asked_as("largest_weight")(LargestWeight)
    MEASUREMENTS["test_weight_norm"] = weight_norm
    CHARTS["test_weight_norm"] = WEIGHT_NORM
    LIVE_SETTINGS["test_momentum"] = MOMENTUM
    TABS["notes"] = Notes()
    page.files()["cards/largest_weight.js"] = CARD


def forget_boot() -> None:
    """What a page is told once is made again."""
    fixed_boot.cache_clear()
    fixed_text.cache_clear()


@contextmanager
def registered(catalogue: Catalogue[Any], entry: type[Entry]) -> Iterator[None]:
    """Inside, the catalogue has one more entry."""
    catalogue.register(entry)
    forget_boot()
    try:
        yield
    finally:
        catalogue.unregister(entry.id)
        forget_boot()


@contextmanager
def one_more_task() -> Iterator[None]:
    """Inside, there is one more task, and a data set that has it."""
    register(Magnitude)
    try:
        with registered(DATASETS, Powers):
            yield
    finally:
        del TASKS[Magnitude.id]
        forget_boot()


@contextmanager
def a_larger_page() -> Iterator[None]:
    """Inside, the page has one more question, chart, live setting and tab."""
    add_to_the_page()
    forget_boot()
    try:
        yield
    finally:
        del QUESTIONS["largest_weight"]
        del MEASUREMENTS["test_weight_norm"]
        del CHARTS["test_weight_norm"]
        del LIVE_SETTINGS["test_momentum"]
        del TABS["notes"]
        del page.files()["cards/largest_weight.js"]
        forget_boot()
