"""Texts and series in the browser: typed, made up, forecast, and a file of one's own."""

import hashlib
import re

from playwright.sync_api import Page, expect

from playground.experiment import Experiment

from .actions import prolong, train
from .conftest import Visitor


def card(page: Page):
    return page.locator("#sequence_try-rail")


def test_a_typed_text_is_taken_apart_and_answered(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-reviews")
    train(page)
    card(page).get_by_role("textbox").fill("I love it, zeppelin! 🎉")
    expect(card(page).locator(".token")).to_have_text(["i", "love", "it", "zeppelin", "!"])
    expect(card(page).locator(".token.unknown")).to_have_text(["zeppelin"])
    expect(card(page).locator(".prob.top:visible .answer-class")).to_have_text(
        re.compile("positive|negative")
    )
    card(page).get_by_role("button", name="Another").click()
    expect(card(page).locator(".truth")).to_contain_text("the correct answer is")


def test_a_text_is_read_once_however_often_the_network_answers(visitor: Visitor) -> None:
    page = visitor.open("?preset=names-rnn")
    questions: list[str] = []
    page.on("request", lambda request: questions.append(request.post_data or ""))
    prolong(page)
    train(page)
    expect(card(page).locator(".truth")).to_contain_text("the correct answer is")
    # the first answer may come late: another one follows it
    page.wait_for_function("playground.state.answer")
    answered = page.evaluate("playground.state.answer.step")
    page.wait_for_function("(step) => playground.state.answer?.step > step", arg=answered)
    assert sum('"predict"' in question for question in questions) > 1
    assert sum('"read"' in question for question in questions) == 1


def test_letters_wear_their_labels(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-hyphenation")
    expect(page.locator(".text-groups .token.labelled").first).to_be_visible()
    train(page)
    card(page).get_by_role("textbox").fill("playground")
    expect(card(page).locator(".token")).to_have_text(list("playground"))


def test_what_is_beyond_the_limit_is_told_and_blanks_are_not_judged(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-hyphenation")
    train(page)
    text, cut = card(page).get_by_role("textbox"), card(page).locator(".text-try .cut")
    text.fill("characteristic")
    expect(card(page).locator(".token")).to_have_text(list("characteristic"))
    expect(cut).to_be_hidden()
    text.fill("characteristics")
    expect(cut).to_have_text("Only the first 14 letters are read.")
    text.fill("   ")
    expect(card(page).locator(".token")).to_have_count(0)
    expect(cut).to_be_hidden()
    assert page.evaluate("playground.state.sample") is None


def test_words_beyond_the_limit_are_told(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-reviews")
    train(page)
    text, cut = card(page).get_by_role("textbox"), card(page).locator(".text-try .cut")
    text.fill("it's good 10/10! " * 11)  # it's, good, !
    expect(cut).to_have_text("Only the first 32 words are read.")
    expect(card(page).locator(".token")).to_have_count(32)
    text.fill("it's good 10/10! " * 10)
    expect(card(page).locator(".token")).to_have_count(30)
    expect(cut).to_be_hidden()
    text.fill("10/10")
    expect(card(page).locator(".token")).to_have_count(0)


def test_names_are_made_up_from_a_beginning(visitor: Visitor) -> None:
    page = visitor.open("?preset=text-make-up-names")
    train(page)
    card(page).get_by_role("textbox").fill("Sa")
    expect(card(page).locator(".made li")).to_have_count(8)
    expect(card(page).locator(".made li").first).to_have_text(re.compile("^Sa"))
    card(page).get_by_role("textbox").fill("Llanfairpwllgwyngyllgogerych")
    expect(card(page).locator(".write-try .cut")).to_have_text(
        "Only the first 24 letters are read."
    )
    # without this the names below could be those of the first beginning
    expect(card(page).locator(".made li").first).to_have_text(re.compile("^Llan"))
    card(page).get_by_role("textbox").fill("Sa")
    expect(card(page).locator(".write-try .cut")).to_be_hidden()
    expect(card(page).locator(".made li").first).to_have_text(re.compile("^Sa"))
    before = card(page).locator(".made").inner_text()
    card(page).get_by_role("button", name="More").click()
    expect(card(page).locator(".made")).not_to_have_text(before)


def test_a_forecast_stands_beside_what_needs_no_network(visitor: Visitor) -> None:
    page = visitor.open("?preset=series-sea-temperature")
    expect(page.locator(".series-plot")).to_be_visible()
    train(page)
    expect(card(page)).to_contain_text("repeating the last season: 0.978 °C")
    expect(card(page)).to_contain_text(re.compile(r"off by [\d.]+ °C on average · after"))


def test_a_file_of_ones_own_is_drawn_and_a_bad_one_told(visitor: Visitor) -> None:
    page = visitor.open("?preset=series-co2")
    page.locator(".data-set").select_option("own_series")
    chooser = page.locator(".pg-data_card input[type=file]")
    rows = "".join(f"{i},{(i * i) % 37}\n" for i in range(120))
    chooser.set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": f"day,visitors\n{rows}".encode()}
    )
    expect(page.locator(".series-own select[data-t-label='series.column']")).to_have_value(
        "visitors"
    )
    expect(page.locator(".pg-data_card .view")).to_contain_text("120 steps, all with a value")
    visitor.allowed.append("422")
    chooser.set_input_files(
        {"name": "flat.csv", "mimeType": "text/csv", "buffer": b"visitors\n" + b"7\n" * 90}
    )
    expect(page.locator(".pg-data_card .faults:not([hidden])")).to_contain_text(
        "every value of “visitors” is 7"
    )
    expect(page.locator(".series-own select[data-t-label='series.column']")).to_have_value(
        "visitors"
    )


def test_a_file_that_runs_newest_first_is_put_in_order_and_its_gaps_are_told(
    visitor: Visitor,
) -> None:
    page = visitor.open("?preset=series-co2")
    page.locator(".data-set").select_option("own_series")
    rows = "".join(
        f"{year},{(year * year) % 37}\n"
        for year in range(2020, 1900, -1)
        if year not in (1950, 1970, 1971)
    )
    file = {
        "name": "years.csv",
        "mimeType": "text/csv",
        "buffer": f"year,visitors\n{rows}".encode(),
    }
    page.locator(".pg-data_card input[type=file]").set_input_files(file)
    expect(page.locator(".series-clock")).to_have_text(
        "According to “year” the file runs from newest to oldest, so its rows were reversed. Missing rows according "
        "to “year”: 3 in 2 places, at most 2 in a row (after 1969). The network treats each row as the next step, "
        "however much time lies between them."
    )
    expect(page.locator(".series-axis span")).to_have_text(["1901", "2020"])
    page.evaluate("playground.setLanguage('zh')")
    expect(page.locator(".series-clock")).to_contain_text("从新到旧")


def test_a_series_that_is_gone_can_come_again(visitor: Visitor) -> None:
    data = {
        "dataset": "own_series",
        "file": "0" * 64,
        "column": "old",
        "window": 8,
        "batch_size": 64,
    }
    gone = Experiment.from_dict(
        {"data": data, "layers": [{"layer": "time_pool"}, {"layer": "linear", "units": 5}]}
    )
    page = visitor.open(f"?x={gone.to_link()}")
    place = page.locator(".pg-data_card")
    expect(place.locator(".faults:not([hidden])")).to_contain_text("upload it again")
    expect(place.locator(".own-data")).to_be_visible()
    expect(place.locator(".series-own select[data-t-label='series.column']")).to_be_hidden()
    rows = "".join(f"{(i * i) % 37}\n" for i in range(100))
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": f"visitors\n{rows}".encode()}
    place.locator("input[type=file]").set_input_files(file)
    expect(place.locator(".series-own select[data-t-label='series.column']")).to_have_value(
        "visitors"
    )
    page.wait_for_function("playground.isChecked() && !playground.faultsUnder('data').length")
    assert page.evaluate("playground.state.experiment.layers.map(({ layer }) => layer)") == [
        "time_pool",
        "linear",
    ]
    assert (
        page.evaluate("playground.state.experiment.data.batch_size") == 8
    )  # 84 windows, an eighth of them


def test_the_very_file_that_was_gone_is_enough(visitor: Visitor) -> None:
    content = "visitors\n" + "".join(f"{(i * i) % 41}\n" for i in range(100))
    name = hashlib.sha256(content.encode()).hexdigest()
    data = {"dataset": "own_series", "file": name, "window": 8, "batch_size": 8}
    page = visitor.open(
        f"?x={Experiment.from_dict({'data': data, 'layers': [{'layer': 'time_pool'}]}).to_link()}"
    )
    expect(page.locator(".pg-data_card .faults:not([hidden])")).to_contain_text("upload it again")
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.locator(".pg-data_card input[type=file]").set_input_files(file)
    expect(page.locator(".pg-data_card .view")).to_contain_text("100 steps, all with a value")


def test_whoever_only_looks_starts_no_run(visitor: Visitor) -> None:
    for preset, words in (
        ("series-sea-temperature", "Press Train"),
        ("text-make-up-names", "Press Train"),
    ):
        page = visitor.open(f"?preset={preset}")
        expect(card(page)).to_contain_text(words)
        assert page.evaluate("playground.state.run") is None
