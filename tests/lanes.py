"""The two lanes: a few cases of a long table stand in the quick lane, the others are marked `long`."""

from collections.abc import Iterable

import pytest


def long_except(quick: Iterable[str], cases: Iterable[str]) -> list[object]:
    """Parameters for `pytest.mark.parametrize`. In: the cases of the quick lane, and all of them."""
    in_quick_lane = set(quick)
    all_cases = list(cases)
    missing = in_quick_lane - set(all_cases)
    assert not missing, f"no such case: {missing}"
    return [
        case if case in in_quick_lane else pytest.param(case, marks=pytest.mark.long)
        for case in all_cases
    ]
