"""Cells, letters and signs of a series' file."""

import numpy as np
import pytest

from playground.reading.layout import delimiter_of
from playground.reading.letters import encoding_of
from playground.reading.numbers import as_number, is_missing


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), ("-2.5", -2.5), ("1e-3", 1e-3), ("1,234.5", 1234.5), ("$12", 12), ("3 %", 3), ("−4", -4), (".5", 0.5),
        ("1,2", None), ("1_000", None), ("0x1F", None), ("inf", None), ("nan", None), ("1e999", None), ("", None),
        ("=1+1", None), ("2020-01-02", None), ("9" * 100, None), ("1" * 39 + "x", None),
    ],
)  # fmt: skip
def test_a_cell_is_a_number_or_not(text: str, number: float | None) -> None:
    found = as_number(text, ".")
    assert np.isnan(found) if number is None else found == number


@pytest.mark.parametrize("text", ["", "NA", "N.A.", "\\N", "<NA>", "NaT", "..", "#VALUE!", "缺失"])
def test_a_cell_says_that_its_value_is_missing(text: str) -> None:
    assert is_missing(text) and not is_missing("unknown")


@pytest.mark.parametrize(
    ("text", "number"), [("3,5", 3.5), ("1.234,5", 1234.5), ("7", 7.0), ("1.234", 1234.0)]
)
def test_a_comma_may_stand_before_the_fraction(text: str, number: float) -> None:
    assert as_number(text, ",") == number


@pytest.mark.parametrize(
    ("encoding", "text", "found"),
    [
        ("utf-8", "naïve", "utf-8-sig"),
        ("utf-8-sig", "naïve", "utf-8-sig"),
        ("utf-16", "naïve 中文", "utf-16"),
        ("cp1252", "Müller, café, garçon, Ærø", "cp1252"),
        ("gb18030", "城市，北京，价格", "gb18030"),
        ("cp1251", "Москва, Казань, цена", "cp1251"),
        ("cp932", "りんご、コーヒー、値段", "cp932"),
        ("cp949", "서울특별시, 부산광역시", "cp949"),
        ("cp1250", "mężczyzna, Łódź, żona", "cp1250"),
        ("utf-16-le", "naive", "utf-16-le"),
    ],
)
def test_the_encoding_is_found(encoding: str, text: str, found: str) -> None:
    data = f"a,b\n{text},1\n".encode(encoding)
    assert encoding_of(data) == found
    assert text in data.decode(found)


@pytest.mark.parametrize("delimiter", ",;\t|")
def test_the_delimiter_is_found(delimiter: str) -> None:
    assert (
        delimiter_of(
            "\n".join(delimiter.join(row) for row in (["a b", "c", "d"], ["1", "2.5", "x y"]))
        )
        == delimiter
    )
