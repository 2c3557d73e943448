"""Texts of a person's own: told apart by their labels, or learnt from so that the network writes on."""

from collections.abc import Callable
from functools import lru_cache
from pprint import pformat
from typing import Any, Literal

import numpy as np
from pydantic import Field

from ....faults import ExperimentError, Fault, Repair
from ....reading.calls import read
from ....reading.data import text_recipe
from ....reading.data.text_recipe import MOST_LETTERS
from ...samples import (
    Division,
    GivenDivision,
    random_split,
    stratified_counts,
    stratified_split,
)
from .. import upload_names, uploads
from ..base import DATASETS, SPLIT_SEED
from ..own_file import OwnFile
from . import own_read
from .base import Text
from .learning import (
    piece_numbers,
    readable,
    text_numbers,
    text_numbers_in_parts,
    text_pieces,
    written_alike,
)
from .own_read import EXAMPLE, LEAST_PIECES, MOST_LENGTH, Learn, OwnTextsRead, Source, Unit
from .reviews import Reviews
from .tokens import frequent_tokens, next_tokens, token_numbers, words_of

USUAL_NAME = "texts.csv"
MOST_NUMBERS = 20_000_000  # in all texts together
LEAST_TEXTS = 4
SHOWN_TOKENS = 200  # of a text in the preview
MANY_CLASSES = 12  # of which the preview shows one text each
WRITTEN = 160  # characters that the page asks for
CODE_WIDTH = 96


@uploads.kind("texts", USUAL_NAME)
def look(data: bytes) -> dict[str, Any]:
    """What the page says of texts that arrived. Raises: ExperimentError for what holds none."""
    facts = read("understood", {"choices": {"kind": "text"}, "name": ""}, data).value
    return {"texts": facts["rows"], "classes": [kind["name"] for kind in facts["classes"]]}


