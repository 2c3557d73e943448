"""What makes texts of a person's own file readable again: found out once, used by the app and by the script."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ..refusals import refused
from . import cells, text_loading
from .choices import Choices
from .columns import Column
from .layouts import functions_of, layout_of, parse_of
from .reader import Content, content_of, opened
from .sheet import Sheet
from .text_files import TextFiles, text_files
from .texts import LEAST_OF_CLASS, class_counts, text_column, text_understood

MOST_CLASSES = 200
MOST_LETTERS = 4_000_000  # that a network learns to write from
Learn = Literal["auto", "classes", "next"]


@dataclass(frozen=True)
class TextsRead:
    """The texts that are used. labels: int64 (N,) numbers of `classes`; without classes they say nothing.

    held_out: bool (N,), which of them folders name as the test part; None where none do.
    """

    recipe: dict[str, Any]
    classes: tuple[str, ...]
    texts: list[str]
    labels: np.ndarray
    held_out: np.ndarray | None = None


def texts_in(data: bytes, choices: Choices, name: str, learn: Learn) -> TextsRead:
    """The texts of a file and how to read them again. Raises: ExperimentError for a file that holds none."""
    content = content_of(data, choices)
    if content.holds == "pictures":
        raise refused("data_no_text")
    found = _of_files if content.holds == "texts" else _of_sheet
    recipe, classes = found(content, choices, name, learn)
    texts, labels = load(data, recipe)
    if not texts:
        raise refused("upload_empty")
    held_out = text_loading.held_out_files(data, recipe) if "test_folders" in recipe else None
    return TextsRead(recipe, classes, texts, labels, held_out)


def load(data: bytes, recipe: dict[str, Any]) -> tuple[list[str], np.ndarray]:
    """The texts and the numbers of their classes: what the script does, line by line, in `code`."""
    form = recipe["form"]
    if form == "files":
        return text_loading.files_of(data, recipe)
    layout = recipe["layout"]
    if form == "text":
        texts = [cells.text_of(data, layout)]
    else:
        rows = cells.cells_of(data, layout, parse_of(layout))
        if form == "labelled":
            return text_loading.labelled_texts(rows, recipe)
        texts = text_loading.column_texts(rows, recipe)
    return texts, np.zeros(len(texts), np.int64)


def code(recipe: dict[str, Any]) -> tuple[list[str], tuple[Callable[..., Any], ...]]:
    """Lines of the script that set `texts` and `y` from TEXTS, the recipe; and the functions that they call."""
    form = recipe["form"]
    if form == "files":
        line = "texts, y = files_of(bytes_of(DATA_FILE), TEXTS)"
        functions = (cells.bytes_of, text_loading.text_files_in, text_loading.files_of)
        if "test_folders" not in recipe:
            return [line], functions
        parts = "held_out = held_out_files(bytes_of(DATA_FILE), TEXTS)"
        return [line, parts], (*functions, text_loading.held_out_files)
    if form == "text":
        line = 'texts = [text_of(bytes_of(DATA_FILE), TEXTS["layout"])]'
        return [line], (cells.bytes_of, cells.text_of)
    layout = recipe["layout"]
    parse = parse_of(layout).__name__
    lines = [f'rows = cells_of(bytes_of(DATA_FILE), TEXTS["layout"], {parse})']
    if form == "labelled":
        lines.append("texts, y = labelled_texts(rows, TEXTS)")
        return lines, (*functions_of(layout), text_loading.labelled_texts)
    lines.append("texts = column_texts(rows, TEXTS)")
    return lines, (*functions_of(layout), text_loading.column_texts)


def _of_files(
    content: Content, choices: Choices, name: str, learn: Learn
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Of an archive of text files: folders are classes, if there are some."""
    if content.packed:
        raise refused("data_stranger", what="an archive inside an archive")
    files = text_files(content.data, choices)
    counts = files.class_counts()
    usual = sorted(label for label, n in counts.items() if label and n >= LEAST_OF_CLASS)
    if files.has_parts:
        usual = [label for label in usual if label in files.with_training]
    n_labels = sum(1 for label in counts if label)
    has_classes = learn != "next" and n_labels > 1
    if learn == "classes" or has_classes:
        _check_classes(usual, n_labels, "the folder")
    classes = usual if has_classes or learn == "classes" else []
    recipe = {
        "form": "files",
        "encoding": files.encoding,
        "class_of": _class_of_folders(files, classes),
    }
    if classes and files.has_parts:
        recipe["test_folders"] = _test_folders(files)
    return recipe, tuple(classes)


