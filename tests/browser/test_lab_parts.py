"""The parts of the labs moved by hand: a handle, the steps of a graph, the window of a picture."""

from playwright.sync_api import Page, expect

from .conftest import Visitor


def expect_in_link(page: Page, name: str, value: str) -> None:
    """Waits until the address says so: it is written a moment after the change."""
    page.wait_for_function(
        "([name, value]) => new URL(location.href).searchParams.get(name) === value",
        arg=[name, value],
    )


def opened(visitor: Visitor, address: str) -> Page:
    """A lab with its first answer drawn."""
    page = visitor.open(address)
    expect(page.locator(".lab-parts .part").first).to_be_visible()
    return page


def test_a_handle_that_is_dragged_moves_its_field_and_all_that_hangs_on_it(
    visitor: Visitor,
) -> None:
    page = opened(visitor, "?lab=derivatives")
    handle = page.get_by_role("slider", name="x: move with the arrow keys")
    expect(handle).to_have_attribute("aria-valuetext", "x 2, y 8")
    handle.hover()  # which waits until it is still: the figure grows with its answer
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y, steps=6)
    page.mouse.up()
    at = float(handle.get_attribute("aria-valuenow") or "nan")
    assert -1 < at < 2
    slope = page.locator(".lab-part-table tr", has_text="f′").first
    expect(slope).to_contain_text(f"{3 * at**2:.6g}")
    expect_in_link(page, "at", f"{at:g}")


def test_a_handle_is_moved_by_the_arrow_keys_alone(visitor: Visitor) -> None:
    page = opened(visitor, "?lab=derivatives")
    handle = page.get_by_role("slider", name="x: move with the arrow keys")
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", "2.1")
    page.keyboard.press("Shift+ArrowLeft")
    expect(handle).to_have_attribute("aria-valuenow", "1.1")
    expect(page.locator(".lab-part-table")).to_contain_text("3.63")  # 3 · 1.1²
    expect(handle).to_be_focused()


def test_a_graph_is_stepped_forward_and_back_by_its_buttons(visitor: Visitor) -> None:
    page = opened(visitor, "?lab=graph")
    graph = page.locator(".part-graph")
    expect(graph).to_have_attribute(
        "aria-label",
        "A graph of 5 nodes. w = 3, ∂ 2; x = 2, ∂ 3; × = 6, ∂ 1; b = 1, ∂ 1; + = 7, ∂ 1",
    )
    page.get_by_role("button", name="To the start", exact=True).click()
    expect(page.locator(".part-step-line")).to_contain_text("only the inputs have values")
    expect(graph.locator(".node .value:not(:empty)")).to_have_count(3)
    expect(graph.locator(".node .grad:not(:empty)")).to_have_count(0)
    page.get_by_role("button", name="Step forward").click()
    expect(page.locator(".part-step-line")).to_have_text("step 1 of 4, forward: × = 6")
    expect(page.locator(".part-graph .node[data-now] .label")).to_have_text(["×"])
    expect_in_link(page, "step", "1")
    page.get_by_role("button", name="Step back").click()
    expect(page.locator(".part-step-line")).to_contain_text("step 0 of 4")


def test_a_graph_plays_to_its_end(visitor: Visitor) -> None:
    page = opened(visitor, "?lab=graph&step=3")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(".part-step-line")).to_contain_text("step 4 of 4, backward: ∂w = 2, ∂x = 3")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Step forward")).to_be_disabled()


def test_the_window_of_a_picture_goes_where_one_clicks_and_follows_the_arrow_keys(
    visitor: Visitor,
) -> None:
    page = opened(visitor, "?lab=convolution")
    picture = page.get_by_role("application").last
    box = picture.bounding_box()
    assert box is not None
    pixel = box["width"] / 26
    picture.click(position={"x": 13.5 * pixel, "y": 13.5 * pixel})
    expect(picture).to_have_attribute(
        "aria-label",
        "Picture of 26 × 26 pixels. Window at row 13, "
        "column 13: move it with the arrow keys or by a click",
    )
    picture.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".lab-part-picture").last).to_contain_text("row 12, column 14")
    expect_in_link(page, "row", "12")
    expect_in_link(page, "column", "14")


def test_the_parts_are_drawn_in_the_dark_and_in_chinese_without_being_made_again(
    visitor: Visitor,
) -> None:
    page = opened(visitor, "?lab=graph")
    page.evaluate("document.querySelector('.part-graph').dataset.same = 'yes'")
    page.locator("button.language").click()
    expect(page.get_by_role("button", name="下一步")).to_be_visible()
    expect(page.locator(".part-graph[data-same]")).to_be_visible()


def test_a_handle_of_a_whole_number_moves_by_whole_numbers(visitor: Visitor) -> None:
    page = opened(visitor, "?lab=schedules&warmup_steps=20")
    handle = page.locator(".part-handle").first
    expect(handle).to_have_attribute("aria-valuenow", "20")
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", "21")
    expect_in_link(page, "warmup_steps", "21")


def test_a_surface_has_no_handles_and_its_map_has(visitor: Visitor) -> None:
    page = opened(visitor, "?lab=optimizers")
    handles = page.locator(".part-handle:visible")
    expect(handles).to_have_count(1)
    page.locator("select").last.select_option(label="3-D")
    expect(page.locator(".part .gl-container canvas").first).to_be_visible()
    expect(handles).to_have_count(0)
