"""Try it for texts and series: a text to answer, names to make up, the next values of a window."""

from typing import Any, Literal

from . import Component


class SequenceTry(Component):
    """A text that the network answers, names that it makes up, or the values it expects; hidden for other data."""

    name = "sequence_try"

    def __init__(self, place: Literal["rail", "draw"], **options: Any):
        super().__init__(elem_id=f"sequence_try-{place}", **options)
