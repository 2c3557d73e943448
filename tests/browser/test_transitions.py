"""One experiment after another: whose network and data the page shows, and what becomes of what was there before."""

from pathlib import Path

from playwright.sync_api import Page, expect

from .actions import prolong, train
from .conftest import Visitor, ready
from .test_live import SEVEN, drag
from .test_practice import card_of_weights, downloaded, put

CHOOSE = """(preset) => {
  const { experiment } = playground.state.boot.presets.find((each) => each.id === preset);
  playground.load(experiment, "edit.preset", { preset });
}"""
ANSWERED = (
    "playground.state.answer?.sample === playground.state.sample"
    " && playground.state.answer?.run === playground.state.run?.id"
)


def choose(page: Page, preset: str) -> None:
    page.evaluate(CHOOSE, preset)
    ready(page)


def draw(page: Page) -> None:
    drag(page, page.locator("#pad-rail canvas.pad"), *SEVEN)
    page.wait_for_function(
        f"playground.state.sample?.kind === 'drawn' && playground.drawing.isSettled() && {ANSWERED}"
    )


# A run that trains or has ended


def test_a_run_that_ends_stays_with_its_curves_whatever_was_chosen_meanwhile(
    visitor: Visitor,
) -> None:
    page = visitor.open("?preset=digits-softmax")
    prolong(page)
    draw(page)
    train(page)
    run = page.evaluate("playground.state.run.id")
    choose(page, "points-spiral")
    page.evaluate("playground.stop()")
    page.wait_for_function("playground.state.run.state === 'stopped'")
    page.get_by_role("tab", name="Look inside").click()
    page.wait_for_function(ANSWERED)
    assert page.evaluate(
        "[playground.state.run.id, playground.kind(), playground.state.sample.kind]"
    ) == [
        run,
        "image",
        "drawn",
    ]
    assert page.evaluate("playground.history.steps.step.length") > 0
    # the next choice is of new data: the run gives way
    choose(page, "points-moons-bce")
    page.wait_for_function(
        "playground.kind() === 'points' && playground.state.sample?.kind !== 'drawn'"
    )


