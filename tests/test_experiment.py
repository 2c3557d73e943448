"""The recipe: JSON, links, and everything that can be wrong with them."""

import base64
import json
import math
import zlib
from pathlib import Path
from typing import Any

import pytest

from playground.experiment import VERSION, VOCABULARY, Experiment
from playground.faults import ExperimentError, Fault
from playground.preset_files import presets

GOOD: dict[str, Any] = {
    "version": 2,
    "name": "Digits CNN",
    "data": {"dataset": "digits", "batch_size": 128},
    "layers": [{"layer": "conv2d", "channels": 32}, {"layer": "relu"}, {"layer": "flatten"}],
    "training": {"optimizer": {"optimizer": "sgd", "momentum": 0.9}, "epochs": 3},
}


def fault_of(value: Any) -> Fault:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_json(value if isinstance(value, str | bytes) else json.dumps(value))
    return caught.value.faults[0]


def changed(place: str, value: Any) -> dict[str, Any]:
    whole = json.loads(json.dumps(GOOD))
    target = whole
    *parents, last = [int(part) if part.isdigit() else part for part in place.split(".")]
    for part in parents:
        target = target[part]
    target[last] = value
    return whole


def test_defaults_are_left_out_and_come_back() -> None:
    experiment = Experiment.from_dict(GOOD)
    assert experiment.to_dict() == GOOD
    assert experiment.data.validation == 0.2
    assert experiment.training.loss.id == "cross_entropy"


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("layers.0.channels", 10**9, "too_large"),
        ("layers.0.channels", 0, "too_small"),
        ("layers.0.channels", True, "wrong_type"),
        ("layers.0.channels", "8", "wrong_type"),
        ("layers.0.channels", 8.5, "wrong_type"),
        ("layers.0.channels", None, "wrong_type"),
        ("layers.0.padding", "some", "not_a_choice"),
        ("layers.0.colour", 1, "unknown_key"),
        ("layers.0.layer", "conv9d", "unknown_entry"),
        ("layers.1", 5, "wrong_type"),
        ("layers.1", {}, "missing_key"),
        ("training.optimizer.lr", 1e10, "too_large"),
        ("training.optimizer.lr", 0, "too_small_exclusive"),
        ("training.epochs", 0, "too_small"),
        ("training.speed", 1, "unknown_key"),
        ("data.batch_size", -1, "too_small"),
        ("data.dataset", ["digits"], "unknown_entry"),
        ("name", "x" * 81, "too_long"),
        ("version", 0, "not_a_choice"),
        ("version", True, "wrong_type"),
        ("version", "1", "not_a_choice"),
        ("data.dataset", "\ud800", "unknown_entry"),
        ("layers.0.padding", "\ud800", "invalid"),
        ("training.clip_norm", 10**400, "wrong_type"),
        ("version", VERSION + 1, "newer_version"),
    ],
)
def test_a_bad_value_is_named_with_its_place(place: str, value: Any, code: str) -> None:
    fault = fault_of(changed(place, value))
    parts = [f"[{part}]" if part.isdigit() else f".{part}" for part in place.split(".")]
    expected = "".join(parts).lstrip(".")
    if code in ("unknown_entry", "missing_key"):
        assert fault.code == code and expected.startswith(fault.place)
    else:
        assert (fault.place, fault.code) == (expected, code)
    assert fault.message


def test_a_fault_inside_a_block_has_its_whole_path() -> None:
    inner = {"layer": "residual", "body": [{"layer": "relu"}, {"layer": "linear", "units": 0}]}
    assert fault_of(changed("layers.1", inner)).place == "layers[1].body[1].units"


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_json_numbers_that_are_none_are_refused(text: str) -> None:
    whole = json.dumps(changed("training.optimizer.lr", 0.5)).replace("0.5", text)
    assert fault_of(whole).code == "not_finite"


def test_an_overflowing_number_is_refused_at_its_place() -> None:
    whole = json.dumps(changed("training.optimizer.lr", 0.5)).replace("0.5", "1e999")
    assert (fault_of(whole).place, fault_of(whole).code) == ("training.optimizer.lr", "not_finite")


@pytest.mark.parametrize("text", ["", "{", "[1, 2", '{"data": }', "nonsense", b"\xff\xfe"])
def test_what_is_no_json_is_said_to_be_none(text: str | bytes) -> None:
    assert fault_of(text).code == "not_json"


def test_deep_nesting_is_refused_without_a_crash() -> None:
    # How deep JSON is read at all differs between versions of Python.
    assert fault_of("[" * 5_000 + "]" * 5_000).code in ("not_json", "too_deep")
    deep = '{"layer": "residual", "body": [' * 1_500 + "]}" * 1_500
    text = json.dumps(GOOD).replace('{"layer": "relu"}', deep)
    assert fault_of(text[: 64 * 1024 - 1]).code in ("not_json", "too_deep")
    nested: Any = {"layer": "relu"}
    for _ in range(600):
        nested = {"layer": "residual", "body": [nested]}
    with pytest.raises(ExperimentError):
        Experiment.from_dict({**GOOD, "layers": [nested]})


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    assert fault_of(changed("layers", [{"layer": "relu"}] * 10**4)).code == "too_many_bytes"


