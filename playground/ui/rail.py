"""The rail, at the right on every tab: Now, and Try it in the way that fits the data."""

from .components.boundary import Boundary
from .components.digit_pad import DigitPad
from .components.now import Now
from .components.sequence_try import SequenceTry
from .components.try_row import TryRow


def rail() -> None:
    """Places the cards. The pad shows for images, the boundary for points of the plane."""
    Now()
    DigitPad("rail")
    Boundary("rail")
    SequenceTry("rail")
    TryRow("rail")
