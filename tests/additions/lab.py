"""One more lab: what somebody writes who adds one."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from playground.labs import Answer, Lab
from playground.labs.parts import Array
from playground.labs.program import Program


def doubled(numbers):
    """Every number twice as large."""
    return [2 * number for number in numbers]


class Doubling(Lab):
    """Twice as large, number by number.

    Source: arithmetic.
    """

    id, label, group = "test_doubling", "Doubling", "tensors"
    leads_to = ("broadcasting",)
    numbers: list[float] = Field([1.0, 2.5], max_length=9, description="Numbers to double")
    surprises: ClassVar[Mapping[str, Mapping[str, Any]]] = {"nothing": {"numbers": []}}

    def answer(self) -> Answer:
        program = Program()
        result = program.call("result", doubled, self.numbers)
        parts = [Array("result", result, [len(result)])]
        count = len(result)
        return Answer(
            {"result": result, "count": count}, parts, program.code(), ["result"], ["count"]
        )
