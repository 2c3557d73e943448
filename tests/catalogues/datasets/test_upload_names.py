"""What people call their files is kept, and can do no harm."""

import pytest

from playground.catalogues.datasets import uploads
from playground.catalogues.datasets.upload_names import is_owner, owner_key, safe_name

TABLE = b"a,b\n" + b"1,2\n3,4\n5,6\n7,9\n" * 5


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("houses.csv", "houses.csv"),
        ("../../etc/passwd", "passwd"),
        (r"C:\data\Preise 2024.csv", "Preise 2024.csv"),
        ("größe (1).csv", "größe (1).csv"),
        ("数据.csv", "数据.csv"),
        ("...", "table.csv"),
        ("", "table.csv"),
        ("-rf.csv", "rf.csv"),
        (".hidden.csv", "hidden.csv"),
        ('a"; rm -rf $(x)`.csv', "a rm -rf (x).csv"),
        ("a\r\nSet-Cookie: x.csv", "aSet-Cookie x.csv"),
        ("x" * 300 + ".csv", "x" * 90 + ".csv"),
        ("x" * 300, "x" * 100),
        ("\ud800.csv", "csv"),
    ],
)
def test_a_name_becomes_a_harmless_last_part(given: str, kept: str) -> None:
    assert safe_name(given, "table.csv") == kept


def test_the_key_belongs_to_one_file() -> None:
    assert is_owner("f" * 64, owner_key("f" * 64))
    assert not is_owner("e" * 64, owner_key("f" * 64))
    assert not is_owner("f" * 64, "")


def test_the_name_goes_with_the_file() -> None:
    store = uploads.Store(1_000, 150)
    first = store.put(TABLE, "csv", "one.csv")
    assert store.name_of(first) == "one.csv"
    assert store.put(TABLE, "csv", "two.csv") == first and store.name_of(first) == "two.csv"
    second = store.put(TABLE + b"9,9\n", "csv")
    assert (store.name_of(first), store.name_of(second)) == ("", "table.csv")
    store.clear()
    assert store.name_of(second) == ""
