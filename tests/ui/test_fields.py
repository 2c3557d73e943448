"""Catalogue fields as controls: limits and help stand with the parameter, in both languages."""

from typing import Any

import pytest

from playground.catalogues.backbones import WEIGHT_FILES
from playground.catalogues.datasets import DATASETS
from playground.catalogues.initializers import INITIALIZERS
from playground.catalogues.layers import LAYERS, Layer
from playground.catalogues.losses import LOSSES
from playground.catalogues.optimizers import OPTIMIZERS
from playground.catalogues.schedules import SCHEDULES
from playground.catalogues.tasks import TASKS
from playground.experiment import TrainingSpec
from playground.ui.fields import (
    describe_catalogue,
    describe_field,
    describe_fields,
    describe_tasks,
)

CATALOGUES = (LAYERS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS, DATASETS)
ENTRIES = [
    (catalogue, entry) for catalogue in CATALOGUES for entry in describe_catalogue(catalogue)
]
NAMES = {entry["label"]["en"] for catalogue, entry in ENTRIES if catalogue in (LAYERS, OPTIMIZERS)}
SAME = {
    *NAMES,
    *WEIGHT_FILES,  # ids of torchvision's networks
    "XOR",
    "nesterov",
    "bf16",
    "fp16",
    "float32",
    "px",
    "gamma",
    "p",
    "size",
    "same",
    "valid",
    "auto",
}


def is_chinese(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)


def described() -> dict[str, Any]:
    """Every field of every entry, by where it stands."""
    found = {
        f"{entry['id']}.{field['name']}": field for _, entry in ENTRIES for field in entry["fields"]
    }
    return found | {f"training.{field['name']}": field for field in describe_fields(TrainingSpec)}


@pytest.mark.parametrize("field", described().values(), ids=described())
def test_a_field_has_label_and_help_in_both_languages(field: dict[str, Any]) -> None:
    texts = [field["label"], field["help"], *([field["unit"]] if field["unit"] else [])]
    texts += [choice["label"] for choice in field["choices"]]
    for text in texts:
        assert text["en"]
        assert is_chinese(text["zh"]) or text["en"] in SAME, text["en"]


@pytest.mark.parametrize(("catalogue", "entry"), ENTRIES, ids=[entry["id"] for _, entry in ENTRIES])
def test_an_entry_has_label_and_help_in_both_languages(
    catalogue: Any, entry: dict[str, Any]
) -> None:
    assert is_chinese(entry["label"]["zh"]) or entry["label"]["en"] in SAME, entry["label"]
    assert is_chinese(entry["help"]["zh"]), entry["help"]
    assert entry["default"][catalogue.kind] == entry["id"]
    assert catalogue.parse(entry["default"]).id == entry["id"]


@pytest.mark.parametrize("field", described().values(), ids=described())
def test_a_control_starts_within_its_limits(field: dict[str, Any]) -> None:
    if field["control"] in ("integer", "number") and field["default"] is not None:
        assert field["min"] <= field["default"] <= field["max"]
        assert field["default"] is None or field["step"] is None or field["step"] > 0
    if field["control"] == "choice":
        assert field["default"] in [choice["value"] for choice in field["choices"]]


def test_limits_unit_and_kind_come_from_the_parameter() -> None:
    kernel = describe_field("kernel", LAYERS["conv2d"].model_fields["kernel"])
    assert (kernel["control"], kernel["min"], kernel["max"], kernel["unit"]["en"]) == (
        "integer",
        1,
        31,
        "px",
    )
    stride = describe_field("stride", LAYERS["maxpool2d"].model_fields["stride"])
    assert (stride["control"], stride["optional"], stride["default"]) == ("integer", True, None)
    padding = describe_field("padding", LAYERS["conv2d"].model_fields["padding"])
    assert [choice["value"] for choice in padding["choices"]] == ["same", "valid"]
    assert describe_field("bias", LAYERS["linear"].model_fields["bias"])["control"] == "toggle"
    assert describe_field("body", LAYERS["residual"].model_fields["body"])["control"] == "layers"


def test_a_row_shows_two_fields_and_the_rest_behind_more() -> None:
    conv = next(entry for catalogue, entry in ENTRIES if entry["id"] == "conv2d")
    assert [field["name"] for field in conv["fields"] if field["compact"]] == ["channels", "kernel"]


def facts_of(catalogue: Any) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry["facts"] for entry in describe_catalogue(catalogue)}


def test_the_page_is_told_what_its_cards_must_know_of_a_layer() -> None:
    facts = facts_of(LAYERS)
    assert all(entry.keys() == set(Layer.facts_for_page) for entry in facts.values())
    ends = {name for name, entry in facts.items() if entry["ends_features"]}
    pools = {"adaptiveavgpool2d", "time_pool", "attention_pool", "global_pool"}
    assert ends == {"flatten", "backbone", *pools}
    assert {name for name, entry in facts.items() if entry["attends"]} == {
        "attention_pool",
        "transformer_encoder",
    }
    assert [name for name, entry in facts.items() if entry["has_kernels"]] == ["conv2d"]
    assert [name for name, entry in facts.items() if entry["can_die"]] == ["relu"]
    without_init = {name for name, entry in facts.items() if not entry["takes_init"]}
    norms = {entry.id for entry in LAYERS if entry.family == "norm"}
    assert without_init == norms | {"embedding"}


def test_a_fact_that_only_an_instance_knows_is_left_out() -> None:
    facts = facts_of(DATASETS)
    assert facts["digits"]["pad"] is True and "pad" not in facts["own_images"]
    files = {name: entry["takes_file"] for name, entry in facts.items() if entry["takes_file"]}
    kinds = {"own_table": "csv", "own_series": "series", "own_images": "images"}
    assert files == {**kinds, "own_texts": "texts"}


def test_a_field_without_effect_says_what_it_waits_for() -> None:
    weight = describe_field("class_weight", LOSSES["two_tasks"].model_fields["class_weight"])
    assert weight["shown_when"] == {"weighting": ["fixed"]}
    names = [field["name"] for field in describe_fields(LOSSES["two_tasks"])]
    assert set(weight["shown_when"]) <= set(names)
    assert describe_field("bias", LAYERS["linear"].model_fields["bias"])["shown_when"] is None


def test_the_page_is_told_how_the_answer_of_a_task_is_drawn() -> None:
    described_tasks = {task["id"]: task for task in describe_tasks()}
    assert described_tasks.keys() == TASKS.keys()
    answers = {name: task["facts"]["answer"] for name, task in described_tasks.items()}
    assert answers == {
        "classification": "classes",
        "regression": "value",
        "labelling": "labels",
        "reconstruction": "image",
        "embedding": "embedding",
        "two_tasks": "two_tasks",
    }
    both_metrics = described_tasks["two_tasks"]["facts"]["metrics"]
    assert both_metrics == ["accuracy", "mae"]
    for task in described_tasks.values():
        assert is_chinese(task["data_note"]["zh"]) and is_chinese(task["output_note"]["zh"])


def test_the_natural_loss_of_a_task_is_one_that_suits_it() -> None:
    losses = {entry["id"]: entry["tasks"] for entry in describe_catalogue(LOSSES)}
    for task in TASKS.values():
        assert task.id in losses[task.natural]
    assert losses["mse"] == ["reconstruction", "regression"]
