"""Trains the three networks and writes brackets.safetensors: `python -m playground.labs.brackets.training`.

The texts are random: letters, spaces, and brackets that are nested at most four deep, some rare, some dense.
"""

import random

import torch
from safetensors.torch import save_file
from torch import nn

from .network import CELLS, CHARACTERS, FILE, OTHER, BracketReader

STEPS = 2_500
BATCH = 32
DEPTH = 4
DENSITIES = (0.01, 0.05, 0.15, 0.35)  # the share of characters that open a bracket
OPENS, CLOSES = CHARACTERS.index("("), CHARACTERS.index(")")
SEED = 0


def random_text(generator: random.Random, length: int) -> tuple[list[int], list[float]]:
    """Numbers of characters, and after each of them 1 where a bracket is open."""
    density = generator.choice(DENSITIES)
    depth = 0
    numbers, answers = [], []
    for _ in range(length):
        chance = generator.random()
        if chance < density and depth < DEPTH:
            number = OPENS
            depth += 1
        elif chance < 2 * density and depth > 0:
            number = CLOSES
            depth -= 1
        else:
            number = generator.choice([*range(OPENS), OTHER])
        numbers.append(number)
        answers.append(float(depth > 0))
    return numbers, answers


def random_batch(generator: random.Random, length: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Numbers (N, T) and answers (N, T)."""
    texts = [random_text(generator, length) for _ in range(BATCH)]
    numbers = torch.tensor([numbers for numbers, _ in texts])
    answers = torch.tensor([answers for _, answers in texts])
    return numbers, answers


def trained(cell: str) -> BracketReader:
    """A network that has learned."""
    torch.manual_seed(SEED)
    generator = random.Random(SEED)
    network = BracketReader(cell)
    optimizer = torch.optim.Adam(network.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.015, total_steps=STEPS)
    measure = nn.BCEWithLogitsLoss()
    for step in range(STEPS):
        # Longer texts as time goes on: first what a bracket does, then to remember it.
        length = 20 + 60 * step // STEPS
        numbers, answers = random_batch(generator, length)
        optimizer.zero_grad()
        measure(network(numbers), answers).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return network


@torch.no_grad()
def share_right(network: BracketReader, length: int) -> float:
    """The share of characters after which the network is right, over texts that it has not seen."""
    numbers, answers = random_batch(random.Random(99), length)
    is_open = network(numbers) > 0
    return (is_open == (answers > 0)).float().mean().item()


def main() -> None:
    weights = {}
    for cell in CELLS:
        network = trained(cell)
        print(cell, *(f"{length}: {share_right(network, length):.4f}" for length in (20, 80, 300)))
        for name, weight in network.state_dict().items():
            weights[f"{cell}.{name}"] = weight.contiguous()
    save_file(weights, FILE)


if __name__ == "__main__":
    main()
