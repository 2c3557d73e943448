"""The lab about recurrent cells: its numbers against torch and hand values."""

import pytest
import torch
from torch import nn

from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.brackets import CELLS, fresh_network, load_network, numbers_of
from playground.labs.cell_graphs import unit_values
from playground.labs.gates import STEPS, gradient_reach, packed_batch
from playground.labs.recurrent_parts import depths, packed_characters

GATES = {
    "rnn": ["hidden"],
    "lstm": ["forget", "input", "candidate", "output", "cell", "hidden"],
    "gru": ["reset", "update", "candidate", "hidden"],
}


@pytest.mark.parametrize("cell", CELLS)
def test_each_gate_has_a_number_for_every_character_and_unit(cell: str) -> None:
    gates = run("recurrent", cell=cell, text="(ab) c")["values"]["gates"]
    assert list(gates) == GATES[cell]
    for values in gates.values():
        assert torch.tensor(values).shape == (6, 6)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("is_trained", [True, False])
def test_the_states_taken_apart_are_those_of_torch(cell: str, is_trained: bool) -> None:
    network = load_network(cell) if is_trained else fresh_network(cell, 3)
    numbers = numbers_of("a (b (c) d) e")
    states, _ = network.cell(network.embedding(numbers))
    assert torch.allclose(STEPS[cell](network, numbers)["hidden"], states, atol=1e-5)


def test_the_last_cell_state_of_the_lstm_is_that_of_torch() -> None:
    network = load_network("lstm")
    numbers = numbers_of("a (b) c")
    _, (_, memory) = network.cell(network.embedding(numbers))
    assert torch.allclose(STEPS["lstm"](network, numbers)["cell"][-1], memory[0], atol=1e-5)


@pytest.mark.parametrize("cell", CELLS)
def test_the_reach_of_a_gradient_is_the_norm_of_the_jacobian(cell: str) -> None:
    network = load_network(cell)
    numbers = numbers_of("(ab) c")

    def last_state(vectors: torch.Tensor) -> torch.Tensor:
        return network.cell(vectors)[0][-1]

    jacobian = torch.autograd.functional.jacobian(last_state, network.embedding(numbers))
    wanted = jacobian.norm(dim=(0, 2))
    assert torch.allclose(gradient_reach(network, numbers), wanted, rtol=1e-3, atol=1e-7)


def test_the_gradient_of_a_fresh_rnn_fades_with_the_distance() -> None:
    reach = run("recurrent", cell="rnn", weights="fresh", text=40 * "a")["values"]["reach"]
    assert reach[-1] > 0.1
    assert reach[0] < 1e-6 * reach[-1]


@pytest.mark.parametrize("cell", CELLS)
def test_the_trained_networks_know_whether_a_bracket_is_open(cell: str) -> None:
    text = "say (what you see) now"
    chances = run("recurrent", cell=cell, text=text)["values"]["open_chances"]
    for chance, depth in zip(chances, depths(text), strict=True):
        assert (chance > 0.5) == (depth > 0)


def test_the_lstm_counts_six_brackets_and_the_rnn_does_not() -> None:
    text = "((((((a))))))b"
    wrong = {}
    for cell in ("lstm", "rnn"):
        chances = run("recurrent", cell=cell, text=text)["values"]["open_chances"]
        errors = 0
        for chance, depth in zip(chances, depths(text), strict=True):
            errors += (chance > 0.5) != (depth > 0)
        wrong[cell] = errors
    assert wrong["lstm"] == 0 and wrong["rnn"] > 0


def test_brackets_that_close_nothing_are_passed_over() -> None:
    assert depths(")a(b)") == [0, 0, 1, 1, 0]


def test_capitals_wide_brackets_and_strange_characters_have_numbers() -> None:
    assert torch.equal(numbers_of("Ab（）"), numbers_of("ab()"))
    assert numbers_of("é")[0] == numbers_of("語")[0]


