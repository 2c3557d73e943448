"""Nothing of a stranger's file is decoded in the server's own process, on whatever way it comes there."""

import csv
import zipfile
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from PIL import Image

from playground.catalogues.datasets import DATASETS, albums, own_images, uploads
from playground.catalogues.datasets.series import files as series_files
from playground.catalogues.datasets.tables import reading as table_reading
from playground.catalogues.datasets.texts import own_read
from playground.reading import calls
from playground.reading.pool import Pool
from tests.reading.handed_in import archive, picture

from ..lanes import long_except
from .test_routes import Page, page  # noqa: F401

TABLE = b"age,town,left\n" + b"".join(b"%d,t%d,yes%d\n" % (i, i % 3, i % 2) for i in range(40))
DAYS = [f"2024-{month:02}-{day:02}" for month in range(1, 7) for day in range(1, 29)]
SERIES = "\n".join(f"{day},{i % 11}" for i, day in enumerate(reversed(DAYS))).encode()
SAID = [
    "see you at noon then",
    "win a prize, call now",
    "are we meeting at six?",
    "free money for you",
]
TEXTS = "\n".join(f"{'ab'[i % 2]}\t{SAID[i % 4]} {i}" for i in range(40)).encode()
PHOTO, ARCHIVE = picture(0), archive(10)
# Kind of an upload -> the file, and what it is as data.
FILES: dict[str, tuple[bytes, dict[str, Any]]] = {
    "own": (TABLE, {"dataset": "own_table", "batch_size": 8}),
    "csv": (TABLE, {"dataset": "own_table", "batch_size": 8}),
    "series": (SERIES, {"dataset": "own_series", "batch_size": 8}),
    "texts": (TEXTS, {"dataset": "own_texts", "batch_size": 8}),
    "images": (ARCHIVE, {"dataset": "own_images", "batch_size": 8, "colour": True}),
}


def not_here(*_args: Any, **_options: Any) -> Any:
    raise AssertionError("a stranger's file was decoded in the server's process")


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """A server's readers; whatever could decode a file here refuses to."""
    pool = Pool(2)
    calls.read_apart(pool)
    albums.forget()
    caches = (
        own_images._contents_of,
        table_reading.uploaded_table,
        series_files.read_series,
        own_read.texts_of,
    )
    for cached in caches:
        cached.cache_clear()
    monkeypatch.setattr(calls, "_read_here", not_here)
    for module, name in ((Image, "open"), (zipfile, "ZipFile"), (csv, "reader")):
        monkeypatch.setattr(module, name, not_here)
    monkeypatch.setattr(pd, "to_datetime", not_here)
    yield pool
    monkeypatch.undo()  # first, since `read_apart` takes the reader of this process from what is patched here
    calls.read_apart(None)
    pool.close()


def test_every_kind_of_upload_is_tried_here() -> None:
    assert set(FILES) == set(uploads.KINDS)


@pytest.mark.parametrize("kind", long_except(["csv", "own"], FILES))
def test_an_upload_is_looked_at_checked_shown_and_divided_apart(
    page: Page,  # noqa: F811
    apart: Pool,
    kind: str,
) -> None:
    body, data = FILES[kind]
    status, answer = page.post(f"upload?kind={kind}", body)
    assert status == 200, answer
    data = {**data, "file": answer["id"]}
    experiment = {"data": data, "layers": [{"layer": "flatten"}]}
    status, checked = page.post("check", {"experiment": experiment})
    assert status == 200 and checked["data"]["n_train"] > 0
    status, shown = page.post("preview", {"data": data})
    assert status == 200, shown
    assert len(DATASETS.parse(data).split().train_x) > 0
    assert apart.calls >= 2


@pytest.mark.parametrize("kind", long_except(["photo"], ["photo", "picture 1 28", "picture 3 64"]))
def test_a_photo_is_seen_apart(page: Page, apart: Pool, kind: str) -> None:  # noqa: F811
    before = apart.calls
    status, seen = page.post("see", PHOTO, **{"x-kind": kind})
    assert status == 200 and not seen["empty"]
    assert apart.calls == before + 1


def test_a_damaged_file_of_each_kind_is_refused_with_a_sentence(page: Page, apart: Pool) -> None:  # noqa: F811
    for kind, (body, _) in FILES.items():
        status, _ = page.post(f"upload?kind={kind}", b"\0\1\2" * 40 + body[: len(body) // 2])
        assert status == 422
    assert page.refused("see", PHOTO[:50]) == (422, "not_an_image")
