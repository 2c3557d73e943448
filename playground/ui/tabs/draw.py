"""Draw: the large pad, a photo, what the network really sees, and its answer."""

from ..page import place

TEXT = {
    "tab.draw": ("Draw", "手写"),
    "tab.try": ("Try it", "试一试"),
}


def panel() -> None:
    """Places the pad and the photo; for other data what they are tried with takes their place."""
    place("digit_pad", elem_id="pad-draw", place="draw")
    place("boundary", elem_id="boundary-draw", place="draw")
    place("try_row", elem_id="try_row-draw", place="draw")
    place("sequence_try", elem_id="sequence_try-draw", place="draw")
    place("photo")
    place("whole_file", elem_id="whole_file-draw")
