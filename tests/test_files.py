"""Files that depend on what they hold alone."""

import torch
from safetensors import safe_open
from safetensors.torch import load

from playground.files import safetensors_bytes


def test_the_same_tensors_and_texts_are_the_same_bytes(tmp_path) -> None:  # type: ignore[no-untyped-def]
    tensors = {"b": torch.arange(3.0), "a": torch.tensor([[1, 2]]), "none": torch.zeros(0, 4)}
    about = {name: name * 3 for name in ("one", "two", "three", "four", "五")}
    written = {safetensors_bytes(tensors, about) for _ in range(20)}
    assert len(written) == 1
    data = written.pop()
    read = load(data)
    assert read.keys() == tensors.keys()
    for name, value in tensors.items():
        assert torch.equal(read[name], value) and read[name].dtype == value.dtype
    path = tmp_path / "file.safetensors"
    path.write_bytes(data)
    with safe_open(path, "pt") as file:
        assert file.metadata() == about


def test_without_texts_there_is_no_metadata() -> None:
    data = safetensors_bytes({"a": torch.zeros(2)})
    assert b"__metadata__" not in data and torch.equal(load(data)["a"], torch.zeros(2))
