"""Words by topic: every module here may have TEXT (strings of the page), CATALOGUE_ZH (Chinese for what the catalogues
say in English), FAULTS_ZH and REPAIRS. They are found by themselves and joined in `ui/text.py` and its neighbours."""

import importlib
import pkgutil
from typing import Any


def joined(table: str) -> dict[str, Any]:
    """That table of every topic, as one. Raises: ValueError where two topics differ about a key."""
    found: dict[str, Any] = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        topic = getattr(importlib.import_module(f"{__name__}.{info.name}"), table, {})
        clash = next((key for key in topic if found.get(key, topic[key]) != topic[key]), None)
        if clash is not None:
            raise ValueError(f"{table}: two topics differ about “{clash}”")
        found |= topic
    return found
