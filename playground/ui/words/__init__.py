"""Every word of the page, in English and Simplified Chinese, one topic a file.

A topic may have four tables, which are found by their names and joined here:
- `TEXT`: strings of the page, as key: (English, Chinese). `{name}` stands for a value.
- `CATALOGUE_ZH`: Chinese for what the catalogues say, by its English text.
- `FAULTS_ZH`: Chinese sentences of the faults by their code; the English ones stand in `fault_messages.py`.
- `REPAIRS`: names of the one-click repairs by their code, as (English, Chinese).

A chart and a tab say their own words, where they are described: `ui/charts.py`, `ui/tabs/`.
"""

import importlib
import pkgutil
from typing import Any


def joined(table: str) -> dict[str, Any]:
    """That table of every topic, as one. Raises: ValueError where two topics differ about a key."""
    words: dict[str, Any] = {}
    for topic in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        module = importlib.import_module(f"{__name__}.{topic}")
        for key, text in getattr(module, table, {}).items():
            if words.setdefault(key, text) != text:
                raise ValueError(f"{table}: {topic} and another topic differ about “{key}”")
    return words


TEXT_BY_TOPIC: dict[str, tuple[str, str]] = joined("TEXT")
CATALOGUE_ZH: dict[str, str] = joined("CATALOGUE_ZH")
FAULTS_ZH: dict[str, str] = joined("FAULTS_ZH")
REPAIRS: dict[str, tuple[str, str]] = joined("REPAIRS")


def texts() -> dict[str, tuple[str, str]]:
    """All strings of the page as key: (English, Chinese), those of charts and tabs among them."""
    # Here, since they bring Gradio and Plotly along: who needs only sentences comes up in half the time without.
    from ..charts import chart_words
    from ..tabs import TABS

    strings = {**TEXT_BY_TOPIC, **chart_words()}
    for tab in TABS.values():
        strings |= tab.TEXT
    return strings


def zh(english: str) -> str:
    """The Chinese of a catalogue's text; the text itself for names such as ReLU that stay."""
    return CATALOGUE_ZH.get(english, english)


def table() -> dict[str, dict[str, str]]:
    """The texts as the page wants them: {"en": {key: text}, "zh": {key: text}}."""
    strings = texts()
    english = {key: pair[0] for key, pair in strings.items()}
    chinese = {key: pair[1] for key, pair in strings.items()}
    return {"en": english, "zh": chinese}
