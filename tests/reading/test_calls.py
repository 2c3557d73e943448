"""The readers give the same in this process and in one of their own."""

from collections.abc import Iterator
from unittest.mock import patch

import numpy as np
import pytest

from playground.catalogues.datasets import DATASETS, uploads
from playground.catalogues.datasets.tables import reading as table_reading
from playground.faults import ExperimentError
from playground.reading.calls import read, read_apart, reading_for
from playground.reading.data.choices import Choices
from playground.reading.data.table_plan import Wish
from playground.reading.data.table_reading import table_facts
from playground.reading.line import NOBODY
from playground.reading.messages import Message
from playground.reading.pool import Pool
from tests.reading.handed_in import archive, picture

CSV = b"age,town,left\n" + b"".join(b"%d,t%d,yes\n" % (i, i % 3) for i in range(20))
DAYS = [f"2024-01-{day:02}" for day in range(1, 31)]
SERIES = "\n".join(f"{day},{number**2}" for number, day in enumerate(DAYS)).encode()
RECIPE = table_facts(CSV, Choices(columns={"age": "number"}), Wish())["plan"]["recipe"]
ALBUM = {
    "encoding": "",
    "folders": {"one": [0, "train"], "two": [1, "test"]},
    "left_out": ["one/1.png"],
}
CALLS = {
    "photo": ({"max_pixels": 10_000}, picture(0)),
    "picture": ({"max_pixels": 10_000, "side": 28, "colour": False}, picture(0)),
    "album": ({"encoding": ""}, archive(3)),
    "pictures": ({"size": 28, "colour": True, "album": ALBUM}, archive(3)),
    "table": ({"choices": {}, "predict": "auto", "most_categories": 20, "name": ""}, CSV),
    "table_arrays": ({"recipe": RECIPE}, CSV),
    "table_rows": ({"recipe": RECIPE}, CSV),
    "series": ({"choices": {"kind": "series"}, "name": "a.csv", "inputs": []}, SERIES),
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(1)
    yield pool
    pool.close()


@pytest.fixture
def apart(pool: Pool) -> Iterator[Pool]:
    read_apart(pool)
    yield pool
    read_apart(None)


def same(first: Message, second: Message) -> bool:
    return (
        first.value == second.value
        and first.body == second.body
        and first.arrays.keys() == second.arrays.keys()
        and all(np.array_equal(first.arrays[name], second.arrays[name]) for name in first.arrays)
    )


@pytest.mark.parametrize("name", CALLS)
def test_a_reader_gives_the_same_apart(name: str, pool: Pool) -> None:
    options, body = CALLS[name]
    assert same(pool.call(name, options, body), read(name, options, body))


def test_a_bad_file_gives_the_same_fault_apart(apart: Pool) -> None:
    with pytest.raises(ExperimentError) as caught:
        read("album", {"encoding": ""}, b"no archive")
    fault = caught.value.faults[0]
    assert (fault.place, fault.code) == ("data.file", "zip_broken")


def test_tables_and_pictures_of_a_data_set_are_read_apart(apart: Pool) -> None:
    table_reading.uploaded_table.cache_clear()
    before = apart.calls
    file = uploads.put(CSV, "csv")
    table = table_reading.uploaded_table(file, (), Wish())
    assert [row[0] for row in table.facts["rows"][:3]] == ["0", "1", "2"]
    own = DATASETS.parse({"dataset": "own_images", "file": uploads.put(archive(3), "images")})
    x, y = own.raw()
    assert x.shape == (6, 1, 28, 28) and y.tolist() == [0, 0, 0, 1, 1, 1]
    assert apart.calls >= before + 3


def test_a_file_is_read_for_the_client_that_hands_it_in(pool: Pool) -> None:
    with patch.object(pool, "call") as call:
        read_apart(pool)
        try:
            with reading_for("1.2.3.4", "a"):
                read("table", {}, b"")
            read("photo", {}, b"")
        finally:
            read_apart(None)
    clients = [request.kwargs["client"] for request in call.call_args_list]
    assert clients == [("1.2.3.4", "a"), NOBODY]
