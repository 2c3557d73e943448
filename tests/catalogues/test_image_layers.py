"""The image layers: numbers against torch, complaints whose repairs work, and ResNet-18 against torchvision's."""

from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from playground.catalogues.layers import LAYERS, Layer, Shape
from playground.experiment import Experiment
from playground.network.builder import build_model
from playground.network.tracing import Trace, trace
from playground.preset_files import presets

X = torch.randn(3, 8, 6, 6, generator=torch.Generator().manual_seed(0))


def module(layer: Layer, shape: Shape) -> nn.Module:
    assert layer.complaint(shape) is None
    torch.manual_seed(1)
    return layer.call(shape).build()


def traced(layers: list[dict[str, Any]], dataset: str = "digits") -> Trace:
    loss = {"loss": "mse"} if dataset == "digits_copy" else {"loss": "cross_entropy"}
    return trace(
        Experiment.from_dict(
            {"data": {"dataset": dataset}, "layers": layers, "training": {"loss": loss}}
        )
    )


def test_a_global_pool_is_an_adaptive_pool_of_size_1_laid_flat() -> None:
    for how, pool in (("avg", F.adaptive_avg_pool2d), ("max", F.adaptive_max_pool2d)):
        ours = module(LAYERS["global_pool"](how=how), (8, 6, 6))(X)
        torch.testing.assert_close(ours, pool(X, 1).flatten(1))


def test_a_group_norm_is_torchs() -> None:
    torch.testing.assert_close(
        module(LAYERS["groupnorm"](groups=2), (8, 6, 6))(X), F.group_norm(X, 2)
    )


def test_an_instance_norm_takes_contrast_and_brightness_away() -> None:
    norm = module(LAYERS["instancenorm2d"](), (8, 6, 6))
    torch.testing.assert_close(norm(X), F.instance_norm(X))
    torch.testing.assert_close(norm(5 * X + 3), norm(X), atol=1e-4, rtol=1e-4)


def test_upsampling_repeats_or_interpolates() -> None:
    nearest = module(LAYERS["upsample"](scale_factor=3), (8, 6, 6))(X)
    assert torch.equal(nearest, X.repeat_interleave(3, 2).repeat_interleave(3, 3))
    smooth = module(LAYERS["upsample"](mode="bilinear"), (8, 6, 6))(X)
    torch.testing.assert_close(smooth, F.interpolate(X, scale_factor=2, mode="bilinear"))


def test_unflatten_gives_an_image_with_the_values_in_order() -> None:
    vectors = torch.arange(2 * 24.0).reshape(2, 24)
    image = module(LAYERS["unflatten"](height=4, width=3), (24,))(vectors)
    assert image.shape == (2, 2, 4, 3) and torch.equal(image.flatten(1), vectors)


@pytest.mark.parametrize("stride", range(1, 5))
@pytest.mark.parametrize("kernel", range(1, 8))
def test_a_transposed_convolution_grows_by_exactly_its_stride(kernel: int, stride: int) -> None:
    layer = LAYERS["conv_transpose2d"](channels=2, kernel=kernel, stride=stride)
    complaint = layer.complaint((8, 6, 6))
    if stride == 1 and kernel % 2 == 0:
        assert complaint and complaint.code == "even_kernel"
        layer = complaint.fixes[0].layers[0]
    assert module(layer, (8, 6, 6))(X).shape == (3, 2, 6 * stride, 6 * stride)
    loose = module(layer.model_copy(update={"padding": "valid"}), (8, 6, 6))(X)
    assert loose.shape[-1] == 5 * stride + layer.kernel


def test_a_transposed_convolution_is_the_gradient_of_a_convolution() -> None:
    there = nn.Conv2d(4, 8, 3, stride=2, padding=1, bias=False)
    back = module(LAYERS["conv_transpose2d"](channels=4, bias=False), (8, 6, 6))
    back.load_state_dict(there.state_dict())
    image = torch.zeros(3, 4, 12, 12, requires_grad=True)
    (gradient,) = torch.autograd.grad(there(image), image, X)
    torch.testing.assert_close(back(X), gradient)


