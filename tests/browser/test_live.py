"""What a person sees of a network that trains: Now, the charts, Look inside, the pad, the decision boundary."""

import io
import json
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from .actions import open_whole_tab, prolong, show_tab, train
from .conftest import Visitor, ready

QUICK = "?preset=points-xor"


def wait_for_steps(page: Page, more: int = 1) -> None:
    page.evaluate("window.seen = playground.state.run.step")
    page.wait_for_function("(more) => playground.state.run.step >= window.seen + more", arg=more)


def chart(page: Page, name: str) -> Locator:
    return page.locator(f"#{name} .chart-plot")


def points_drawn(page: Page, name: str, line: int = 0) -> int:
    return page.evaluate(
        "([id, k]) => document.querySelector(`#${id} .chart-plot`)?.data?.[k].x.length ?? 0",
        [name, line],
    )


def wait_for_points(page: Page, name: str, more_than: int = 1) -> int:
    script = (
        "([id, n]) => (document.querySelector(`#${id} .chart-plot`)?.data?.[0].x.length ?? 0) > n"
    )
    page.wait_for_function(script, arg=[name, more_than])
    return points_drawn(page, name)


def x_range(page: Page, name: str) -> list[float]:
    return page.evaluate(
        "(id) => [...document.querySelector(`#${id} .chart-plot`).layout.xaxis.range]", name
    )


