"""The drawing pad with the network's answer; all pads on the page share one drawing."""

from typing import Any, Literal

from . import Component


class DigitPad(Component):
    """The drawing pad with the network's answer: small in the rail, large in Draw. All share one drawing."""

    name = "digit_pad"

    def __init__(self, place: Literal["rail", "draw"], **options: Any):
        super().__init__(elem_id=f"pad-{place}", **options)