COMPLAINTS: list[tuple[str, list[dict[str, Any]], str, str]] = [
    ("even kernel", [{"layer": "conv_transpose2d", "kernel": 4, "stride": 1}], "layers[0].kernel", "even_kernel"),
    ("groups", [{"layer": "conv2d", "channels": 6}, {"layer": "groupnorm"}], "layers[1].groups",
     "groups_do_not_divide"),
    ("single values", [{"layer": "adaptiveavgpool2d"}, {"layer": "instancenorm2d"}], "layers[1]", "norm_of_one"),
    (
        "groups of one",
        [{"layer": "conv2d"}, {"layer": "adaptiveavgpool2d"}, {"layer": "groupnorm", "groups": 16}],
        "layers[2].groups",
        "norm_of_one",
    ),
    ("misfit", [{"layer": "flatten"}, {"layer": "linear", "units": 100}, {"layer": "unflatten"}], "layers[2].height",
     "unflatten_misfit"),
    ("image", [{"layer": "unflatten", "height": 4}], "layers[0]", "needs_flat"),
    ("too large", [{"layer": "upsample", "scale_factor": 16}] * 2, "layers[1]", "image_too_grown"),
    ("vector", [{"layer": "flatten"}, {"layer": "global_pool"}], "layers[1]", "needs_image"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("layers", "place", "code"), [each[1:] for each in COMPLAINTS], ids=[c[0] for c in COMPLAINTS]
)
def test_a_complaint_names_its_place_and_every_repair_mends_it(
    layers: Any, place: str, code: str
) -> None:
    fault = traced(layers).faults[0]
    assert (fault.place, fault.code) == (place, code)
    assert fault.repairs
    for repair in fault.repairs:
        assert repair.layers is not None
        left = [each for each in traced(list(map(dict, repair.layers))).faults if each.code == code]
        assert not [each for each in left if each.place == place]


def torchvisions_keys(model: nn.Module, reference: nn.Module) -> dict[str, torch.Tensor]:
    """torchvision's weights under our names: both list theirs in the order of the computation, shortcuts last."""
    ours, theirs = model.state_dict(), reference.state_dict()
    assert [value.shape for value in ours.values()] == [value.shape for value in theirs.values()]
    return dict(zip(ours, theirs.values(), strict=True))


@pytest.mark.long
@pytest.mark.parametrize("channels", (1, 3))
@pytest.mark.parametrize("preset_id", ("digits-resnet18", "digits-resnet18-small-stem"))
def test_resnet18_has_torchvisions_parameters_and_outputs(preset_id: str, channels: int) -> None:
    resnet18 = pytest.importorskip("torchvision.models").resnet18
    experiment = presets()[preset_id].experiment
    data = experiment.data.model_copy()
    object.__setattr__(
        data, "__class__", type("Coloured", (type(data),), {"input_shape": (channels, 28, 28)})
    )
    model = build_model(experiment.model_copy(update={"data": data})).eval()
    reference = resnet18(num_classes=10).eval()
    small = preset_id.endswith("stem")
    if small:
        reference.conv1, reference.maxpool = (
            nn.Conv2d(channels, 64, 3, padding=1, bias=False),
            nn.Identity(),
        )
    elif channels == 1:
        reference.conv1 = nn.Conv2d(1, 64, 7, 2, 3, bias=False)
    count = sum(p.numel() for p in model.parameters())
    assert count == sum(p.numel() for p in reference.parameters())
    assert count == 11_181_642 - 64 * ((3 - channels) * 49 if not small else 3 * 49 - channels * 9)
    model.load_state_dict(torchvisions_keys(model, reference))
    images = torch.randn(2, channels, 64, 64)
    torch.testing.assert_close(model(images), reference(images), rtol=1e-5, atol=1e-5)
