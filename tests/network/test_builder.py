"""Layer list -> shapes, faults with repairs, and the real network."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from playground.catalogues.layers import Tokens
from playground.experiment import Experiment
from playground.faults import ExperimentError, Fault
from playground.network.builder import build_model, named_layers
from playground.network.cost import cost_of, data_faults
from playground.network.layer_names import layer_name
from playground.network.limits import admit
from playground.network.models import CNN, DynamicMLP, parameter_count
from playground.network.tracing import trace
from playground.preset_files import presets
from playground.results import train
from playground.settings import Settings

CONV = {"layer": "conv2d", "channels": 8}
RELU = {"layer": "relu"}
FLAT = {"layer": "flatten"}


def experiment(*layers: dict[str, Any], dataset: str = "digits", **data: Any) -> Experiment:
    return Experiment.from_dict({"data": {"dataset": dataset, **data}, "layers": list(layers)})


def only_fault(*layers: dict[str, Any], **data: Any) -> Fault:
    faults = trace(experiment(*layers, **data)).faults
    assert len(faults) == 1
    return faults[0]


def test_shapes_and_parameters_of_a_small_network_are_those_worked_out_by_hand() -> None:
    traced = trace(experiment(CONV, {"layer": "maxpool2d"}, FLAT, {"layer": "linear", "units": 5}))
    assert [row.shape for row in traced.rows] == [(8, 28, 28), (8, 14, 14), (1568,), (5,)]
    assert [row.parameters for row in traced.rows] == [1 * 8 * 9 + 8, 0, 0, 1568 * 5 + 5]
    assert traced.output.parameters == 5 * 10 + 10
    assert [row.flops for row in traced.rows] == [2 * 8 * 9 * 28 * 28, 0, 0, 2 * 1568 * 5]


@pytest.mark.parametrize("preset_id", presets())
def test_every_presets_traced_counts_are_the_real_models(preset_id: str) -> None:
    chosen = presets()[preset_id].experiment
    traced, model = trace(chosen), build_model(chosen)
    assert not traced.faults
    assert traced.parameters == parameter_count(model)
    assert type(model) is traced.model_class
    shape = chosen.data.sample_shape()
    x = torch.ones(2, *shape, dtype=torch.int64 if isinstance(shape, Tokens) else torch.float32)
    steps = shape[0] if chosen.data.task == "labelling" else 1
    assert model.eval()(x).numel() == 2 * steps * chosen.training.loss.n_outputs(chosen.data)
    assert set(named_layers(model)) == {row.path for row in traced.rows} | {"output"}


def shapes_of(model: nn.Module) -> list[tuple[str, torch.Size]]:
    return [(name, value.shape) for name, value in model.state_dict().items()]


def test_dynamic_mlp_by_hand_is_the_presets_network() -> None:
    by_hand = DynamicMLP(784, [512, 256, 128, 64], 10)
    built = build_model(presets()["digits-dynamic-mlp"].experiment)
    assert type(built) is DynamicMLP
    assert shapes_of(built) == shapes_of(by_hand)
    assert [type(m) for m in built.features] == [type(m) for m in by_hand.features]
    assert [m.p for m in by_hand.features if isinstance(m, nn.Dropout)] == [0.2, 0.2, 0.2]
    assert by_hand(torch.zeros(3, 1, 28, 28)).shape == (3, 10)


def test_cnn_by_hand_is_the_presets_network_and_follows_the_inputs_size() -> None:
    by_hand = CNN((1, 28, 28))
    built = build_model(presets()["digits-basic-cnn"].experiment)
    assert type(built) is CNN
    assert shapes_of(built) == shapes_of(by_hand)
    assert CNN((3, 32, 32))(torch.zeros(2, 3, 32, 32)).shape == (2, 10)
    assert CNN((3, 32, 32)).features[12].in_features == 128 * 8 * 8


def test_the_mnist_classifier_has_features_and_a_classifier() -> None:
    model = build_model(presets()["digits-mlp"].experiment)
    sizes = [m.out_features for m in model.modules() if isinstance(m, nn.Linear)]
    assert sizes == [512, 256, 128, 10]
    assert model.classifier is model.head and len(model.features) == 8


def test_dense_lists_flatten_images_by_themselves_and_others_say_where_it_is_missing() -> None:
    assert not trace(experiment({"layer": "linear"})).faults
    fault = only_fault(CONV, {"layer": "linear"})
    assert (fault.place, fault.code) == ("layers[1]", "needs_flat")
    assert [repair.code for repair in fault.repairs] == ["insert_flatten", "insert_global_pool"]


@pytest.mark.parametrize(
    ("layers", "place", "code"),
    [
        ([CONV, {"layer": "batchnorm1d"}, FLAT], "layers[1]", "needs_flat"),
        ([CONV], "output", "needs_flat"),
        ([{"layer": "conv2d", "kernel": 31, "padding": "valid"}, FLAT], "layers[0].kernel", "kernel_too_large"),
        ([{"layer": "maxpool2d"}] * 5 + [FLAT], "layers[4].size", "kernel_too_large"),
        ([CONV, FLAT, {"layer": "conv2d"}], "layers[2]", "needs_image"),
        ([CONV, FLAT, {"layer": "batchnorm2d"}], "layers[2]", "needs_image"),
        ([{"layer": "maxpool2d", "size": 2, "padding": 2}, FLAT], "layers[0].padding", "too_large"),
        ([{"layer": "residual", "body": []}], "layers[0].body", "empty_body"),
        ([{"layer": "residual", "shortcut": "identity", "body": [{"layer": "linear", "units": 3}]}],
         "layers[0].shortcut", "residual_shape"),
        ([CONV, {"layer": "residual", "body": [FLAT]}, FLAT], "layers[1].body", "residual_mismatch"),
        ([{"layer": "residual", "body": [CONV, {"layer": "linear"}]}, FLAT], "layers[0].body[1]", "needs_flat"),
    ],
)  # fmt: skip
def test_an_impossible_list_is_blamed_on_its_layer(
    layers: list[Any], place: str, code: str
) -> None:
    fault = only_fault(*layers)
    assert (fault.place, fault.code) == (place, code)


@pytest.mark.parametrize(
    "layers",
    [
        [CONV, {"layer": "linear"}],
        [CONV, {"layer": "batchnorm1d"}, FLAT],
        [CONV],
        [{"layer": "conv2d", "kernel": 31, "padding": "valid"}, FLAT],
        [{"layer": "maxpool2d"}] * 5 + [FLAT],
        [CONV, FLAT, {"layer": "batchnorm2d"}],
        [{"layer": "maxpool2d", "size": 2, "padding": 2}, FLAT],
        [{"layer": "residual", "shortcut": "identity", "body": [{"layer": "linear", "units": 3}]}],
        [{"layer": "residual", "body": [CONV, {"layer": "linear"}]}, FLAT],
        [{"layer": "residual", "body": [{"layer": "linear"}]}, CONV, FLAT],
        [CONV, {"layer": "residual", "body": [{"layer": "batchnorm1d"}]}, FLAT],
        [CONV, FLAT, {"layer": "residual", "body": [{"layer": "residual", "body": [CONV]}]}],
        [
            CONV,
            {"layer": "maxpool2d", "size": 28},
            {"layer": "maxpool2d", "size": 32, "padding": 2},
            FLAT,
        ],
        [
            CONV,
            {
                "layer": "residual",
                "shortcut": "identity",
                "body": [{"layer": "conv2d", "channels": 3}],
            },
            FLAT,
        ],
    ],
)
def test_one_click_on_any_repair_and_the_network_builds(layers: list[Any]) -> None:
    fault = only_fault(*layers)
    assert fault.repairs
    for repair in fault.repairs:
        chosen = experiment(*repair.layers)
        assert build_model(chosen).eval()(torch.zeros(2, 1, 28, 28)).shape == (2, 10)


@pytest.mark.parametrize(
    "layers",
    [
        [CONV, {"layer": "linear"}, {"layer": "batchnorm2d"}],
        [
            {
                "layer": "residual",
                "body": [CONV, {"layer": "linear"}, {"layer": "relu"}, {"layer": "batchnorm1d"}],
            },
            FLAT,
        ],
    ],
)
def test_with_two_faults_a_repair_mends_the_first_that_it_is_offered_at(layers: list[Any]) -> None:
    fault = only_fault(*layers)
    assert fault.repairs
    for repair in fault.repairs:
        after = trace(experiment(*repair.layers)).faults
        assert not any((each.place, each.code) == (fault.place, fault.code) for each in after)


def test_one_click_makes_a_convolution_before_a_linear_layer_build() -> None:
    for repair in only_fault(CONV, {"layer": "linear"}).repairs:
        assert build_model(experiment(*repair.layers))(torch.zeros(2, 1, 28, 28)).shape == (2, 10)


def test_a_residual_block_adds_its_input() -> None:
    model = build_model(
        experiment({"layer": "linear", "units": 4}, {"layer": "residual", "body": [RELU]})
    )
    h = torch.tensor([[-1.0, 2.0, 0.0, 3.0]])
    assert torch.equal(model.features[1](h), h + h.relu())


def test_a_residual_block_projects_where_the_shape_changes() -> None:
    body = [
        {"layer": "conv2d", "channels": 16, "stride": 2, "bias": False},
        {"layer": "batchnorm2d"},
    ]
    chosen = experiment(CONV, {"layer": "residual", "body": body}, FLAT)
    traced, model = trace(chosen), build_model(chosen)
    shortcut = model.features[1].shortcut
    assert traced.rows[1].shape == (16, 14, 14)
    assert (shortcut[0].kernel_size, shortcut[0].stride, shortcut[0].bias) == ((1, 1), (2, 2), None)
    assert traced.rows[1].parameters == 16 * 8 * 9 + 32 + 16 * 8 + 32


def test_a_basic_block_has_as_many_parameters_as_torchvisions() -> None:
    from torchvision.models.resnet import BasicBlock, conv1x1

    down = nn.Sequential(conv1x1(64, 128, 2), nn.BatchNorm2d(128))
    body = [
        {"layer": "conv2d", "channels": 128, "stride": 2, "bias": False}, {"layer": "batchnorm2d"}, RELU,
        {"layer": "conv2d", "channels": 128, "bias": False}, {"layer": "batchnorm2d"},
    ]  # fmt: skip
    traced = trace(
        experiment({"layer": "conv2d", "channels": 64}, {"layer": "residual", "body": body}, FLAT)
    )
    assert traced.rows[1].parameters == parameter_count(BasicBlock(64, 128, 2, down))


def test_batch_normalisation_over_one_sample_is_refused() -> None:
    layers = [{"layer": "linear"}, {"layer": "batchnorm1d"}]
    assert only_fault(*layers, batch_size=43).code == "batchnorm_single"  # 4,000 = 93 · 43 + 1
    assert not trace(experiment(*layers, batch_size=64)).faults


@pytest.mark.parametrize(
    ("size", "batch_size", "nearest"),
    [(50, 39, 38), (50, 1, 2), (120, 19, 18)],  # 40, 40 and 96 samples to train with
)
def test_a_last_batch_of_one_sample_is_repaired_by_the_nearest_size_and_then_trains(
    size: int, batch_size: int, nearest: int
) -> None:
    layers = [{"layer": "linear", "units": 4}, {"layer": "batchnorm1d"}]
    data = {"dataset": "xor", "size": size, "batch_size": batch_size}
    value = {"data": data, "layers": layers, "training": {"epochs": 1}}
    (fault,) = trace(Experiment.from_dict(value)).faults
    (repair,) = fault.repairs
    assert (fault.code, repair.code) == ("batchnorm_single", "use_batch_of")
    assert repair.data is not None and repair.data["batch_size"] == nearest
    repaired = Experiment.from_dict({**value, "data": repair.data})
    assert not trace(repaired).faults
    losses = train(repaired).history.table("steps")["train_loss"]
    assert np.isfinite(losses).all()


def test_caps_hold_before_anything_is_allocated() -> None:
    settings = Settings(max_layers=3, max_parameters=100_000, max_training_bytes=2**30)
    assert [f.code for f in trace(experiment(RELU, RELU, RELU, RELU), settings).faults] == [
        "too_many_layers"
    ]
    big = trace(experiment({"layer": "linear", "units": 60_000}), settings).faults[0]
    assert (big.place, big.code) == ("layers[0]", "too_many_parameters")
    with pytest.raises(ExperimentError) as caught:
        admit(experiment({"layer": "conv2d", "channels": 512}, FLAT, batch_size=4_000), Settings())
    assert caught.value.faults[0].code in ("too_much_memory", "too_many_parameters")


def test_a_batch_larger_than_the_training_part_is_refused_with_the_limit() -> None:
    fault = data_faults(experiment(dataset="xor", size=100, batch_size=81))[0]
    assert (fault.place, fault.values["limit"]) == ("data.batch_size", 80)


@pytest.mark.parametrize(("size", "fits"), [(100, 64), (80, 64), (160, 128)])
def test_its_repair_takes_the_largest_power_of_two_that_fits(size: int, fits: int) -> None:
    (repair,) = data_faults(experiment(dataset="xor", size=size, batch_size=500))[0].repairs
    assert repair.data is not None and repair.data["batch_size"] == fits
    repaired = experiment(**dict(repair.data))
    assert repaired.data.n_samples() == size and not data_faults(repaired)


def test_cost_is_counted_from_the_trace() -> None:
    cost = cost_of(experiment({"layer": "linear", "units": 16}))
    assert cost.step_flops == 3 * 64 * 2 * (784 * 16 + 16 * 10)
    assert (cost.steps_per_epoch, cost.steps) == (63, 315)


def test_no_repair_is_offered_that_could_not_work() -> None:
    impossible = {"layer": "residual", "shortcut": "identity", "body": [FLAT]}
    assert only_fault(CONV, impossible, FLAT).repairs == ()
    fault = trace(
        experiment({"layer": "residual", "body": [CONV, {"layer": "linear"}]}, FLAT)
    ).faults[0]
    assert [repair.code for repair in fault.repairs] == ["remove"]


POINT = {"layer": "adaptiveavgpool2d"}


@pytest.mark.parametrize(
    ("layers", "place"),
    [
        ([POINT, {"layer": "batchnorm2d"}, FLAT], "layers[1]"),
        (
            [
                CONV,
                {"layer": "residual", "body": [{"layer": "conv2d", "channels": 3}, POINT]},
                FLAT,
            ],
            "layers[1]",
        ),
        (
            [POINT, {"layer": "residual", "shortcut": "projection", "body": [RELU]}, FLAT],
            "layers[1]",
        ),
    ],
)
def test_batch_normalisation_of_single_pixels_needs_two_samples_in_every_batch(
    layers: list[Any], place: str
) -> None:
    """torch itself refuses it only at the last batch of an epoch, with the run half done."""
    fault = only_fault(*layers, batch_size=43)  # 4,000 = 93 · 43 + 1
    assert (fault.place, fault.code) == (place, "batchnorm_single")
    with pytest.raises(ValueError, match="more than 1 value per channel"):
        build_model(experiment(*layers)).train()(torch.zeros(1, 1, 28, 28))


def test_tracing_uses_no_random_numbers() -> None:
    before = torch.get_rng_state()
    trace(
        experiment(
            {"layer": "conv2d", "channels": 7, "kernel": 5}, {"layer": "dropout", "p": 0.123}, FLAT
        )
    )
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("kernel", range(1, 8))
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_same_padding_keeps_the_size_for_odd_and_even_kernels(kernel: int, stride: int) -> None:
    conv = {"layer": "conv2d", "channels": 2, "kernel": kernel, "stride": stride}
    chosen = experiment(conv, FLAT)
    shape = trace(chosen).rows[0].shape
    assert shape is not None
    if stride == 1:
        assert shape == (2, 28, 28)
    assert tuple(build_model(chosen).features[0](torch.zeros(1, 1, 28, 28)).shape[1:]) == shape


def test_nested_blocks_are_traced_and_named_with_their_whole_path() -> None:
    inner = {"layer": "residual", "body": [{"layer": "linear", "units": 4}, RELU]}
    chosen = experiment(
        {"layer": "linear", "units": 4},
        {"layer": "residual", "body": [inner, inner]},
        dataset="xor",
    )
    traced = trace(chosen)
    assert [row.path for row in traced.rows][2:5] == [
        "layers[1].body[0]", "layers[1].body[0].body[0]", "layers[1].body[0].body[1]"
    ]  # fmt: skip
    assert traced.rows[1].parameters == 2 * (4 * 4 + 4)
    assert traced.parameters == parameter_count(build_model(chosen))


def test_ten_nested_blocks_are_traced_and_written_in_no_time() -> None:
    """Each level was once written twice: 2^n."""
    from playground.export.script import script

    nested: dict[str, Any] = RELU
    for _ in range(10):
        nested = {"layer": "residual", "body": [nested, RELU]}
    text = script(experiment({"layer": "linear", "units": 3}, nested))
    assert text.count("Residual(") == 10 + text.count("class Residual(")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("layers[0]", "1 ReLU"),
        ("layers[1]", "2 Residual"),
        ("layers[1].body[2]", "2.3 Linear"),
        ("output", "Output"),
    ],
)
def test_a_layer_is_called_in_sentences_as_on_the_screen(path: str, name: str) -> None:
    body = [{"layer": "relu"}, {"layer": "relu"}, {"layer": "linear"}]
    layers = [{"layer": "relu"}, {"layer": "residual", "body": body}]
    experiment = Experiment.from_dict({"data": {"dataset": "digits"}, "layers": layers})
    assert layer_name(experiment.layers, path) == name


def test_a_fault_names_its_layer_and_keeps_its_place() -> None:
    layers = [{"layer": "conv2d"}, {"layer": "residual", "body": [{"layer": "linear"}]}]
    (fault,) = trace(Experiment.from_dict({"data": {"dataset": "digits"}, "layers": layers})).faults
    assert fault.place == "layers[1].body[0]"
    assert fault.message.startswith("2.1 Linear needs a flat vector, but it gets 16 × 28 × 28")
    layers = [{"layer": "conv2d"}]
    (fault,) = trace(Experiment.from_dict({"data": {"dataset": "digits"}, "layers": layers})).faults
    assert (fault.place, fault.values["layer"]) == ("output", "Output")