@DATASETS.register
class OwnTexts(OwnFile, Text):
    """Your own texts: a table of texts and labels, a ZIP of text files, or one text to learn to write from.

    Out: x (N, T) token numbers, y the classes in alphabetical order; or x (N, T) characters, y (N, T) the next
    character, −100 behind the end. The vocabulary comes from the training part alone. Product reviews are shown until
    a file is chosen. Source: the file that was uploaded. Licence: your own.
    """

    id = "own_texts"
    label = "Your own texts"
    takes_file = "texts"
    read_as = "text"
    ends_at_break = False
    field_of_choice = {"target": "target", "message": "message"}
    message: str = Field(
        "",
        max_length=200,
        description="Column that holds the texts; blank: the one with the longest",
    )
    target: str = Field(
        "", max_length=200, description="Column that holds the labels; blank: the likeliest one"
    )
    learn: Learn = Field(
        "auto",
        description="classes: which label a text has; next: which character comes next; auto: classes "
        "where there are labels or folders",
    )
    split_into: Literal["auto", "words", "characters"] = Field(
        "auto",
        description="What a text is taken apart into; auto: words, or characters where the language "
        "parts no words",
        json_schema_extra={"shown_when": {"learn": ["auto", "classes"]}},
    )
    max_vocabulary: int = Field(
        2_000,
        ge=10,
        le=20_000,
        description="How many words or characters the network knows: the most frequent ones of the training part",
        json_schema_extra={"step": 50, "log": True},
    )
    text_length: int = Field(
        0,
        ge=0,
        le=MOST_LENGTH,
        description="Words or characters of a text that the network reads; 0: as many as 95 % of the texts have",
    )

    # ---- what the file holds ----

    def found(self) -> OwnTextsRead:
        """The texts of the file, read once. Raises: ExperimentError."""
        return own_read.texts_of(self._source())

    def _source(self) -> Source:
        """What decides how the file is read; what was said about a file is not true of the example."""
        if not self.file:
            return Source("", "", self.learn)
        choices = self.reading_choices().model_dump_json(exclude_defaults=True)
        return Source(self.file, choices, self.learn)

    @property
    def generates(self) -> bool:  # type: ignore[override]
        return self.found().writes

    @property
    def task(self) -> str:  # type: ignore[override]
        return "labelling" if self.generates else "classification"

    @property
    def unit(self) -> Unit:  # type: ignore[override]
        if self.generates:
            return "character"
        if self.split_into == "auto":
            return own_read.natural_unit(self._source())
        return "word" if self.split_into == "words" else "character"

    @property
    def length(self) -> int:  # type: ignore[override]
        if self.text_length:
            return self.text_length
        return own_read.natural_length(self._source(), self.unit)

    @property
    def input_shape(self) -> tuple[int, ...]:  # type: ignore[override]
        return (self.length,)

    def class_names(self) -> tuple[str, ...]:
        return self.vocabulary() if self.generates else self.found().classes

    def n_samples(self) -> int:
        return len(self._pieces()) if self.generates else len(self.found().texts)

    def _pieces(self) -> tuple[str, ...]:
        return own_read.pieces_of(self._source(), self.length)

    def counts(self) -> tuple[int, int]:
        if self.generates:
            return super().counts()
        found = self.found()
        if found.held_out is None:
            return stratified_counts(found.sizes, self.validation)
        n_held_out = int(found.held_out.sum())
        return len(found.texts) - n_held_out, n_held_out

    @property
    def has_given_parts(self) -> bool:  # type: ignore[override]
        """Whether the archive has folders for training and for testing."""
        return self.fault() is None and self.found().held_out is not None

    def divided_by(self) -> Division | GivenDivision:
        """As the folders say, where the archive has some for training and for testing."""
        held_out = self.found().held_out
        return super().divided_by() if held_out is None else GivenDivision(held_out)

    def held_bytes(self) -> int:
        n_arrays = 2 if self.generates else 1
        return n_arrays * 8 * self.n_samples() * self.length

    def fault(self) -> Fault | None:
        """A file that is gone or of no use, and texts that are too few or too many."""
        wrong_choice = self.choices_fault()
        if wrong_choice is not None:
            return wrong_choice
        try:
            if self.file and self.file not in uploads.STORE:
                uploads.get(self.file)
            return self._size_fault()
        except ExperimentError as error:
            return error.faults[0]

    def _size_fault(self) -> Fault | None:
        n = self.n_samples()
        if self.generates and n < LEAST_PIECES:
            n_letters = sum(map(len, self.found().texts))
            needed = LEAST_PIECES * self.length
            return Fault("data.file", "texts_too_short", {"given": n_letters, "needed": needed})
        if n < LEAST_TEXTS:
            return Fault("data.file", "texts_too_few", {"given": n, "needed": LEAST_TEXTS})
        if n * self.length <= MOST_NUMBERS:
            return None
        limit = max(2, MOST_NUMBERS // n)
        shorter = Repair("set_to", data={"text_length": limit}, values={"limit": limit})
        values = {"given": n, "length": self.length, "limit": limit}
        return Fault("data.text_length", "texts_too_many", values, (shorter,))

    # ---- numbers ----

    def vocabulary(self) -> tuple[str, ...]:
        return _vocabulary(
            self._source(),
            self.unit,
            self.length,
            self.max_vocabulary,
            self.validation,
        )

    def prepared(self, text: str) -> str:
        if not self.generates:
            return readable(text, self.length)
        # What comes next is asked: of a long beginning its end counts, and none is the beginning of a line.
        end = text[-2 * self.length :]
        return written_alike(end)[-self.length :] or "\n"

    def preparing_code(self) -> tuple[tuple[str, ...], tuple[Callable[..., Any], ...]]:
        if not self.generates:
            return (f"text = readable(sample, {self.length})",), (readable,)
        lines = (
            f"end = written_alike(sample[-{2 * self.length} :])",
            f'text = end[-{self.length} :] or "\\n"',
        )
        return lines, (written_alike,)

    @property
    def message_name(self) -> str:
        """The column that holds the texts; "" where no table does."""
        return str(self.found().recipe.get("columns", ("",))[0])

    @property
    def label_name(self) -> str:
        """The column that holds the labels; "" where there is none."""
        columns = self.found().recipe.get("columns", ())
        return str(columns[1]) if len(columns) > 1 else ""

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        """Raises: ExperimentError where the file is not here, or of no use."""
        fault = self.fault()
        if fault is not None:
            raise ExperimentError(fault)
        if self.generates:
            pieces = self._pieces()
            return piece_numbers(pieces, self.length, self.max_vocabulary, self.validation)
        found = self.found()
        tokens_of = own_read.tokens_by(self.unit)
        if found.held_out is not None:
            x = text_numbers_in_parts(
                found.texts, found.held_out, tokens_of, self.length, self.max_vocabulary
            )
            return x, found.y
        x = text_numbers(
            found.texts, found.y, tokens_of, self.length, self.max_vocabulary, self.validation
        )
        return x, found.y

    # ---- the page and the script ----

    @property
    def files(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.own_file() or EXAMPLE,)

    def own_file(self) -> str:
        if not self.file:
            return ""
        return uploads.name_of(self.file) or upload_names.safe_name(self.called, USUAL_NAME)

    def origin(self) -> tuple[str, str]:
        return super().origin() if self.file else Reviews().origin()

    def preview(self) -> dict[str, Any]:
        facts = super().preview() or {}
        for sample in facts["samples"]:
            for key in ("tokens", "numbers", "labels"):
                if sample[key] is not None:
                    sample[key] = sample[key][:SHOWN_TOKENS]
        return {
            **facts,
            "own": True,
            "file": self.file,
            "example": not self.file,
            "writes": WRITTEN if self.generates else 0,
            "sizes": list(self.found().sizes),
        }

    def _shown_places(self, y: np.ndarray) -> list[int]:
        places = super()._shown_places(y)
        n_classes = 0 if self.generates else len(self.found().classes)
        if n_classes <= MANY_CLASSES:
            return places
        _, first = np.unique(y, return_index=True)
        return [int(place) for place in first[:MANY_CLASSES]]

    def source(self) -> tuple[str, tuple[Any, ...]]:
        recipe = self.found().recipe
        lines, functions = text_recipe.code(recipe)
        path = "" if self.file else f"DATA_FILE = {EXAMPLE!r}\n"
        head = [path + _literal("TEXTS", recipe), *lines]
        tail, more = self._writing_code() if self.generates else self._telling_code()
        return "\n".join([*head, *tail]), (*functions, *more)

    def _telling_code(self) -> tuple[list[str], tuple[Callable[..., Any], ...]]:
        tokens_of = own_read.tokens_by(self.unit)
        if self.found().held_out is not None:
            return self._telling_parts_code(tokens_of)
        arguments = f"{self.length}, {self.max_vocabulary}, {self.validation!r}"
        line = f"x = text_numbers(texts, y, {tokens_of.__name__}, {arguments})"
        functions: tuple[Callable[..., Any], ...] = (
            readable,
            stratified_split,
            frequent_tokens,
            token_numbers,
            text_numbers,
        )
        return [line], (words_of, *functions) if self.unit == "word" else functions

    def _telling_parts_code(
        self, tokens_of: Callable[[str], list[str]]
    ) -> tuple[list[str], tuple[Callable[..., Any], ...]]:
        arguments = f"{tokens_of.__name__}, {self.length}, {self.max_vocabulary}"
        line = f"x = text_numbers_in_parts(texts, held_out, {arguments})"
        functions: tuple[Callable[..., Any], ...] = (
            readable,
            frequent_tokens,
            token_numbers,
            text_numbers_in_parts,
        )
        return [line], (words_of, *functions) if self.unit == "word" else functions

    def _writing_code(self) -> tuple[list[str], tuple[Callable[..., Any], ...]]:
        lines = [
            f"pieces = text_pieces(texts, {self.length}, {MOST_LETTERS})",
            f"x, y = piece_numbers(pieces, {self.length}, {self.max_vocabulary}, {self.validation!r})",
        ]
        functions = (
            written_alike,
            text_pieces,
            random_split,
            frequent_tokens,
            token_numbers,
            next_tokens,
            piece_numbers,
        )
        return lines, functions


def _literal(name: str, value: Any) -> str:
    """A value as Python, its lines below each other."""
    start = f"{name} = "
    lines = pformat(value, width=CODE_WIDTH - len(start), sort_dicts=False).split("\n")
    return start + ("\n" + " " * len(start)).join(lines)


@lru_cache(maxsize=16)
def _vocabulary(
    source: Source,
    unit: Unit,
    length: int,
    most: int,
    validation: float,
) -> tuple[str, ...]:
    """The most frequent tokens of the training part. In: the fields of `OwnTexts` that it depends on."""
    found = own_read.texts_of(source)
    if found.writes:
        pieces = own_read.pieces_of(source, length)
        train, _ = random_split(len(pieces), validation, SPLIT_SEED)
        return tuple(frequent_tokens([pieces[i] for i in train], 1, most))
    if found.held_out is not None:
        train = np.flatnonzero(~found.held_out)
    else:
        train, _ = stratified_split(found.y, validation, SPLIT_SEED)
    tokens_of = own_read.tokens_by(unit)
    rows = [tokens_of(readable(found.texts[i], length)) for i in train]
    return tuple(frequent_tokens(rows, 1, most))
