"""Challenges in a browser: taken up, judged by the server, passed on as a link, and set by a teacher."""

from playwright.sync_api import Page, expect

from playground.challenges import result_link

from ..challenges.solutions import changed
from ..challenges.test_judging import PASSES, small
from .conftest import Visitor

SMALL = f"?lab=challenges&challenge={small().to_link()}"


def judge(page: Page, button: str = "Judge my network") -> None:
    page.get_by_role("button", name=button).click()


def test_a_challenge_is_found_opened_and_judged(visitor: Visitor) -> None:
    visitor.allowed.append("422")  # of the network that breaks limits
    page = visitor.open("?tab=labs")
    page.locator('[data-lab="challenges"]').click()
    page.locator('[data-challenge="two_hidden_layers"]').click()
    expect(page.get_by_role("heading", name="The spiral with two hidden layers")).to_be_focused()
    rules = page.locator(".challenges .is-broken")
    expect(rules.first).to_contain_text("this challenge is about other data")
    judge(page)
    expect(page.locator(".challenges .fault")).to_contain_text("spirals is wanted here, not digits")
    page.get_by_role("button", name="Open in the playground").click()
    expect(page.get_by_role("tab", name="Build")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Labs").click()
    expect(rules).to_have_count(0)
    judge(page)
    expect(page.locator(".challenge-words")).to_have_text("Not reached yet")
    expect(page.locator(".challenge-verdict .is-broken")).to_contain_text("accuracy at least 98")


def test_a_result_is_copied_and_computed_again_by_whoever_opens_it(visitor: Visitor) -> None:
    link = result_link(small(), [changed(small(), **PASSES)])
    page = visitor.open(f"{SMALL}&result={link}")
    expect(page.locator(".challenge-words")).to_contain_text("Nothing in it is believed")
    judge(page, "Compute this result")
    expect(page.locator(".challenge-words")).to_have_text("Passed")
    page.get_by_role("button", name="Copy my result").click()
    expect(page.locator("#pg-toasts")).to_contain_text("compute the result again")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"&result={link}")


def test_a_result_that_was_changed_by_hand_is_refused(visitor: Visitor) -> None:
    easier = small(targets=[{"metric": "accuracy", "at_least": 0.1}])
    visitor.allowed.append("422")
    page = visitor.open(f"{SMALL}&result={result_link(easier, [easier.experiment()])}")
    expect(page.locator(".lab-missing")).to_contain_text("this is another challenge")


def test_a_teacher_sets_a_challenge_without_code(visitor: Visitor) -> None:
    visitor.allowed.append("422")
    page = visitor.open("?preset=points-xor&lab=challenges")
    page.get_by_text("Set a challenge").click()
    page.get_by_role("button", name="Make the link").click()
    expect(page.locator(".challenge-form .fault")).to_contain_text("needs words in English")
    page.get_by_label("Title, English").fill("XOR in ten epochs")
    page.get_by_label("Most epochs").fill("10")
    page.get_by_label("Target: value").fill("0.9")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="XOR in ten epochs")).to_be_visible()
    expect(page.locator(".challenge-verdict")).to_contain_text("accuracy at least 90")
    page.get_by_role("button", name="Copy the challenge").click()
    expect(page.locator("#pg-toasts")).to_contain_text("it opens this challenge")
    address = page.evaluate("navigator.clipboard.readText()")
    pupil = visitor.open(address.removeprefix(visitor.home))
    expect(pupil.get_by_role("heading", name="XOR in ten epochs")).to_be_visible()


def test_challenges_are_told_in_chinese_and_fit_a_phone(visitor: Visitor) -> None:
    page = visitor.open(
        "?lab=challenges&challenge=small_digits",
        locale="zh-CN",
        viewport={"width": 390, "height": 844},
    )
    expect(page.get_by_role("button", name="评判我的网络")).to_be_visible()
    expect(page.get_by_text("目标", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
