"""Damaged files of up to 4 MB: understood, or refused in one sentence, with 300 MB of memory."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.reading.pool import Pool

from ...lanes import long_except
from .damage import HEALTHY, KINDS, SAID, damaged

MEMORY_BYTES = 300 * 2**20
CPU_S = 20.0  # a hang; how fast files are read is measured by benchmarks.reading_files
WAIT_S = 120.0  # on a busy machine; what counts is the time of the processor
MOST_ANSWER_BYTES = 2**20
USUAL = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture(scope="module")
def readers() -> Iterator[Pool]:
    """Readers of the kind that uploads go to, one at a time, with no more memory than this."""
    pool = Pool(1, memory_bytes=MEMORY_BYTES, limit_s=WAIT_S, most_bytes=MOST_ANSWER_BYTES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYGROUND_READER_MODULES", "tests.reading.data.measured")
        yield pool
    pool.close()


def check(readers: Pool, data: bytes, kind: str, sets: list[str]) -> None:
    answer = readers.call("measured", {"kind": kind, "sets": sets}, data).value
    assert answer["trouble"] == ""
    assert answer["cpu_s"] < CPU_S


def test_a_healthy_file_of_every_kind_is_no_trouble(readers: Pool) -> None:
    for data in HEALTHY:
        check(readers, data, "", [])


@pytest.mark.parametrize("end", ["", "x", ".5.", "e", " kg"])
def test_a_cell_of_a_hundred_thousand_digits_is_no_trouble(readers: Pool, end: str) -> None:
    check(readers, b"a,b\n" + b"1" * 100_000 + end.encode() + b",2\n3,4\n5,6\n7,8\n", "table", [])


def test_half_a_million_blank_lines_are_no_trouble(readers: Pool) -> None:
    check(readers, b"a,b\n" + b"1,2\n3,4\n" * 3 + b"x,y\n\n" * 300_000 + b"5,6\n" * 9, "table", [])


def test_a_line_of_megabytes_that_is_no_unicode_is_no_trouble(readers: Pool) -> None:
    check(readers, b'\xe5\xba"' + b'\x8c\xe4"\xba' * 1_200_000 + b"\n" + b"a,b\n" * 30, "", [])


@pytest.mark.parametrize("row", long_except([], ["r{n},total,{n}", "total,,{n}"]))
def test_a_table_full_of_totals_is_no_trouble(readers: Pool, row: str) -> None:
    rows = [f"r{i},new,{i}\n" if i % 3 else row.format(n=i) + "\n" for i in range(60_000)]
    check(readers, b"region,type,n\n" + "".join(rows).encode(), "table", [])


@settings(max_examples=40, derandomize=True, **USUAL)
@given(data=damaged(), kind=KINDS, sets=SAID)
def test_a_damaged_file_is_understood_or_refused(
    readers: Pool, data: bytes, kind: str, sets: list[str]
) -> None:
    check(readers, data, kind, sets)


@pytest.mark.long
@settings(max_examples=3_000, derandomize=True, **USUAL)
@given(data=damaged(), kind=KINDS, sets=SAID)
def test_three_thousand_damaged_files_are_understood_or_refused(
    readers: Pool, data: bytes, kind: str, sets: list[str]
) -> None:
    check(readers, data, kind, sets)


@pytest.mark.long
@settings(max_examples=300, derandomize=True, **USUAL)
@given(data=st.binary(max_size=400), kind=KINDS, sets=SAID)
def test_bytes_without_any_sense_are_understood_or_refused(
    readers: Pool, data: bytes, kind: str, sets: list[str]
) -> None:
    check(readers, data, kind, sets)
