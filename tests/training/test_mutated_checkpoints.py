"""Checkpoints changed at random, opened in a child process: refused with a sentence, or a run that a run can be."""

import pytest

from benchmarks.mutated_checkpoints import open_apart


@pytest.mark.parametrize("count", [60, pytest.param(2_000, marks=pytest.mark.long)])
def test_no_changed_checkpoint_gets_through(count: int) -> None:
    figures = open_apart(seed=2, first=0, count=count)
    assert figures["wrong"] == []
    assert figures["accepted"] + figures["refused"] == count
    # Else nothing was tried but the first lines of the check.
    assert figures["accepted"] > count / 20 and figures["refused"] > count / 4
