"""A table beside its data card: the person's own file, the first rows, what each column holds."""

from . import Component


class TableData(Component):
    """A card that shows itself where the chosen data are a table."""

    name = "table_data"
