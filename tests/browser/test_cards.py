"""The cards beside the network: report, embedding, augmentation, pictures of one's own, a data set out of reach."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import Visitor, ready
from .test_live import drag


def train(page: Page, epochs: int = 1) -> None:
    page.evaluate(
        "(n) => playground.edit('test', (experiment) => { experiment.training.epochs = n; })",
        epochs,
    )
    ready(page)
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.state === 'done'")


# Report


def test_the_report_counts_every_validation_sample_after_an_epoch(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-circles#train")
    card = page.locator(".pg-report")
    expect(card).to_contain_text("The scores appear after the first epoch.")
    train(page)
    n = page.evaluate("playground.state.check.data.n_validation")
    expect(card).to_contain_text(f"after epoch 1, over all {n} validation samples")
    expect(card.locator("tbody tr")).to_have_count(2)
    cells = card.locator("td:not(.recall)").all_inner_texts()
    counts = [0 if cell == "·" else int(cell) for cell in cells]
    assert len(counts) == 4 and sum(counts) == n
    mistakes = sum(counts[i] > 0 for i in (1, 2))
    expect(card.locator(".report-mistakes li")).to_have_count(mistakes)
    accuracy = card.locator(".report-figure", has_text="accuracy").first.locator("b").inner_text()
    assert float(accuracy.removesuffix("%")) == pytest.approx(
        100 * (counts[0] + counts[3]) / n, abs=0.1
    )


def test_the_scores_stand_beside_those_of_no_network_and_of_a_linear_model(
    visitor: Visitor,
) -> None:
    page = visitor.open("?preset=table-customers#train")
    page.evaluate("playground.edit('test', (e) => { e.training.optimizer.lr = 1e-12; })")
    train(page, epochs=3)
    without = "always saying “CH”"
    now = page.locator(".pg-now")
    expect(now).to_contain_text(f"Without a network: {without} 61.2 %")
    expect(now.locator(".now-reason")).to_contain_text(f"is no better than {without} (61.2 %)")
    report = page.locator(".pg-report")
    report.scroll_into_view_if_needed()
    expect(report).to_contain_text(f"Without a network: {without}: accuracy 61.2 %")
    report.get_by_role("button", name="Compare with a linear model").click()
    expect(report).to_contain_text(
        "Linear model (scikit-learn): accuracy 86.9 %, fitted to 856 training samples with 13 numbers each."
    )
    expect(report).to_contain_text("is no better than a linear model (86.9 %)")
    page.evaluate("playground.setLanguage('zh')")
    expect(report).to_contain_text("线性模型（scikit-learn）：准确率 86.9 %")
    expect(now).to_contain_text("不用网络：总是回答“CH” 61.2 %")


def test_the_report_of_ten_classes_is_kept_in_step_with_the_epochs(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax#train")
    train(page, epochs=2)
    card = page.locator(".pg-report")
    expect(card).to_contain_text("after epoch 2, over all 1,000 validation samples")
    expect(card.locator("tbody tr")).to_have_count(10)
    counts = [
        int(cell) for cell in card.locator("td:not(.recall)").all_inner_texts() if cell != "·"
    ]
    assert sum(counts) == 1000
    mistakes = card.locator(".report-mistakes li")
    expect(mistakes).to_have_count(6)
    expect(mistakes.first).to_have_text(re.compile(r"^\d+ of \d+ “\d” were classified as “\d”$"))


def test_a_report_that_was_refused_is_asked_for_again(visitor: Visitor) -> None:
    visitor.allowed.append("429")
    refusals: list[str] = []

    def refuse_once(route: Route) -> None:
        is_report = '"report"' in (route.request.post_data or "")
        if is_report and not refusals:
            refusals.append(route.request.url)
            fault = {"code": "too_many", "message": "Busy."}
            route.fulfill(status=429, json={"error": fault})
        else:
            route.continue_()

    page = visitor.open("?preset=points-circles#train")
    page.route("**/ask", refuse_once)
    train(page)
    expect(page.locator(".pg-report tbody tr")).to_have_count(2)
    assert refusals


# Embedding


def test_samples_find_their_places_and_the_one_that_is_looked_at_is_ringed(
    visitor: Visitor,
) -> None:
    page = visitor.open("?preset=digits-triplet#train")
    card = page.locator(".pg-places")
    expect(card).to_contain_text("Press Train to see where the samples go.")
    train(page)
    expect(card).to_contain_text("1,000 of 1,000 samples")
    traces = "document.querySelector('.pg-places .figure-plot').data"
    page.wait_for_function(f"{traces}?.length === 11")  # ten classes and the ring
    assert page.evaluate(f"{traces}.slice(0, 10).map((trace) => trace.name)") == list("0123456789")
    assert page.evaluate(f"{traces}.reduce((sum, trace) => sum + trace.x.length, 0)") == 1001
    ring = f"{traces}[10].x[0]"
    before = page.evaluate(ring)
    page.locator("#pad-rail").get_by_role("button", name="Use a validation image instead").click()
    page.wait_for_function(f"(before) => {ring} !== before", arg=before)


def test_networks_of_classes_have_no_embedding_to_show(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax#train")
    expect(page.locator(".pg-report")).to_be_visible()
    expect(page.locator(".pg-places")).to_be_hidden()


# Augmentation


def test_augmentation_shows_real_samples_as_the_network_may_get_them(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    card = page.locator("details.augment")
    card.locator("summary").click()
    expect(card.locator(".augmented canvas")).to_have_count(0)
    card.get_by_label("shift").fill("3")
    expect(card.locator(".augmented canvas")).to_have_count(4 * 8)
    expect(card.locator(".augmented canvas.original")).to_have_count(4)
    expect(card.locator("summary")).to_contain_text("shift")
    ready(page)
    assert page.evaluate("playground.state.experiment.data.augment.shift") == 3
    row = card.locator(".augmented canvas").evaluate_all(
        "(all) => all.slice(0, 8).map((each) => each.toDataURL())"
    )
    assert len(set(row)) > 4
    train(page)
    assert page.evaluate("playground.history.epochs.val_loss.at(-1)") > 0
    card.get_by_role("button", name="None", exact=True).click()
    expect(card.locator(".augmented")).to_be_hidden()
    assert page.evaluate("playground.state.experiment.data.augment") is None


# Pictures of one's own


def draw(page: Page, *places: tuple[float, float]) -> None:
    drag(page, page.locator("#pad-rail canvas.pad"), *places)


def test_two_classes_drawn_on_the_pad_make_a_data_set_that_trains(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    page.locator("select.data-set").select_option("own_images")
    classes = page.locator(".own-class")
    expect(classes).to_have_count(2)
    ready(page)
    use = page.get_by_role("button", name="Use these pictures")
    expect(use).to_be_disabled()
    expect(page.locator("#pad-rail .pad-hint")).to_have_text("Draw here")
    expect(page.locator("#pad-rail canvas.pad")).to_have_attribute(
        "aria-label", re.compile("draw with mouse")
    )
    why = page.locator(".own-why")
    expect(why).to_have_text("A class still has fewer than 2 pictures.")
    classes.nth(1).get_by_label("Name of the class").fill(" ")
    expect(why).to_have_text("A class has no name: give it one.")
    classes.nth(1).get_by_label("Name of the class").fill("class 1")
    expect(why).to_have_text("Two classes are called “class 1”: rename one.")
    for at, name, ends in (
        (0, "upright", ((0.5, 0.2), (0.5, 0.8))),
        (1, "level", ((0.2, 0.5), (0.8, 0.5))),
    ):
        row = classes.nth(at)
        row.get_by_label("Name of the class").fill(name)
        for shift in (-0.1, 0.0, 0.1):
            draw(page, *((x + shift, y + shift) for x, y in ends))
            row.get_by_role("button", name="Add the drawing").click()
        expect(row.locator(".own-count")).to_have_text("3 pictures")
        expect(row.locator(".own-picture")).to_have_count(3)
    expect(why).to_be_hidden()
    use.click()
    expect(page.locator(".own")).to_contain_text("6 pictures on the server: level, upright")
    expect(page.locator(".thumbs figcaption")).to_have_text(["level", "upright"])
    assert page.evaluate("playground.state.experiment.data.batch_size") == 2
    train(page, epochs=3)
    draw(page, (0.5, 0.2), (0.5, 0.8))
    expect(page.locator("#pad-rail .prob")).to_have_count(2)
    expect(page.locator("#pad-rail .prob.top")).to_have_count(1)


def test_a_name_that_is_being_written_outlives_every_check_and_edit(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    page.locator("select.data-set").select_option("own_images")
    ready(page)
    held: list[Route] = []
    page.route("**/playground/check", lambda route: held.append(route))
    with page.expect_request("**/playground/check"):
        page.evaluate(
            "playground.edit('test', (experiment) => { experiment.training.epochs = 2; })"
        )
    name = page.locator(".own-class input[type=text]").first
    name.press("ControlOrMeta+a")
    page.keyboard.type("lev")
    assert not page.evaluate("playground.isChecked()")
    held[0].continue_()
    page.unroute("**/playground/check")
    ready(page)
    page.keyboard.type("el")
    page.evaluate("playground.edit('test', (experiment) => { experiment.training.epochs = 3; })")
    page.keyboard.type("!")
    ready(page)
    page.keyboard.type("?")
    expect(name).to_be_focused()
    expect(name).to_have_value("level!?")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A ZIP of two folders, dark pictures and bright ones."""
    path, chance = tmp_path / "pictures.zip", np.random.default_rng(0)
    with zipfile.ZipFile(path, "w") as archive:
        for name, low in (("night", 0), ("day", 160)):
            for i in range(8):
                data = io.BytesIO()
                Image.fromarray(chance.integers(low, low + 90, (40, 52), dtype=np.uint8)).save(
                    data, "PNG"
                )
                archive.writestr(f"{name}/{i}.png", data.getvalue())
    return path