def test_one_unit_follows_the_formulas_of_an_lstm() -> None:
    gates = {name: torch.tensor([[0.5], [0.25]]) for name in GATES["lstm"]}
    values = unit_values("lstm", gates, step=1, unit=0)
    assert values["c′"] == 0.5 and values["f"] == 0.25
    assert values["f·c′"] == 0.125 and values["i·g"] == 0.0625


def test_one_unit_of_the_trained_cells_adds_up() -> None:
    numbers = numbers_of("a (b")
    lstm = unit_values("lstm", STEPS["lstm"](load_network("lstm"), numbers), 3, 2)
    assert lstm["f·c′"] + lstm["i·g"] == pytest.approx(lstm["c"], abs=1e-6)
    assert lstm["o"] * lstm["tanh c"] == pytest.approx(lstm["h"], abs=1e-6)
    gru = unit_values("gru", STEPS["gru"](load_network("gru"), numbers), 3, 2)
    assert gru["z·h′"] + gru["(1−z)·n"] == pytest.approx(gru["h"], abs=1e-6)


def test_a_packed_batch_holds_the_first_characters_then_the_second() -> None:
    texts = ["ab", "wxyz", "c"]
    batch = packed_batch(load_network("lstm"), [numbers_of(text) for text in texts])
    assert batch["lengths"] == [2, 4, 1]
    assert batch["batch_sizes"] == [3, 2, 1, 1]
    assert batch["order"] == [1, 0, 2]
    characters = packed_characters(texts, batch["order"], batch["batch_sizes"])
    assert "".join(characters) == "wac" + "xb" + "y" + "z"


@pytest.mark.parametrize("cell", CELLS)
def test_only_packing_gives_the_state_after_the_last_character(cell: str) -> None:
    network = load_network(cell)
    texts = [numbers_of("(a"), numbers_of("a (b) c d")]
    batch = packed_batch(network, texts)
    for row, numbers in enumerate(texts):
        states, _ = network.cell(network.embedding(numbers))
        assert torch.allclose(batch["true_last"][row], states[-1], atol=1e-5)
    error = (batch["padded_last"] - batch["true_last"]).abs().amax(1)
    assert error[0] > 0.01 and error[1] < 1e-5


def test_fresh_weights_hang_on_their_seed_alone_and_draw_nothing_from_torch() -> None:
    before = torch.get_rng_state()
    one, same, other = fresh_network("gru", 1), fresh_network("gru", 1), fresh_network("gru", 2)
    assert torch.equal(torch.get_rng_state(), before)
    weight = "weight_hh_l0"
    assert torch.equal(getattr(one.cell, weight), getattr(same.cell, weight))
    assert not torch.equal(getattr(one.cell, weight), getattr(other.cell, weight))
    usual = nn.GRU(4, 6)
    assert one.cell.weight_hh_l0.abs().max() <= 6**-0.5 + 1e-6
    assert one.cell.weight_hh_l0.shape == usual.weight_hh_l0.shape


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "text: write at least one character"),
        ({"text": "a" * 81}, "text: "),
        ({"cell": "cnn"}, "cell: "),
        ({"others": ["a"] * 8}, "others: "),
        ({"others": ["a" * 81]}, r"others\[0\]: "),
        ({"unit": 6}, "unit: must be at most 5"),
        ({"step": -1}, "step: must be at least 0"),
        ({"text": 3}, "text: "),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(changes: dict, sentence: str) -> None:
    with pytest.raises(ExperimentError, match=f"^{sentence}"):
        run("recurrent", **changes)


def test_every_end_of_its_fields_answers() -> None:
    played = run("recurrent", text=80 * "(", others=["", *["b" * 80] * 6], step=79, unit=5)
    assert played["values"]["batch"]["lengths"] == [80] * 7
    assert run("recurrent", text="a", others=[], cell="gru")["values"]["says_open"] < 0.5