def test_the_plan_of_the_learning_rate_is_the_runs_own(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    prolong(page)
    train(page)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run.state === 'paused'")
    last = page.evaluate("playground.plan().step.at(-1)")
    choose(page, "points-spiral")
    assert page.evaluate(
        "[playground.plan().step.at(-1), playground.state.check.schedule.step.at(-1) === playground.plan().step.at(-1)]"
    ) == [
        last,
        False,
    ]


def test_after_a_run_the_plan_of_the_next_is_drawn_before_it_trains(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-xor")
    prolong(page)
    train(page)
    page.evaluate("playground.stop()")
    page.wait_for_function("playground.state.run.state === 'stopped'")
    page.evaluate("playground.edit('test', (experiment) => { experiment.training.epochs = 3; })")
    ready(page)
    assert page.evaluate("playground.plan().step.at(-1) === playground.state.check.totals.steps")
    assert page.evaluate("playground.history.steps.step.length") > 0


# A network that was only asked


def test_an_edited_network_is_asked_again(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-mlp")
    draw(page)
    before = page.evaluate("playground.state.answer.probabilities")
    page.evaluate("playground.edit('test', (experiment) => { experiment.layers.splice(1, 1); })")
    page.wait_for_function(f"!playground.isEdited() && {ANSWERED}")
    assert page.evaluate("playground.state.answer.probabilities") != before


def test_the_picture_and_its_class_are_of_the_data_chosen(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    page.evaluate("playground.setSample({ kind: 'validation', index: 17 })")
    page.wait_for_function(ANSWERED)
    page.locator("select.data-set").select_option("digits_imbalanced")
    page.wait_for_function(
        f"playground.data.dataset === 'digits_imbalanced' && !playground.isEdited() && {ANSWERED}"
    )
    assert page.evaluate("playground.state.run.experiment.data.dataset") == "digits_imbalanced"
    own = page.evaluate("playground.ask('sample', { sample: { kind: 'validation', index: 17 } })")
    assert page.evaluate("playground.state.answer.label") == own["label"]


def test_what_was_only_asked_counts_no_steps(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    draw(page)
    steps = page.evaluate("playground.state.check.totals.steps")
    page.evaluate("playground.edit('test', (experiment) => { experiment.training.epochs *= 3; })")
    ready(page)
    expect(page.locator(".numbers .step b")).to_have_text(f"0/{3 * steps:,}")
    assert page.evaluate("playground.plan().step.at(-1)") == 3 * steps


def test_a_drawing_comes_back_with_the_data_that_it_was_drawn_for(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    draw(page)
    page.locator("select.data-set").select_option("moons")
    page.wait_for_function("playground.state.sample === null && playground.kind() === 'points'")
    page.evaluate("playground.undo()")
    page.wait_for_function(f"playground.state.sample?.kind === 'drawn' && {ANSWERED}")
    expect(page.locator("#pad-rail .prob.top")).to_have_count(1)


def test_a_table_that_cannot_be_used_leaves_nothing_of_the_digits(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-basic-cnn#inside")
    page.wait_for_function(ANSWERED)
    expect(page.locator(".pg-feature_maps")).to_be_visible()
    page.evaluate(
        "playground.edit('test', (experiment) => { experiment.data = { dataset: 'house_prices' }; })"
    )
    ready(page)
    assert page.evaluate("playground.state.check.faults.length") > 0
    expect(page.locator(".pg-feature_maps")).to_be_hidden()
    expect(page.locator(".flow-trouble")).to_contain_text("problem with the experiment")
    page.evaluate("playground.undo()")
    ready(page)
    expect(page.locator(".pg-feature_maps")).to_be_visible()


# Weights that were loaded


def test_loaded_weights_stay_while_the_network_is_the_same_and_are_missed_aloud(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.open("?preset=points-xor")
    prolong(page)
    train(page)
    page.evaluate("playground.stop()")
    page.wait_for_function("playground.state.run.state === 'stopped'")
    path = downloaded(page, "Download .safetensors", tmp_path)
    page.evaluate("playground.reset()")
    page.wait_for_function("playground.state.run === null")
    put(page, path)
    told = card_of_weights(page).locator(".weights-told")
    expect(told).to_contain_text("4 of the network’s 4 tensors match")
    page.locator("button.language").click()
    expect(told).to_contain_text("4 个张量中有 4 个匹配")
    page.evaluate("playground.setLanguage('en')")
    page.evaluate(
        "playground.edit('test', (experiment) => { experiment.training.optimizer.lr = 1e-9; })"
    )
    expect(told).to_be_hidden()
    ready(page)
    train(page)
    expect(page.locator("#pg-toasts")).to_contain_text("still in the network")
    page.evaluate("playground.stop()")
    page.wait_for_function("playground.state.run.state === 'stopped'")
    again = downloaded(page, "Download .safetensors", tmp_path / "again")
    assert again.stat().st_size == path.stat().st_size
    put(page, path)
    expect(told).to_contain_text("4 of the network’s 4 tensors match")
    page.evaluate("playground.edit('test', (experiment) => { experiment.layers[0].units = 5; })")
    ready(page)
    train(page)
    expect(page.locator("#pg-toasts")).to_contain_text("do not fit the changed network")


# Two tabs, and an answer that is no longer asked for


def test_a_tab_that_is_loaded_again_stays_itself(visitor: Visitor) -> None:
    context = visitor.context()
    first = visitor.open(context=context)
    name = first.locator("button.chooser.preset").inner_text()
    second = visitor.open(context=context)
    second.locator("select.data-set").select_option("moons")
    ready(second)
    first.reload()
    ready(first)
    expect(first.locator("button.chooser.preset")).to_have_text(name)
    assert first.evaluate("playground.state.experiment.data.dataset") == "digits"


def test_the_menus_of_a_row_outlive_a_reload_over_other_data(visitor: Visitor) -> None:
    page = visitor.open("?preset=table-house-prices")
    prolong(page)
    train(page)
    menus = page.locator("#try_row-rail .row-form select")
    expect(menus.first).to_be_visible()
    n = menus.count()
    page.select_option("select.data-set", "iris")
    ready(page)
    page.reload()
    ready(page)
    expect(menus).to_have_count(n)
    assert menus.first.locator("option").count() > 2


def test_the_range_tests_answer_goes_with_its_network(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-spiral#train")
    card = page.locator(".pg-range_test")
    card.get_by_role("button", name="Try all rates").click()
    use = card.get_by_role("button", name="Use 0.")
    use.click()
    ready(page)
    expect(use).to_be_visible()  # the rate that it is about may change
    expect(card).not_to_contain_text("Measured before")
    page.evaluate(
        "playground.edit('test', ({ layers }) => { layers[0].learning = { frozen: true }; })"
    )
    expect(use).to_be_visible()
    expect(card).to_contain_text("Measured before your last changes, for “Spiral")
    page.evaluate("playground.undo()")
    expect(card).not_to_contain_text("Measured before")
    choose(page, "points-xor")
    expect(card.locator(".figure-plot")).to_be_hidden()
    expect(use).to_be_hidden()