def drag(page: Page, target: Locator, *places: tuple[float, float]) -> None:
    """Presses at the first place, moves through the others, lets go. Places as shares of the target's box."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
    page.mouse.move(*spots[0])
    page.mouse.down()
    for spot in spots[1:]:
        page.mouse.move(*spot, steps=8)
    page.mouse.up()


# From the pen's leaving the pad to the answer about all that was drawn, in milliseconds, into `times`.
TIME_THE_ANSWERS = """() => {
  window.times = [];
  let up = null;
  const look = () => {
    const { answer } = playground.state;
    const { drawn, isSettled } = playground.drawing;
    if (up === null || answer?.sample !== drawn || !isSettled()) return;
    window.times.push(performance.now() - up);
    up = null;
  };
  const pad = document.querySelector("#pad-rail canvas.pad");
  pad.addEventListener("pointerup", () => { up = performance.now(); look(); });
  playground.on("answer", look);
}"""
SEVEN = ((0.3, 0.25), (0.7, 0.25), (0.45, 0.8))
ONE = ((0.5, 0.2), (0.5, 0.8))


def seen(page: Page, canvas: str) -> str:
    """The picture of a canvas, to compare with itself."""
    return page.evaluate("(canvas) => document.querySelector(canvas).toDataURL()", canvas)


def wait_for_another(page: Page, canvas: str, before: str) -> None:
    page.wait_for_function(
        "([canvas, before]) => document.querySelector(canvas).toDataURL() !== before",
        arg=[canvas, before],
    )


# Now


@pytest.mark.quick
def test_train_moves_the_numbers_of_now_on_every_tab(page: Page) -> None:
    expect(page.locator(".pg-now")).to_contain_text("not trained yet")
    prolong(page)
    train(page)
    expect(page.locator(".pg-now")).to_contain_text("training")
    number = page.locator(".pg-now .big b").first
    expect(number).to_have_text(re.compile(r"^\d+\.\d+$"))
    for name in ("Train", "Look inside", "Draw", "Code", "Build"):
        show_tab(page, name)
        before = number.inner_text()
        page.wait_for_function(
            "(before) => document.querySelector('.pg-now .big b').textContent !== before",
            arg=before,
        )


def test_a_run_that_fails_says_why_in_words(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.evaluate(
        "playground.edit('edit.training', (experiment) => {"
        " experiment.training.optimizer = {optimizer: 'sgd', lr: 1000};"
        " experiment.layers = [{layer: 'linear', units: 64}, {layer: 'linear', units: 64}]; })"
    )
    page.wait_for_function("playground.isChecked()")
    page.locator("button.train").click()
    expect(page.locator(".pg-now")).to_contain_text("failed")
    expect(page.locator(".now-reason")).to_contain_text("step")


# Charts


def test_charts_grow_and_keep_zoom_lines_and_scale(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    prolong(page)
    train(page)
    wait_for_points(page, "chart-loss", 20)
    drag(page, chart(page, "chart-loss").locator(".nsewdrag"), (0.2, 0.3), (0.6, 0.7))
    page.wait_for_function(
        "document.querySelector('#chart-loss .chart-plot').layout.xaxis.autorange === false"
    )
    zoomed, before = x_range(page, "chart-loss"), points_drawn(page, "chart-loss")
    line = page.locator("#chart-loss .chart-line").first
    line.click()
    page.locator("#chart-loss .chart-log").click()
    wait_for_points(page, "chart-loss", before + 20)
    assert x_range(page, "chart-loss") == zoomed
    expect(line).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#chart-loss .chart-log")).to_have_attribute("aria-pressed", "true")
    assert (
        page.evaluate("document.querySelector('#chart-loss .chart-plot').layout.yaxis.type")
        == "log"
    )
    page.locator("button.theme").click()
    page.locator("button.language").click()
    expect(page.locator("#chart-loss h2")).to_have_text("损失")
    assert x_range(page, "chart-loss") == zoomed
    chart(page, "chart-loss").locator(".nsewdrag").dblclick()
    page.wait_for_function(
        "document.querySelector('#chart-loss .chart-plot').layout.xaxis.autorange === true"
    )


def test_a_chart_that_was_not_shown_catches_up(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    prolong(page)
    train(page)
    wait_for_steps(page, 50)
    assert points_drawn(page, "chart-grad_norm") == 0
    show_tab(page, "Train")
    page.locator("#chart-grad_norm").scroll_into_view_if_needed()
    wait_for_points(page, "chart-grad_norm")
    names = page.evaluate(
        "document.querySelector('#chart-grad_norm .chart-plot').data.map((line) => line.name)"
    )
    assert len(names) == page.evaluate("playground.history.layer_names.length") > 1
    assert names[-1] == "Output"


# Rows of a run that makes many steps, through the page's own way in: loss 1 / (1 + step / 1000), one spike of 50.
FEED = """([from, to, rows, spike]) => {
  for (let first = from; first < to; first += rows) {
    const steps = Array.from({ length: Math.min(rows, to - first) }, (_, i) => first + i);
    const train_loss = steps.map((step) => (step === spike ? 50 : 1 / (1 + step / 1000)));
    const step = steps.map((step, i) => (i ? 1 : step)), lr = steps.map(() => 0.01);
    playground.receive({ steps: { step, train_loss, lr } }, null);
  }
}"""
KEPT = """(spike) => {
  const { step, train_loss: loss, lr } = playground.history.steps;
  const rises = step.every((each, i) => !i || each > step[i - 1]);
  const whole = loss.length === step.length && lr.length === step.length && rises;
  return [step.length, step[0], step.at(-1), loss[step.indexOf(spike)] ?? null, whole];
}"""


def test_a_long_history_is_thinned_and_keeps_its_ends_and_its_spikes(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    page.get_by_role("button", name="One step").click()
    wait_for_points(page, "chart-loss", 0)
    page.wait_for_function("playground.state.run.state === 'paused'")
    page.evaluate(FEED, [2, 2000, 100, 1500])
    wait_for_points(page, "chart-loss", 1900)
    drag(page, chart(page, "chart-loss").locator(".nsewdrag"), (0.2, 0.3), (0.6, 0.7))
    page.wait_for_function(
        "document.querySelector('#chart-loss .chart-plot').layout.xaxis.autorange === false"
    )
    zoomed = x_range(page, "chart-loss")
    line = page.locator("#chart-loss .chart-line").nth(1)
    line.click()
    page.locator("#chart-loss .chart-log").click()
    for rows in (100, 100_000):  # as they come while it trains, and all at once
        first = page.evaluate("playground.history.steps.step.at(-1)") + 1
        page.evaluate(FEED, [first, first + 100_000, rows, -1])
        n, begins, ends, spike, whole = page.evaluate(KEPT, 1500)
        assert 4000 < n <= 8192
        assert (begins, ends, spike, whole) == (1, first + 99_999, 50, True)
        shown = "document.querySelector('#chart-loss .chart-plot').data[0]"
        page.wait_for_function(f"(last) => {shown}.x.at(-1) === last", arg=first + 99_999)
        assert page.evaluate(
            f"[{shown}.x.length <= 4000, {shown}.x[0], Math.max(...{shown}.y)]"
        ) == [True, 1, 50]
        assert page.evaluate(f"{shown}.x.every((each, i, all) => !i || each > all[i - 1])")
    assert x_range(page, "chart-loss") == zoomed
    expect(line).to_have_attribute("aria-pressed", "false")
    assert (
        page.evaluate("document.querySelector('#chart-loss .chart-plot').layout.yaxis.type")
        == "log"
    )
    expect(page.locator(".pg-now .big b").first).to_have_text("0.005")


def test_a_chart_that_was_not_shown_draws_what_a_thinned_history_has(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.get_by_role("button", name="One step").click()
    page.wait_for_function(
        "playground.state.run?.step === 1 && playground.state.run.state === 'paused'"
    )
    page.evaluate(FEED, [2, 100_000, 1000, 70_000])
    show_tab(page, "Train")
    wait_for_points(page, "chart-loss", 1000)
    shown = "document.querySelector('#chart-loss .chart-plot').data[0]"
    assert page.evaluate(f"[{shown}.x[0], {shown}.x.at(-1), Math.max(...{shown}.y)]") == [
        1,
        99_999,
        50,
    ]


def test_what_is_set_by_hand_while_it_trains_is_marked_where_it_happened(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-spiral#train")
    prolong(page)
    train(page)
    page.get_by_role("button", name="All settings").click()
    for label, value in (("learning rate", "0.0123"), ("gradient limit", "2.5")):
        box = page.locator(".pg-training_fields").get_by_label(label, exact=True)
        box.fill(value)
        box.press("Enter")
        expect(page.get_by_text(f"From now on: {label} {value}")).to_be_visible()
    page.wait_for_function("playground.history.events.length === 2")
    marked = page.evaluate("playground.history.events.map(({ kind, value }) => [kind, value])")
    assert marked == [["lr", 0.0123], ["clip_norm", 2.5]]
    assert not page.evaluate("playground.isEdited()")
    page.locator("#chart-lr").scroll_into_view_if_needed()
    page.wait_for_function(
        "document.querySelector('#chart-lr .chart-plot').layout?.shapes?.length === 2"
    )
    words = page.evaluate(
        "document.querySelector('#chart-lr .chart-plot').layout.annotations.map(({ text }) => text)"
    )
    assert words == ["set to 0.0123", "gradient limit 2.5"]


def test_charts_come_back_whole_after_a_reload_in_the_middle_of_training(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    prolong(page)
    train(page)
    wait_for_steps(page, 100)
    before = page.evaluate("playground.state.run.step")
    page.reload()
    ready(page)
    wait_for_points(page, "chart-loss", 50)
    assert (
        page.evaluate("document.querySelector('#chart-loss .chart-plot').data[0].x[0]") < before / 2
    )
    expect(page.locator(".pg-now")).to_contain_text("training")


def test_a_chart_keeps_its_scale_over_a_reload(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    switch = page.locator("#chart-loss .chart-log")
    before = switch.get_attribute("aria-pressed")
    switch.click()
    after = "false" if before == "true" else "true"
    expect(switch).to_have_attribute("aria-pressed", after)
    page.reload()
    ready(page)
    expect(page.locator("#chart-loss .chart-log")).to_have_attribute("aria-pressed", after)


# Try it and Draw


def test_a_drawing_comes_back_after_a_reload_in_mid_training_with_its_strokes(page: Page) -> None:
    prolong(page)
    train(page)
    drag(page, page.locator("#pad-rail canvas.pad"), *SEVEN)
    page.wait_for_function(
        "playground.state.answer?.sample.kind === 'drawn' && playground.drawing.isSettled()"
    )
    pixels = page.evaluate("playground.state.sample.pixels")
    page.reload()
    ready(page)
    page.wait_for_function(
        "playground.state.answer?.sample.kind === 'drawn' && playground.drawing.isSettled()"
    )
    assert page.evaluate("playground.state.sample.pixels") == pixels
    page.locator("#pad-rail").get_by_role("button", name="Undo").click()
    expect(page.locator("#pad-rail .pad-hint")).to_be_visible()


def test_the_chosen_image_comes_back_after_a_reload(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    page.evaluate("playground.setSample({ kind: 'validation', index: 17 })")
    page.wait_for_function("playground.state.answer?.sample.index === 17")
    page.reload()
    ready(page)
    page.wait_for_function("playground.state.sample?.index === 17")


def test_a_drawing_does_not_come_back_among_other_data(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    drag(page, page.locator("#pad-rail canvas.pad"), *SEVEN)
    page.wait_for_function("playground.state.sample?.kind === 'drawn'")
    page.locator("select.data-set").select_option("moons")
    page.wait_for_function("playground.data?.dataset === 'moons' && playground.isChecked()")
    page.reload()
    ready(page)
    assert page.evaluate("[playground.state.sample, playground.drawing.strokes.length]") == [
        None,
        0,
    ]


def test_a_drawn_digit_is_answered_while_the_network_trains(page: Page) -> None:
    prolong(page)
    train(page)
    pad = page.locator("#pad-rail canvas.pad")
    drag(page, pad, *SEVEN)
    page.wait_for_function("playground.state.answer?.sample.kind === 'drawn'")
    expect(page.locator("#pad-rail .prob")).to_have_count(10)
    expect(page.locator("#pad-rail .prob.top")).to_have_count(1)
    texts = page.locator("#pad-rail .prob .num").all_inner_texts()
    shares = [float(text.removesuffix(" %")) for text in texts]
    assert sum(shares) == pytest.approx(100, abs=1)
    page.wait_for_function(
        "playground.state.run.step > playground.state.answer.step || playground.state.answer.step > 1"
    )
    page.evaluate("window.asked = playground.state.answer.step")
    page.wait_for_function("playground.state.answer.step > window.asked")


def test_every_drawing_is_answered_and_the_last_one_in_the_end(page: Page) -> None:
    pad = page.locator("#pad-rail canvas.pad")
    drag(page, pad, *ONE)
    page.wait_for_function("playground.state.answer")
    page.evaluate(TIME_THE_ANSWERS)
    for k in range(5):
        drag(page, pad, (0.3 + 0.05 * k, 0.3), (0.6, 0.4 + 0.05 * k))
        page.wait_for_function("(n) => window.times.length === n", arg=k + 1)
    page.wait_for_function(
        "playground.drawing.isSettled() && playground.state.answer?.sample === playground.state.sample"
    )
    assert page.evaluate("playground.state.sample === playground.drawing.drawn")


@pytest.mark.quick
def test_a_drawing_that_was_left_for_another_sample_stays_away(page: Page) -> None:
    """And strokes that are drawn before the server has seen the first one are one drawing."""
    sees = "**/playground/see"
    held: list[Route] = []
    is_held = [True]
    pad = page.locator("#pad-rail canvas.pad")

    def hold(route: Route) -> None:
        if is_held[0]:
            held.append(route)
        else:
            route.continue_()

    def let_go() -> None:
        is_held[0] = False
        held.pop().continue_()
        page.wait_for_function("playground.drawing.isSettled()")
        is_held[0] = True

    page.route(sees, hold)
    with page.expect_request(sees):
        drag(page, pad, *ONE)
    page.evaluate("playground.setSample({ kind: 'validation', index: 3 })")
    let_go()
    assert page.evaluate("playground.state.sample.kind") == "validation"

    with page.expect_request(sees):
        drag(page, pad, *ONE)
    drag(page, pad, *SEVEN)
    assert page.evaluate("playground.drawing.strokes.length") == 2
    let_go()
    assert page.evaluate("playground.state.sample.kind") == "drawn"


def test_an_untrained_network_says_that_it_guesses(page: Page) -> None:
    expect(page.locator("#pad-rail .answer-line")).to_contain_text("Draw")
    drag(page, page.locator("#pad-rail canvas.pad"), *ONE)
    expect(page.locator("#pad-rail .answer-line")).to_contain_text("Not trained yet")


def test_both_pads_are_one_drawing_that_can_be_undone_and_cleared(page: Page) -> None:
    show_tab(page, "Draw")
    large, small = page.locator("#pad-draw"), page.locator("#pad-rail")
    drag(page, large.locator("canvas.pad"), *ONE)
    drag(page, large.locator("canvas.pad"), (0.3, 0.5), (0.7, 0.5))
    expect(large.locator(".pad-caption")).to_have_text("your drawing")
    assert page.evaluate("playground.drawing.strokes.length") == 2
    large.get_by_role("button", name="Undo the last stroke").click()
    assert page.evaluate("playground.drawing.strokes.length") == 1
    show_tab(page, "Build")
    expect(small.locator(".pad-caption")).to_have_text("your drawing")
    small.get_by_role("button", name="Clear").click()
    expect(small.locator(".answer-line")).to_contain_text("the network answers as you draw")
    show_tab(page, "Draw")
    expect(large.locator(".pad-hint")).to_be_visible()
    expect(large.locator(".prob.top")).to_have_count(0)


def test_without_a_pen_a_validation_image_can_be_asked_by_keyboard(page: Page) -> None:
    page.locator("#pad-rail").get_by_role("button", name="Use a validation image instead").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pad-rail .pad-caption")).to_contain_text("validation image")
    expect(page.locator("#pad-rail .prob.top")).to_have_count(1)


def photo_of_a_one() -> bytes:
    """Dark ink on paper with a shadow across it, as a camera sees it."""
    paper = np.linspace(150, 235, 400)[None, :].repeat(300, 0)
    paper[60:240, 190:212] = 40
    data = io.BytesIO()
    Image.fromarray(paper.astype(np.uint8)).save(data, "JPEG")
    return data.getvalue()


def test_a_photo_is_read_and_answered(page: Page) -> None:
    show_tab(page, "Draw")
    chooser = page.locator(".photo-card input[type=file]")
    chooser.set_input_files(
        {"name": "one.jpg", "mimeType": "image/jpeg", "buffer": photo_of_a_one()}
    )
    expect(page.locator(".photo-line")).to_contain_text("Photo read.")
    expect(page.locator("#pad-draw .pad-caption")).to_have_text("your photo")
    expect(page.locator("#pad-draw .prob.top")).to_have_count(1)
    columns = page.evaluate(
        "[...playground.decode(playground.state.sample.pixels)]"
        ".map((v, i) => (v > 128 ? i % 28 : -1)).filter((x) => x >= 0)"
    )
    assert columns and all(8 <= column <= 19 for column in columns)


# Look inside


def test_feature_maps_refresh_while_it_trains_and_follow_layer_and_sample(page: Page) -> None:
    # Short steps: on a busy machine an answer waits for the step that is under way.
    page.evaluate(
        "playground.edit('edit.data', (experiment) => { experiment.data.batch_size = 8; })"
    )
    prolong(page)
    train(page)
    show_tab(page, "Look inside")
    maps = ".pg-feature_maps .maps-canvas"
    expect(page.locator(".pg-flow .flow-block").first).to_contain_text("Input")
    expect(page.locator(".pg-feature_maps header")).to_contain_text("16 strongest of 32")
    wait_for_another(page, maps, seen(page, maps))
    page.locator(".pg-flow .flow-block", has_text="5 Conv2d").click()
    expect(page.locator(".pg-feature_maps header")).to_contain_text("After 5 Conv2d")
    expect(page.locator(".pg-feature_maps header")).to_contain_text("of 64, 14 × 14")
    page.locator(".pg-feature_maps select").select_option("64")
    expect(page.locator(".pg-feature_maps header")).to_contain_text("all 64")
    drag(page, page.locator("#pad-rail canvas.pad"), *SEVEN)
    expect(page.locator(".picker-name")).to_have_text("your drawing")
    expect(page.locator(".pg-flow header")).to_contain_text("your drawing")


def test_values_of_maps_and_kernels_can_be_read_by_pointing(page: Page) -> None:
    show_tab(page, "Look inside")
    expect(page.locator(".pg-feature_maps header")).to_contain_text("After")
    page.locator(".pg-feature_maps .maps-canvas").hover(position={"x": 40, "y": 40})
    expect(page.locator(".pg-feature_maps .maps-line")).to_contain_text(
        re.compile(r"channel \d+, row \d+, column \d+: -?\d")
    )
    expect(page.locator(".pg-kernels header")).to_contain_text("3 × 3")
    page.locator(".pg-kernels .maps-canvas").hover(position={"x": 10, "y": 10})
    expect(page.locator(".pg-kernels .maps-line")).to_contain_text(
        re.compile(r"kernel 0, row \d, column \d: -?\d")
    )


def test_samples_are_chosen_by_number_and_by_class(page: Page) -> None:
    show_tab(page, "Look inside")
    expect(page.locator(".picker-name")).to_contain_text("validation image 0")
    page.locator(".picker").get_by_role("button", name="Next").click()
    expect(page.locator(".picker-name")).to_contain_text("validation image 1")
    page.locator(".picker").get_by_label("class").select_option("3")
    expect(page.locator(".picker-name")).to_contain_text("“3”")
    page.locator(".picker").get_by_label("number").fill("12")
    page.keyboard.press("Tab")
    expect(page.locator(".picker-name")).to_contain_text("validation image 12")


def test_gradients_appear_beside_the_weights_once_it_trains(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#inside")
    expect(page.locator(".histogram.none").first).to_contain_text("no gradient yet")
    prolong(page)
    train(page)
    expect(page.locator(".histogram.none")).to_have_count(0)
    expect(page.locator(".pg-advice .say").first).to_contain_text(re.compile(r"\d"))


def test_a_kernel_of_the_run_is_walked_over_the_picture_in_the_lab(
    visitor: Visitor,
) -> None:
    visitor.allowed.append("422")
    page = visitor.open()
    show_tab(page, "Look inside")
    page.evaluate("playground.setSample({ kind: 'validation', index: 3 })")
    kernels = page.locator(".pg-kernels")
    kernels.locator(".maps-canvas").click(position={"x": 70, "y": 20})
    number = kernels.get_by_role("textbox")
    expect(number).to_have_value("1")
    seen = page.evaluate(
        """() => playground.ask("kernel_at_work", { index: 1, sample: playground.state.sample })"""
    )
    kernels.get_by_role("button", name="Walk it over the picture").click()
    lab = page.locator(".lab[data-lab=convolution]")
    expect(lab).to_be_visible()
    expect(lab.locator("h2").first).to_have_text("Convolution")
    link = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    assert json.loads(link["kernel"]) == seen["state"]["kernel"]
    assert json.loads(link["image"]) == seen["state"]["image"]
    page.go_back()
    expect(kernels).to_be_visible()
    number.fill("99")
    kernels.get_by_role("button", name="Walk it over the picture").click()
    expect(kernels.locator(".fault")).to_contain_text("there are 32 kernels, counted from 0")


def test_a_network_without_convolution_shows_no_kernels(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-mlp#inside")
    expect(page.locator(".pg-feature_maps header")).to_contain_text("units")
    expect(page.locator(".pg-kernels")).to_be_hidden()


# Points of the plane


def test_the_decision_boundary_moves_and_a_point_can_be_asked(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    expect(page.locator("#pad-rail .pg-digit_pad")).to_be_hidden()
    prolong(page)
    train(page)
    page.locator("#boundary-train").scroll_into_view_if_needed()
    surface = "document.querySelector('#boundary-train .figure-plot').layout?.images?.[0]?.source"
    page.wait_for_function(surface)
    before = page.evaluate(surface)
    page.wait_for_function(f"(before) => {surface} !== before", arg=before)
    rail = "#boundary-rail canvas.plane"
    page.locator(rail).scroll_into_view_if_needed()
    wait_for_another(page, rail, seen(page, rail))
    plane = page.locator(rail)
    plane.click(position={"x": 60, "y": 60})
    expect(page.locator("#boundary-rail .prob.top")).to_have_count(1)
    before = page.evaluate("playground.state.sample.x[0]")
    plane.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("playground.state.sample.x[0]") > before
    show_tab(page, "Try it")
    expect(page.locator("#boundary-draw")).to_contain_text("points in the plane")
    expect(page.locator(".photo-card")).to_be_hidden()


# Everywhere


def test_the_live_half_speaks_chinese(visitor: Visitor) -> None:
    page = visitor.open(locale="zh-CN")
    for name, tab in (("训练", "train"), ("内部观察", "inside"), ("手写", "draw")):
        page.get_by_role("tab", name=name, exact=True).click()
        expect(page.locator(f"#panel-{tab} h2:visible").first).to_have_text(
            re.compile(r"[\u4e00-\u9fff]")
        )
    missing = page.evaluate(
        "Object.keys(playground.state.boot.text.en).filter((key) => !playground.state.boot.text.zh[key])"
    )
    assert missing == []
    for words in (
        "Try it",
        "what the network sees",
        "The network now",
        "Draw a digit here",
        "brush",
    ):
        expect(page.locator("#main").get_by_text(words, exact=True)).to_have_count(0)


def test_nothing_is_wider_than_a_phone(visitor: Visitor) -> None:
    page = visitor.open(viewport={"width": 390, "height": 844}, has_touch=True)
    prolong(page)
    train(page)
    for name in ("build", "train", "inside", "draw", "code"):
        open_whole_tab(page, name)
        wait_for_steps(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_finger_draws(visitor: Visitor) -> None:
    page = visitor.open(viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator(".rail-open").tap()
    pad = page.locator("#pad-rail canvas.pad")
    pad.tap(position={"x": 70, "y": 70})
    expect(page.locator("#pad-rail .pad-caption")).to_have_text("your drawing")
