"""Devices by name; one that is lost takes nothing else with it."""

import pytest
import torch

import playground.engine.devices as devices_module
from playground.engine.devices import device_named, devices
from playground.faults import ExperimentError


def test_the_cpu_is_always_there_with_its_cores() -> None:
    cpu = devices()[0]
    assert (cpu.id, cpu.name) == ("cpu", "CPU")
    assert cpu.cores is not None and cpu.cores >= 1
    assert device_named("cpu") == torch.device("cpu")


def test_a_gpu_that_is_lost_hides_no_other_device(monkeypatch: pytest.MonkeyPatch) -> None:
    def memory(index: int) -> tuple[int, int]:
        if index == 0:
            raise RuntimeError("CUDA error: device-side assert triggered")
        return 10, 20

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "mem_get_info", memory)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda index: f"GPU {index}")
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    assert [(each.id, each.name, each.free_bytes) for each in devices()[1:]] == [
        ("cuda:1", "GPU 1", 10)
    ]
    with pytest.raises(ExperimentError, match="cuda:1"):
        device_named("cuda")


def test_whoever_asks_for_the_cpu_waits_for_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices_module, "devices", lambda: pytest.fail("looked at all devices"))
    assert device_named("cpu").type == "cpu"
