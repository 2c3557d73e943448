"""What a challenge is: data, limits and what is to be reached, written as one small JSON object."""

import hashlib
import json
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ..catalogues.base import Strict
from ..catalogues.baselines import NAMES
from ..catalogues.datasets import DATASETS
from ..catalogues.layers import LAYERS, LayerList
from ..experiment import (
    MAX_DEPTH,
    Experiment,
    TrainingSpec,
    is_deeper,
    packed,
    parse_json,
    unpacked,
)
from ..faults import ExperimentError, faults_of

MAX_BYTES = 16 * 1024  # of a challenge as JSON
CALIBRATION = "calibration_error"
CALIBRATED_TASKS = ("classification", "regression")
LayerId = Annotated[str, Field(max_length=40)]
Place = Annotated[str, Field(max_length=80, pattern=r"^[a-z_]+(\.[a-z_]+)*$")]
# A linear model is fitted at a click and belongs to no run.
BASELINES = tuple(name for name in NAMES if name != "linear")


class Words(Strict):
    """A text in one language or in both."""

    en: str = Field("", max_length=600, description="English")
    zh: str = Field("", max_length=600, description="Chinese")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.en.strip() or self.zh.strip()):
            raise PydanticCustomError("challenge_no_words", "no words")
        return self

    def in_both(self) -> tuple[str, str]:
        """(English, Chinese); where one is missing, the other stands for it."""
        return self.en or self.zh, self.zh or self.en


class Limits(Strict):
    """What a network of this challenge may take."""

    parameters: int | None = Field(
        None, ge=1, le=20_000_000, description="Most trainable parameters; blank: no limit"
    )
    hidden_layers: int | None = Field(
        None,
        ge=0,
        le=100,
        description="Most layers with weights before the output; blank: no limit",
    )
    layers: list[LayerId] | None = Field(
        None, min_length=1, max_length=100, description="The layers that are allowed; blank: all"
    )
    epochs: int = Field(20, ge=1, le=500, description="Most epochs")
    seconds: float = Field(
        120.0, gt=0, le=600, description="Longest predicted time of a training, in seconds"
    )
    tries: int = Field(
        1, ge=1, le=5, description="How many trainings a result may consist of; the best counts"
    )
    only: list[Place] = Field(
        default_factory=list,
        max_length=20,
        description="The only settings that may differ from the start; blank: all may",
    )

    @model_validator(mode="after")
    def _names_layers(self) -> Self:
        for layer in self.layers or ():
            if layer not in LAYERS:
                known = ", ".join(entry.id for entry in LAYERS)
                values = {"kind": "layer", "given": layer, "known": known}
                raise PydanticCustomError("unknown_entry", "{given}", values)
        return self


class Target(Strict):
    """One score that is to be reached over the validation part: exactly one of the three ways to say how far."""

    metric: Literal["accuracy", "mae", "r2", "calibration_error"] = Field(
        description="What is measured"
    )
    at_least: float | None = Field(None, description="Reached from this value up")
    at_most: float | None = Field(None, description="Reached from this value down")
    better_than: Literal[BASELINES] | None = Field(  # type: ignore[valid-type]
        None, description="Reached where the score beats this answer without a network"
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = [self.at_least, self.at_most, self.better_than]
        n_said = sum(value is not None for value in said)
        if n_said != 1 or (self.better_than and self.metric == CALIBRATION):
            raise PydanticCustomError("challenge_target", "unclear")
        return self


class Start(Strict):
    """The network that people begin with."""

    layers: LayerList = Field(default_factory=list, description="From the input to the output")
    training: TrainingSpec = Field(
        default_factory=TrainingSpec, description="How the network learns"
    )


class Challenge(Strict):
    """A task for people: a network on these data, within these limits, that reaches every target."""

    version: Literal[1] = Field(1, description="Version of this format")
    id: str = Field("own", pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Its short name")
    title: Words = Field(description="What the challenge is called")
    text: Words | None = Field(None, description="What is to be done")
    hint: Words | None = Field(None, description="What helps those who are stuck")
    data: DATASETS.field = Field(description="What the network learns from")  # type: ignore[name-defined]
    limits: Limits = Field(default_factory=Limits, description="What a network may take")
    targets: list[Target] = Field(min_length=1, max_length=4, description="What is to be reached")
    start: Start = Field(default_factory=Start, description="The network that people begin with")

    @model_validator(mode="after")
    def _fits_its_data(self) -> Self:
        if self.data.takes_file:
            raise PydanticCustomError("challenge_own_file", "no file")
        known = metrics_of(self.data)
        for target in self.targets:
            if target.metric not in known:
                values = {"given": target.metric, "known": ", ".join(known)}
                raise PydanticCustomError("challenge_metric", "{given}", values)
        return self

    @classmethod
    def from_dict(cls, value: Any) -> Self:
        """Raises: ExperimentError naming every place that is wrong."""
        if is_deeper(value, MAX_DEPTH):
            raise ExperimentError.at("start.layers", "too_deep", limit=MAX_DEPTH)
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            raise ExperimentError(faults_of(error)) from None

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Raises: ExperimentError."""
        content = text.encode() if isinstance(text, str) else text
        if len(content) > MAX_BYTES:
            raise ExperimentError.at("", "too_many_bytes", given=len(content), limit=MAX_BYTES)
        return cls.from_dict(parse_json(content))

    @classmethod
    def from_link(cls, text: str) -> Self:
        """Reads what `to_link` wrote. Raises: ExperimentError."""
        return cls.from_json(unpacked(text, MAX_BYTES))

    def to_dict(self) -> dict[str, Any]:
        """As JSON values, without what has its default."""
        changed = self.model_dump(mode="json", exclude_defaults=True)
        return {"version": self.version, **changed}

    def to_link(self) -> str:
        """The challenge as URL-safe text."""
        return packed(json.dumps(self.to_dict(), ensure_ascii=False).encode())

    def fingerprint(self) -> str:
        """Eight letters that tell this challenge from every other: a changed limit or target changes them."""
        return digest_of(self.model_dump(mode="json"))[:8]

    def experiment(self) -> Experiment:
        """What people begin with."""
        english, _in_chinese = self.title.in_both()
        return Experiment(
            name=english[:80],
            data=self.data,
            layers=self.start.layers,
            training=self.start.training,
        )


def metrics_of(data: Any) -> tuple[str, ...]:
    """What can be measured on these data."""
    names = tuple(data.goal.metric.names)
    return (*names, CALIBRATION) if data.task in CALIBRATED_TASKS else names


def digest_of(value: Any) -> str:
    """64 hexadecimal digits of JSON values, whatever the order of their keys."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
