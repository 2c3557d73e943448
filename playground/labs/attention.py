"""Queries look for keys."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import torch
from pydantic import Field

from ..catalogues.modules import SinusoidalPositions
from ..faults import ExperimentError, shape_text
from . import attention_parts as drawn
from .attending import (
    attention_scores,
    attention_weights,
    keys_in_use,
    split_heads,
    word_vectors,
)
from .base import LABS, Answer, Lab
from .grids import grid
from .parts import Part
from .program import Program, Ref

FEATURES = 24  # of a word; any number of heads up to four divides it
MOST_WORDS = 16
MOST_SCORES = 16  # a side
Coordinate = Annotated[float, Field(ge=-4, le=4)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]
Points = Annotated[list[Point], Field(min_length=1, max_length=8)]
IN_THE_PLANE: dict[str, Any] = {"shown_when": {"source": ["plane"]}}
OF_A_TEXT: dict[str, Any] = {"shown_when": {"source": ["text"]}}
SENTENCE = "the cat saw the other cat"


@LABS.register
class Attention(Lab):
    """Each query is compared with every key; a softmax turns the scores into weights, which mix what the keys hold.

    Source: torch.nn.functional.scaled_dot_product_attention; Vaswani et al. 2017, Attention Is All You Need.
    """

    id, label, group = "attention", "Attention", "sequences"
    rows = ("R5",)
    explains = ("fact.attends",)
    leads_to = ("losses",)
    opens = "names-attention"
    source: Literal["plane", "text"] = Field(
        "plane", description="plane: points that you drag; text: the words of a sentence"
    )
    queries: Points = Field(
        [[2.0, 0.6], [-1.2, 1.6]],
        description="Queries, as points of the plane",
        json_schema_extra=IN_THE_PLANE,
    )
    keys: Points = Field(
        [[2.4, -0.6], [0.9, 1.9], [-1.9, 0.6], [-0.4, -1.8]],
        description="Keys, as points of the plane",
        json_schema_extra=IN_THE_PLANE,
    )
    query: int = Field(0, ge=0, le=15, description="The row that is looked at, counted from 0")
    text: str = Field(SENTENCE, max_length=200, description="Words", json_schema_extra=OF_A_TEXT)
    positions: float = Field(
        1.0,
        ge=0,
        le=3,
        description="Strength of the vector that tells a word's place",
        json_schema_extra=OF_A_TEXT | {"step": 0.25},
    )
    heads: int = Field(
        1, ge=1, le=4, description="Parts that look separately", json_schema_extra=OF_A_TEXT
    )
    temperature: float = Field(
        1.0, ge=0.05, le=20, description="Divides the scores: below 1 sharper, above 1 flatter"
    )
    causal: bool = Field(False, description="No row looks at what comes after it")
    scores: list[Any] = Field([], description="Own scores, a row for each query; empty: computed")
    mask: list[Any] = Field([], description="1 keeps a key, 0 hides it; empty: all are kept")
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "long": {"keys": [[0.6, 0.2], [0.9, 1.9], [-1.9, 0.6], [3.2, 3.6]]},
        "sharp": {"temperature": 0.05},
        "no_key": {
            "scores": [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]],
            "mask": [[1, 1, 0], [0, 0, 0]],
            "query": 1,
        },
        "causal": {"source": "text", "causal": True, "query": 5},
        "no_order": {"source": "text", "positions": 0.0, "query": 1},
        "heads": {"source": "text", "heads": 4, "positions": 2.0, "query": 1},
        "padding": {"source": "text", "text": "a short one ␣ ␣", "mask": [1, 1, 1, 0, 0]},
    }

    def answer(self) -> Answer:
        program = Program()
        row_names, column_names = self._write_scores(program)
        scores = program.value("scores")
        mask = self._write_mask(program, scores)
        weights = program.call(
            "weights", attention_weights, Ref("scores"), mask, self.causal, self.temperature
        )
        in_use = program.call("in_use", keys_in_use, Ref("weights"))
        view = drawn.View(scores, weights, self.temperature, self.query, row_names, column_names)
        values = {
            "scores": scores,
            "weights": weights,
            "in_use": in_use,
            "keys_in_use": in_use.nanmean().item(),
            "empty_rows": drawn.empty_rows(weights),
        }
        checked = ["scores", "weights", "in_use"]
        parts: list[Part] = []
        if self._is_plane():
            # In the plane a key is also the value that it holds.
            mixed = program.call("mixed", torch.matmul, Ref("weights"), Ref("keys"))
            values["mixed"] = mixed
            checked.append("mixed")
            parts.append(drawn.plane(view, self.queries, self.keys, mixed))
        parts += drawn.tables(view)
        if self._is_text():
            parts += self._text_parts(view)
        return Answer(values, parts, program.code(), checked, ["keys_in_use"])

    def preview(self) -> Part:
        """What the words of a sentence look at, none of them ahead."""
        answer = Attention(source="text", causal=True).answer()
        return drawn.small_picture(answer.values["weights"])

    def _is_plane(self) -> bool:
        return not self.scores and self.source == "plane"

    def _is_text(self) -> bool:
        return not self.scores and self.source == "text"

    def _write_scores(self, program: Program) -> tuple[list[str], list[str]]:
        """The script's lines down to `scores`. Out: the names of rows and columns. Raises: ExperimentError."""
        if self.scores:
            scores = grid("scores", self.scores, axes=(1, 2, 3), most=MOST_SCORES)
            rows = program.let("rows", self.scores)
            program.call("scores", torch.tensor, rows, dtype=torch.float64)
            n_rows = scores.shape[-2] if scores.dim() > 1 else 1
            return _numbered("q", n_rows), _numbered("k", scores.shape[-1])
        if self.source == "text":
            return self._write_text(program)
        points = {"dtype": torch.float64}
        program.call("queries", torch.tensor, self.queries, **points)
        program.call("keys", torch.tensor, self.keys, **points)
        program.call("scores", attention_scores, Ref("queries"), Ref("keys"))
        return _numbered("q", len(self.queries)), _numbered("k", len(self.keys))

    def _write_text(self, program: Program) -> tuple[list[str], list[str]]:
        words = self._words()
        listed = program.let("words", words)
        program.call("vectors", word_vectors, listed, FEATURES, self.positions)
        looking = Ref("vectors")
        if self.heads > 1:
            program.call("parts", split_heads, looking, self.heads)
            looking = Ref("parts")
        program.call("scores", attention_scores, looking, looking)
        names = _with_places(words)
        return names, names

    def _words(self) -> list[str]:
        """The words of the text, or its characters where it is a single word. Raises: ExperimentError."""
        words = self.text.split()
        if len(words) == 1:
            words = list(words[0])
        if not words:
            raise ExperimentError.at("text", "lab_no_text")
        if len(words) > MOST_WORDS:
            raise ExperimentError.at("text", "lab_words", limit=MOST_WORDS, given=len(words))
        return words

    def _write_mask(self, program: Program, scores: torch.Tensor) -> Ref | None:
        """The mask, if there is one. Raises: ExperimentError where it does not fit the scores."""
        if not self.mask:
            return None
        mask = grid("mask", self.mask, axes=(1, 2, 3), most=MOST_SCORES)
        try:
            mask.expand(scores.shape)
        except RuntimeError:
            shape, wanted = shape_text(mask.shape), shape_text(scores.shape)
            raise ExperimentError.at("mask", "lab_shape", given=shape, wanted=wanted) from None
        program.call("mask", torch.tensor, self.mask)
        return Ref("mask")

    def _text_parts(self, view: drawn.View) -> list[Part]:
        words = self._words()
        places = SinusoidalPositions(len(words), FEATURES).table * self.positions
        parts: list[Part] = [drawn.places_figure(places, view.row_names)]
        # A mask tells places apart, too; what is said here is about positions alone.
        if not self.causal and not self.mask:
            parts += drawn.said_twice(view, words)
        return parts


def _with_places(words: list[str]) -> list[str]:
    """["1 the", "2 cat", …]: a word may be there twice."""
    return [f"{place + 1} {word}" for place, word in enumerate(words)]


def _numbered(letter: str, count: int) -> list[str]:
    """["q1", "q2", …]"""
    return [f"{letter}{place + 1}" for place in range(count)]