def test_a_zip_of_two_folders_becomes_a_data_set_and_trains(
    visitor: Visitor, pictures: Path
) -> None:
    page = visitor.open("?preset=digits-softmax")
    page.locator("select.data-set").select_option("own_images")
    ready(page)
    page.locator(".pg-data_card input[type=file]").set_input_files(pictures)
    expect(page.locator(".own")).to_contain_text("16 pictures on the server: day, night")
    expect(page.locator(".own-why")).to_be_hidden()  # nothing is missing where there is a ZIP
    expect(page.locator(".own-count.too-few")).to_have_count(0)
    page.locator(".pg-data_card").get_by_label("batch size").fill("50")
    expect(page.locator(".pg-data_card .faults")).to_contain_text(
        "a batch size of 50 is more than the 12 training samples"
    )
    expect(page.locator(".thumbs")).to_be_visible()  # they are of these very pictures
    page.get_by_role("button", name="Use a batch size of 8", exact=True).click()
    ready(page)
    assert page.evaluate(
        "[playground.state.experiment.data.batch_size, playground.state.check.faults.length]"
    ) == [
        8,
        0,
    ]
    expect(page.locator(".thumbs figcaption")).to_have_text(["day", "night"])
    train(page, epochs=20)
    assert page.evaluate("playground.history.epochs.val_accuracy.at(-1)") == 1


