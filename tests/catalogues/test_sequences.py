"""Layers over sequences: torch's own numbers, the true last step, and padding that never leaks."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from playground.catalogues.layers import LAYERS, Tokens
from playground.catalogues.layers.sequences import RecurrentLayer, SequenceLayer
from playground.catalogues.modules import (
    AttentionPool,
    LearnedPositions,
    Recurrent,
    SinusoidalPositions,
    TimeConv,
    TimePool,
    Transformer,
)
from playground.experiment import Experiment
from playground.network.builder import matrices
from playground.network.measuring import measure
from playground.network.models import SequenceNetwork
from playground.preset_files import preset
from playground.questions.attention import Attention
from playground.questions.maps import FeatureMaps, Flow
from playground.questions.sample import Sample
from playground.questions.units import DeadUnits
from playground.questions.weights import Histograms
from playground.training.trainer import Trainer

LENGTHS = torch.tensor([7, 3, 5, 1])
STEPS, FEATURES = 7, 8
TORCHS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
EMBEDDING = {"layer": "embedding", "size": FEATURES}
LAST = {"layer": "time_pool"}
PICKY: dict[str, list[dict[str, Any]]] = {  # what comes after the embedding
    "rnn": [{"layer": "rnn", "units": 6}, LAST],
    "lstm": [{"layer": "lstm", "units": 6, "layers": 2, "bidirectional": True, "returns": "last"}],
    "gru": [
        {"layer": "gru", "units": 6, "bidirectional": True},
        {"layer": "time_pool", "how": "max"},
    ],
    "conv1d": [
        {"layer": "conv1d", "kernel": 5},
        {"layer": "relu"},
        {"layer": "conv1d", "dilation": 2},
        LAST,
    ],
    "causal": [
        {"layer": "conv1d", "causal": True, "dilation": 4},
        {"layer": "time_pool", "how": "mean"},
    ],
    "transformer": [
        {"layer": "positional_embedding"},
        {"layer": "transformer_encoder"},
        {"layer": "layernorm"},
        LAST,
    ],
    "after": [
        {"layer": "transformer_encoder", "norm_first": False},
        {"layer": "time_pool", "how": "mean"},
    ],
    "attention": [
        {"layer": "lstm", "units": 6, "bidirectional": True},
        {"layer": "attention_pool", "hidden": 4},
    ],
    "scores": [{"layer": "linear", "units": 9}, {"layer": "attention_pool"}],
    "mean": [{"layer": "time_pool", "how": "mean"}],
    "max": [{"layer": "time_pool", "how": "max"}],
    "waves": [{"layer": "positional_embedding", "how": "sinusoidal"}, {"layer": "gru"}, LAST],
    "blocks": [
        {
            "layer": "residual",
            "body": [{"layer": "conv1d", "channels": 5}, {"layer": "relu"}, {"layer": "conv1d"}],
        },
        {
            "layer": "parallel",
            "body": [{"layer": "lstm", "units": 3}, {"layer": "conv1d", "channels": 4}],
        },
        {"layer": "attention_pool"},
    ],
}


def steps(seed: int = 0) -> torch.Tensor:
    return torch.randn(len(LENGTHS), STEPS, FEATURES, generator=torch.Generator().manual_seed(seed))


def texts() -> torch.Tensor:
    """Token numbers, 0 for padding."""
    drawn = torch.randint(1, 12, (len(LENGTHS), STEPS), generator=torch.Generator().manual_seed(1))
    return drawn * (torch.arange(STEPS) < LENGTHS[:, None])


def network(layers: list[dict[str, Any]], seed: int = 3) -> SequenceNetwork:
    """These layers over token numbers, ending in a vector."""
    torch.manual_seed(seed)
    shape: Any = Tokens(20, 12)
    modules = []
    for value in (EMBEDDING, *layers):
        row = _traced(LAYERS.parse(value), shape)
        shape = row.shape
        modules.append(row.call.build())
    return SequenceNetwork.of(modules, nn.Linear(shape[-1], 2)).eval()


def _traced(layer: Any, shape: Any) -> Any:
    from playground.network.tracing import Tracer

    tracer = Tracer(Experiment.from_dict({"data": {"dataset": "digits"}}))
    tracer.one(layer, "layers[0]", shape, 0)
    assert not tracer.faults
    return tracer.rows[0]


@pytest.mark.parametrize("name", PICKY)
@pytest.mark.parametrize("inference", [False, True])
@torch.no_grad()
def test_an_output_does_not_change_when_a_longer_sequence_joins_the_batch(
    name: str, inference: bool
) -> None:
    model, tokens = network(PICKY[name]), texts()
    with torch.inference_mode(inference):
        together = model(tokens)
        for sample, n, expected in zip(tokens, LENGTHS, together, strict=True):
            torch.testing.assert_close(model(sample[None, :n])[0], expected, rtol=0, atol=1e-6)
            padded = torch.cat([sample, torch.zeros(9, dtype=torch.int64)])[None]
            longer = torch.ones(1, len(sample) + 9, dtype=torch.int64)
            torch.testing.assert_close(
                model(torch.cat([padded, longer]))[0], expected, rtol=0, atol=1e-6
            )


def test_every_layer_over_sequences_is_among_those_whose_padding_is_looked_at() -> None:
    tried = {each["layer"] for layers in PICKY.values() for each in layers}
    assert {each.id for each in LAYERS if issubclass(each, SequenceLayer)} <= tried


def cells() -> list[RecurrentLayer]:
    made: list[RecurrentLayer] = []
    for name in TORCHS:
        for layers, both in ((1, False), (2, False), (2, True)):
            made.append(
                LAYERS.parse({"layer": name, "units": 5, "layers": layers, "bidirectional": both})
            )  # type: ignore[arg-type]
    return made


def described(layer: Any) -> str:
    return f"{layer.id}-{layer.layers}-{layer.bidirectional}"


@pytest.mark.parametrize("layer", cells(), ids=described)
def test_a_recurrent_layer_is_torchs_own_on_each_sequence_alone(layer: RecurrentLayer) -> None:
    x = steps()
    torch.manual_seed(0)
    ours = layer.call((STEPS, FEATURES)).build()
    torch.manual_seed(0)
    theirs = TORCHS[layer.id](
        FEATURES, 5, layer.layers, batch_first=True, bidirectional=layer.bidirectional
    )
    output = ours(x, LENGTHS)
    assert output.shape == (4, STEPS, 5 * (1 + layer.bidirectional))
    for sample, n, found in zip(x, LENGTHS, output, strict=True):
        torch.testing.assert_close(found[:n], theirs(sample[None, :n])[0][0], rtol=0, atol=1e-6)
        assert not found[n:].any()
    torch.testing.assert_close(ours(x, None), theirs(x)[0], rtol=0, atol=0)


@pytest.mark.parametrize("layer", cells(), ids=described)
def test_last_is_the_end_of_each_direction(layer: RecurrentLayer) -> None:
    """Forwards: the true last step. Backwards: the first, where that direction has read everything."""
    x = steps()
    torch.manual_seed(0)
    whole = layer.call((STEPS, FEATURES)).build()
    ends = Recurrent(whole.cell, "last")
    output, found = whole(x, LENGTHS), ends(x, LENGTHS)
    torch.testing.assert_close(
        found[:, :5], output[torch.arange(4), LENGTHS - 1, :5], rtol=0, atol=0
    )
    if layer.bidirectional:
        torch.testing.assert_close(found[:, 5:], output[:, 0, 5:], rtol=0, atol=0)
        wrong = TimePool("last")(output, LENGTHS)[:, 5:]  # has read one step backwards
        assert not torch.allclose(wrong[LENGTHS > 1], found[LENGTHS > 1, 5:])


def test_dropout_acts_between_the_layers_only() -> None:
    def built(layers: int) -> nn.RNNBase:
        return (
            LAYERS.parse({"layer": "lstm", "layers": layers, "dropout": 0.5})
            .call((STEPS, FEATURES))
            .build()
            .cell
        )

    assert built(1).dropout == 0 and built(3).dropout == 0.5
    cell = built(2).train()
    x = steps()
    assert not torch.equal(cell(x)[0], cell(x)[0])
    assert torch.equal(cell.eval()(x)[0], cell(x)[0])


def test_open_forget_gates_begin_at_their_bias() -> None:
    layer = LAYERS.parse(
        {"layer": "lstm", "units": 4, "layers": 2, "bidirectional": True, "forget_bias": 3.0}
    )
    cell = layer.call((STEPS, FEATURES)).build().cell
    for i in (0, 1):
        for way in ("", "_reverse"):
            both = getattr(cell, f"bias_ih_l{i}{way}") + getattr(cell, f"bias_hh_l{i}{way}")
            assert torch.equal(both[4:8], torch.full((4,), 3.0))
            assert both[:4].abs().max() < 1.1


def test_first_weights_of_ones_choice_leave_the_forget_gates_open() -> None:
    value = preset("memory-lstm").experiment.to_dict()
    value["training"]["init"] = {"init": "orthogonal"}
    model = Trainer(Experiment.from_dict(value)).model
    cell = model.features[2].cell
    assert torch.equal((cell.bias_ih_l0 + cell.bias_hh_l0)[32:64], torch.full((32,), 3.0))
    assert not cell.bias_ih_l0[:32].any()
    torch.testing.assert_close(
        cell.weight_hh_l0[:32] @ cell.weight_hh_l0[:32].T, torch.eye(32), rtol=0, atol=1e-5
    )


@pytest.mark.filterwarnings("ignore:Using padding")  # torch, of even kernels
@pytest.mark.parametrize("kernel", [1, 2, 3, 4])
@pytest.mark.parametrize("dilation", [1, 3])
def test_a_convolution_over_time_is_torchs_own_on_each_sequence_alone(
    kernel: int, dilation: int
) -> None:
    conv = nn.Conv1d(FEATURES, 6, kernel, dilation=dilation)
    reach = dilation * (kernel - 1)
    same = nn.Conv1d(FEATURES, 6, kernel, dilation=dilation, padding="same")
    same.load_state_dict(conv.state_dict())
    x = steps()
    for causal in (False, True):
        output = TimeConv(conv, causal)(x, LENGTHS)
        assert output.shape == (4, STEPS, 6)
        for sample, n, found in zip(x, LENGTHS, output, strict=True):
            alone = sample[None, :n].transpose(1, 2)
            expected = conv(nn.functional.pad(alone, (reach, 0))) if causal else same(alone)
            torch.testing.assert_close(found[:n], expected[0].T, rtol=0, atol=1e-6)


def test_a_causal_convolution_never_sees_the_future() -> None:
    module = TimeConv(nn.Conv1d(FEATURES, 6, 3, dilation=2), causal=True)
    x = steps().requires_grad_()
    module(x)[:, 3].sum().backward()
    assert x.grad is not None
    assert x.grad[:, [1, 3]].any() and not x.grad[:, 4:].any() and not x.grad[:, [0, 2]].any()


@pytest.mark.parametrize("hidden", [None, 4])
def test_attention_over_padding_is_zero_and_the_weights_sum_to_one(hidden: int | None) -> None:
    value = {"layer": "attention_pool"} | ({} if hidden is None else {"hidden": hidden})
    module: AttentionPool = LAYERS.parse(value).call((STEPS, FEATURES)).build()
    x = steps()
    weights = module.attention(x, LENGTHS)
    padding = torch.arange(STEPS) >= LENGTHS[:, None]
    assert (weights[padding] == 0).all() and (weights[~padding] > 0).all()
    torch.testing.assert_close(weights.sum(1), torch.ones(4))
    for sample, n, weight, found in zip(x, LENGTHS, weights, module(x, LENGTHS), strict=True):
        by_hand = module.score(sample[:n]).squeeze(-1).exp()
        torch.testing.assert_close(weight[:n], by_hand / by_hand.sum())
        torch.testing.assert_close(found, (weight[:n, None] * sample[:n]).sum(0))


@pytest.mark.parametrize("norm_first", [True, False])
@pytest.mark.parametrize("train", [True, False])
@torch.no_grad()
def test_the_transformer_is_torchs_own_with_the_padding_masked(
    norm_first: bool, train: bool
) -> None:
    layer = LAYERS.parse(
        {
            "layer": "transformer_encoder",
            "feedforward": 16,
            "dropout": 0.0,
            "norm_first": norm_first,
        }
    )
    torch.manual_seed(0)
    ours = layer.call((STEPS, FEATURES)).build().train(train)
    torch.manual_seed(0)
    theirs = nn.TransformerEncoderLayer(
        FEATURES, 4, 16, 0.0, batch_first=True, norm_first=norm_first
    ).train(train)
    x = steps()
    output = ours(x, LENGTHS)
    for sample, n, found in zip(x, LENGTHS, output, strict=True):
        torch.testing.assert_close(found[:n], theirs(sample[None, :n])[0], rtol=0, atol=1e-6)
    torch.testing.assert_close(ours(x, None), theirs(x), rtol=0, atol=0)


@torch.no_grad()
def test_no_step_of_a_transformer_attends_to_padding() -> None:
    module: Transformer = (
        LAYERS.parse({"layer": "transformer_encoder"}).call((STEPS, FEATURES)).build().eval()
    )
    weights = module.attention(steps(), LENGTHS)
    assert weights.shape == (4, 4, STEPS, STEPS)
    torch.testing.assert_close(weights.sum(-1), torch.ones(4, 4, STEPS))
    for weight, n in zip(weights, LENGTHS, strict=True):
        assert not weight[..., n:].any()


def test_heads_that_do_not_divide_the_features_are_refused_with_a_number_that_does() -> None:
    found = LAYERS.parse({"layer": "transformer_encoder", "heads": 5}).complaint((STEPS, 12))
    assert found is not None and (found.code, found.field) == ("heads_do_not_divide", "heads")
    assert found.fixes[0].layers[0].heads == 4  # type: ignore[attr-defined]


def test_waves_are_those_of_the_paper() -> None:
    table = SinusoidalPositions(9, 6)(torch.zeros(1, 9, 6))[0].numpy()
    for place, pair in ((0, 0), (3, 1), (8, 2)):
        angle = place / 10_000 ** (2 * pair / 6)
        np.testing.assert_allclose(
            table[place, 2 * pair : 2 * pair + 2], [np.sin(angle), np.cos(angle)], atol=1e-6
        )
    assert SinusoidalPositions(4, 5)(torch.zeros(1, 3, 5)).shape == (1, 3, 5)


def test_learned_positions_are_cut_with_the_batch() -> None:
    module = LearnedPositions(9, FEATURES)
    assert torch.equal(module(torch.zeros(2, 4, FEATURES))[1], module.weight[:4])


@pytest.mark.parametrize("name", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("returns", ["sequence", "last"])
def test_what_few_steps_tell_is_what_all_of_them_cost(name: str, returns: str) -> None:
    layer = LAYERS.parse(
        {"layer": name, "units": 9, "layers": 2, "bidirectional": True, "returns": returns}
    )
    row, (shape, parameters, flops, _) = (
        _traced(layer, (31, 6)),
        measure(layer.call((31, 6)), (31, 6)),
    )
    assert (row.shape, row.parameters, row.flops) == (shape, parameters, flops)
    gates = {"rnn": 1, "lstm": 4, "gru": 3}[name]
    assert flops == 31 * 2 * 2 * gates * 9 * ((6 + 9) + (18 + 9))


def test_the_gradient_of_a_recurrent_layer_is_that_of_all_its_matrices() -> None:
    from playground.catalogues.datasets import DATASETS

    data = next(
        each for each in DATASETS if each.shape_kind == "text" and each.task == "classification"
    )
    layers = [EMBEDDING, {"layer": "gru", "units": 5}, {"layer": "attention_pool"}]
    experiment = Experiment.from_dict(
        {"data": {"dataset": data.id, "batch_size": 16}, "layers": layers}
    )
    trainer = Trainer(experiment)
    with trainer.turn():
        trainer.advance()
    names = trainer.history.layer_names
    assert names == ("layers[0]", "layers[1]", "layers[2]", "output")
    gradients = [
        p.grad for name, p in trainer.model.features[1].named_parameters() if "weight" in name
    ]
    expected = torch.cat([each.flatten() for each in gradients if each is not None]).norm()
    trainer.flush()
    assert trainer.history.column("layers", "grad_norm")[0, 1] == pytest.approx(
        expected.item(), rel=1e-5
    )
    assert [len(every) for every in matrices(trainer.model).values()] == [1, 2, 1, 1]


@pytest.fixture(scope="module")
def reader() -> Trainer:
    """A network that attends in two ways to names of places, after two steps."""
    layers = [
        {"layer": "embedding", "size": 8}, {"layer": "transformer_encoder", "heads": 2, "feedforward": 8},
        {"layer": "gru", "units": 5}, {"layer": "attention_pool"},
    ]  # fmt: skip
    made = Trainer(Experiment.from_dict({"data": {"dataset": "place_names"}, "layers": layers}))
    with made.turn():
        made.advance()
        made.advance()
    made.model.eval()
    return made


def test_the_attention_to_a_typed_text_is_that_of_its_letters(reader: Trainer) -> None:
    found = Attention(Sample(raw="Bern"))(reader)
    assert found.steps == ("B", "e", "r", "n")
    assert list(found.layers) == ["layers[1]", "layers[3]"]
    assert found.layers["layers[1]"].shape == (2, 4, 4) and found.layers["layers[3]"].shape == (4,)
    for weights in found.layers.values():
        np.testing.assert_allclose(weights.sum(-1), 1, atol=1e-6)
    assert not any(module._forward_hooks for module in reader.model.modules())


def test_the_picture_of_a_sequence_has_a_row_a_feature_and_a_column_a_step(reader: Trainer) -> None:
    found = FeatureMaps("layers[2]", Sample(raw="Bern"))(reader)
    assert found.maps.shape == (1, 5, 4) and found.steps == ("B", "e", "r", "n") and found.of == 5
    with torch.no_grad():
        x = Sample(raw="Bern").inputs(reader)
        hidden = reader.model.features[:3]
        expected = hidden[2](hidden[1](hidden[0](x[:, :4]), None), None)[0].T
    np.testing.assert_allclose(found.maps[0], expected, atol=1e-6)


def test_look_inside_answers_for_texts(reader: Trainer) -> None:
    flow = Flow(Sample(index=0))(reader)
    n = int((reader.split.val_x[0] != 0).sum())
    assert (
        flow["input"].shape == (n,)
        and flow["layers[2]"].shape == (1, 5, n)
        and flow["layers[3]"].shape == (5,)
    )
    histograms = Histograms()(reader)
    assert histograms["layers[2]"][0].counts.sum() == 3 * 5 * 8 + 3 * 5 * 5
    assert histograms["layers[2]"][1] is not None
    assert DeadUnits()(reader) == {}


def test_silence_stays_zero_and_steps_are_numbered() -> None:
    made = Trainer(preset("memory-lstm").experiment)
    made.model.eval()
    assert not made.split.train_x[:, 1:].any() and made.split.train_x[:, 0].any(1).all()
    found = FeatureMaps("layers[2]", Sample(index=0))(made)
    assert found.steps == tuple(str(i + 1) for i in range(40)) and found.maps.shape == (1, 32, 40)
