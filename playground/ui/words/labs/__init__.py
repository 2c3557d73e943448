"""The words of the labs, one file a lab, named like the lab's own file. They travel when the labs are opened.

`TEXT`: key -> (English, Chinese). Every lab has `title`, `notice` (two sentences: what to notice) and `try` (a question
that one answers by playing); `surprise.<id>` for each of its surprises, `field.<name>` for each field, and the keys of its
parts. `HELP_ZH`: the Chinese help of a field; the English one is the field's description.
"""

import importlib
from typing import Any

from ....catalogues.base import Catalogue

GROUPS: dict[str, tuple[str, str]] = {
    "tensors": ("Tensors", "张量"),
    "autograd": ("Autograd", "自动求导"),
    "networks": ("Networks", "网络"),
    "sequences": ("Sequences", "序列"),
    "losses": ("Losses", "损失函数"),
    "optimisation": ("Optimisers", "优化器"),
    "practice": ("Practice", "实践"),
}


def words_of(lab_id: str) -> dict[str, Any]:
    """Of one lab: `{"text": {key: {"en", "zh"}}, "help_zh": {field: text}}`. Raises: ImportError where it has none."""
    module = importlib.import_module(f"{__name__}.{lab_id}")
    text = {key: {"en": english, "zh": chinese} for key, (english, chinese) in module.TEXT.items()}
    return {"text": text, "help_zh": dict(module.HELP_ZH)}


def labels_of(catalogue: Catalogue[Any]) -> dict[str, tuple[str, str]]:
    """The labels of a catalogue as words, for labs whose pictures name its entries."""
    from .. import zh  # which imports this package itself

    return {entry.label: (entry.label, zh(entry.label)) for entry in catalogue}
