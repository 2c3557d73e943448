"""What is added in as few places as `docs/adding.md` says is on the screen: `tests/additions` has one of everything."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .actions import prolong, show_tab, train
from .conftest import Visitor, ready
from .test_live import wait_for_points


@pytest.fixture(scope="module")
def extended_app(serve: Callable[..., str]) -> str:
    """The address of an app with one more of everything."""
    return serve("-m", "tests.browser.extended_app")


@pytest.fixture
def visitor(chromium: Browser, extended_app: str) -> Iterator[Visitor]:
    someone = Visitor(chromium, extended_app)
    yield someone
    someone.close()


def choice(page: Page, part: str) -> Locator:
    """Where the loss, the optimiser, … is chosen."""
    return page.locator(f".pg-training_fields [data-part={part}] > select")


def add_layer(page: Page, label: str) -> None:
    page.get_by_role("button", name="Add layer").click()
    page.get_by_role("combobox", name="Search layers").fill(label)
    page.get_by_role("option", name=label).first.click()
    ready(page)


def test_an_added_layer_loss_and_data_set_are_in_their_menus_in_json_and_in_the_script(
    visitor: Visitor,
) -> None:
    page = visitor.open("?preset=points-xor")
    page.locator("select.data-set").select_option(label="Stripes")
    ready(page)
    add_layer(page, "Scale")
    row = page.locator(".pg-layer_list [data-layer=test_scale]")
    expect(row.locator(".name")).to_have_text("Scale")
    expect(row.locator("[data-field=eps] input")).to_have_value("0.000001")
    show_tab(page, "Train")
    choice(page, "loss").select_option(label="Squared hinge")
    choice(page, "optimizer").select_option(label="Averaged")
    choice(page, "schedule").select_option(label="Halves")
    choice(page, "init").select_option(label="Alternating")
    ready(page)
    assert page.evaluate("playground.state.check.faults") == []
    json = page.evaluate("JSON.stringify(playground.state.experiment)")
    for name in ("scale", "margin", "averaged", "halves", "alternating", "stripes"):
        assert f'"test_{name}"' in json
    show_tab(page, "Code")
    code = page.locator(".pg-code_view pre").first
    expect(code).to_contain_text("nn.RMSNorm(")
    for line in ("nn.MultiMarginLoss(", "torch.optim.ASGD(", "make_stripes(400)", "def halves("):
        expect(code).to_contain_text(line)
    page.evaluate("playground.setLanguage('zh')")
    page.get_by_role("tab", name="搭建").click()
    expect(row.locator(".name")).to_have_text("缩放")
    expect(page.locator("select.data-set option:checked")).to_have_text("条纹")
    page.get_by_role("tab", name="训练").click()
    expect(choice(page, "loss").locator("option:checked")).to_have_text("平方合页损失")


def test_an_added_chart_live_setting_question_and_tab_work_while_it_trains(
    visitor: Visitor,
) -> None:
    page = visitor.open("?preset=points-xor#train")
    choice(page, "optimizer").select_option(label="SGD")
    ready(page)
    prolong(page)
    train(page)
    # the chart of the new measurement
    card = page.locator("#chart-test_weight_norm")
    card.scroll_into_view_if_needed()
    expect(card.locator("h2")).to_have_text("Weight norm by layer")
    wait_for_points(page, "chart-test_weight_norm")
    # the setting that is live now
    page.get_by_role("button", name="All settings").click()
    momentum = page.locator(".pg-training_fields [data-field=momentum] input")
    momentum.fill("0.5")
    momentum.press("Enter")
    expect(page.get_by_text("From now on: momentum 0.5")).to_be_visible()
    page.wait_for_function("playground.history.events.length > 0")
    event = page.evaluate("playground.history.events.at(-1)")
    assert (event["kind"], event["value"]) == ("test_momentum", 0.5)
    rate = page.locator("#chart-lr")
    rate.scroll_into_view_if_needed()
    expect(rate.locator(".annotation-text")).to_have_text("momentum 0.5")
    # the tab, and the question that its card asks
    page.evaluate("playground.stop()")
    page.wait_for_function("playground.state.run.state === 'stopped'")
    show_tab(page, "Notes")
    page.wait_for_function("location.hash === '#notes'")
    question = page.locator("#panel-notes .pg-largest_weight")
    expect(question.locator("h2")).to_have_text("Largest weight")
    answer = page.evaluate("playground.ask('largest_weight')")
    shown = page.evaluate("(value) => playground.format.number(value)", answer["largest"])
    expect(question.locator("p.num")).to_have_text(shown)
    expect(question.locator("p.coming")).to_have_count(0)
    page.evaluate("playground.setLanguage('zh')")
    expect(page.get_by_role("tab", name="笔记")).to_be_visible()
    expect(question.locator("h2")).to_have_text("最大权重")
    page.get_by_role("tab", name="训练").click()
    expect(card.locator("h2")).to_have_text("各层权重范数")


def test_an_added_task_has_its_charts_its_cards_and_its_answer(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-xor")
    page.locator("select.data-set").select_option(label="Powers")
    page.evaluate("playground.edit('test', (e) => { e.training.loss = { loss: 'mse' }; })")
    ready(page)
    assert page.evaluate("playground.state.check.faults") == []
    train(page)
    show_tab(page, "Train")
    expect(page.locator(".pg-fit")).to_be_visible()
    expect(page.locator("#chart-mae")).to_be_visible()
    expect(page.locator("#chart-accuracy")).to_be_hidden()
    page.evaluate("playground.setSample({ kind: 'validation', index: 0 })")
    page.wait_for_function("playground.state.answer?.values?.length > 0")
