"""How the windows of several series are dealt out."""

from dataclasses import dataclass

import numpy as np

from ..base import Division
from .windows import split_each


@dataclass(frozen=True)
class EachDivision(Division):
    """The past of every series trains, its future judges. n_windows: how many each has."""

    n_windows: tuple[int, ...] = ()

    @classmethod
    def of_series(cls, n_windows: tuple[int, ...], share: float, gap: int) -> "EachDivision":
        """In: windows of each series, the share that judges, how many windows between see both."""
        return cls(split_each, "len(x)", share, gap, n_windows)

    def build(self, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return self.function(self.n_windows, self.share, self.last)

    def code(self) -> str:
        """In the script the line that makes the windows sets `n_windows`."""
        return f"split_each(n_windows, {self.share!r}, {self.last!r})"
