"""Days as the French, Spanish and Japanese write them."""

import pytest

from .cases import codes, read, table, told

DAYS = range(1, 29)
VALUES = [100 + day * 7 % 13 for day in DAYS]


@pytest.mark.parametrize(
    "days",
    [
        ["1er janvier 2023", *(f"{day} janvier 2023" for day in DAYS[1:])],
        ["dimanche 1er janvier 2023", *(f"lundi {day} janvier 2023" for day in DAYS[1:])],
        ["1º de enero de 2023", *(f"{day} de enero de 2023" for day in DAYS[1:])],
        [f"2023/1/{day}({'日月火水木金土'[(day - 1) % 7]})" for day in DAYS],
        [f"2023年1月{day}日（{'日月火水木金土'[(day - 1) % 7]}）" for day in DAYS],
        [f"2023. 1. {day}.({'일월화수목금토'[(day - 1) % 7]})" for day in DAYS],
        [f"2023-01-{day:02d}" for day in DAYS],
    ],
    ids=lambda days: days[0],
)
def test_the_first_of_a_month_and_days_with_their_names_are_dates(days: list[str]) -> None:
    understood = read(table([["day", "v"], *zip(days, VALUES, strict=True)]), kind="series")
    assert understood.time is not None and understood.values is not None
    assert (understood.time.start, understood.time.end) == ("2023-01-01", "2023-01-28")
    assert (understood.values.steps, understood.values.first) == (28, VALUES[0])
    assert codes(understood) == [] and told(understood) == []


def test_other_words_in_brackets_are_no_days() -> None:
    days = [f"2023/1/{day}(a)" for day in DAYS]
    understood = read(table([["day", "v"], *zip(days, VALUES, strict=True)]), kind="series")
    assert understood.time is None and codes(understood) == ["no_time"]
