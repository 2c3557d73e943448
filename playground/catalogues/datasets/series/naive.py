"""Forecasts that need no network: what a network must be better than."""

import numpy as np

from .windows import last_known


def naive_errors(
    values: np.ndarray, ends: np.ndarray, horizon: int, season: int
) -> dict[str, float]:
    """Mean absolute errors of three forecasts, in the series's own unit.

    `last`: the last value stays. `season`: the values of one season before. `season_change`: the last value, and
    the change since then of one season before. In: the series (n,), the last step of each window (N,), how many steps
    are predicted, how many a season has (0: none).
    """
    filled = last_known(values)
    ahead = ends[:, None] + 1 + np.arange(horizon)
    last = filled[ends][:, None]
    guesses = {"last": np.broadcast_to(last, ahead.shape)}
    if season and ends.min() >= season and horizon <= season:
        season_before = filled[ahead - season]
        then = filled[ends - season][:, None]
        guesses["season"] = season_before
        guesses["season_change"] = last + season_before - then
    errors: dict[str, float] = {}
    for name, guess in guesses.items():
        errors[name] = float(np.abs(guess - values[ahead]).mean())
    return errors
