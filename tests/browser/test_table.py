"""A person's own table: choose the file, pick what to predict, train, change a value, see the answer change."""

from pathlib import Path
from typing import Any

import pytest

from playground.experiment import Experiment

pytestmark = pytest.mark.browser

TOWNS = ("Paris", "Rome", "Oslo")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    lines = ["size,town,<b>sold</b>,price"]
    for i in range(120):
        lines.append(
            f"{40 + i % 30},{TOWNS[i % 3]},{'yes' if i % 2 else 'no'},{(40 + i % 30) * 1000 + i % 3 * 9000}"
        )
    path = tmp_path / "houses.csv"
    path.write_text("\n".join(lines))
    return path


def choose(page: Any, path: Path) -> None:
    page.select_option("select.data-set", "own_table")
    page.get_by_role("button", name="Use a network that suits this data").first.click()
    page.wait_for_selector(".pg-data_card .own-data", state="visible")
    page.set_input_files(".pg-data_card input[type=file]", str(path))
    page.wait_for_function(
        "playground.isChecked() && playground.state.preview?.n_rows === 120 && !playground.state.check.faults.length"
    )


def test_from_a_csv_file_to_an_answer_that_follows_the_form(
    page: Any, visitor: Any, table: Path
) -> None:
    visitor.allowed.append("422")  # a word where a number belongs is refused
    choose(page, table)
    assert page.locator(".table-name").all_text_contents() == [
        "size",
        "town",
        "<b>sold</b>",
        "price",
    ]
    assert page.evaluate("playground.state.experiment.training.loss.loss") == "mse"
    page.evaluate("playground.edit('test', (e) => { e.training.epochs = 15; })")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function("playground.state.run?.state === 'done'")
    page.wait_for_function(
        "playground.state.answer?.sample?.kind === 'validation'"
        " && playground.state.answer.step === playground.state.run.step"
    )
    form = page.locator("#try_row-rail .row-form")
    before = page.locator("#try_row-rail .row-value").text_content()
    assert form.locator("input").input_value()
    form.locator("input").fill("400")
    page.wait_for_function("playground.state.answer?.sample?.kind === 'raw'")
    assert page.locator("#try_row-rail .row-value").text_content() != before
    form.locator("input").fill("large")
    page.wait_for_selector("#try_row-rail .fault:visible")
    assert "needs a number" in str(page.locator("#try_row-rail .fault").text_content())
    page.locator("#try_row-rail").get_by_role("button", name="Restore").click()
    page.wait_for_function("playground.state.answer?.sample?.kind === 'validation'")
    page.wait_for_function(
        f"document.querySelector('#try_row-rail .row-value').textContent === '{before}'"
    )


def test_another_target_and_another_kind_of_column(page: Any, table: Path) -> None:
    choose(page, table)
    page.select_option(".table-line select", "town")
    page.wait_for_function(
        "playground.isChecked() && playground.state.check.data?.n_classes === 3"
        " && !playground.state.check.faults.length"
    )
    assert page.evaluate("playground.state.experiment.training.loss.loss") == "cross_entropy"
    page.get_by_label("Use of “size”").select_option("leave_out")
    page.wait_for_function("playground.isChecked() && playground.state.check.data?.shape[0] === 3")
    page.wait_for_selector("th.out")


def test_a_bad_file_is_told_and_the_one_before_stays_and_a_missing_one_can_come_again(
    page: Any, visitor: Any, table: Path, tmp_path: Path
) -> None:
    visitor.allowed.append("422")
    choose(page, table)
    kept = page.evaluate("playground.state.experiment.data.file")
    (tmp_path / "bad.csv").write_text('{"a": [1, 2, 3]}')
    page.set_input_files(".pg-data_card input[type=file]", str(tmp_path / "bad.csv"))
    page.wait_for_selector(".upload-trouble:visible")
    assert "this is JSON" in str(page.locator(".pg-data_card .upload-trouble").text_content())
    assert page.evaluate("playground.state.experiment.data.file") == kept
    gone = {"data": {"dataset": "own_table", "file": "0" * 64}, "layers": [{"layer": "linear"}]}
    visitor.allowed.append("422")
    page = visitor.open(f"?x={Experiment.from_dict(gone).to_link()}")
    assert "upload it again" in str(page.locator(".pg-data_card .faults").text_content())
    page.set_input_files(".pg-data_card input[type=file]", str(table))
    page.wait_for_function("playground.isChecked() && playground.state.preview?.n_rows === 120")
    assert page.evaluate("playground.state.experiment.layers.length") == 1


def test_a_file_that_cannot_be_used_as_it_is_shows_its_own_columns_to_be_put_right(
    page: Any, table: Path, tmp_path: Path
) -> None:
    choose(page, table)
    other = tmp_path / "other.csv"
    other.write_text(
        "id,label,x\n" + "".join(f"{i + 1},n{i},{i * i % 17 / 2}\n" for i in range(60))
    )
    page.set_input_files(".pg-data_card input[type=file]", str(other))
    page.wait_for_function(
        "playground.isChecked() && playground.state.check.faults.some(({ code }) => code === 'table_no_features')"
    )
    names = page.locator(".table-name")
    page.wait_for_function("document.querySelectorAll('.table-name').length === 3")
    assert names.all_text_contents() == ["id", "label", "x"]
    assert "cannot be used with these settings" in page.locator(".table-line").inner_text()
    assert page.locator(".table-line select").input_value() == "x"
    page.get_by_label("Use of “id”").select_option("number")
    page.wait_for_function(
        "playground.isChecked() && playground.state.preview?.n_rows === 60 && !playground.state.check.faults.length"
    )
    assert page.locator("th.target .table-name").all_text_contents() == ["x"]
    assert "60 of them usable" in page.locator(".table-line").inner_text()
    alone = tmp_path / "alone.csv"
    alone.write_text("id,label\n" + "".join(f"{i + 1},n{i}\n" for i in range(60)))
    page.set_input_files(".pg-data_card input[type=file]", str(alone))
    page.wait_for_function(
        "playground.isChecked() && playground.state.check.faults.some(({ code }) => code === 'table_no_target')"
    )
    page.wait_for_function("document.querySelectorAll('.table-name').length === 2")
    assert page.locator(".table-line select option").all_text_contents() == [
        "choose a column",
        "id",
        "label",
    ]
    page.select_option(".table-line select", "id")
    page.wait_for_function(
        "playground.isChecked() && playground.state.check.faults.some(({ code }) => code === 'table_no_features')"
    )
    page.get_by_label("Use of “label”").select_option("category")
    page.wait_for_function(
        "playground.isChecked() && playground.state.preview?.n_columns === 2 && !playground.state.check.faults.length"
    )


def test_words_as_numbers_and_a_last_column_without_values_are_told(
    page: Any, tmp_path: Path
) -> None:
    path = tmp_path / "gaps.csv"
    path.write_text(
        "town,size,price,note\n"
        + "".join(f"{TOWNS[i % 3]},{i % 7},{i % 50 + 0.5},\n" for i in range(120))
    )
    choose(page, path)
    told = page.locator(".pg-table_data p.table-warning")
    assert (
        "“note” cannot be predicted" in told.inner_text()
        and "“price” is predicted" in told.inner_text()
    )
    page.get_by_label("Use of “town”").select_option("number")
    page.wait_for_selector("th small.table-warning:visible")
    assert "contains no numbers" in page.locator("th small.table-warning").inner_text()
    page.select_option(".table-line select", "price")
    page.wait_for_selector(".pg-table_data p.table-warning", state="hidden")