def test_a_million_layers_are_refused_before_they_are_validated() -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_dict({**GOOD, "layers": [{"layer": "relu"}] * 10**6})
    assert (caught.value.faults[0].place, caught.value.faults[0].code) == ("layers", "too_long")


@pytest.mark.parametrize("preset_id", presets())
def test_a_presets_link_is_short_and_opens_the_same(preset_id: str) -> None:
    experiment = presets()[preset_id].experiment
    link = experiment.to_link()
    assert len(link) < 500
    assert all(c.isalnum() or c in "-_" for c in link)
    assert Experiment.from_link(link) == experiment


def warmed(version: int | None, **schedule: Any) -> dict[str, Any]:
    """An experiment with a warm-up of ten steps, as a file of that version has it."""
    value: dict[str, Any] = {} if version is None else {"version": version}
    training = {"schedule": {"warmup_steps": 10, **schedule}}
    return {**value, "data": {"dataset": "digits"}, "training": training}


def test_an_experiment_of_version_1_keeps_its_warm_up_and_a_link_keeps_it_too() -> None:
    old = Experiment.from_dict(warmed(1, schedule="cosine"))
    assert old.version == 2
    assert old.training.schedule.warmup_multiplies is True
    assert old.to_dict()["training"]["schedule"]["warmup_multiplies"] is True
    assert Experiment.from_link(old.to_link()) == old
    # Ten of sixty steps: the cosine has fallen to 0.933 when the warm-up ends.
    factors = [old.training.schedule.factor(step, 60, 30) for step in range(60)]
    assert max(factors) == pytest.approx(0.5 * (1 + math.cos(math.pi * 10 / 60)))


def test_an_experiment_of_version_2_reaches_the_rate_that_was_set() -> None:
    for version in (2, None):
        schedule = Experiment.from_dict(warmed(version, schedule="cosine")).training.schedule
        factors = [schedule.factor(step, 60, 30) for step in range(60)]
        assert max(factors) == factors[10] == 1.0
        assert factors[0] == pytest.approx(1 / 11)
        assert "warmup_multiplies" not in schedule.model_dump(exclude_defaults=True)


@pytest.mark.parametrize("schedule", [{"schedule": "constant"}, {"schedule": "plateau"}])
def test_where_both_versions_mean_the_same_nothing_is_added(schedule: dict[str, Any]) -> None:
    assert Experiment.from_dict(warmed(1, **schedule)) == Experiment.from_dict(
        warmed(2, **schedule)
    )


@pytest.mark.parametrize("schedule", [5, None, {}, {"schedule": 7, "warmup_steps": 3}, "cosine"])
def test_a_schedule_of_version_1_that_is_none_is_refused_at_its_place(schedule: Any) -> None:
    value = {"version": 1, "data": {"dataset": "digits"}, "training": {"schedule": schedule}}
    assert fault_of(value).place.startswith("training.schedule")


def test_links_of_old_stay_readable() -> None:
    """These were handed out: the dictionary of the codec must never change."""
    old = "w2W8C1i7wqHtCr5-nsEhCsk5icXFmWmZqUUELEQ3Hk8kmRoaEUwIhJIepqlGpmY0MJXYBEVx9AO5tQA"
    assert [type(layer).id for layer in Experiment.from_link(old).layers][:3] == [
        "linear",
        "relu",
        "dropout",
    ]


def pack(data: bytes, dictionary: bytes = VOCABULARY) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=dictionary)
    return base64.urlsafe_b64encode(packer.compress(data) + packer.flush()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "link",
    ["", "x", "zzzz", "é", "a" * 10_000, pack(b"{" * 70_000), pack(b"\0" * 50_000_000),
     presets()["digits-mlp"].experiment.to_link()[:-6], "eJyrVkrLz1eyUkpKLFKqBQAbcQPj"],
    ids=["empty", "letter", "foreign", "unicode", "long", "oversized", "bomb", "truncated", "plain zlib"],
)  # fmt: skip
def test_a_damaged_foreign_or_bomb_like_link_is_refused(link: str) -> None:
    with pytest.raises(ExperimentError):
        Experiment.from_link(link)


def test_a_link_with_a_bad_experiment_names_its_place() -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_link(pack(json.dumps(changed("training.epochs", -3)).encode()))
    assert caught.value.faults[0].place == "training.epochs"


def test_a_file_is_read_and_a_huge_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    path.write_text(json.dumps(GOOD))
    assert Experiment.load(path).to_dict() == GOOD
    path.write_bytes(b" " * 70_000)
    with pytest.raises(ExperimentError):
        Experiment.load(path)