def test_below_a_good_zip_the_classes_say_what_they_lack_once_they_are_edited(
    visitor: Visitor, pictures: Path
) -> None:
    page = visitor.open("?preset=digits-softmax")
    page.locator("select.data-set").select_option("own_images")
    ready(page)
    why = page.locator(".own-why")
    expect(why).to_have_text("A class still has fewer than 2 pictures.")
    chooser = page.locator(".pg-data_card input[type=file]")
    chooser.set_input_files(pictures)
    expect(why).to_be_hidden()
    page.get_by_role("button", name="Add a class").click()
    expect(why).to_have_text("A class still has fewer than 2 pictures.")
    expect(page.locator(".own-count.too-few")).to_have_count(3)
    chooser.set_input_files(pictures)
    expect(why).to_be_hidden()


def test_the_pad_says_what_to_draw_and_shows_the_button_that_helps(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    hint = page.locator("#pad-rail .pad-hint")
    expect(hint).to_have_text("Draw a digit here")
    page.locator("select.data-set").select_option("own_images")
    ready(page)
    page.locator(".pg-data_card").get_by_label("size", exact=True).select_option("32")
    ready(page)
    expect(hint).to_contain_text("choose a validation image with")
    button = page.locator(
        "#pad-rail .pad-tools button[aria-label='Use a validation image instead'] path"
    )
    expect(hint.locator("path")).to_have_attribute("d", button.get_attribute("d") or "no")


def test_a_preview_of_other_data_is_not_left_beside_those_at_fault(visitor: Visitor) -> None:
    page = visitor.open("?preset=digits-softmax")
    expect(page.locator(".thumbs")).to_be_visible()
    page.evaluate(
        "playground.edit('test', (e) => { e.data = { dataset: 'xor', size: 100, batch_size: 500 }; })"
    )
    ready(page)
    expect(page.locator(".pg-data_card .view")).to_be_hidden()
    page.get_by_role("button", name="Use a batch size of 64", exact=True).click()
    expect(page.locator(".pg-data_card .scatter")).to_be_visible()


def test_a_zip_that_is_of_no_use_is_told_and_the_one_before_stays(
    visitor: Visitor, pictures: Path, tmp_path: Path
) -> None:
    visitor.allowed.append("422")
    page = visitor.open("?preset=digits-softmax")
    page.locator("select.data-set").select_option("own_images")
    ready(page)
    chooser = page.locator(".pg-data_card input[type=file]")
    chooser.set_input_files(pictures)
    expect(page.locator(".own")).to_contain_text("16 pictures on the server")
    kept = page.evaluate("playground.state.experiment.data.file")
    (tmp_path / "bad.zip").write_bytes(pictures.read_bytes()[:300])
    chooser.set_input_files(tmp_path / "bad.zip")
    expect(page.locator(".pg-data_card .upload-trouble")).to_contain_text("bad.zip: ")
    assert page.evaluate("playground.state.experiment.data.file") == kept
    expect(page.locator(".own")).to_contain_text("16 pictures on the server")


# A public data set where no other host can be reached


def test_a_download_that_fails_is_told_and_another_data_set_goes_on(
    chromium: Browser, serve: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    visitor = Visitor(chromium, serve(data_folder=tmp_path / "data"))
    page = visitor.open("?preset=digits-softmax")
    page.locator("select.data-set").select_option("fashion_mnist")
    faults = page.locator(".pg-data_card .faults")
    expect(faults).to_contain_text("Fashion-MNIST")
    download = page.get_by_role("button", name="Download", exact=True)
    download.click()
    expect(faults).to_contain_text("could not be downloaded")
    expect(download).to_be_visible()
    page.locator("button.train").click()
    assert page.evaluate("playground.state.run") is None
    faults.get_by_role("button", name="Use the bundled digits").click()
    expect(faults).to_be_hidden()
    train(page)
    visitor.close()


def test_the_report_stands_beside_that_of_the_run_before(visitor: Visitor) -> None:
    page = visitor.open("?preset=points-xor#train")
    report = page.locator(".pg-report")
    page.locator("button.train").click()
    page.wait_for_function("playground.state.run?.state === 'done'")
    report.scroll_into_view_if_needed()
    expect(report.locator(".report-figure").first).to_contain_text("%")
    page.wait_for_function(
        "document.querySelector('.pg-report header small').textContent.includes(playground.history.epochs.epoch.at(-1))"
    )
    accuracy = report.locator(".report-figure b").first.inner_text()
    expect(report.locator(".was")).to_have_count(0)
    page.evaluate(
        "playground.edit('edit.training', (experiment) => { experiment.training.epochs = 2; })"
    )
    page.locator("button.train").click()
    page.wait_for_function(
        "playground.state.run?.state === 'done' && playground.state.run.n_epochs === 2"
    )
    expect(report.locator(".was").first).to_have_text(f"before: {accuracy}")
    expect(report.locator(".report-compared")).to_contain_text("XOR")
