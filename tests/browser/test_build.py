"""What a person does in the bar, in Build, Train and Code, and what the person sees."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from .conftest import Visitor, ready

QUICK = "?preset=points-xor"
LONG = "playground.edit('edit.training', (experiment) => { experiment.training.epochs = 10000; })"


def layers(page: Page) -> list[str]:
    return page.evaluate("playground.state.experiment.layers.map((layer) => layer.layer)")


def rows(page: Page, layer: str = ""):
    return page.locator(f".row[data-layer={layer}]" if layer else ".row[data-layer]")


def add_layer(page: Page, words: str, button: str = "Add layer") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("combobox", name="Search layers").fill(words)
    page.keyboard.press("Enter")


def steps(page: Page) -> int:
    return page.evaluate("playground.state.run?.step ?? 0")


def wait_for_steps(page: Page, n: int) -> None:
    page.wait_for_function("(n) => (playground.state.run?.step ?? 0) >= n", arg=n)


def state(page: Page) -> str | None:
    return page.evaluate("playground.state.run?.state ?? null")


def big_button(page: Page):
    return page.locator("button.train")


# Opening


HELD_ANSWERS = """
  const gates = { check: Promise.withResolvers(), preview: Promise.withResolvers() };
  const fetched = window.fetch;
  window.fetch = async (address, ...options) => {
    const answer = await fetched(address, ...options);
    const gate = gates[new URL(address, location.href).pathname.split("/").at(-1)];
    if (gate) await gate.promise;
    return answer;
  };
  window.letThrough = (name) => gates[name].resolve();
"""


@pytest.mark.parametrize("preset", ["digits-basic-cnn", "points-xor"])
def test_nothing_jumps_when_the_answers_about_the_data_come(visitor: Visitor, preset: str) -> None:
    page = visitor.context().new_page()
    page.add_init_script(HELD_ANSWERS)
    page.goto(f"{visitor.home}?preset={preset}")
    expect(page.locator("body.pg-open")).to_be_attached()
    layer_list = page.locator(".pg-layer_list")
    tops = [top_of(layer_list)]
    for name in ("check", "preview"):
        assert page.evaluate(f"playground.state.{name}") is None
        page.evaluate("(name) => letThrough(name)", name)
        page.wait_for_function(f"playground.state.{name} !== null")
        tops.append(top_of(layer_list))
    assert tops == [pytest.approx(tops[0], abs=1)] * 3


def top_of(part: Locator) -> float:
    """In pixels from the window's top."""
    box = part.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.quick
def test_a_stranger_finds_an_experiment_that_is_ready_to_train(page: Page) -> None:
    expect(page).to_have_title("Neural network playground")
    expect(big_button(page)).to_have_text("Train")
    expect(rows(page, "conv2d").first).to_contain_text("32 × 28 × 28")
    expect(page.locator(".totals")).to_contain_text("CNN in PyTorch")
    expect(page.locator(".thumbs figure")).to_have_count(10)
    expect(page.locator(".fault-line")).to_have_count(0)


@pytest.mark.quick
def test_the_first_language_is_the_browsers_and_it_can_be_switched(visitor: Visitor) -> None:
    page = visitor.open(locale="zh-CN")
    expect(big_button(page)).to_have_text("训练")
    expect(page.get_by_role("tab", name="搭建")).to_be_visible()
    page.locator("button.language").click()
    expect(big_button(page)).to_have_text("Train")
    page.reload()
    ready(page)
    expect(big_button(page)).to_have_text("Train")


