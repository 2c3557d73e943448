"""A script is called after its experiment."""

import pytest

from playground.experiment import Experiment
from playground.export.names import file_stem
from playground.preset_files import presets

from ..conftest import points


@pytest.mark.parametrize("preset_id", presets())
def test_a_presets_files_have_its_id(preset_id: str) -> None:
    assert file_stem(presets()[preset_id].experiment) == preset_id


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("House prices (mine)", "house-prices-mine"),
        ("../../etc/passwd", "etc-passwd"),
        ("手写数字 1", "手写数字-1"),
        ("Untitled", "xor-network"),
        ("", "xor-network"),
        ("…", "xor-network"),
        ("x" * 80, "x" * 60),
    ],
)
def test_a_name_becomes_a_file_name(name: str, stem: str) -> None:
    assert file_stem(points().model_copy(update={"name": name})) == stem


def test_an_unnamed_experiment_is_called_after_its_data() -> None:
    assert file_stem(Experiment.from_dict({"data": {"dataset": "house_prices"}})) == (
        "house-prices-network"
    )
