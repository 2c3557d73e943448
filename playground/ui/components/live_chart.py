"""A live chart: the page appends to it as the run goes; zoom and chosen lines stay."""

from typing import Any

from ..charts import CHARTS
from . import Component


class LiveChart(Component):
    """A live chart: the page appends to it as the run goes; zoom and chosen lines stay.

    Raises: ValueError where `chart` is none of `charts.CHARTS`.
    """

    name = "live_chart"

    def __init__(self, chart: str, **options: Any):
        if chart not in CHARTS:
            raise ValueError(f"no chart “{chart}”: there are {', '.join(CHARTS)}")
        options.setdefault("elem_id", f"chart-{chart}")
        super().__init__(**options)
