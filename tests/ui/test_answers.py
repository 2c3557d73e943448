"""What the page is told of data: training images as they are, and as chance makes them."""

import base64

import numpy as np
import pytest
import torch

from playground.experiment import Experiment
from playground.faults import Fault
from playground.settings import Settings
from playground.ui.answers.check import check_answer
from playground.ui.answers.faults import fault_text
from playground.ui.answers.preview import (
    AUGMENTED_EACH,
    AUGMENTED_ROWS,
    augmented_answer,
    preview_answer,
)


def digits(**augment: float) -> Experiment:
    data = {"dataset": "digits", "augment": augment or None}
    return Experiment.from_dict({"data": data, "layers": [{"layer": "flatten"}]})


def grey(picture: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(picture), np.uint8).reshape(28, 28).astype(int)


def test_nothing_is_shown_of_images_that_come_as_they_are() -> None:
    assert augmented_answer(digits().data) == []
    assert preview_answer(digits())["augmented"] == []


def test_a_row_is_a_training_image_and_the_same_image_moved_by_whole_pixels() -> None:
    data = digits(shift=2).data
    split, rows = data.split(), augmented_answer(data)
    assert [len(row) for row in rows] == [1 + AUGMENTED_EACH] * AUGMENTED_ROWS
    for i, row in enumerate(rows):
        original = grey(row[0])
        unscaled = (split.train_x[i].numpy() * np.float32(split.std) + np.float32(split.mean))[
            0
        ] * 255
        np.testing.assert_allclose(original, unscaled, atol=1)
        padded = np.pad(original, 2, mode="edge")
        moves = [padded[y : y + 28, x : x + 28] for y in range(5) for x in range(5)]
        for each in row[1:]:
            assert min(np.abs(grey(each) - move).max() for move in moves) <= 1
        assert len(set(row)) > 2


@pytest.mark.parametrize("augment", [{"noise": 0.3}, {"erase": 1.0}, {"rotate": 20, "scale": 0.2}])
def test_every_kind_of_change_is_seen_and_the_same_each_time(augment: dict[str, float]) -> None:
    data = digits(**augment).data
    before = torch.get_rng_state()
    rows = augmented_answer(data)
    assert rows == augmented_answer(data)
    assert torch.equal(before, torch.get_rng_state())
    for original, *others in rows:
        assert all(each != original for each in others)


@pytest.mark.parametrize(
    ("name", "chinese"),
    [("Output", "输出"), ("4 ReLU", "4 ReLU"), ("2.1 Pool over time", "2.1 时间池化")],
)
def test_a_layer_is_called_in_chinese_sentences_as_on_the_screen(name: str, chinese: str) -> None:
    values = {"given": "NaN", "step": 3, "layer": name}
    text = fault_text(Fault("", "nan_forward", values))
    assert f"first in the output of {name};" in text["en"]
    assert f"首先出现在 {chinese} 的输出" in text["zh"]


def test_the_prediction_of_memory_comes_on_top_of_what_the_process_takes_anyway() -> None:
    totals = check_answer({"data": {"dataset": "xor"}, "layers": []}, Settings())["totals"]
    assert 500e6 < totals["resting_bytes"] < 1e9
    assert totals["memory_bytes"] < totals["resting_bytes"]


def test_a_planned_warm_up_keeps_its_shape_however_long_the_run_is() -> None:
    schedule = {"schedule": "constant", "warmup_steps": 20}
    training = {
        "epochs": 300,
        "optimizer": {"optimizer": "adam", "lr": 0.001},
        "schedule": schedule,
    }
    recipe = {**digits().to_dict(), "training": training}
    plan = check_answer(recipe, Settings())["schedule"]
    rates = dict(zip(plan["step"], plan["lr"], strict=True))
    assert len(plan["step"]) <= 300
    assert rates[1] == pytest.approx(0.001 / 21)
    assert rates[20] == pytest.approx(0.001 * 20 / 21)
    assert rates[21] == pytest.approx(0.001)
