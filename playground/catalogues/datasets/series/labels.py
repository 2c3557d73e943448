"""What stands under the steps of a series."""

import numpy as np

UNITS = {"year": "Y", "quarter": "M", "month": "M", "week": "D", "day": "D"}


def step_labels(seconds: np.ndarray, precision: str) -> list[str]:
    """ "1949-01" or "2024-01-30T13:00" for each step; its number where nothing says when it was measured.

    In: seconds since 1970, NaN where none are known; how exact they are: "month", "time" …
    """
    labels = [str(number) for number in range(1, len(seconds) + 1)]
    known = np.flatnonzero(~np.isnan(seconds))
    has_seconds = bool((seconds[known] % 60 != 0).any())
    unit = UNITS.get(precision, "s" if has_seconds else "m")
    moments = seconds[known].astype("datetime64[s]").astype(f"datetime64[{unit}]")
    for place, moment in zip(known.tolist(), moments, strict=True):
        labels[place] = str(moment)
    return labels
