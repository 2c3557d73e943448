"""Try it for tables: a form of one row, and what the network says of it."""

from typing import Any, Literal

from . import Component


class TryRow(Component):
    """A form with a field for every column, filled from a validation row; hidden where the data are no table."""

    name = "try_row"

    def __init__(self, place: Literal["rail", "draw"], **options: Any):
        super().__init__(elem_id=f"try_row-{place}", **options)
