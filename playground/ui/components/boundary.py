"""The decision boundary of two-dimensional data, moving while the network trains."""

from typing import Any, Literal

from . import Component


class Boundary(Component):
    """The decision boundary of two-dimensional data, moving while the network trains; hidden for images."""

    name = "boundary"

    def __init__(self, place: Literal["rail", "train", "draw"], **options: Any):
        super().__init__(elem_id=f"boundary-{place}", **options)
