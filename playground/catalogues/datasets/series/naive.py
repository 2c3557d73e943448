"""Forecasts that need no network: what a network must be better than."""

from collections.abc import Sequence

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
    # Which steps each forecast is about: (N, horizon).
    ahead = ends[:, None] + 1 + np.arange(horizon)
    last = filled[ends][:, None]
    guesses = {"last": np.broadcast_to(last, ahead.shape)}
    # A longer horizon would look up “one season before” in steps that are not over yet.
    has_season_before = ends.min() >= season and horizon <= season
    if season and has_season_before:
        season_before = filled[ahead - season]
        last_then = filled[ends - season][:, None]
        guesses["season"] = season_before
        guesses["season_change"] = last + season_before - last_then

    true_values = values[ahead]
    errors: dict[str, float] = {}
    for name, guess in guesses.items():
        distances = np.abs(guess - true_values)
        # A season before, nothing may have been measured yet.
        if np.isfinite(distances).all():
            errors[name] = float(distances.mean())
    return errors


def weighted_errors(errors: Sequence[dict[str, float]], weights: Sequence[int]) -> dict[str, float]:
    """The errors of several series as one, of those forecasts that all of them have. In: how many windows each has."""
    together: dict[str, float] = {}
    for name in errors[0]:
        if all(name in of_series for of_series in errors):
            values = [of_series[name] for of_series in errors]
            together[name] = float(np.average(values, weights=weights))
    return together
