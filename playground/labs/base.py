"""What a lab is: a class whose fields are its controls, and whose `answer` is computed by real PyTorch.

To add one: a class in a file of this folder, registered, and its words in `ui/words/labs/`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import torch
from pydantic import ValidationError

from ..catalogues.base import Catalogue, Entry
from ..faults import ExperimentError, faults_of
from .parts import Note, Part, Say, Table, plain
from .threads import one_thread

GROUPS = ("tensors", "autograd", "networks", "sequences", "losses", "optimisation", "practice")
LONGEST_DETAIL = 200  # characters of torch's own message
MOST_DEPTH = 20  # of lists in lists in a field


@dataclass(frozen=True)
class Answer:
    """values: the main numbers by name, for programs. parts: what the page draws. code: what ran, as a script.

    checked: those of `values` that the script leaves behind as variables; a test runs it and compares. experiment: the
    part of an experiment that says the same, `{"training": {"loss": …}}`; a page may put it into the one at hand.
    """

    values: Mapping[str, Any]
    parts: Sequence[Part]
    code: str
    checked: Sequence[str] = ()
    numbers: Sequence[str] = ()  # those of `values` that stand large beside the picture
    experiment: Mapping[str, Any] | None = None
    # The values of fields that were left open (null).
    chosen: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "values": plain(self.values),
            "parts": [part.to_json() for part in self.parts],
            "code": self.code,
            "numbers": list(self.numbers),
            "experiment": self.experiment,
            "chosen": plain(self.chosen),
        }


class Lab(Entry):
    """One idea to play with. `rows` are those of the guide that it covers."""

    group: ClassVar[str] = ""
    rows: ClassVar[tuple[str, ...]] = ()
    leads_to: ClassVar[tuple[str, ...]] = ()
    opens: ClassVar[str] = ""  # a preset that uses what is shown
    # What on the page leads here: a kind of catalogue ("loss"), "field.lr", "family.conv" and "fact.attends" of layers.
    explains: ClassVar[tuple[str, ...]] = ()
    measures_time: ClassVar[bool] = False  # the same state has another answer each time
    # The cases that most people get wrong, one click away: id -> the fields that change.
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {}

    def answer(self) -> Answer:
        """Computes what is shown. Raises: ExperimentError where the fields make no sense together."""
        raise NotImplementedError

    def preview(self) -> Part | None:
        """The small picture of its card: the first part of the first answer that is no text."""
        parts = self.answer().parts
        for part in parts:
            if not isinstance(part, Say | Note | Table):
                return part
        return parts[0] if parts else None


LABS: Catalogue[Lab] = Catalogue("lab", Lab)


@dataclass(frozen=True)
class Played:
    """A lab's answer with the state that it is for."""

    lab: Lab
    answer: Answer
    state: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """`{"lab", "state", "values", "parts", "code", "numbers"}`."""
        return {"lab": self.lab.id, "state": self.state, **self.answer.to_json()}


def lab_of(lab_id: str, state: Mapping[str, Any]) -> Lab:
    """A lab in a state. Raises: ExperimentError for one that is not known, or for a field that is wrong."""
    if lab_id not in LABS:
        known = ", ".join(entry.id for entry in LABS)
        raise ExperimentError.at(
            "lab", "unknown_entry", kind="lab", given=str(lab_id)[:40], known=known
        )
    for name, value in state.items():
        if _is_deeper(value, MOST_DEPTH):
            raise ExperimentError.at(str(name)[:40], "lab_deep", limit=MOST_DEPTH)
    try:
        return LABS[lab_id].model_validate(dict(state))
    except ValidationError as error:
        raise ExperimentError(faults_of(error)) from None


def _is_deeper(value: Any, depth: int) -> bool:
    """Whether lists and objects are nested deeper than that; pydantic and JSON give up somewhere."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if not isinstance(value, list | tuple):
        return False
    return depth == 0 or any(_is_deeper(inner, depth - 1) for inner in value)


def play(lab_id: str, state: Mapping[str, Any]) -> Played:
    """A lab's answer. In: its id; the fields that differ from their defaults. Raises: ExperimentError."""
    lab = lab_of(lab_id, state)
    whole = lab.model_dump(mode="json")
    whole.pop("lab", None)
    try:
        with one_thread():
            answer = lab.answer()
    except NotImplementedError as error:
        # Not every version of torch has every operation for every kind of number.
        version = torch.__version__
        raise ExperimentError.at(
            "", "lab_not_in_torch", version=version, detail=_detail(error)
        ) from None
    except (RuntimeError, OverflowError, MemoryError) as error:
        # A state that the lab did not foresee: torch says why, and the page goes on.
        raise ExperimentError.at("", "lab_failed", detail=_detail(error)) from None
    return Played(lab, answer, whole)


def _detail(error: Exception) -> str:
    """The first line of torch's own message."""
    return str(error).split("\n", maxsplit=1)[0][:LONGEST_DETAIL]
