"""A whole file on the page: chosen, answered by the network as it is, shown as a report, taken along as CSV."""

from pathlib import Path
from typing import Any

import pytest

from .actions import prolong, show_tab, train

pytestmark = pytest.mark.browser

CARD = "#whole_file-draw"
FLOWERS = [
    "sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),class,remark",
    "5.1,3.5,1.4,0.2,setosa,=1+1",
    "6.2,2.9,4.3,1.3,versicolor,",
    "7.7,3.8,6.7,2.2,virginica,",
]


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    path = tmp_path / "new flowers.csv"
    path.write_text("\n".join(FLOWERS))
    return path


def choose_iris(page: Any) -> None:
    page.select_option("select.data-set", "iris")
    page.get_by_role("button", name="Use a network that suits this data").first.click()
    page.wait_for_function("playground.isChecked() && !playground.state.check.faults.length")


def test_a_file_is_answered_while_it_trains_and_the_answers_are_taken_along(
    page: Any, flowers: Path, tmp_path: Path
) -> None:
    choose_iris(page)
    prolong(page)
    train(page)
    show_tab(page, "Try it")
    page.set_input_files(f"{CARD} input[type=file]", str(flowers))
    said = page.locator(f"{CARD} .whole-file-said")
    said.wait_for(state="visible")
    words = said.text_content()
    assert words.startswith("new flowers.csv: 3 answers, with the network as it was at step ")
    assert page.locator(f"{CARD} .report-figure").first.is_visible()
    assert page.locator(f"{CARD} .report-matrix td").count() == 3 * 4
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the answers (CSV)").click()
    assert download.value.suggested_filename == "new flowers-answers.csv"
    download.value.save_as(tmp_path / "answers.csv")
    lines = (tmp_path / "answers.csv").read_text("utf-8").splitlines()
    assert lines[0] == f"{FLOWERS[0]},answer,p(setosa),p(versicolor),p(virginica)"
    assert lines[1].startswith(f"{FLOWERS[1]},") and len(lines) == 4


def test_what_is_wrong_with_a_file_is_said_in_both_languages(
    page: Any, visitor: Any, tmp_path: Path
) -> None:
    visitor.allowed.append("422")
    choose_iris(page)
    show_tab(page, "Try it")
    path = tmp_path / "short.csv"
    path.write_text("sepal length (cm),petal length (cm)\n5.1,1.4\n")
    page.set_input_files(f"{CARD} input[type=file]", str(path))
    trouble = page.locator(f"{CARD} .upload-trouble")
    trouble.wait_for(state="visible")
    assert "the file has no column “sepal width (cm)”" in trouble.text_content()
    page.evaluate("playground.setLanguage('zh')")
    page.wait_for_function(
        f"document.querySelector('{CARD} .upload-trouble').textContent.includes('文件中没有')"
    )
