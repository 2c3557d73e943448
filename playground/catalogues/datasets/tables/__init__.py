"""Tables: a row a sample, a column a feature. Some bundled, some of scikit-learn, and a person's own CSV file."""

from . import bundled, scikit_learn  # noqa: F401  (they register their entries)
from .own import OwnTable, csv_experiment

__all__ = ["OwnTable", "csv_experiment"]
