"""The Train tab and what stands beside it: settings, the plan of the rate, scores, a phone's sheet."""

import re

import pytest
from playwright.sync_api import Page, expect

from .actions import prolong, show_tab, train
from .conftest import Visitor, ready
from .test_live import wait_for_points, wait_for_steps

QUICK = "?preset=points-circles"
SLOW = "?preset=digits-softmax"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def top_of(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"]


# Settings


def test_settings_come_before_the_charts_and_shrink_to_a_line_once_a_run_began(
    visitor: Visitor,
) -> None:
    page = visitor.open(QUICK + "#train")
    settings = page.locator(".pg-training_fields")
    expect(settings.get_by_label("gradient limit")).to_be_visible()
    expect(page.locator(".pg-range_test")).to_be_visible()
    assert top_of(page, ".pg-training_fields") < top_of(page, "#chart-loss")
    prolong(page)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.step > 0")
    expect(settings.get_by_label("gradient limit")).to_be_hidden()
    expect(page.locator(".pg-range_test")).to_be_hidden()
    for label in ("optimiser", "learning rate", "schedule", "epochs"):
        expect(settings.get_by_label(label, exact=True)).to_be_visible()
    box = settings.bounding_box()
    assert box is not None and box["height"] < 80
    rate = settings.get_by_label("learning rate", exact=True)
    rate.fill("0.02")
    rate.press("Enter")
    expect(page.get_by_text("From now on: learning rate 0.02")).to_be_visible()
    page.get_by_role("button", name="All settings").click()
    expect(settings.get_by_label("gradient limit")).to_be_visible()
    page.reload()
    ready(page)
    expect(settings.get_by_label("gradient limit")).to_be_visible()  # as it was left


def test_a_loss_that_compares_samples_says_what_accumulation_means(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-triplet#train")
    settings = page.locator(".pg-training_fields")
    hint = settings.get_by_text("accumulated batches do not give the step of one large batch")
    expect(settings.get_by_label("gradient accumulation")).to_be_visible()
    expect(hint).to_be_hidden()
    settings.get_by_label("gradient accumulation").fill("4")
    expect(hint).to_be_visible()
    page.evaluate("playground.tab('build')")
    page.evaluate(
        "playground.edit('test', (e) => { e.training.loss = { loss: 'cross_entropy' }; })"
    )
    show_tab(page, "Train")
    expect(hint).to_be_hidden()  # of a mean of samples the step is the same


def test_a_setting_without_effect_is_not_asked_for(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-two-tasks#train")
    line = page.locator(".pg-training_fields .line[data-part=loss]")
    expect(line.get_by_label("class weight")).to_be_hidden()
    line.get_by_label("weighting").select_option("fixed")
    expect(line.get_by_label("class weight")).to_be_visible()
    expect(line.get_by_label("value weight")).to_be_visible()


def test_all_times_on_the_screen_come_from_the_speed_of_the_run(visitor: Visitor) -> None:
    page = visitor.open(SLOW)
    totals = page.locator(".pg-layer_list .totals")
    predicted = totals.inner_text()
    prolong(page, 50)
    train(page)
    page.evaluate("playground.pause()")
    page.wait_for_function("playground.state.run.state === 'paused'")
    assert predicted
    # The speed may still be measured after the pause: what is shown must be of the run as it is then.
    page.wait_for_function("""() => {
        const { total_steps: total, step, steps_per_s: speed, n_epochs } = playground.state.run;
        const { seconds, clock } = playground.format;
        const totals = document.querySelector(".pg-layer_list .totals").innerText;
        const left = document.querySelector(".pg-bar .number.left b").innerText;
        return speed > 0
            && totals.includes(`about ${seconds(total / speed / n_epochs)} per epoch`)
            && totals.includes(`about ${seconds(total / speed)} in total`)
            && left === clock((total - step) / speed);
    }""")


def test_a_fault_of_the_settings_opens_them(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    prolong(page)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.step > 0")
    expect(page.get_by_label("gradient limit")).to_be_hidden()
    page.evaluate("playground.edit('test', ({ training }) => { training.clip_norm = -1; })")
    expect(page.get_by_label("gradient limit")).to_be_visible()
    expect(page.locator(".pg-training_fields .fault-line")).to_be_visible()


def test_a_rate_that_changes_with_the_optimiser_is_said_and_can_be_undone(
    visitor: Visitor,
) -> None:
    page = visitor.open(QUICK + "#train")
    before = page.evaluate("playground.state.experiment.training.optimizer.lr")
    page.locator(".pg-training_fields").get_by_label("optimiser").select_option("sgd")
    toast = page.locator("#pg-toasts .toast")
    expect(toast).to_contain_text(re.compile(r"The learning rate was set to .*, usual for SGD"))
    toast.get_by_role("button", name="Undo").click()
    optimizer = page.evaluate("playground.state.experiment.training.optimizer")
    assert (optimizer["optimizer"], optimizer["lr"]) == ("sgd", before)


def test_an_unusual_rate_is_said_when_other_data_are_chosen(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.evaluate("playground.edit('test', ({ training }) => { training.optimizer.lr = 10; })")
    page.locator("select.data-set").select_option("moons")
    toast = page.locator("#pg-toasts .toast")
    expect(toast).to_contain_text("The learning rate stays at 10; usual for this optimiser is 1e-3")
    toast.get_by_role("button", name="Use 1e-3").click()
    assert page.evaluate("playground.state.experiment.training.optimizer.lr") == 0.001


# The plan of the learning rate


def rate_at(page: Page, step: int) -> float:
    """What the plan says of a step, between the points that it has."""
    script = """(step) => {
      const { step: steps, lr } = playground.plan();
      return lr[steps.findLastIndex((one) => one <= step)];
    }"""
    return float(page.evaluate(script, step))


def test_the_plan_keeps_the_old_rate_up_to_a_change_and_has_the_new_one_from_there(
    visitor: Visitor,
) -> None:
    page = visitor.open(QUICK + "#train")
    prolong(page)
    train(page)
    wait_for_steps(page, 20)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run.state === 'paused'")
    old = page.evaluate("playground.state.experiment.training.optimizer.lr")
    box = page.locator(".pg-training_fields").get_by_label("learning rate", exact=True)
    box.fill("0.05")
    box.press("Enter")
    page.wait_for_function("playground.history.events.length === 1")
    changed = page.evaluate("playground.history.events[0].step")
    for _ in ("as it happens", "after a reload"):
        page.wait_for_function("playground.history.events.length === 1 && playground.plan()")
        assert rate_at(page, changed) == pytest.approx(old)
        assert rate_at(page, changed + 1) == pytest.approx(0.05)
        assert page.evaluate("playground.plan().lr.at(-1)") == pytest.approx(0.05)
        page.reload()
        ready(page)


# What is true after a stop, and of charts that nobody saw


def test_a_run_that_was_stopped_in_its_first_epoch_has_no_scores_to_come(
    visitor: Visitor,
) -> None:
    page = visitor.open(SLOW + "#train")
    expect(page.locator(".pg-report")).to_contain_text("The scores appear after the first epoch.")
    page.get_by_role("button", name="One step").click()
    page.wait_for_function("playground.state.run?.step === 1")
    page.evaluate("playground.stop()")
    expect(page.locator(".pg-report")).to_contain_text("There are no scores: the run ended")


def test_a_chart_that_nobody_saw_asks_for_nothing_after_the_run_and_draws_when_seen(
    visitor: Visitor,
) -> None:
    page = visitor.open(QUICK + "#train")
    prolong(page, 2)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.state === 'done'")
    expect(page.locator(".chart-empty:visible")).to_have_count(0)
    page.locator("#chart-update_ratio").scroll_into_view_if_needed()
    wait_for_points(page, "chart-update_ratio", 0)


def test_a_single_measurement_is_a_point_that_can_be_seen(visitor: Visitor) -> None:
    page = visitor.open(SLOW + "#train")
    page.evaluate("playground.step()")
    page.wait_for_function("playground.history.steps.step.length === 1")
    curve = page.locator("#chart-loss .scatterlayer .trace .point")
    expect(curve.first).to_be_visible()
    page.evaluate("playground.step()")
    page.wait_for_function("playground.history.steps.step.length === 2")
    expect(curve).to_have_count(0)  # from two points on there is a line


def test_the_planned_curve_is_not_covered_by_a_request_to_train(visitor: Visitor) -> None:
    page = visitor.open(SLOW + "#train")
    expect(page.locator("#chart-lr .chart-empty")).to_be_hidden()
    expect(page.locator("#chart-loss .chart-empty")).to_be_visible()


def test_now_does_not_draw_the_next_plan_over_the_last_curves(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    prolong(page, 2)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.state === 'done'")
    number = page.locator(".pg-now .big b").nth(2)
    last = page.evaluate("playground.history.steps.lr.at(-1)")
    page.evaluate(
        "playground.edit('test', ({ training }) => { training.epochs = 500; training.optimizer.lr = 0.5; })"
    )
    ready(page)
    assert page.evaluate("playground.plan().lr[0]") == 0.5
    expect(number).to_have_text(page.evaluate("(lr) => playground.format.lr(lr)", last))


# Terms of the field


def test_a_label_explains_itself_when_it_is_pointed_at(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    bubble = page.locator(".pg-term")
    page.locator("#chart-loss h2").hover()
    expect(bubble).to_contain_text(page.evaluate("playground.state.boot.text.en['term.loss']"))
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    page.locator(".pg-training_fields .field[data-field=epochs] > span").first.hover()
    expect(bubble).to_contain_text(page.evaluate("playground.state.boot.text.en['term.epoch']"))


def test_a_control_is_described_by_the_term_that_names_it(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    page.locator(".pg-training_fields").get_by_label("learning rate", exact=True).focus()
    words = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )
    assert words == page.evaluate("playground.state.boot.text.en['term.learning_rate']")


def test_a_term_explains_itself_on_a_tap(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train", **PHONE)
    page.locator("#chart-loss h2").tap()
    expect(page.locator(".pg-term")).to_be_visible()
    page.locator("#chart-loss .chart-plot").tap(position={"x": 5, "y": 5})
    expect(page.locator(".pg-term")).to_be_hidden()


# A phone


def test_on_a_phone_now_and_try_it_are_one_tap_away_on_every_tab(visitor: Visitor) -> None:
    page = visitor.open(QUICK, **PHONE)
    prolong(page)
    train(page)
    strip = page.locator(".rail-open")
    for name in ("build", "train", "inside", "draw", "code"):
        page.evaluate("(name) => playground.tab(name)", name)
        expect(page.locator(".pg-now")).to_be_hidden()
        strip.tap()
        expect(page.locator(".pg-now")).to_be_visible()
        box = strip.bounding_box()
        assert box is not None and box["height"] >= 40 and box["y"] + box["height"] <= 844
    expect(page.locator("#boundary-rail canvas.plane")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".pg-now")).to_be_hidden()


def test_on_a_phone_the_number_says_what_it_is(visitor: Visitor) -> None:
    page = visitor.open(QUICK, **PHONE)
    page.get_by_role("button", name="One step").tap()
    expect(page.locator(".rail-open")).to_contain_text(re.compile(r"loss \d\.\d+"))


def test_on_a_phone_the_settings_come_first_too(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train", **PHONE)
    assert top_of(page, ".pg-training_fields") < 200
    show_tab(page, "Build")
