"""A person's own series, from the file to a forecast: its step, its gaps, and which column is forecast."""

from pathlib import Path
from typing import Any

import pytest

from .own_data import LANGUAGES, doubts, hand_in, settle, train_to_the_end

expect = pytest.importorskip("playwright.sync_api").expect

SAID = {
    "en-US": ("Forecast “passengers”", "Insert the steps as missing values", "One row = one month"),
    "zh-CN": ("预测“passengers”", "把缺少的步补为缺失值", "一行 = 一个月"),
}


@pytest.fixture
def months(tmp_path: Path) -> Path:
    """Two columns of twelve years of months, the newest first, of which two months lack."""
    lines = []
    for i in range(144):
        if i not in (40, 41):
            lines.append(f"{1949 + i // 12}-{i % 12 + 1:02d},{100 + i + i % 12 * 5},{i * 3 % 17}")
    path = tmp_path / "months.csv"
    path.write_text("\n".join(["month,passengers,planes", *reversed(lines)]))
    return path


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_series_is_understood_asked_about_and_forecast(
    visitor: Any, months: Path, locale: str
) -> None:
    page = visitor.open(locale=locale)
    hand_in(page, months)
    assert page.locator(".data-set").input_value() == "own_series"
    forecast, fill, step = SAID[locale]
    expect(page.locator(".read-about")).to_contain_text(step)
    expect(page.locator(".read-about")).to_contain_text("1949-01")
    assert len(doubts(page)) == 2
    settle(page, forecast)
    settle(page, fill)
    assert doubts(page) == []
    assert page.evaluate("playground.state.experiment.data.column") == "passengers"
    assert page.evaluate("playground.state.experiment.data.choices") == ["gaps=fill"]
    assert page.evaluate("playground.state.understood.values.steps") == 144
    train_to_the_end(page, locale)
    expect(page.locator("#sequence_try-rail")).to_be_visible()


def test_a_series_for_somebody_who_chose_a_table_can_be_read_as_one(
    page: Any, months: Path
) -> None:
    page.select_option(".data-set", "own_table")
    hand_in(page, months)
    assert page.locator(".data-set").input_value() == "own_series"
    expect(page.locator(".toast")).to_contain_text("The file holds a series.")
    page.get_by_role("button", name="Read it as a table").click()
    page.wait_for_function(
        "playground.isChecked() && playground.state.understood?.kind === 'table'"
    )
    assert page.locator(".data-set").input_value() == "own_table"
    expect(page.locator(".settled li").first).to_contain_text("the file holds a table")
