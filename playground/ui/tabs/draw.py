"""Draw: the large pad, a photo, what the network really sees, and its answer."""

from ..components.boundary import Boundary
from ..components.digit_pad import DigitPad
from ..components.photo import photo_card
from ..components.sequence_try import SequenceTry
from ..components.try_row import TryRow


def panel() -> None:
    """Places the pad and the photo; for points of the plane the large boundary stands in their place."""
    DigitPad("draw")
    Boundary("draw")
    TryRow("draw")
    SequenceTry("draw")
    photo_card()
