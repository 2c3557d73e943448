"""A cell that reads a text, one character after the other."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import torch
from pydantic import Field

from ..faults import ExperimentError
from . import recurrent_parts as drawn
from .base import LABS, Answer, Lab
from .brackets import CELLS, SIZE, BracketReader, fresh_network, load_network, numbers_of
from .cell_graphs import cell_graph
from .gates import STEPS, chances, gradient_reach, packed_batch
from .parts import Part
from .program import Program, Ref

MOST_CHARACTERS = 80
Line = Annotated[str, Field(max_length=MOST_CHARACTERS)]


@LABS.register
class Recurrent(Lab):
    """A small trained network reads a text and says at each character whether a bracket is open: its gates and states.

    Source: torch.nn.RNN, LSTM, GRU; Hochreiter and Schmidhuber 1997; Cho et al. 2014.
    """

    id, label, group = "recurrent", "Recurrent cells", "sequences"
    rows = ("R1", "R2", "R3")
    explains = ("family.seq",)
    leads_to = ("attention",)
    opens = "names-lstm"
    cell: Literal["rnn", "lstm", "gru"] = Field("lstm", description="Which cell reads")
    text: str = Field(
        "say (so) and (what you see", max_length=MOST_CHARACTERS, description="What it reads"
    )
    weights: Literal["trained", "fresh"] = Field(
        "trained", description="fresh: the same network before it has learned"
    )
    step: int = Field(
        4, ge=0, le=MOST_CHARACTERS - 1, description="The character that is looked at, from 0"
    )
    unit: int = Field(0, ge=0, le=SIZE - 1, description="The unit of the state, from 0")
    others: list[Line] = Field(
        ["(ab", "a (b) c"],
        max_length=7,
        description="Further texts that are read at the same time, in one batch",
    )
    seed: int = Field(
        0,
        ge=0,
        le=2**31 - 1,
        description="Of the fresh weights",
        json_schema_extra={"shown_when": {"weights": ["fresh"]}},
    )
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "deep": {"text": "((((((a))))))b", "step": 8},
        "deep_rnn": {"text": "((((((a))))))b", "step": 8, "cell": "rnn"},
        "far": {"text": "(" + 70 * "x", "step": 70},
        "fresh": {"weights": "fresh", "cell": "rnn"},
        "closed": {"text": "say (what (you) see) now"},
        "never_opened": {"text": ")))) a (b", "step": 3},
    }

    def answer(self) -> Answer:
        if not self.text:
            raise ExperimentError.at("text", "lab_no_text")
        program = Program()
        text = program.let("text", self.text)
        self._network(program, self.cell)
        numbers = program.call("numbers", numbers_of, text)
        where = (Ref("network"), Ref("numbers"))
        gates = program.call("gates", STEPS[self.cell], *where)
        open_chances = program.call("open_chances", chances, *where)
        reach = program.call("reach", gradient_reach, *where)
        step = min(self.step, len(self.text) - 1)
        values: dict[str, Any] = {
            "gates": gates,
            "open_chances": open_chances,
            "reach": reach,
            "says_open": open_chances[-1].item(),
            "is_open": drawn.depths(self.text)[-1] > 0,
        }
        parts: list[Part] = [
            drawn.answer_figure(self.text, open_chances, step),
            drawn.verdict(self.text, open_chances),
            drawn.gates_figure(self.text, gates, step),
            cell_graph(self.cell, gates, step, self.unit, self.text[step]),
            drawn.reach_figure(self.text, self._all_reaches(numbers), self.cell),
            drawn.reach_words(self.text, reach),
        ]
        checked = ["gates", "open_chances", "reach"]
        if self.others:
            batch = self._batch(program)
            values["batch"] = batch
            checked.append("batch")
            parts += drawn.batch_parts([self.text, *self._filled()], batch)
        return Answer(values, parts, program.code(), checked, ["says_open"])

    def preview(self) -> Part:
        """The state over time."""
        network = load_network(self.cell)
        gates = STEPS[self.cell](network, numbers_of(self.text))
        return drawn.state_figure(gates["hidden"])

    def _network(self, program: Program, cell: str) -> BracketReader:
        if self.weights == "trained":
            return program.call("network", load_network, cell)
        return program.call("network", fresh_network, cell, self.seed)

    def _all_reaches(self, numbers: torch.Tensor) -> dict[str, torch.Tensor]:
        """How far gradients reach back in each of the three networks."""
        reaches = {}
        for cell in CELLS:
            network = self._network(Program(), cell)
            reaches[cell] = gradient_reach(network, numbers)
        return reaches

    def _filled(self) -> list[str]:
        """The further texts, without empty ones: torch packs none."""
        return [text for text in self.others if text]

    def _batch(self, program: Program) -> dict[str, Any]:
        refs = [Ref("numbers")]
        for place, text in enumerate(self._filled()):
            name = f"other_{place + 1}"
            program.call(name, numbers_of, text)
            refs.append(Ref(name))
        return program.call("batch", packed_batch, Ref("network"), refs)