def _test_folders(files: TextFiles) -> list[str]:
    """The folders that are there to test with, as zipfile names them."""
    folders = set()
    for raw_name, entry in zip(files.raw_names, files.entries, strict=True):
        if entry.part == "test":
            folders.add(raw_name.replace("\\", "/").rpartition("/")[0])
    return sorted(folders)


def _class_of_folders(files: TextFiles, classes: list[str]) -> dict[str, int]:
    """Folder as zipfile names it -> number of its class; all of them 0 where there are no classes."""
    number_of = {label: number for number, label in enumerate(classes)}
    folders: dict[str, int] = {}
    for raw_name, entry in zip(files.raw_names, files.entries, strict=True):
        folder = raw_name.replace("\\", "/").rpartition("/")[0]
        if not classes:
            folders[folder] = 0
        elif entry.label in number_of:
            folders[folder] = number_of[entry.label]
    return folders


def _of_sheet(
    content: Content, choices: Choices, name: str, learn: Learn
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Of a text file: a table of texts and labels, a column of texts, or one long text."""
    sheet = opened(content, choices, name).sheet
    facts = text_understood(sheet, choices)
    layout = layout_of(sheet, content.packed)
    text = text_column(sheet, choices) or sheet.columns[0]
    target = facts.target or facts.proposed
    if learn == "classes" and target is None:
        raise refused("texts_no_labels", "data.learn")
    if not sheet.grid.separator:
        return {"form": "text", "layout": layout}, ()
    recipe: dict[str, Any] = {
        "form": "column",
        "layout": layout,
        "columns": [text.name],
        "text": text.place,
        "no_text": sorted(text.missing_words | Counter([""])),
    }
    label = sheet.named(target) if target else None
    if label is None or label is text or learn == "next":
        return recipe, ()
    classes = _classes_of(sheet, text, label)
    recipe |= {
        "form": "labelled",
        "columns": [text.name, label.name],
        "label": label.place,
        "class_of": _class_of(label, classes),
    }
    return recipe, tuple(classes)


def _classes_of(sheet: Sheet, text: Column, label: Column) -> list[str]:
    """Classes in order of their names: those with enough rows that have a text. Raises: ExperimentError."""
    counts = class_counts(text, label)
    usual = sorted(kind for kind, n in counts.items() if n >= LEAST_OF_CLASS)
    _check_classes(usual, len(counts), label.name)
    return usual


def _check_classes(usual: list[str], n_all: int, name: str) -> None:
    """Raises: ExperimentError for too few or too many classes that can be learnt."""
    if len(usual) > MOST_CLASSES or (len(usual) < 2 and n_all > MOST_CLASSES):
        values = {"target": name, "given": n_all, "limit": MOST_CLASSES}
        raise refused("table_many_classes", "data.target", **values)
    if len(usual) < 2:
        raise refused("table_one_class", "data.target", target=name)


def _class_of(label: Column, classes: list[str]) -> dict[str, int]:
    """Every spelling of a class -> its number."""
    number_of = {name: number for number, name in enumerate(classes)}
    numbers: dict[str, int] = {}
    for cell in label.counts:
        kind = label.kind_of(cell)
        if kind in number_of:
            numbers[cell] = number_of[kind]
    return numbers
