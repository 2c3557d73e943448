"""Texts as people bring them: tables of texts and labels, archives of text files, one long text."""

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from playground.catalogues.datasets import DATASETS, uploads
from playground.catalogues.datasets.texts.own import OwnTexts

SPAM = [
    "win a prize now",
    "call this number to win",
    "free money, claim today",
    "urgent: your prize",
]
HAM = [
    "see you at noon",
    "are we meeting at the station?",
    "I am home already",
    "thanks, until six",
]
PROSE = "It was the best of times, it was the worst of times.\nIt was the age of wisdom.\n" * 30


def messages(n: int = 80) -> list[list[str]]:
    """A label and a text a row, every fourth spam."""
    rows = []
    for i in range(n):
        said = SPAM if i % 4 == 0 else HAM
        rows.append(["spam" if i % 4 == 0 else "ham", f"{said[i // 4 % 4]} {'abcdefgh'[i % 8]}"])
    return rows


def as_csv(rows: Sequence[Sequence[str]], names: Sequence[str] = ("label", "message")) -> bytes:
    """The rows as a spreadsheet writes them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *rows] if names else rows)
    return text.getvalue().encode()


def as_zip(files: dict[str, str], encoding: str = "utf-8") -> bytes:
    """An archive of text files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode(encoding))
    return packed.getvalue()


def in_parts() -> dict[str, str]:
    """Training and test folders of two classes, and texts that nobody labelled."""
    files = {"films/train/unsup/1.txt": "nobody said what this is", "films/README": "two classes"}
    for i in range(10):
        files[f"films/train/pos/{i}.txt"] = f"a very good film indeed {i}"
        files[f"films/train/neg/{i}.txt"] = f"what a boring evening {i}"
    for i in range(4):
        files[f"films/test/pos/{i}.txt"] = f"an unseen good film {i}"
        files[f"films/test/neg/{i}.txt"] = f"an unseen boring one {i}"
    return files


def folders(n: int = 12) -> dict[str, str]:
    """Two classes, a folder each, and what operating systems add."""
    files = {"reviews/neg/.DS_Store": "x", "reviews/readme.md": "hello"}
    for i in range(n):
        files[f"reviews/pos/{i}.txt"] = f"a very good film indeed {i % 3}"
        files[f"reviews/neg/{i}.txt"] = f"what a boring evening {i % 3}"
    return files


def own(data: bytes, **options: Any) -> OwnTexts:
    """The data set of a file."""
    return DATASETS["own_texts"](file=uploads.put(data, "texts", "mine.csv"), **options)
