"""What the network says of a sample, against the model itself."""

from typing import Any

import numpy as np
import torch

from playground.questions.predictions import Predict
from playground.questions.sample import Sample
from playground.training.trainer import Trainer


def test_a_prediction_is_the_softmax_of_the_models_output(trainer: Trainer, ask: Any) -> None:
    found = ask(Predict(Sample(index=7)))
    trainer.model.eval()
    with torch.no_grad():
        expected = torch.softmax(trainer.model(trainer.split.val_x[7:8]), 1)[0].numpy()
    np.testing.assert_array_equal(found, expected)


def test_a_drawn_picture_is_normalised_as_the_training_data_are(trainer: Trainer, ask: Any) -> None:
    raw, _ = trainer.experiment.data.raw()
    pixels = (raw[trainer.split.val_index[7], 0] * 255).round().astype(np.uint8)
    np.testing.assert_allclose(
        ask(Predict(Sample(pixels=pixels))), ask(Predict(Sample(index=7))), atol=1e-6
    )
