"""What a module costs: shape, parameters, FLOPs and saved activations, without calculating anything."""

from functools import lru_cache
from typing import Any

import torch
from torch.autograd.graph import saved_tensors_hooks
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry

from ..catalogues.calls import Call
from ..catalogues.layers import Shape, Tokens

BATCH = 2  # what a module is run with: BatchNorm needs two
FEW_STEPS = 4  # of a sequence, that tell what a recurrent layer costs


class FlopCounter(TorchDispatchMode):
    """Sums torch's own FLOP formulas over what this thread runs.

    torch's FlopCounterMode also hooks every module of the process, those that other threads train among them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.total = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        options = kwargs or {}
        out = func(*args, **options)
        formula = flop_registry.get(func._overloadpacket)
        if formula is not None:
            self.total += formula(*args, **options, out_val=out)
        return out


@lru_cache(maxsize=4_096)
def measure(call: Call, shape: Shape) -> tuple[Shape, int, int, int]:
    """(output shape, parameters, FLOPs, saved bytes) of the real module on the meta device, a sample's worth."""
    saved: dict[int, int] = {}  # bytes by storage, so that views of one count once

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        saved[storage._cdata] = storage.nbytes()
        return tensor

    with torch.device("meta"):
        module = call.build()
        x = _sample(shape)
        with FlopCounter() as counter, saved_tensors_hooks(pack, lambda tensor: tensor):
            out = module(x)
    parameters = list(module.parameters())
    for parameter in parameters:  # which are there anyway
        storage = parameter.untyped_storage()
        saved.pop(storage._cdata, None)
    n_parameters = sum(parameter.numel() for parameter in parameters)
    flops = counter.total // BATCH
    saved_bytes = sum(saved.values()) // BATCH
    return tuple(out.shape[1:]), n_parameters, flops, saved_bytes


def _sample(shape: Shape) -> torch.Tensor:
    """A batch of this shape on the meta device: token numbers, or numbers whose gradient is asked for."""
    if isinstance(shape, Tokens):
        return torch.empty(BATCH, *shape, dtype=torch.int64)
    return torch.empty(BATCH, *shape, requires_grad=True)


def measured_in_time(call: Call, shape: Shape) -> tuple[Shape, int, int, int]:
    """The same of a module that works step after step, told from its first few steps."""
    all_steps, *features = shape
    steps = min(FEW_STEPS, all_steps)
    out, parameters, flops, saved = measure(call, (steps, *features))
    if len(out) == len(shape):  # a sequence again, not one vector for all of it
        out = (all_steps, *out[1:])
    all_flops = flops * all_steps // steps
    all_saved = saved * all_steps // steps
    return out, parameters, all_flops, all_saved