def test_no_english_is_left_in_the_chinese_build_and_train_tabs(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-spiral", locale="zh-CN")
    for words in (
        "Layers",
        "Add layer",
        "what the network learns from",
        "learning rate",
        "units",
        "noise",
    ):
        expect(
            page.locator("#panel-build, #panel-train").get_by_text(words, exact=True)
        ).to_have_count(0)


@pytest.mark.quick
def test_tabs_follow_the_arrow_keys_and_the_address(visitor: Visitor) -> None:
    page = visitor.open("#train")
    expect(page.get_by_role("tab", name="Train")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Train").focus()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Code")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Code")).to_be_visible()
    expect(page).to_have_url(re.compile("#code$"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Build")).to_be_visible()


@pytest.mark.quick
def test_on_a_phone_train_is_at_the_bottom_edge_and_nothing_is_wider_than_the_screen(
    visitor: Visitor,
) -> None:
    page = visitor.open(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    box = big_button(page).bounding_box()
    assert box is not None and box["y"] > 844 - 80 and box["width"] > 200
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_page_works_without_storage(visitor: Visitor) -> None:
    context = visitor.context()
    context.add_init_script(
        "for (const name of ['getItem', 'setItem']) Storage.prototype[name] = () => { throw new Error('denied'); };"
    )
    page = visitor.open(QUICK, context=context)
    big_button(page).click()
    wait_for_steps(page, 1)


# Layers


@pytest.mark.quick
def test_a_layer_is_added_by_keyboard_and_its_field_is_at_hand(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    before = len(layers(page))
    add_layer(page, "line")
    assert layers(page)[before:] == ["linear"]
    expect(rows(page).last.get_by_label("units")).to_be_focused()
    page.keyboard.type("7")
    expect(rows(page).last.locator(".shape")).to_have_text("7")


@pytest.mark.quick
def test_layers_move_by_keyboard_keep_the_focus_and_come_back_by_undo(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    before = layers(page)
    units = rows(page).first.get_by_label("units")
    units.focus()
    page.keyboard.press("Alt+ArrowDown")
    moved = [before[1], before[0], *before[2:]]
    assert layers(page) == moved
    expect(units.or_(rows(page).nth(1).get_by_label("units"))).to_be_focused()
    expect(page.locator("#pg-announcer")).to_have_text("Linear moved to position 2 of 2")
    page.get_by_role("heading", name="Layers").click()
    page.keyboard.press("Control+z")
    assert layers(page) == before
    page.keyboard.press("Control+Shift+Z")
    assert layers(page) == moved


def test_layers_move_by_dragging(page: Page) -> None:
    before = layers(page)
    handle = rows(page).nth(0).locator(".handle").bounding_box()
    target = rows(page).nth(2).bounding_box()
    assert handle is not None and target is not None
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 8, handle["y"] + 40, steps=4)
    page.mouse.move(handle["x"] + 8, target["y"] + target["height"] - 4, steps=6)
    page.mouse.up()
    assert layers(page)[:3] == [before[1], before[2], before[0]]


@pytest.mark.quick
def test_a_deleted_layer_hands_the_focus_on_and_the_fault_is_mended_with_one_click(
    page: Page,
) -> None:
    rows(page, "flatten").locator(".delete").click()
    expect(rows(page, "linear").locator(".delete")).to_be_focused()
    fault = rows(page, "linear").locator(".fault-line")
    expect(fault).to_contain_text("Linear needs a flat vector, but it gets 128 × 7 × 7")
    expect(page.locator(".fault-line")).to_have_count(1)
    fault.get_by_role("button", name="Insert Flatten").click()
    expect(page.locator(".fault-line")).to_have_count(0)
    assert "flatten" in layers(page)
    expect(page.locator(".totals")).to_contain_text("parameters")


@pytest.mark.quick
def test_typing_is_never_swallowed_and_a_bad_value_stays_with_its_fault(page: Page) -> None:
    units = rows(page, "linear").get_by_label("units")
    units.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("1234", delay=40)
    expect(rows(page, "linear").locator(".shape")).to_have_text("1234")
    expect(units).to_have_value("1234")
    page.keyboard.type("x")
    expect(rows(page, "linear").locator(".fault-line")).to_contain_text("whole number")
    expect(units).to_have_value("1234x")
    expect(units).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Backspace")
    expect(page.locator(".fault-line")).to_have_count(0)
    expect(units).to_be_focused()


# Every check waits in `held` until it is let go.
HOLD_CHECKS = """() => {
  const send = window.fetch;
  window.held = [];
  window.fetch = (url, options) => {
    if (!String(url).endsWith("/check")) return send(url, options);
    return new Promise((resolve, reject) => { window.held.push(() => send(url, options).then(resolve, reject)); });
  };
}"""


def test_what_is_typed_while_the_check_is_on_its_way_stays(page: Page) -> None:
    page.evaluate(HOLD_CHECKS)

    def press(key: str) -> None:
        asked = page.evaluate("held.length")
        page.keyboard.press(key)
        page.wait_for_function("(asked) => held.length > asked", arg=asked)

    def answer() -> None:
        page.evaluate("for (const send of held.splice(0)) send()")
        ready(page)

    share = rows(page, "dropout").first.locator(".field-number input")
    share.click()
    page.keyboard.press("Control+a")
    press("0")
    page.keyboard.press(".")  # still 0: nothing to ask
    answer()
    expect(share).to_have_value("0.")
    press("2")
    press("5")
    page.keyboard.press("0")
    answer()
    expect(share).to_have_value("0.250")
    page.keyboard.press("ArrowLeft")
    press("x")
    answer()
    expect(share).to_have_value("0.25x0")
    expect(rows(page, "dropout").first.locator(".fault-line")).to_be_visible()
    press("Backspace")
    answer()
    expect(share).to_have_value("0.250")
    expect(share).to_be_focused()
    assert share.evaluate("(input) => input.selectionStart") == 4


@pytest.mark.parametrize("value", ["1000000000", "-1", "NaN", "1e999", "", "2.5", "true"])
def test_a_value_that_no_layer_can_have_is_a_fault_of_its_row_only(page: Page, value: str) -> None:
    rows(page, "linear").get_by_label("units").fill(value)
    expect(rows(page, "linear").locator(".fault-line")).to_be_visible()
    expect(page.locator(".fault-line")).to_have_count(1)
    big_button(page).click()
    expect(page.locator("#pg-toasts")).to_contain_text("Fix this first")
    assert state(page) is None


def test_blocks_hold_layers_of_their_own(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    add_layer(page, "residual")
    add_layer(page, "tanh", "Add to the block")
    body = "playground.state.experiment.layers.at(-1).body.map((layer) => layer.layer)"
    assert page.evaluate(body) == ["relu", "tanh"]
    expect(rows(page, "residual").locator(".nested .shape").last).not_to_have_text("?")
    rows(page, "residual").locator(".nested .handle").last.focus()
    page.keyboard.press("Alt+ArrowDown")
    assert layers(page)[-2:] == ["residual", "tanh"]
    page.keyboard.press("Alt+ArrowRight")
    assert page.evaluate(body) == ["relu", "tanh"]


def test_duplicating_copies_the_fields(page: Page) -> None:
    rows(page, "conv2d").first.locator(".duplicate").click()
    assert page.evaluate(
        "playground.state.experiment.layers.slice(0, 2).map((layer) => layer.channels)"
    ) == [32, 32]
    expect(rows(page).nth(1).locator(".shape")).to_have_text("32 × 28 × 28")


def test_rare_fields_wait_behind_a_button(page: Page) -> None:
    row = rows(page, "conv2d").first
    expect(row.get_by_label("stride")).to_be_hidden()
    row.get_by_role("button", name="More settings of Conv2d").click()
    row.get_by_label("stride").fill("2")
    expect(row.locator(".shape")).to_have_text("32 × 14 × 14")


# Data


def test_another_data_set_shows_its_points_and_keeps_the_batch(page: Page) -> None:
    page.get_by_label("batch size").fill("32")
    page.get_by_label("Data set").select_option("moons")
    expect(page.locator("canvas.scatter")).to_be_visible()
    expect(page.get_by_label("batch size")).to_have_value("32")
    expect(page.locator(".pg-data_card .chips")).to_contain_text("points in the plane")


def test_a_batch_larger_than_the_data_is_said_at_the_batch(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.get_by_label("batch size").fill("4000")
    expect(page.locator(".pg-data_card .fault-line")).to_contain_text("training samples")
    expect(page.get_by_label("batch size")).to_have_attribute("aria-invalid", "true")


# Training


@pytest.mark.quick
def test_train_pause_resume_stop_and_train_again(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.evaluate(LONG)
    big_button(page).click()
    expect(big_button(page)).to_have_text("Pause")
    wait_for_steps(page, 5)
    run = page.evaluate("playground.state.run.id")
    assert f"run={run}" in page.url
    big_button(page).click()
    expect(big_button(page)).to_have_text("Resume")
    page.wait_for_function("playground.state.run.state === 'paused'")
    at = steps(page)
    big_button(page).click()
    wait_for_steps(page, at + 5)
    page.get_by_role("button", name="Stop").click()
    expect(big_button(page)).to_have_text("Train again")
    page.wait_for_function("playground.state.run.state === 'stopped'")
    big_button(page).click()
    page.wait_for_function(
        "(run) => playground.state.run?.step > 0 && playground.state.run.id !== run", arg=run
    )


def test_twenty_presses_start_one_run(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    started: list[str] = []
    page.on(
        "request",
        lambda request: (
            started.append(request.url) if request.url.endswith("playground/runs") else None
        ),
    )
    page.evaluate(LONG)
    big_button(page).click(click_count=20, delay=15)
    page.evaluate("for (let i = 0; i < 20; i += 1) playground.train()")
    wait_for_steps(page, 1)
    assert len(started) == 1
    assert state(page) == "running"


def test_a_run_that_starts_before_the_check_has_its_own_data_and_keeps_it(visitor: Visitor) -> None:
    page = visitor.open()
    held: list[Route] = []
    page.route("**/playground/check", lambda route: held.append(route))
    page.evaluate(
        "() => playground.load("
        "playground.state.boot.presets.find(({ id }) => id === 'points-spiral').experiment, 'edit.preset',"
        " { preset: 'points-spiral' })"
    )
    page.evaluate(LONG)
    big_button(page).click()
    wait_for_steps(page, 1)
    assert not page.evaluate("playground.isChecked()")
    held[-1].continue_()
    page.unroute("**/playground/check")
    for _ in range(2):
        ready(page)
        page.wait_for_function("playground.state.run?.step > 0")
        assert page.evaluate("[playground.kind(), playground.state.run.data.kind]") == [
            "points",
            "points",
        ]
        expect(page.locator("#pad-rail .pg-digit_pad")).to_be_hidden()
        expect(page.locator("#boundary-rail canvas.plane")).to_be_visible()
        page.reload()


def test_one_step_from_nothing_makes_one_step_and_rests(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.get_by_role("button", name="One step").click()
    page.wait_for_function(
        "playground.state.run?.step === 1 && playground.state.run.state === 'paused'"
    )
    page.get_by_role("button", name="One step").click()
    page.wait_for_function("playground.state.run.step === 2")
    expect(big_button(page)).to_have_text("Resume")


def test_reset_goes_back_to_an_untrained_network(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    reset = page.get_by_role("button", name="Reset: back to an untrained network")
    page.evaluate(LONG)
    big_button(page).click()
    wait_for_steps(page, 3)
    run = page.evaluate("playground.state.run.id")
    reset.click()
    expect(big_button(page)).to_have_text("Train")
    expect(page.locator(".numbers .step b")).to_contain_text("0/")
    expect(page).not_to_have_url(re.compile(run))
    assert page.evaluate("playground.history.steps.step.length") == 0
    big_button(page).click()
    page.wait_for_function(
        "(run) => playground.state.run?.step > 0 && playground.state.run.id !== run", arg=run
    )


@pytest.mark.quick
def test_a_reload_attaches_again_with_all_the_curves_and_the_controls(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.evaluate(LONG)
    big_button(page).click()
    wait_for_steps(page, 20)
    run, at = page.evaluate("playground.state.run.id"), steps(page)
    page.reload()
    ready(page)
    wait_for_steps(page, at)
    assert page.evaluate("playground.state.run.id") == run
    assert page.evaluate("playground.history.steps.step[0]") < 10
    expect(big_button(page)).to_have_text("Pause")
    big_button(page).click()
    page.wait_for_function("playground.state.run.state === 'paused'")


def test_another_browser_may_watch_but_not_steer(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.evaluate(LONG)
    big_button(page).click()
    wait_for_steps(page, 3)
    other = visitor.open("?run=" + page.evaluate("playground.state.run.id"))
    wait_for_steps(other, 5)
    expect(other.get_by_text("watching")).to_be_visible()
    expect(other.get_by_role("button", name="Stop")).to_be_disabled()
    expect(big_button(other)).to_have_text("Train")
    assert layers(other) == layers(page)


def test_an_edit_while_training_offers_to_train_again(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.evaluate(LONG)
    big_button(page).click()
    wait_for_steps(page, 3)
    run = page.evaluate("playground.state.run.id")
    expect(page.locator("button.edited")).to_be_hidden()
    rows(page, "linear").get_by_label("units").fill("9")
    page.locator("button.edited").click()
    page.wait_for_function(
        "(run) => playground.state.run?.step > 0 && playground.state.run.id !== run", arg=run
    )
    expect(page.locator("button.edited")).to_be_hidden()


def test_a_paused_run_that_is_edited_goes_on_and_training_again_stands_beside_it(
    visitor: Visitor,
) -> None:
    page = visitor.open(QUICK)
    page.evaluate(LONG)
    big_button(page).click()
    wait_for_steps(page, 3)
    big_button(page).click()
    expect(big_button(page)).to_have_text("Resume")
    run, at = page.evaluate("[playground.state.run.id, playground.state.run.step]")
    rows(page, "linear").get_by_label("units").fill("9")
    expect(page.locator("button.edited")).to_contain_text("Train again")
    expect(big_button(page)).to_have_text("Resume")
    big_button(page).click()
    wait_for_steps(page, at + 3)
    assert page.evaluate("playground.state.run.id") == run


@pytest.mark.quick
def test_the_learning_rate_applies_to_the_live_run_at_once(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    page.get_by_label("epochs", exact=True).fill("10000")
    ready(page)
    big_button(page).click()
    wait_for_steps(page, 3)
    rate = page.locator("#panel-train").get_by_label("learning rate", exact=True)
    rate.fill("0.002")
    rate.press("Tab")
    expect(page.locator("#pg-toasts")).to_contain_text("From now on: learning rate 2e-3")
    page.wait_for_function(
        "playground.history.events.some((event) => event.kind === 'lr' && event.value === 0.002)"
    )
    expect(page.locator("button.edited")).to_be_hidden()


def test_where_the_stream_is_held_back_the_page_polls(visitor: Visitor) -> None:
    visitor.allowed.append("Failed to load resource")
    context = visitor.context()
    tried: list[str] = []
    context.route(
        "**/playground/stream*", lambda route: (tried.append(route.request.url), route.abort())
    )
    page = visitor.open(QUICK, context=context)
    page.evaluate(LONG)
    with page.expect_request("**/playground/poll*"):
        big_button(page).click()
    wait_for_steps(page, 3)
    before = len(tried)
    big_button(page).click()
    page.wait_for_function("playground.state.run.state === 'paused'")
    for _ in range(3):
        at = steps(page)
        page.get_by_role("button", name="One step").click()
        wait_for_steps(page, at + 1)
    assert len(tried) == before


def test_a_network_that_diverges_says_where(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.evaluate(
        "playground.edit('edit.training', (experiment) => {"
        " experiment.training.optimizer = {optimizer: 'sgd', lr: 1000};"
        " experiment.layers = [{layer: 'linear', units: 64}, {layer: 'linear', units: 64}]; })"
    )
    ready(page)
    big_button(page).click()
    expect(page.get_by_role("alert").filter(has_text="step")).to_contain_text(
        "lower the learning rate"
    )
    expect(big_button(page)).to_have_text("Train again")


# Presets, links, files


def test_a_preset_is_found_by_search_and_undone(page: Page) -> None:
    before = layers(page)
    page.get_by_role("button", name="Preset").click()
    page.get_by_role("combobox", name="Search presets").fill("spiral")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('preset=points-spiral')")
    expect(page.locator("canvas.scatter")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    assert layers(page) == before
    expect(page).not_to_have_url(re.compile("preset=points-spiral"))


def test_a_shared_link_opens_the_same_experiment_anywhere(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    rows(page, "linear").first.get_by_label("units").fill("11")
    page.wait_for_function("!location.search.includes('preset')")
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator("#pg-toasts")).to_contain_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(visitor.home + "?x=") and len(link) < 500
    other = visitor.open(link.removeprefix(visitor.home))
    assert other.evaluate("playground.canonical(playground.state.experiment)") == page.evaluate(
        "playground.canonical(playground.state.experiment)"
    )


def test_a_preset_has_a_short_link(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    page.get_by_role("button", name="Copy a link").click()
    expect(page.get_by_label("This address only works on this computer")).to_have_value(
        visitor.home + "?preset=digits-softmax"
    )


def test_share_waits_for_a_server_that_fails_for_a_while(visitor: Visitor) -> None:
    visitor.allowed.append("Failed to load resource")
    page = visitor.open(QUICK)
    failures: list[Route] = []

    def fail_twice(route: Route) -> None:
        failures.append(route)
        route.fulfill(status=502, body="bad gateway") if len(failures) <= 2 else route.continue_()

    page.route("**/playground/check", fail_twice)
    rows(page, "linear").first.get_by_label("units").fill("11")
    expect(page.locator(".notice")).to_contain_text("(502)")
    expect(page.locator(".notice")).to_contain_text("trying again")
    page.get_by_role("button", name="Copy a link").click()
    expect(page.get_by_label("This address only works on this computer")).to_be_visible()
    expect(page.locator(".notice")).to_be_hidden()
    assert len(failures) == 3


def test_share_says_so_where_the_server_will_not_look_at_the_experiment(visitor: Visitor) -> None:
    visitor.allowed.append("Failed to load resource")
    page = visitor.open(QUICK)
    page.route(
        "**/playground/check",
        lambda route: route.fulfill(status=413, json={"error": {"message": "too large"}}),
    )
    rows(page, "linear").first.get_by_label("units").fill("11")
    expect(page.locator(".notice")).to_contain_text("too large")
    page.get_by_role("button", name="Dismiss").click()
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator(".notice")).to_contain_text("too large")
    assert (
        page.evaluate("playground.checked().then(() => 'checked', (error) => error.status)") == 413
    )
    page.unroute("**/playground/check")
    page.get_by_role("button", name="Copy a link").click()
    expect(page.get_by_label("This address only works on this computer")).to_be_visible()


def test_the_share_panel_works_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    share = page.locator("button.share")
    for _ in range(2):
        share.focus()
        page.keyboard.press("Enter")
        panel = page.get_by_role("dialog", name="Share this experiment")
        expect(panel.get_by_label("This address only works on this computer")).to_be_focused()
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)
        expect(share).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    page.get_by_role("tab", name="Build").focus()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(share).to_be_focused()
    page.locator("button.language").click()
    share.press("Enter")
    expect(page.get_by_role("dialog", name="分享此实验")).to_be_visible()


@pytest.mark.parametrize("address", ["?x=broken", "?preset=no-such", "?run=gone"])
def test_a_bad_link_opens_the_default_with_a_notice(visitor: Visitor, address: str) -> None:
    page = visitor.open(address)
    expect(page.locator(".notice")).to_be_visible()
    assert layers(page)[0] == "conv2d"
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".notice")).to_be_hidden()


def test_what_was_built_survives_a_reload_and_another_link(visitor: Visitor) -> None:
    page = visitor.open()
    rows(page, "dropout").locator(".delete").click()
    built = layers(page)
    page.reload()
    ready(page)
    assert layers(page) == built
    page.goto(visitor.home + QUICK)
    ready(page)
    assert layers(page) != built
    page.get_by_role("button", name="Undo").click()
    assert layers(page) == built


def test_a_layer_of_another_version_is_a_row_with_its_fault_and_the_rest_is_kept(
    visitor: Visitor,
) -> None:
    page = visitor.open()
    before = layers(page)
    page.evaluate(
        "const draft = structuredClone(playground.state.experiment);"
        "draft.layers.splice(1, 0, { layer: 'hyperconv', width: 3, body: [{ layer: 'relu' }] });"
        "for (const storage of [sessionStorage, localStorage])"
        "  storage.setItem('playground.draft', JSON.stringify(draft))"
    )
    page.reload()
    ready(page)
    assert layers(page) == [before[0], "hyperconv", *before[1:]]
    row = rows(page, "hyperconv")
    expect(row.locator(".name")).to_have_text("hyperconv")
    expect(row.locator(".fault-line")).to_contain_text("hyperconv")
    expect(page.locator(".row .fault-line")).to_have_count(1)
    for name in ("Train", "Look inside", "Draw", "Code", "Build"):
        page.get_by_role("tab", name=name).click()
    page.locator("button.language").click()
    expect(row.locator(".fault-line")).to_contain_text("没有名为“hyperconv”")
    page.locator("button.language").click()
    row.get_by_role("button", name="Delete hyperconv").click()
    expect(page.locator(".fault-line")).to_have_count(0)
    assert layers(page) == before
    expect(rows(page, "linear").locator(".shape")).to_have_text("256")


@pytest.mark.quick
def test_the_code_is_in_step_and_can_be_taken_along(page: Page, tmp_path: Path) -> None:
    rows(page, "linear").get_by_label("units").fill("333")
    page.get_by_role("tab", name="Code").click()
    expect(page.locator(".pg-code_view pre")).to_contain_text("333")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download .py").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".py"
    compile(path.read_text("utf-8"), path.name, "exec")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("#pg-toasts")).to_contain_text("Code copied")
    assert page.evaluate("navigator.clipboard.readText()") == path.read_text("utf-8")


def test_an_experiment_goes_out_and_in_as_a_file(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open(QUICK + "#code")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download .json").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert json.loads(path.read_text("utf-8"))["data"]["dataset"] == "xor"
    other = visitor.open("#code")
    other.locator("input[type=file][accept*=json]").set_input_files(path)
    expect(other.locator("#pg-toasts")).to_contain_text("Opened")
    assert layers(other) == layers(page)


@pytest.mark.parametrize(
    "content", ["[1, 2", "[]", '{"data": 3}', "[" * 5000, '{"layers": [{"layer": "magic"}]}']
)
def test_a_file_that_is_no_experiment_changes_nothing(
    visitor: Visitor, tmp_path: Path, content: str
) -> None:
    page = visitor.open("#code")
    before = layers(page)
    path = tmp_path / "strange.json"
    path.write_text(content, "utf-8")
    page.locator("input[type=file][accept*=json]").set_input_files(path)
    expect(page.locator(".notice")).to_contain_text("strange.json")
    assert layers(page) == before


@pytest.mark.quick
def test_names_are_shown_as_text_never_as_markup(visitor: Visitor) -> None:
    page = visitor.open("#code")
    page.get_by_role("textbox", name="Name", exact=True).fill("<img src=x onerror=alert(1)>")
    ready(page)
    expect(page.locator("button.preset")).to_have_text("<img src=x onerror=alert(1)>")
    assert page.locator("img[src=x]").count() == 0
