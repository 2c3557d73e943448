"""What a person does with a file of their own: hand it in, settle what is doubtful, train, look at the answer."""

from pathlib import Path

from playwright.sync_api import Page, expect

from playground.ui.words import REPAIRS, texts

TEXT = texts()

LANGUAGES = ("en-US", "zh-CN")


def word(key: str, locale: str) -> str:
    """What the page says for a key, in the language of a visitor."""
    english, chinese = TEXT[key]
    return chinese if locale == "zh-CN" else english


def hand_in(page: Page, path: Path) -> None:
    """Chooses a file with the button of the data card, and waits until it was read."""
    page.locator(".pg-data_card input[type=file]").set_input_files(path)
    expect(page.locator(".read-file")).to_contain_text(path.name)
    page.wait_for_function("playground.isChecked()")


def doubts(page: Page) -> list[str]:
    """The questions that stand on the page."""
    return page.locator(".doubt > p").all_inner_texts()


def settle(page: Page, label: str) -> None:
    """Clicks a remedy, and waits until its doubt is gone and what was said is listed."""
    n_settled = page.locator(".settled li").count()
    doubt = page.locator(".doubt", has=page.get_by_role("button", name=label))
    doubt.get_by_role("button", name=label).first.click()
    expect(page.locator(".settled li")).to_have_count(n_settled + 1)
    page.wait_for_function("playground.isChecked()")


def train_to_the_end(page: Page, locale: str) -> None:
    """Takes a network that suits the data, trains it for a few epochs, and waits for an answer of it."""
    suited = REPAIRS["use_starter"][1 if locale == "zh-CN" else 0]
    button = page.get_by_role("button", name=suited)
    page.wait_for_function("playground.isChecked()")
    if button.count():
        button.first.click()
    page.wait_for_function("playground.isChecked() && !playground.state.check.faults.length")
    page.evaluate("playground.edit('test', (e) => { e.training.epochs = 3; })")
    page.wait_for_function("playground.isChecked()")
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.state === 'done'")
    page.wait_for_function("playground.state.answer?.step === playground.state.run.step")
