"""Checkpoints changed at random, opened in a child process: refused with a sentence, or a run that a run can be."""

import pytest

from benchmarks.mutated_checkpoints import open_apart


@pytest.mark.parametrize("count", [20, pytest.param(2_000, marks=pytest.mark.long)])
def test_no_changed_checkpoint_gets_through(count: int) -> None:
    figures = open_apart(seed=2, first=0, count=count)
    assert figures["wrong"] == []
    assert figures["accepted"] + figures["refused"] == count
    # Else nothing was tried but the first lines of the check.
    assert figures["accepted"] > count / 20 and figures["refused"] > count / 4


@pytest.mark.long
@pytest.mark.parametrize("kind", ["weights", "links"])
def test_no_changed_weights_and_no_changed_link_get_through(kind: str) -> None:
    figures = open_apart(seed=3, first=0, count=1_000, kind=kind)
    assert figures["wrong"] == []
    assert figures["accepted"] > 20 and figures["refused"] > 200
