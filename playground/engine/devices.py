"""What there is to calculate on: the CPU and every GPU, by name, with its free memory."""

import os
from contextlib import suppress
from dataclasses import dataclass

import torch

from ..faults import ExperimentError
from ..network.cost import cores

FASTEST = "PLAYGROUND_FASTEST_DEVICE"  # for a process that does not see the GPUs: what `fastest_device` says


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
    present = [DeviceView("cpu", "CPU", _free_memory(), cpu_has_bf16(), cores())]
    if torch.cuda.is_available():
        for i in range(torch.cuda.device_count()):
            with suppress(RuntimeError):  # a GPU that is lost takes only its own runs with it
                free, _ = torch.cuda.mem_get_info(i)
                name = torch.cuda.get_device_name(i)
                has_bf16 = torch.cuda.is_bf16_supported()
                present.append(DeviceView(f"cuda:{i}", name, free, has_bf16))
    if torch.backends.mps.is_available():
        present.append(DeviceView("mps", "Apple GPU", None, True))
    return present


def fastest_device() -> str:
    """The type of the device that is fastest here, as torch calls it."""
    told = os.environ.get(FASTEST)
    if told:
        return told
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def device_named(device_id: str) -> torch.device:
    """Raises: ExperimentError where there is no such device ("cuda" stands for the first)."""
    if device_id == "cpu":
        return torch.device("cpu")
    present = [device.id for device in devices()]
    wanted = "cuda:0" if device_id == "cuda" else device_id
    if wanted not in present:
        values = {"given": device_id[:40], "known": ", ".join(present)}
        raise ExperimentError.at("device", "no_such_device", **values)
    return torch.device(wanted)


def check_precision(precision: str, device: torch.device) -> None:
    """Raises: ExperimentError where the device cannot calculate in that precision."""
    place = "training.precision"
    if precision == "fp16" and device.type != "cuda":
        raise ExperimentError.at(place, "no_fp16", device=str(device))
    if precision == "bf16" and not _has_bf16(device):
        raise ExperimentError.at(place, "no_bf16", device=str(device))


def _has_bf16(device: torch.device) -> bool:
    return any(present.bf16 for present in devices() if present.id == str(device))


def cpu_has_bf16() -> bool:
    """Whether this CPU multiplies bf16 in hardware (AVX-512 BF16 or AMX on x86, BF16 on Arm)."""
    # The exported script carries this function as it stands, so nothing outside it is used.
    bf16_flags = frozenset({"avx512_bf16", "amx_bf16", "bf16"})  # as /proc/cpuinfo calls them
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="ignore") as file:
            for line in file:
                if line.startswith(("flags", "Features")):
                    return bool(bf16_flags & set(line.split()))
    except OSError:
        pass  # not Linux
    return False


def _free_memory() -> int | None:
    """In bytes; what Linux calls available counts what it could free, which the pages free now do not."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            for line in file:
                if line.startswith("MemAvailable"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass  # not Linux
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return None
