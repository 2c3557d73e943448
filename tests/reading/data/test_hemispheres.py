"""Latitudes and longitudes whose hemisphere stands in a column of its own."""

import pytest

from .cases import codes, column, read, table

LATITUDES = [33.9, 51.5, 22.9, 40.7, 34.6, 1.3, 55.8, 35.7]
LONGITUDES = [151.2, 0.1, 43.2, 74.0, 58.4, 103.8, 37.6, 139.7]
NORTH_SOUTH = "SNSNSNNN"
EAST_WEST = "EWWWWEEE"
ORDERS = [
    ["lat", "ns", "lon", "ew"],
    ["ns", "lat", "ew", "lon"],
    ["lat", "lon", "ns", "ew"],
    ["lon", "ew", "lat", "ns"],
]
WORDS = [
    {"lat": "Latitude", "lon": "Longitude", "ns": "NS", "ew": "EW", "S": "S", "N": "N", "W": "W", "E": "E"},
    {"lat": "Breite", "lon": "Länge", "ns": "a", "ew": "b", "S": "Süd", "N": "Nord", "W": "West", "E": "Ost"},
    {"lat": "纬度", "lon": "经度", "ns": "a", "ew": "b", "S": "南", "N": "北", "W": "西", "E": "东"},
]  # fmt: skip


def places(order: list[str], words: dict[str, str]) -> str:
    cells = {
        "lat": [str(value) for value in LATITUDES],
        "lon": [str(value) for value in LONGITUDES],
        "ns": [words[side] for side in NORTH_SOUTH],
        "ew": [words[side] for side in EAST_WEST],
    }
    rows = zip(*(cells[name] for name in order), strict=True)
    return table([[words[name] for name in order], *[list(row) for row in rows]])


@pytest.mark.parametrize("words", WORDS, ids=["letters", "german", "chinese"])
@pytest.mark.parametrize("order", ORDERS, ids=["behind", "before", "apart", "turned"])
def test_each_side_is_asked_and_belongs_to_its_own_axis(
    order: list[str], words: dict[str, str]
) -> None:
    text = places(order, words)
    understood = read(text, kind="table")
    doubts = [doubt for doubt in understood.doubts if doubt.code == "sides_beside"]
    asked = {
        doubt.place: (doubt.values["other"], doubt.values["count"], doubt.values["cell"])
        for doubt in doubts
    }
    assert asked == {
        words["lat"]: (words["ns"], 3, words["S"]),
        words["lon"]: (words["ew"], 4, words["W"]),
    }
    assert "signs_beside" not in codes(understood)
    assert column(understood, words["lat"]).first == [33.9, 51.5, 22.9]
    settled = read(text, *[doubt.remedies[0].set for doubt in doubts], kind="table")
    assert column(settled, words["lat"]).first == [-33.9, 51.5, -22.9]
    assert column(settled, words["lon"]).first == [151.2, -0.1, -43.2]
    assert "sides_beside" not in codes(settled)
    as_written = read(text, *[doubt.remedies[1].set for doubt in doubts], kind="table")
    assert column(as_written, words["lat"]).first == [33.9, 51.5, 22.9]
    assert "sides_beside" not in codes(as_written)


def test_sides_beside_no_latitude_and_beside_signed_numbers_raise_no_question() -> None:
    rows = [[value + 0.5, "SN"[i % 2]] for i, value in enumerate(range(8))]
    assert "sides_beside" not in codes(read(table([["share", "part"], *rows]), kind="table"))
    signed = [[-33.9, "S"], [51.5, "N"], [-22.9, "S"], [40.7, "N"]]
    assert "sides_beside" not in codes(read(table([["lat", "ns"], *signed]), kind="table"))
