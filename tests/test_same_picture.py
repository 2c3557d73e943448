"""One raw picture, whatever it is made of, has one answer: on the page, by the script, by `predict`, and by ONNX."""

import base64
import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch
from PIL import Image

from playground.catalogues.datasets import own_images, uploads
from playground.engine.engine import Engine
from playground.experiment import Experiment
from playground.export.asking_code import asking_of
from playground.export.onnx import onnx_bytes
from playground.export.script import script
from playground.export.section import source_of
from playground.questions import question_of
from playground.results import FinishedRun, train
from playground.ui.handlers.building import _see
from tests.reading.data.cases import packed

TOLERANCE = 1e-5
SIDE = 32
MODES = ["L", "RGB", "RGBA", "P", "CMYK", "I;16"]
RNG = np.random.default_rng(2)


def raw_picture(mode: str, shade: int, size: tuple[int, int] = (50, 41)) -> bytes:
    """A noisy picture as a file, brighter with the shade."""
    width, height = size
    data = io.BytesIO()
    if mode == "I;16":
        values = RNG.integers(0, 900, (height, width)) + shade * 14  # as a camera of 12 bits
        Image.fromarray(values.astype(np.uint16)).save(data, "PNG")
        return data.getvalue()
    pixels = (RNG.integers(0, 60, (height, width, 4)) + shade).astype(np.uint8)
    image = Image.fromarray(pixels)
    if mode == "CMYK":
        image.convert("RGB").convert("CMYK").save(data, "TIFF")
    elif mode == "P":
        image.convert("RGB").convert("P").save(data, "PNG", transparency=3)
    else:
        image.convert(mode).save(data, "PNG")
    return data.getvalue()


def archive_of_all_modes() -> bytes:
    files = {}
    for label, shade in (("dark", 10), ("light", 150)):
        for number, mode in enumerate(2 * MODES):
            files[f"{label}/{number}.png"] = raw_picture(mode, shade)
    return packed(files)


@pytest.fixture(scope="module", params=[False, True], ids=["grey", "colour"])
def finished(request: pytest.FixtureRequest) -> Iterator[FinishedRun]:
    file = uploads.put(archive_of_all_modes(), "images")
    data = {
        "dataset": "own_images",
        "file": file,
        "size": SIDE,
        "colour": request.param,
        "batch_size": 8,
    }
    layers = [
        {"layer": "conv2d", "channels": 4, "stride": 2},
        {"layer": "relu"},
        {"layer": "flatten"},
    ]
    yield train(Experiment.from_dict({"data": data, "layers": layers, "training": {"epochs": 2}}))
    uploads.STORE.clear()


@pytest.fixture
def pictures(finished: FinishedRun) -> dict[str, bytes]:
    """One of each mode that the network has not seen."""
    return {mode: raw_picture(mode, 90, (64, 70)) for mode in MODES}


def seen(data: bytes, finished: FinishedRun) -> str:
    """The pixels that the photo card gets back, in base 64."""
    channels = finished.experiment.data.input_shape[0]
    return str(_see(data, f"picture {channels} {SIDE}", 8_000_000)["pixels"])


def by_predict(finished: FinishedRun, data: bytes) -> np.ndarray:
    in_colour = finished.experiment.data.colour
    shape = (1, SIDE, SIDE, 3) if in_colour else (1, SIDE, SIDE)
    pixels = np.frombuffer(base64.b64decode(seen(data, finished)), np.uint8)
    return finished.predict(pixels.reshape(shape))[0]


def data_section(finished: FinishedRun, folder: Path) -> dict[str, Any]:
    """What the exported script knows after its section “data”."""
    path = folder / own_images.FILE
    path.write_bytes(uploads.get(finished.experiment.data.file))
    beginning, _, _ = script(finished.experiment, takes_path=False).partition("# ---- network")
    names: dict[str, Any] = {}
    exec(beginning.replace(repr(own_images.FILE), repr(str(path))), names)
    return names


@torch.no_grad()
def by_script(finished: FinishedRun, names: dict[str, Any], data: bytes) -> np.ndarray:
    in_colour = finished.experiment.data.colour
    x = names["small_picture"](data, SIDE, in_colour)[None].astype(np.float32) / np.float32(255)
    scaled = names["normalised"](x, names["mean"], names["std"])
    return finished.model.eval()(torch.from_numpy(scaled)).softmax(1)[0].numpy()


def test_page_script_and_predict_see_the_same_in_every_mode(
    finished: FinishedRun, pictures: dict[str, bytes], tmp_path: Path, engine: Engine
) -> None:
    run = engine.start(finished.experiment, paused=True)
    weights = finished.model.state_dict()
    run.ask(lambda trainer: trainer.model.load_state_dict(weights))
    names = data_section(finished, tmp_path)
    for mode, data in pictures.items():
        wanted = by_predict(finished, data)
        asked = {"kind": "picture", "pixels": seen(data, finished)}
        question = question_of({"question": "predict", "sample": asked})
        shown = question.tell(run.ask(question), finished.experiment)["probabilities"]
        np.testing.assert_allclose(shown, wanted, atol=1e-4, err_msg=mode)  # rounded for the page
        np.testing.assert_allclose(
            by_script(finished, names, data), wanted, atol=TOLERANCE, err_msg=mode
        )


def test_the_onnx_file_gives_the_same_answer_in_every_mode(
    finished: FinishedRun, pictures: dict[str, bytes], tmp_path: Path
) -> None:
    asking = asking_of(finished.experiment.data)
    functions: dict[str, Any] = {"np": np}
    exec("\n\n".join(source_of(function) for function in asking.functions), functions)
    content, _ = onnx_bytes(finished)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    path = tmp_path / "picture"
    for mode, data in pictures.items():
        path.write_bytes(data)
        names = {**functions, "sample": str(path)}
        exec("\n".join(asking.lines), names)
        (answer,) = session.run(None, {"input": names["x"]})
        np.testing.assert_allclose(
            answer[0], by_predict(finished, data), atol=TOLERANCE, err_msg=mode
        )


def test_a_file_of_pictures_is_answered_like_each_of_them(
    finished: FinishedRun, pictures: dict[str, bytes], tmp_path: Path
) -> None:
    files = {f"{number}.png": data for number, data in enumerate(pictures.values())}
    (tmp_path / "new.zip").write_bytes(packed(files))
    finished.answer_file(tmp_path / "new.zip").save(tmp_path / "answers.csv")
    with open(tmp_path / "answers.csv", newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(pictures)
    for row, data in zip(rows, pictures.values(), strict=True):
        wanted = by_predict(finished, data)
        shown = [float(value) for name, value in row.items() if name in ("p(dark)", "p(light)")]
        np.testing.assert_allclose(shown, wanted, atol=1e-4)


def test_pictures_of_the_archive_itself_are_answered_as_in_training(finished: FinishedRun) -> None:
    """What is loaded from the archive, and one of its files by the photo card, are the same pixels."""
    data = finished.experiment.data
    x, _ = data.raw()
    with zipfile.ZipFile(io.BytesIO(uploads.get(data.file))) as archive:
        for place, name in enumerate(sorted(archive.namelist())):
            pixels = np.frombuffer(base64.b64decode(seen(archive.read(name), finished)), np.uint8)
            by_card = pixels.reshape(SIDE, SIDE, -1).transpose(2, 0, 1).astype(
                np.float32
            ) / np.float32(255)
            assert np.array_equal(by_card, x[place])
