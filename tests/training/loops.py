"""A training loop as in a tutorial, with nothing of the trainer's: what the trainer is compared with."""

import torch
from torch import Tensor, nn

from playground.experiment import Experiment
from playground.network.builder import build_model


def state(model: nn.Module) -> dict[str, Tensor]:
    """The model's state at this moment, copied."""
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def plain_loop(experiment: Experiment) -> tuple[nn.Module, list[float], list[dict[str, Tensor]]]:
    """Classes, in the plane. Out: the model, and its loss and state after every step."""
    torch.set_num_threads(1)
    split = experiment.data.split()
    training = experiment.training
    torch.manual_seed(training.seed)
    model = build_model(experiment)
    optimizer = training.optimizer.build(model)
    steps_per_epoch = -(-experiment.data.steps_per_epoch() // training.accumulate)
    n_steps = training.epochs * steps_per_epoch
    losses: list[float] = []
    states: list[dict[str, Tensor]] = []
    for batches in epochs_of(experiment, len(split.train_x)):
        model.train()
        for first in range(0, len(batches), training.accumulate):
            group = batches[first : first + training.accumulate]
            n_samples = sum(len(batch) for batch in group)
            factor = training.schedule.factor(len(losses), n_steps, steps_per_epoch)
            for parameters in optimizer.param_groups:
                parameters["lr"] = training.optimizer.lr * factor
            optimizer.zero_grad()
            total = 0.0
            for batch in group:
                outputs = model(split.train_x[batch])
                loss = nn.functional.cross_entropy(outputs, split.train_y[batch])
                if len(group) > 1:
                    loss = loss * (len(batch) / n_samples)
                loss.backward()
                total += loss.item()
            if training.clip_norm:
                nn.utils.clip_grad_norm_(model.parameters(), training.clip_norm)
            optimizer.step()
            losses.append(total)
            states.append(state(model))
    return model, losses, states


def epochs_of(experiment: Experiment, n_samples: int) -> list[tuple[Tensor, ...]]:
    """The batches of every epoch: another order each time, or one batch again and again."""
    generator = torch.Generator().manual_seed(experiment.training.seed)
    size = experiment.data.batch_size
    epochs = []
    if experiment.training.overfit_batch:
        fixed = torch.randperm(n_samples, generator=generator)[:size]
        return [(fixed,) * experiment.data.steps_per_epoch()] * experiment.training.epochs
    for _ in range(experiment.training.epochs):
        epochs.append(torch.randperm(n_samples, generator=generator).split(size))
    return epochs
