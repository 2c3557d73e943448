"""What the machine itself takes: no attack at all, to compare the others with."""

import time

from ..wire import Sender
from .base import Attack, attack

WORK_S = 0.02  # between two looks whether it is over


@attack
class Neighbour(Attack):
    """None: a program beside the server that only calculates, and sends nothing"""

    at_once = 1
    rest_s = 0.0

    async def strike(self, sender: Sender) -> None:
        until = time.perf_counter() + WORK_S
        while time.perf_counter() < until:
            sum(range(1_000))
