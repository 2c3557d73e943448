"""Questions to the honest page's run, which anybody who has its link may ask."""

from typing import Any

from ..wire import Sender
from .base import Attack, attack


class Asked(Attack):
    """Questions to the run that is watched."""

    async def ask(self, sender: Sender, value: dict[str, Any]) -> None:
        await self.post(sender, f"runs/{self.ground.run}/ask", value)


@attack
class Questions(Asked):
    """Questions of all kinds to the run that the honest page trains"""

    async def strike(self, sender: Sender) -> None:
        number = self.number()
        sample = {"kind": "validation", "index": number % 50}
        kinds: list[dict[str, Any]] = [
            {"question": "predict", "sample": sample},
            {"question": "flow", "sample": sample},
            {"question": "histograms"},
            {"question": "dead_units"},
        ]
        await self.ask(sender, kinds[number % len(kinds)])


@attack
class Reports(Asked):
    """Reports on the run that the honest page trains"""

    async def strike(self, sender: Sender) -> None:
        await self.ask(sender, {"question": "report"})


@attack
class BadQuestions(Asked):
    """Questions that make no sense"""

    lasts = 0.5

    async def strike(self, sender: Sender) -> None:
        sample: dict[str, Any] = {"kind": "validation", "index": 10 ** (self.number() % 300)}
        values: list[dict[str, Any]] = [
            {"question": "predict", "sample": sample},
            {"question": ["predict"]},
            {"question": "unit_maps", "layer": -1, "unit": 1e308},
            {"question": "forecast", "steps": 10**18},
            {"question": "generate", "temperature": 1e-300},
        ]
        await self.ask(sender, values[self.number() % len(values)])


@attack
class Exports(Attack):
    """The honest page's run as ONNX, weights and checkpoint, by those who only watch"""

    async def strike(self, sender: Sender) -> None:
        kinds = ("onnx", "weights", "weights?format=pt", "checkpoint")
        kind = kinds[self.number() % len(kinds)]
        await self.get(sender, f"runs/{self.ground.run}/{kind}")


@attack
class OwnExports(Attack):
    """Runs of the attackers' own as ONNX, again and again"""

    async def prepare(self) -> None:
        sender = self.crowds[0]()
        layers = [{"layer": "linear", "units": 500}, {"layer": "relu"}] * 3
        experiment = {"data": {"dataset": "digits"}, "layers": layers}
        reply = await self.post(sender, "runs", {"experiment": experiment, "paused": True})
        self.own = reply.json() if reply is not None and reply.status == 200 else None

    async def strike(self, sender: Sender) -> None:
        if self.own is None:
            return
        control = {"x-control": self.own["control"]}
        kind = ("onnx", "checkpoint")[self.number() % 2]
        await self.get(sender, f"runs/{self.own['run']}/{kind}", control)
