"""Recurrent cells taken apart, step by step. The lab about recurrent cells shows these functions as its code.

`network`: an `embedding`, a recurrent `cell` and a `reading` of its state. `numbers`: of the characters of a text (T,).
"""

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence


def by_name(names, steps):
    """Each step gives a tuple of vectors (H,). Out: name -> (T, H)."""
    stacked = {}
    for place, name in enumerate(names):
        stacked[name] = torch.stack([values[place] for values in steps])
    return stacked


def rnn_steps(network, numbers):
    """The state after each step of an nn.RNN. Out: {"hidden": (T, H)}."""
    cell = network.cell
    hidden = torch.zeros(cell.hidden_size)
    states = []
    for x in network.embedding(numbers):
        from_input = cell.weight_ih_l0 @ x + cell.bias_ih_l0
        from_state = cell.weight_hh_l0 @ hidden + cell.bias_hh_l0
        hidden = (from_input + from_state).tanh()
        states.append(hidden)
    return {"hidden": torch.stack(states)}


def lstm_steps(network, numbers):
    """Gates and states of an nn.LSTM after each step, each (T, H). Source: torch.nn.LSTM, its formulas."""
    cell = network.cell
    hidden = torch.zeros(cell.hidden_size)
    memory = torch.zeros(cell.hidden_size)
    steps = []
    for x in network.embedding(numbers):
        from_input = cell.weight_ih_l0 @ x + cell.bias_ih_l0
        from_state = cell.weight_hh_l0 @ hidden + cell.bias_hh_l0
        # torch keeps the four in this order.
        write, forget, candidate, output = (from_input + from_state).chunk(4)
        write, forget, output = write.sigmoid(), forget.sigmoid(), output.sigmoid()
        candidate = candidate.tanh()
        memory = forget * memory + write * candidate
        hidden = output * memory.tanh()
        steps.append((forget, write, candidate, output, memory, hidden))
    return by_name(("forget", "input", "candidate", "output", "cell", "hidden"), steps)


def gru_steps(network, numbers):
    """Gates and states of an nn.GRU after each step, each (T, H). Source: torch.nn.GRU, its formulas."""
    cell = network.cell
    hidden = torch.zeros(cell.hidden_size)
    steps = []
    for x in network.embedding(numbers):
        from_input = cell.weight_ih_l0 @ x + cell.bias_ih_l0
        from_state = cell.weight_hh_l0 @ hidden + cell.bias_hh_l0
        reset_input, keep_input, new_input = from_input.chunk(3)
        reset_state, keep_state, new_state = from_state.chunk(3)
        reset = (reset_input + reset_state).sigmoid()
        keep = (keep_input + keep_state).sigmoid()
        candidate = (new_input + reset * new_state).tanh()
        hidden = (1 - keep) * candidate + keep * hidden
        steps.append((reset, keep, candidate, hidden))
    return by_name(("reset", "update", "candidate", "hidden"), steps)


def chances(network, numbers):
    """How sure the network is, after each character, that a bracket is open. Out: (T,) from 0 to 1."""
    return network(numbers[None])[0].sigmoid()


def gradient_reach(network, numbers):
    """How much the last state still depends on each character: the norm of ∂ last state / ∂ its vector. Out: (T,).

    The batch holds the text once for each unit of the state, so that one pass back gives the gradients of all units.
    """
    vectors = network.embedding(numbers)
    n_units = network.cell.hidden_size
    copies = vectors.repeat(n_units, 1, 1).requires_grad_()
    states, _ = network.cell(copies)
    last = states[:, -1]  # (H, H): the state in each copy
    last.diagonal().sum().backward()
    return copies.grad.norm(dim=(0, 2))


def packed_batch(network, texts):
    """Texts of unequal length as one batch. In: numbers of the characters of each. Out: what packing makes of them.

    "padded_last" is the state where somebody reads on through the padding, "true_last" that after the last character.
    """
    lengths = [len(numbers) for numbers in texts]
    padded = network.embedding(pad_sequence(texts, batch_first=True))
    packed = pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
    through_padding, _ = network.cell(padded)
    _, last = network.cell(packed)
    true_last = last[0] if isinstance(last, tuple) else last  # an LSTM also gives its cell state
    return {
        "lengths": lengths,
        "batch_sizes": packed.batch_sizes.tolist(),
        "order": packed.sorted_indices.tolist(),
        "padded_last": through_padding[:, -1],
        "true_last": true_last[0],
    }


STEPS = {"rnn": rnn_steps, "lstm": lstm_steps, "gru": gru_steps}
