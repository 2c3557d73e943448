"""What a question of a page is: read from a request, answered beside the training, told in plain JSON.

To add one: a class here in `questions/`, registered under the id that the page asks by, and its card on the page.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, Self, TypeVar

from ..experiment import Experiment
from ..faults import ExperimentError
from ..training.trainer import Trainer

Request = Mapping[str, Any]  # what the page sent, read as JSON
Answer = dict[str, Any]  # what the page gets, ready for JSON
Found = TypeVar("Found")  # what a question finds out: numbers and arrays, not yet JSON
Kind = TypeVar("Kind", bound="type[PageQuestion[Any]]")

QUESTIONS: dict[str, "type[PageQuestion[Any]]"] = {}


class PageQuestion(Generic[Found]):
    """Something that a page may ask a model. The fields of the dataclass are what a request may choose.

    An answer about a network's own numbers has `finite`: false where any of them is NaN or infinite. Such a number
    travels as null, in an array of levels as its lowest level; a figure that would be made of it is null too.
    """

    id: ClassVar[str]
    tells_long: ClassVar[bool] = False  # `tell` takes more than a few milliseconds

    @classmethod
    def read(cls, request: Request) -> Self:
        """The question that a request describes. Raises: ExperimentError where it makes no sense."""
        return cls()

    def __call__(self, trainer: Trainer) -> Found:
        """Finds the answer. A run's worker calls it between two steps, with the model in evaluation mode.

        Leaves the model as it was, uses no global random numbers, removes its hooks, and returns numbers and arrays,
        never the live model. Raises: ExperimentError where these data or this network have no such answer.
        """
        raise NotImplementedError

    def tell(self, found: Found, experiment: Experiment) -> Answer:
        """What was found as JSON. Called outside the worker: what takes long and needs no model belongs here."""
        raise NotImplementedError


def asked_as(question_id: str) -> Callable[[Kind], Kind]:
    """Registers a class under the id by which a page asks it. Raises: ValueError where the id is taken."""

    def register(kind: Kind) -> Kind:
        if question_id in QUESTIONS:
            raise ValueError(f"there are two questions called {question_id}")
        kind.id = question_id
        QUESTIONS[question_id] = kind
        return kind

    return register


def question_of(request: Request) -> PageQuestion[Any]:
    """The question that a request names. Raises: ExperimentError for one that is not understood."""
    question_id = request.get("question")
    kind = QUESTIONS.get(question_id) if isinstance(question_id, str) else None
    if kind is None:
        raise refused("there is no such question", "question")
    return kind.read(request)


def refused(detail: str, place: str = "") -> ExperimentError:
    """The error for a question that has no answer. In: why, as a sentence; the key of the request it is about."""
    return ExperimentError.at(place, "bad_question", detail=detail)


def is_number(value: Any) -> bool:
    """Whether it is a number; true and false are none, although Python counts them among the whole ones."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def text_of(request: Request, name: str, default: str | None = None) -> str:
    """A text of a request. Raises: ExperimentError for another type, or where it is missing and has no default."""
    value = request.get(name, default)
    if not isinstance(value, str):
        kind = type(value).__name__
        raise ExperimentError.at(name, "wrong_type", expected="a text", given=kind)
    return value


def integer_of(request: Request, name: str, default: int) -> int:
    """A whole number of a request. Raises: ExperimentError."""
    value = request.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        shown = repr(value)[:40]
        raise ExperimentError.at(name, "wrong_type", expected="a whole number", given=shown)
    return value


def number_of(request: Request, name: str, default: float) -> float:
    """A number of a request. Raises: ExperimentError."""
    value = request.get(name, default)
    if not is_number(value):
        kind = type(value).__name__
        raise ExperimentError.at(name, "wrong_type", expected="a number", given=kind)
    try:
        return float(value)
    except OverflowError:  # a whole number of hundreds of digits
        raise refused(f"{name} is too large a number", name) from None
