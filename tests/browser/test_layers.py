"""The list of layers by keyboard and by finger, and what can be undone."""

from playwright.sync_api import Page, expect

from .conftest import Visitor

QUICK = "?preset=points-xor"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# Everything that can be pressed and is smaller than 40 px; a switch is as large as its label.
SMALL = """() => {
  const pressed = "button, select, textarea, input, a[href], summary, [role=slider]";
  const small = [];
  for (const element of document.querySelectorAll(pressed)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.matches("[type=file], .skip-link")) continue;
    const isSwitch = element.matches("[type=checkbox], [type=radio]");
    const target = isSwitch ? (element.closest("label") ?? element) : element;
    const { width, height } = target.getBoundingClientRect();
    const name = element.getAttribute("aria-label") || element.textContent;
    if (width > 0 && (Math.round(width) < 40 || Math.round(height) < 40))
      small.push(`${element.tagName} ${name}: ${width} x ${height}`);
  }
  return small;
}"""


def layers(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "playground.state.experiment.layers.map((layer) => layer.layer)"
    )
    return found


def focused(page: Page) -> str:
    """The label of what has the focus."""
    found: str = page.evaluate("document.activeElement.getAttribute('aria-label')")
    return found


def test_each_row_is_one_stop_for_the_tab_key_and_the_arrows_go_along_it(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    first = page.locator(".pg-layer_list .row[data-key]").first
    first.locator(".handle").focus()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "units"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "bias"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.row').dataset.layer") == layers(page)[1]
    page.keyboard.press("ArrowUp")
    expect(first.locator(".handle")).to_be_focused()
    page.keyboard.press("Enter")
    assert focused(page) == "units"
    page.keyboard.press("Escape")
    expect(first.locator(".handle")).to_be_focused()
    stops = "document.querySelectorAll('.pg-layer_list .row[data-key] [tabindex=\"0\"]').length"
    assert page.evaluate(stops) == len(layers(page))


def test_arrows_in_a_number_move_the_caret_before_they_leave_it(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    units = page.locator(".pg-layer_list .row[data-key]").first.get_by_label("units")
    units.fill("123")
    page.keyboard.press("ArrowLeft")
    expect(units).to_be_focused()
    assert units.evaluate("(input) => input.selectionStart") == 2
    page.keyboard.press("ArrowRight")
    expect(units).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "bias"


def test_the_list_is_emptied_and_comes_back_with_one_click(page: Page) -> None:
    before = layers(page)
    page.get_by_role("button", name="Remove all layers").click()
    assert layers(page) == []
    expect(page.get_by_text("No layers yet")).to_be_visible()
    expect(page.get_by_role("button", name="Remove all layers")).to_be_hidden()
    page.locator("#pg-toasts").get_by_role("button", name="Undo").click()
    assert layers(page) == before


def test_a_kernel_that_is_too_large_has_a_repair_and_hides_no_other_fault(page: Page) -> None:
    row = page.locator(".pg-layer_list .row[data-layer=conv2d]").first
    about = page.locator(".pg-data_card .about")
    expect(about).to_contain_text("real handwritten digits")
    row.get_by_label("kernel").fill("99")
    page.locator(".pg-layer_list .row[data-layer=dropout]").get_by_label("p", exact=True).fill("2")
    expect(page.locator(".pg-layer_list .totals")).to_have_text("2 problems to fix")
    expect(about).to_be_visible()  # a layer's fault changes nothing in the data
    repair = row.locator(".fault-line button").first
    expect(repair).to_contain_text("31")
    repair.click()
    expect(row.get_by_label("kernel")).to_have_value("31")


def test_the_skip_link_leads_past_the_bar_to_what_the_tab_shows(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel-build') !== null")
    assert page.locator("h1").count() == 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Playground")


def test_on_a_phone_everything_that_is_pressed_is_forty_pixels(visitor: Visitor) -> None:
    page = visitor.open(**PHONE)
    for tab in ("build", "train", "inside", "draw", "code"):
        page.evaluate("(tab) => playground.tab(tab)", tab)
        page.wait_for_function("(tab) => playground.state.tab === tab", arg=tab)
        page.wait_for_function("!document.querySelector('.tabitem [data-pg]:not([data-mounted])')")
        assert page.evaluate(SMALL) == [], tab
        assert page.evaluate("document.documentElement.scrollWidth") == 390
