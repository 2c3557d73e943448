"""Small files as people bring them, made here, and the reading of them in one line."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from PIL import Image

from playground.reading.data.choices import choices_of
from playground.reading.data.reader import read_data
from playground.reading.data.result import ColumnFacts, Understood

N = 60
RNG = np.random.default_rng(3)
AGES = RNG.integers(18, 70, N).tolist()
WAGES = np.round(RNG.normal(2500, 400, N), 2).tolist()
LEFT = ["yes" if i % 3 else "no" for i in range(N)]
HEAD = ["age", "wage", "left"]
PEOPLE = [list(row) for row in zip(AGES, WAGES, LEFT, strict=True)]
WAVE = np.round(100 + 10 * np.sin(np.arange(96) * np.pi / 6) + np.arange(96) * 0.3, 2).tolist()


def table(rows: Iterable[Sequence[Any]], sep: str = ",") -> str:
    """Rows as a spreadsheet writes them."""
    text = io.StringIO()
    csv.writer(text, delimiter=sep, lineterminator="\n").writerows(rows)
    return text.getvalue()


def people(**columns: Sequence[Any]) -> str:
    """The healthy table, with columns in the place of others or behind them."""
    values = {"age": AGES, "wage": WAGES, "left": LEFT, **columns}
    return table([list(values), *zip(*values.values(), strict=True)])


def months(n: int, start: int = 1990) -> list[date]:
    """The first days of n months."""
    return [date(start + i // 12, i % 12 + 1, 1) for i in range(n)]


def hours(n: int) -> list[datetime]:
    """n hours from the first of January 2024 on."""
    return [datetime(2024, 1, 1) + timedelta(hours=i) for i in range(n)]


def read(data: str | bytes, *sets: str, kind: str = "", encoding: str = "utf-8") -> Understood:
    """The file as it is understood, with `--set` choices."""
    content = data if isinstance(data, bytes) else data.encode(encoding)
    return read_data(content, choices_of(sets, kind=kind), "file")


def column(understood: Understood, name: str) -> ColumnFacts:
    """One column by its name."""
    (facts,) = [facts for facts in understood.columns if facts.name == name]
    return facts


def codes(understood: Understood) -> list[str]:
    """What is asked, besides which column is to be predicted."""
    return [doubt.code for doubt in understood.doubts if not doubt.code.startswith("target_")]


def told(understood: Understood) -> list[str]:
    """What is told."""
    return [note.code for note in understood.notes]


def picture(hue: int, mode: str = "RGB", size: tuple[int, int] = (12, 10)) -> Image.Image:
    """A small noisy picture of one hue."""
    noise = RNG.integers(0, 60, (size[1], size[0], 3))
    noise[..., hue] += 150
    return Image.fromarray(noise.astype(np.uint8)).convert(mode)


def coded(image: Image.Image, form: str = "PNG") -> bytes:
    """A picture as a file."""
    data = io.BytesIO()
    image.save(data, form)
    return data.getvalue()


def pictures(folder: str = "", n: int = 4) -> dict[str, bytes]:
    """Two classes of pictures under a folder."""
    members = {}
    for hue, label in enumerate(("ants", "bees")):
        for i in range(n):
            members[f"{folder}{label}/{i}.png"] = coded(picture(hue))
    return members


def packed(members: dict[str, bytes], encoding: str | None = None) -> bytes:
    """A ZIP; with an encoding its names are raw bytes without a flag, as older programs write them."""
    data = io.BytesIO()
    stand_ins: dict[bytes, bytes] = {}
    with zipfile.ZipFile(data, "w") as archive:
        for i, (name, content) in enumerate(members.items()):
            info = zipfile.ZipInfo("x")
            info.filename = name
            if encoding is not None:
                raw = name.encode(encoding)
                info.filename = f"{i:04d}".ljust(len(raw), "Q")
                stand_ins[info.filename.encode()] = raw
            archive.writestr(info, content)
    content = data.getvalue()
    for stand_in, raw in stand_ins.items():
        content = content.replace(stand_in, raw)
    return content
