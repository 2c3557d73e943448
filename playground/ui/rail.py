"""The rail, at the right on every tab: Now, and Try it in the way that fits the data."""

from .page import place


def rail() -> None:
    """Places the cards. The pad shows for images, the boundary for points of the plane."""
    place("now")
    place("digit_pad", elem_id="pad-rail", place="rail")
    place("boundary", elem_id="boundary-rail", place="rail")
    place("sequence_try", elem_id="sequence_try-rail", place="rail")
    place("try_row", elem_id="try_row-rail", place="rail")
