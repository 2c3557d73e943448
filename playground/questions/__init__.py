"""Questions to a model while it trains: one family a file, one question a class, all by their ids in `QUESTIONS`."""

from . import maps, places, predictions, report, sequences, units, weights
from .base import QUESTIONS, PageQuestion, question_of

__all__ = [
    "QUESTIONS",
    "PageQuestion",
    "maps",
    "places",
    "predictions",
    "question_of",
    "report",
    "sequences",
    "units",
    "weights",
]
