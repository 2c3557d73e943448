"""Questions to a model while it trains: one family a file, one question a class, all by their ids in `QUESTIONS`."""

from . import (
    attention,
    kernel_at_work,
    maps,
    places,
    predictions,
    report,
    series,
    texts,
    units,
    weights,
)
from .base import QUESTIONS, PageQuestion, question_of

__all__ = [
    "QUESTIONS",
    "PageQuestion",
    "attention",
    "kernel_at_work",
    "maps",
    "places",
    "predictions",
    "question_of",
    "report",
    "series",
    "texts",
    "units",
    "weights",
]
