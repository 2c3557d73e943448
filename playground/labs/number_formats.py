"""One number as its bytes and bits, and how far it is to the next one that its format can hold."""

import math

import torch

# Bits of exponent and fraction, after the one of the sign. Source: IEEE 754; bfloat16; OCP 8-bit floating point.
FLOAT_BITS = {
    torch.float64: (11, 52),
    torch.float32: (8, 23),
    torch.float16: (5, 10),
    torch.bfloat16: (8, 7),
    torch.float8_e4m3fn: (4, 3),
    torch.float8_e5m2: (5, 2),
}


def bytes_of(number: torch.Tensor) -> list[str]:
    """The bytes of one number in order of memory, as two hexadecimal digits each. In: ()."""
    raw = number.detach().reshape(1).view(torch.uint8)
    return [f"{byte:02x}" for byte in raw.tolist()]


def bits_of(number: torch.Tensor) -> tuple[str, str, str] | None:
    """Sign, exponent and fraction of one number, None where its format has none. In: ()."""
    if number.dtype not in FLOAT_BITS:
        return None
    # The lowest byte comes first in memory; a number is written with its highest bit first.
    whole = int("".join(reversed(bytes_of(number))), 16)
    n_exponent, n_fraction = FLOAT_BITS[number.dtype]
    bits = f"{whole:0{1 + n_exponent + n_fraction}b}"
    return bits[0], bits[1 : 1 + n_exponent], bits[1 + n_exponent :]


def gap_after(number: torch.Tensor) -> float | None:
    """How far apart neighbouring numbers are there; None for whole numbers and what is not finite. In: ()."""
    if number.dtype not in FLOAT_BITS or not math.isfinite(number.item()):
        return None
    limits = torch.finfo(number.dtype)
    size = max(abs(number.item()), limits.smallest_normal)
    _, exponent = math.frexp(size)  # size = fraction × 2^exponent, with a fraction from 0.5 to 1
    return limits.eps * 2.0 ** (exponent - 1)


def whole_range(dtype: torch.dtype) -> tuple[int, int] | None:
    """The smallest and the largest whole number of a format, None where it has fractions or is bool."""
    if dtype.is_floating_point or dtype.is_complex or dtype == torch.bool:
        return None
    limits = torch.iinfo(dtype)
    return limits.min, limits.max
