"""A race of optimisers down a surface."""

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

import torch
from pydantic import Field

from ..catalogues.optimizers import OPTIMIZERS, Optimizer
from .base import LABS, Answer, Lab
from .chosen import MOST_OPTIONS, RESETS, EntryOf, IdOf, chosen
from .parts import Part, Say, Table
from .program import Program
from .race_pictures import Arrow, Terrain, in_space, on_map
from .surfaces import Surface, moments, race, surface_of

ALONE = 200  # with more steps than this the first optimiser runs without rivals
FAR = 1e6  # beyond this nobody comes back
ZIGZAG = {"optimizer": "sgd", "lr": 0.07}
ROLLING = {
    "optimizer": "sgd",
    "lr": 0.02,
    "momentum": 0.9,
}
IF_TYPED: dict[str, Any] = {"shown_when": {"surface": ["typed"]}}
Coordinate = Annotated[float, Field(ge=-100, le=100)]


@LABS.register
class Optimizers(Lab):
    """Optimisers descend the same surface from the same place, step by step, and leave a trail.

    Source: torch.optim; the surfaces are usual test functions of optimisation.
    """

    id, label, group = "optimizers", "Race of optimisers", "optimisation"
    rows = ("O1", "O4", "O5")
    explains = ("optimizer",)
    leads_to = ("schedules",)
    opens = "digits-warmup-adamw"
    optimizer: Annotated[str, IdOf(OPTIMIZERS)] = Field(
        "adam",
        description="Which optimiser",
        json_schema_extra=RESETS,
    )
    lr: float = Field(
        0.3,
        gt=0,
        le=1_000,
        description="Its learning rate",
        json_schema_extra={"log": True},
    )
    options: dict[str, Any] = Field(
        default_factory=dict,
        max_length=MOST_OPTIONS,
        description="Its other options",
    )
    surface: Literal[
        "rosenbrock", "beale", "saddle", "ravine", "plateau", "himmelblau", "network", "typed"
    ] = Field(
        "ravine",
        description="The surface; network: the loss of a real one; typed: the formula",
        json_schema_extra={"resets": ["start"]},
    )
    formula: str = Field(
        "x**2 + 3*sin(2*x) + y**2",
        max_length=12_000,
        description="Formula of x and y, if typed",
        json_schema_extra=IF_TYPED,
    )
    reach: float = Field(
        3.0,
        ge=0.1,
        le=100,
        description="How far a typed surface is shown",
        json_schema_extra=IF_TYPED,
    )
    start: list[Coordinate] | None = Field(
        None,
        min_length=2,
        max_length=2,
        description="Where the race begins: x and y",
    )
    steps: int = Field(
        60,
        ge=1,
        le=1_000,
        description="Steps",
    )
    clip_norm: float = Field(
        0.0,
        ge=0,
        le=1_000,
        description="Longest gradient that is followed; 0: any",
    )
    rivals: list[Annotated[Any, EntryOf(OPTIMIZERS)]] = Field(
        [ZIGZAG, ROLLING],
        max_length=3,
        validate_default=True,
        description="Others in the race, each with its options",
    )
    look: int = Field(
        4,
        ge=0,
        le=1_000,
        description="The step whose arrows are drawn",
        json_schema_extra={"shown_when": {"shows": ["map"]}},
    )
    shows: Literal["map", "space"] = Field("map", description="map: from above; space: in 3-D")
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "too_fast": {
            "optimizer": "sgd",
            "lr": 0.081,
            "rivals": [{"optimizer": "sgd", "lr": 0.079}],
        },
        "saddle": {
            "surface": "saddle",
            "start": [1.5, 0.0],
            "rivals": [{"optimizer": "sgd", "lr": 0.1}],
        },
        "plain": {
            "surface": "plateau",
            "rivals": [{"optimizer": "sgd", "lr": 0.3}, {"optimizer": "rmsprop", "lr": 0.3}],
        },
        "decay": {
            "optimizer": "adamw",
            "lr": 0.05,
            "options": {"weight_decay": 0.5},
            "steps": 200,
            "rivals": [
                {
                    "optimizer": "adam",
                    "lr": 0.05,
                    "weight_decay": 0.5,
                }
            ],
        },
        "clipping": {
            "optimizer": "sgd",
            "lr": 0.02,
            "surface": "rosenbrock",
            "clip_norm": 1.0,
            "steps": 200,
            "rivals": [],
        },
        "minima": {"surface": "himmelblau", "rivals": [{"optimizer": "sgd", "lr": 0.01}]},
        "network": {
            "surface": "network",
            "shows": "space",
            "lr": 0.1,
        },
        "hole": {
            "surface": "typed",
            "formula": "log(x) + y**2",
            "start": [0.5, 1.0],
            "rivals": [],
        },
    }

    def answer(self) -> Answer:
        racers = self._racers()
        terrain = Terrain(self._surface)
        program = Program()
        paths = self._race(program, racers)
        ends = [_end_of(path) for path in paths]
        trails = [path[: end + 1] for path, end in zip(paths, ends, strict=True)]
        names = [_name(racer) for racer in racers]
        height = terrain.height_at(trails[0][-1])
        parts: list[Part] = []
        if self.shows == "map":
            arrows, table = self._arrows(racers[0], trails[0])
            parts += [on_map(terrain, names, trails, arrows), table]
        else:
            parts.append(in_space(terrain, names, trails))
        parts += self._words(terrain, names[0], trails[0], height)
        values: dict[str, Any] = {"path": paths[0], "paths": dict(zip(names, paths, strict=True))}
        values |= {"height": height, "steps_taken": len(trails[0]) - 1}
        experiment = {"training": {"optimizer": racers[0].model_dump(mode="json")}}
        return Answer(
            values,
            parts,
            program.code(),
            ["path"],
            numbers=["height"],
            experiment=experiment,
            chosen={"start": self._start},
        )

    @cached_property
    def _surface(self) -> Surface:
        return surface_of(self.surface, self.formula, self.reach)

    @property
    def _start(self) -> list[float]:
        return self.start or list(self._surface.start)

    def _racers(self) -> list[Optimizer]:
        """The first is the one that is looked at."""
        first = chosen(OPTIMIZERS, self.optimizer, {"lr": self.lr, **self.options})
        return [first] if self.steps > ALONE else [first, *self.rivals]

    def _race(self, program: Program, racers: Sequence[Optimizer]) -> list[list[list[float]]]:
        surface = self._surface.bind(program)
        entries = [(program.use(racer.target), racer.options()) for racer in racers]
        names = "path, *rivals" if len(racers) > 1 else "(path,)"
        paths: list[list[list[float]]] = program.call(
            names, race, surface, entries, self._start, self.steps, self.clip_norm
        )
        return paths

    def _arrows(self, racer: Optimizer, trail: list[list[float]]) -> tuple[list[Arrow], Table]:
        """What the first optimiser feels, remembers and does at a step, as arrows and as numbers."""
        step = min(self.look, len(trail) - 1)
        entry = (racer.target, racer.options())
        gradient, kept = moments(self._surface.height, entry, trail[: step + 1], self.clip_norm)
        place = torch.tensor(trail[step])
        rows = [_row("∇f", gradient)]
        arrows = [Arrow("against_gradient", "gradient", place, -gradient)]
        length = gradient.norm().item()
        if self.clip_norm and length > self.clip_norm:
            rows.append(_row("clip(∇f)", gradient * self.clip_norm / length))
        for name, moment in kept.items():
            rows.append(_row(name, moment))
            if name in ("momentum_buffer", "exp_avg"):
                arrows.append(Arrow("memory", "negative", place, -moment))
        if step + 1 < len(trail):
            move = torch.tensor(trail[step + 1]) - place
            rows.append(_row("Δ(x, y)", move))
            arrows.append(Arrow("step", "value", place, move))
        return arrows, Table("moments", ["what", "x", "y", "length"], rows)

    def _words(
        self, terrain: Terrain, name: str, trail: list[list[float]], height: float
    ) -> list[Part]:
        parts: list[Part] = []
        steps = len(trail) - 1
        at_start = terrain.height_at(self._start)
        if terrain.is_constant:
            parts.append(Say("surface", "constant", {}, "fault"))
        elif terrain.missing:
            parts.append(Say("surface", "holes", {"share": f"{terrain.missing:.0%}"}, "fault"))
        if not math.isfinite(at_start):
            parts.append(Say("end", "nowhere", {"height": f"{at_start:g}"}, "fault"))
        elif steps < self.steps or not math.isfinite(height):
            parts.append(Say("end", "lost", {"name": name, "n": steps}, "fault"))
        elif trail[-1] == self._start:
            parts.append(Say("end", "still", {"name": name}, "fault"))
        else:
            x, y = trail[-1]
            about = {
                "name": name,
                "n": steps,
                "x": f"{x:.3g}",
                "y": f"{y:.3g}",
            }
            parts.append(Say("end", "end", {**about, "height": f"{height:.3g}"}))
        if self.steps > ALONE and self.rivals:
            parts.append(Say("alone", "alone", {"limit": ALONE}))
        return parts


def _end_of(path: Sequence[Sequence[float]]) -> int:
    """The last place before it was lost: not finite, or too far away to come back."""
    for step, place in enumerate(path):
        if not all(abs(number) < FAR for number in place):
            return max(0, step - 1)
    return len(path) - 1


def _name(racer: Optimizer) -> str:
    """ "SGD 0.02, momentum 0.9": what it is, its learning rate, and what differs from its defaults."""
    changed = racer.model_dump(exclude_defaults=True)
    for known in (racer.kind, "lr"):
        changed.pop(known, None)
    extra = "".join(f", {key.replace('_', ' ')} {value}" for key, value in changed.items())
    return f"{racer.label} {racer.lr:g}{extra}"


def _row(name: str, vector: torch.Tensor) -> list[Any]:
    x, y = vector.tolist()
    return [name, x, y, vector.norm().item()]
