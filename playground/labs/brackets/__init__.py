"""Three tiny trained networks that say after every character whether a bracket is open. A lab looks into them."""

from .network import CELLS, SIZE, BracketReader, fresh_network, load_network, numbers_of

__all__ = ["CELLS", "SIZE", "BracketReader", "fresh_network", "load_network", "numbers_of"]
