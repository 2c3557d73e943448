"""Links, what a tab begins with, and files that go along."""

from pathlib import Path

from playwright.sync_api import expect

from .conftest import Visitor, ready

QUICK = "?preset=points-xor"
HERE_ONLY = "This address only works on this computer"
ANYWHERE = "Opens this experiment on any computer"


def test_a_shared_link_keeps_the_tab(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator(".share-box input").first).to_have_value(visitor.home + QUICK + "#train")


def test_an_address_of_this_computer_is_not_called_one_for_others(visitor: Visitor) -> None:
    page = visitor.open(QUICK)
    page.get_by_role("button", name="Copy a link").click()
    expect(page.get_by_label(HERE_ONLY)).to_have_value(visitor.home + QUICK)
    expect(page.locator(".share-box")).to_contain_text("--host 0.0.0.0")
    expect(page.get_by_label(ANYWHERE)).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="One step").click()
    page.wait_for_function("playground.state.run?.step === 1")
    page.get_by_role("button", name="Copy a link").click()
    expect(page.get_by_label("in another window on this computer")).to_be_visible()


def test_a_new_tab_begins_with_its_address_and_offers_the_last_experiment(visitor: Visitor) -> None:
    context = visitor.context()
    page = visitor.open(QUICK, context=context)
    page.locator(".pg-layer_list .row[data-key]").first.get_by_label("units").fill("13")
    ready(page)
    built = page.evaluate("playground.canonical(playground.state.experiment)")
    other = visitor.open(context=context)
    assert other.evaluate("playground.state.experiment.layers[0].layer") == "conv2d"
    other.get_by_role("button", name="Open it").click()
    assert other.evaluate("playground.canonical(playground.state.experiment)") == built
    page.reload()
    ready(page)
    assert page.evaluate("playground.canonical(playground.state.experiment)") == built
    named = visitor.open("?preset=digits-softmax", context=context)
    expect(named.get_by_role("button", name="Open it")).to_have_count(0)


def test_the_script_of_an_own_table_names_the_file_and_offers_it(
    visitor: Visitor, tmp_path: Path
) -> None:
    path = tmp_path / "my houses.csv"
    path.write_text("size,price\n" + "".join(f"{i % 30},{i % 30 * 100 + i}\n" for i in range(120)))
    page = visitor.open()
    page.select_option("select.data-set", "own_table")
    page.set_input_files(".pg-data_card input[type=file]", str(path))
    page.wait_for_function("playground.state.check?.data?.own_file")
    page.evaluate(
        "playground.edit('test', (e) => { e.layers = [{ layer: 'linear', units: 4 }]; e.name = 'My houses'; })"
    )
    ready(page)
    page.evaluate("playground.tab('code')")
    line = page.locator(".pg-code_view .beside")
    expect(line).to_contain_text("Put this file next to the script")
    name = page.evaluate("playground.state.check.data.own_file")
    expect(page.locator(".pg-code_view pre")).to_contain_text(name)
    with page.expect_download() as beside:
        line.get_by_role("link", name=name).click()
    assert Path(beside.value.path()).read_bytes() == path.read_bytes()
    with page.expect_download() as script:
        page.get_by_role("button", name="Download .py").click()
    assert script.value.suggested_filename == "my-houses.py"


def test_who_watches_may_download_the_network_once_its_owner_lets_them(visitor: Visitor) -> None:
    page = visitor.open(QUICK + "#train")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function("playground.state.run?.state === 'done'")
    watcher = visitor.open("?" + page.url.partition("?")[2], context=visitor.context())
    watcher.evaluate("playground.tab('code')")
    download = watcher.get_by_role("button", name="Download .safetensors")
    expect(download).to_be_disabled()
    expect(watcher.locator(".pg-weights")).to_contain_text("You are watching")
    page.get_by_role("button", name="Copy a link").click()
    page.get_by_label("Watchers may download the network").check()
    page.wait_for_function("playground.state.run.shares_files")
    watcher.reload()
    ready(watcher)
    expect(download).to_be_enabled()
    with watcher.expect_download() as file:
        download.click()
    assert file.value.suggested_filename.endswith(".safetensors")


def test_a_link_may_name_the_language_which_a_click_then_changes_for_good(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-xor&lang=zh#train")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert page.url.endswith("?preset=points-xor#train")
    page.locator(".pg-bar .language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    ready(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
