"""A person's own table, from the file to an answer: what was understood, what is asked, and each click undone."""

from pathlib import Path
from typing import Any

import pytest

from playground.experiment import Experiment

from .own_data import LANGUAGES, doubts, hand_in, settle, train_to_the_end, word

expect = pytest.importorskip("playwright.sync_api").expect

SAID = {
    "en-US": ("-999 means “missing”", "Predict “wage”", "-999 in “age” means “missing”"),
    "zh-CN": ("-999 表示“缺失”", "预测“wage”", "“age”中的 -999 表示“缺失”"),
}


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Semicolons, decimal commas, Windows-1252, −999 for what is not known, and a row that is too long."""
    lines = ["age;wage;town;left"]
    for i in range(160):
        age = -999 if i % 8 == 0 else 20 + i * 7 % 40
        town = ("Orléans", "Paris", "Lyon")[i % 7 % 3]
        lines.append(f"{age};{1000 + i * 37 % 999},{i % 10};{town};{'yes' if i % 3 else 'no'}")
    lines.insert(41, "31;1200,5;Lyon;no;x;y")
    path = tmp_path / "people.csv"
    path.write_bytes("\n".join(lines).encode("cp1252"))
    return path


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_table_is_understood_asked_about_and_trained(
    visitor: Any, people: Path, locale: str
) -> None:
    page = visitor.open(locale=locale)
    hand_in(page, people)
    assert page.locator(".data-set").input_value() == "own_table"
    expect(page.locator(".read-as")).to_contain_text("Windows-1252")
    expect(page.locator(".read-as")).to_contain_text(word("read.decimal_comma", locale))
    missing, predict, said = SAID[locale]
    assert len(doubts(page)) == 2
    settle(page, missing)
    expect(page.locator(".settled li")).to_have_text([said])
    settle(page, predict)
    assert doubts(page) == []
    assert page.evaluate("playground.state.experiment.data.choices") == ["missing.age=-999"]
    assert page.evaluate("playground.state.experiment.data.target") == "wage"
    page.locator(".told summary").click()
    expect(page.locator(".told")).to_contain_text("42")  # the line of the row that is too long
    train_to_the_end(page, locale)
    expect(page.locator("#try_row-rail .row-value")).to_be_visible()


def test_a_click_is_undone_and_what_was_said_is_taken_back(page: Any, people: Path) -> None:
    hand_in(page, people)
    settle(page, "-999 means “missing”")
    page.keyboard.press("Control+z")
    expect(page.locator(".settled")).to_have_count(0)
    expect(page.get_by_role("button", name="-999 means “missing”")).to_be_visible()
    settle(page, "-999 means “missing”")
    page.get_by_role("button", name="Take back: -999 in “age” means “missing”").click()
    expect(page.locator(".settled")).to_have_count(0)
    assert page.evaluate("playground.state.experiment.data.choices") == []


def test_the_focus_goes_on_to_the_next_doubt_and_what_changed_is_said_aloud(
    page: Any, people: Path
) -> None:
    hand_in(page, people)
    first = page.locator(".doubts button").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".settled li")).to_have_count(1)
    expect(page.locator(".doubts button").first).to_be_focused()
    expect(page.locator("#pg-announcer")).to_contain_text("1 questions about the file")


def test_letters_separator_and_the_use_of_a_column_are_changed_by_hand(
    page: Any, people: Path
) -> None:
    hand_in(page, people)
    page.get_by_label("Use of “town”").select_option("leave_out")
    expect(page.locator(".settled li")).to_have_text(["“town” is left out"])
    page.locator(".read-layout summary").click()
    page.get_by_label("Letters", exact=True).focus()
    page.get_by_label("Letters", exact=True).select_option("cp850")
    expect(page.locator(".read-as")).to_contain_text("CP850")
    expect(page.get_by_label("Letters", exact=True)).to_be_focused()
    page.get_by_label("Read as").select_option("series")
    page.wait_for_function(
        "playground.isChecked() && playground.state.understood?.kind === 'series'"
    )
    assert page.evaluate("playground.state.experiment.data.dataset") == "own_series"
    assert page.evaluate("playground.state.experiment.data.called") == "people.csv"


def test_a_link_whose_file_is_not_here_names_it_and_keeps_what_was_said(
    visitor: Any, people: Path
) -> None:
    visitor.allowed.append("422")
    data = {
        "dataset": "own_table",
        "file": "0" * 64,
        "called": "people.csv",
        "choices": ["missing.age=-999"],
        "target": "left",
    }
    linked = Experiment.from_dict({"data": data, "layers": [{"layer": "linear"}]})
    page = visitor.open(f"?x={linked.to_link()}")
    expect(page.locator(".pg-data_card .faults").first).to_contain_text(
        "this experiment needs the file “people.csv”"
    )
    hand_in(page, people)
    expect(page.locator(".settled li")).to_have_count(2)
    assert page.evaluate("playground.state.experiment.data.choices") == ["missing.age=-999"]
    page.wait_for_function("playground.isChecked() && !playground.state.check.faults.length")


def test_a_file_that_is_dropped_on_the_card_is_taken(page: Any, people: Path) -> None:
    content = people.read_bytes().decode("cp1252")
    transfer = page.evaluate_handle(
        "(text) => { const data = new DataTransfer();"
        " data.items.add(new File([text], 'dropped.csv', { type: 'text/csv' })); return data; }",
        content,
    )
    page.locator(".pg-data_card .card").dispatch_event("drop", {"dataTransfer": transfer})
    expect(page.locator(".read-file")).to_contain_text("dropped.csv")
