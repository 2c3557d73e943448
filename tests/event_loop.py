"""Coroutines in tests."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def finished(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine returns or raises. It runs in a thread of its own: browser tests leave a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def in_thread(function: Callable[..., Result], *arguments: Any) -> Result:
    """What a function that runs event loops of its own returns or raises, in a thread that has none."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(function, *arguments).result()
