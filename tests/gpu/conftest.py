"""Tests that need an NVIDIA GPU: each is skipped where there is none."""

from pathlib import Path

import pytest
import torch

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what stands in this folder."""
    needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(needs_gpu)
