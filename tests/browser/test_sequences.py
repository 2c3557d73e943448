"""Texts and series in the browser: typed, made up, foretold, and a file of one's own."""

import re

from playwright.sync_api import Page, expect

from .conftest import Visitor


def card(page: Page):
    return page.locator("#sequence_try-rail")


def train(page: Page) -> None:
    page.locator("button.train").click()
    page.wait_for_function("(pg.state.run?.step ?? 0) > 0")


def test_a_typed_text_is_taken_apart_and_answered(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-reviews")
    train(page)
    card(page).get_by_role("textbox").fill("I love it, zeppelin! 🎉")
    expect(card(page).locator(".token")).to_have_text(["i", "love", "it", "zeppelin", "!"])
    expect(card(page).locator(".token.unknown")).to_have_text(["zeppelin"])
    expect(card(page).locator(".prob.top:visible .answer-class")).to_have_text(re.compile("positive|negative"))
    card(page).get_by_role("button", name="Another").click()
    expect(card(page).locator(".truth")).to_contain_text("it is")


def test_letters_wear_their_labels(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-hyphenation")
    expect(page.locator(".text-groups .token.labelled").first).to_be_visible()
    train(page)
    card(page).get_by_role("textbox").fill("playground")
    expect(card(page).locator(".token")).to_have_text(list("playground"))


def test_names_are_made_up_from_a_beginning(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-make-up-names")
    train(page)
    card(page).get_by_role("textbox").fill("Sa")
    expect(card(page).locator(".made li")).to_have_count(8)
    expect(card(page).locator(".made li").first).to_have_text(re.compile("^Sa"))
    before = card(page).locator(".made").inner_text()
    card(page).get_by_role("button", name="Others").click()
    expect(card(page).locator(".made")).not_to_have_text(before)


def test_a_forecast_stands_beside_what_needs_no_network(visitor: Visitor) -> None:
    page = visitor.open("?preset=series-sea-temperature")
    expect(page.locator(".series-plot")).to_be_visible()
    train(page)
    expect(card(page)).to_contain_text("as a season ago: 0.978 °C")
    expect(card(page)).to_contain_text(re.compile(r"off by [\d.]+ °C on average · after"))


def test_a_file_of_ones_own_is_drawn_and_a_bad_one_told(visitor: Visitor) -> None:
    page = visitor.open("?preset=series-co2")
    page.locator(".data-set").select_option("own_series")
    chooser = page.locator(".pg-data_card input[type=file]")
    rows = "".join(f"{i},{(i * i) % 37}\n" for i in range(120))
    chooser.set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": f"day,visitors\n{rows}".encode()})
    expect(page.locator(".series-own select")).to_have_value("visitors")
    expect(page.locator(".pg-data_card .view")).to_contain_text("120 steps, none missing")
    visitor.allowed.append("422")
    chooser.set_input_files({"name": "flat.csv", "mimeType": "text/csv", "buffer": b"visitors\n" + b"7\n" * 90})
    expect(page.locator(".series-own .upload-trouble")).to_contain_text("every value of “visitors” is 7")
    expect(page.locator(".series-own select")).to_have_value("visitors")


def test_whoever_only_looks_starts_no_run(visitor: Visitor) -> None:
    for preset, words in (("series-sea-temperature", "Press Train"), ("text-make-up-names", "Press Train")):
        page = visitor.open(f"?preset={preset}")
        expect(card(page)).to_contain_text(words)
        assert page.evaluate("pg.state.run") is None
