"""Memory and open files of a process, read from what the system says."""

import os
from pathlib import Path

from playground.engine.process_facts import memory_bytes, n_open_files


def test_memory_is_the_second_number_of_pages(tmp_path: Path) -> None:
    (tmp_path / "statm").write_text("900 25 7 1 0 80 0\n")
    assert memory_bytes(tmp_path) == 25 * os.sysconf("SC_PAGE_SIZE")


def test_each_open_file_is_counted(tmp_path: Path) -> None:
    for name in ("0", "1", "17"):
        (tmp_path / "fd" / name).mkdir(parents=True)
    assert n_open_files(tmp_path) == 3


def test_a_system_that_says_nothing_is_no_error(tmp_path: Path) -> None:
    assert memory_bytes(tmp_path) is None and n_open_files(tmp_path) is None
