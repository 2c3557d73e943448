"""What there is to calculate on: the CPU and every GPU, by name, with its free memory."""

import os
from contextlib import suppress
from dataclasses import dataclass

import torch

from ..faults import ExperimentError
from ..network.cost import cores


@dataclass(frozen=True)
class DeviceView:
    """One device as it is now. `id` is torch's name for it."""

    id: str
    name: str
    free_bytes: int | None
    bf16: bool
    cores: int | None = None


def devices() -> list[DeviceView]:
    """The CPU first, then every CUDA device, then Apple's."""
    found = [DeviceView("cpu", "CPU", _free_memory(), cpu_has_bf16(), cores())]
    if torch.cuda.is_available():
        for i in range(torch.cuda.device_count()):
            with suppress(RuntimeError):  # a GPU that is lost takes only its own runs with it
                free, _ = torch.cuda.mem_get_info(i)
                name = torch.cuda.get_device_name(i)
                found.append(DeviceView(f"cuda:{i}", name, free, torch.cuda.is_bf16_supported()))
    if torch.backends.mps.is_available():
        found.append(DeviceView("mps", "Apple GPU", None, True))
    return found


def device_named(device_id: str) -> torch.device:
    """Raises: ExperimentError where there is no such device ("cuda" stands for the first)."""
    if device_id == "cpu":
        return torch.device("cpu")
    known = [device.id for device in devices()]
    wanted = "cuda:0" if device_id == "cuda" else device_id
    if wanted not in known:
        raise ExperimentError.at(
            "device", "no_such_device", given=device_id[:40], known=", ".join(known)
        )
    return torch.device(wanted)


def check_precision(precision: str, device: torch.device) -> None:
    """Raises: ExperimentError where the device cannot calculate in that precision."""
    if precision == "fp16" and device.type != "cuda":
        raise ExperimentError.at("training.precision", "no_fp16", device=str(device))
    if precision == "bf16" and not next(each for each in devices() if each.id == str(device)).bf16:
        raise ExperimentError.at("training.precision", "no_bf16", device=str(device))


def cpu_has_bf16() -> bool:
    """Whether this CPU multiplies bf16 in hardware (AVX-512 BF16 or AMX on x86, BF16 on Arm)."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="ignore") as file:
            flags = next((line for line in file if line.startswith(("flags", "Features"))), "")
    except OSError:
        return False
    return bool({"avx512_bf16", "amx_bf16", "bf16"} & set(flags.split()))


def _free_memory() -> int | None:
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            kib = next(int(line.split()[1]) for line in file if line.startswith("MemAvailable"))
        return kib * 1024
    except (OSError, StopIteration, ValueError):
        try:
            return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        except (ValueError, OSError, AttributeError):
            return None
