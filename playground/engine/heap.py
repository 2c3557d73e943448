"""Memory that glibc keeps for later, although nothing is in it any more."""

import contextlib
import ctypes

M_ARENA_MAX = -8  # Source: mallopt(3)
ARENAS = 4


def keep_few_arenas() -> None:
    """glibc gives threads up to eight heaps for each core, each with holes of its own; here all use four.

    To be called before threads are made. Where there is no glibc nothing happens.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Gives pages between what is in use back to the system: runs that come and go leave many."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
