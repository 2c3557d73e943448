"""A network that reads a text character by character and says whether a bracket is open."""

import functools
import math
import unicodedata
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

from ..program import imported

FILE = Path(__file__).with_name("brackets.safetensors")
CELLS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
SIZE = 6  # units of the state
CHARACTERS = " abcdefghijklmnopqrstuvwxyz()"
OTHER = len(CHARACTERS)  # the number of every character that is none of these
FEATURES = 4  # numbers that describe a character


@imported
def numbers_of(text: str) -> torch.Tensor:
    """The number of each character; capitals count as small letters. Out: int64 (T,)."""
    numbers = []
    for character in text:
        # Wide brackets, as Chinese has them, become plain ones.
        plain = unicodedata.normalize("NFKC", character).lower()
        place = CHARACTERS.find(plain) if len(plain) == 1 else -1
        numbers.append(place if place >= 0 else OTHER)
    return torch.tensor(numbers, dtype=torch.int64)


class BracketReader(nn.Module):
    """Embedding, one recurrent cell, a reading of its state. In: (N, T). Out: logits (N, T), above 0: one is open."""

    def __init__(self, cell: str, embedding: nn.Embedding | None = None):
        super().__init__()
        self.embedding = embedding or nn.Embedding(len(CHARACTERS) + 1, FEATURES)
        self.cell = CELLS[cell](FEATURES, SIZE, batch_first=True)
        self.reading = nn.Linear(SIZE, 1)

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        states, _ = self.cell(self.embedding(numbers))
        return self.reading(states).squeeze(-1)


@functools.cache
def _trained_weights() -> dict[str, torch.Tensor]:
    return load_file(FILE)


@imported
def load_network(cell: str) -> BracketReader:
    """The trained network with this cell: rnn, lstm or gru."""
    weights = {}
    for name, weight in _trained_weights().items():
        owner, _, inner = name.partition(".")
        if owner == cell:
            weights[inner] = weight.clone()
    return _network(cell, weights)


@imported
def fresh_network(cell: str, seed: int) -> BracketReader:
    """The same network before it has learned, with torch's usual first weights."""
    generator = torch.Generator().manual_seed(seed)
    weights = {}
    for name, empty in _empty_network(cell).state_dict().items():
        weight = torch.empty(empty.shape)
        if name.startswith("embedding"):
            weights[name] = weight.normal_(generator=generator)
        else:
            # What nn.RNN, nn.LSTM, nn.GRU and nn.Linear begin with.
            bound = 1 / math.sqrt(SIZE)
            weights[name] = weight.uniform_(-bound, bound, generator=generator)
    return _network(cell, weights)


def _empty_network(cell: str) -> BracketReader:
    # On the meta device nothing is drawn from torch's random numbers, which may belong to a training.
    with torch.device("meta"):
        # An embedding that is given is not filled: filling one there would load torch's compiler, for seconds.
        vectors = torch.zeros(len(CHARACTERS) + 1, FEATURES)
        return BracketReader(cell, nn.Embedding.from_pretrained(vectors))


def _network(cell: str, weights: dict[str, torch.Tensor]) -> BracketReader:
    network = _empty_network(cell)
    network.load_state_dict(weights, assign=True)
    return network.requires_grad_(False).eval()
