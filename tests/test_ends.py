"""Killed or told to end, whatever it is busy with, the server ends, and the next one starts clean."""

import signal
from pathlib import Path

import pytest

from benchmarks.ends.__main__ import WAYS, ends_in
from benchmarks.ends.states import SITUATIONS, Situation

pytestmark = pytest.mark.long


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_the_server_ends_and_the_next_one_starts_clean(
    tmp_path: Path, situation: Situation
) -> None:
    ends = ends_in(situation, tmp_path)
    for way, (found, ended) in zip(WAYS, ends, strict=True):
        assert found == []  # of what the one before it left
        assert ended.left_processes == 0
        if way != signal.SIGKILL:
            assert ended.status == 0
            assert ended.left_files == []
