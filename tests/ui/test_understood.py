"""What the page is told of a person's own file: sentences in both languages, and what each click changes."""

from typing import Any

import pytest

from playground.catalogues.datasets import DATASETS, uploads
from playground.faults import ExperimentError
from playground.reading.data.choices import Choices, ColumnUse
from playground.reading.data.messages import DOUBTS, REMEDIES
from playground.ui.answers.faults import error_answer
from playground.ui.answers.understood import said_in_both, understood_answer
from playground.ui.words.reading import (
    DOUBTS_ZH,
    REMEDIES_ZH,
    reasons_in_chinese,
    step_in_chinese,
)
from tests.reading.data.cases import AGES, N, months, people, table
from tests.reading.data.test_remedies import FILES

from .test_routes import Page, page  # noqa: F401
from .test_text import CHINESE, places

CODED = people(age=[-999 if i % 8 == 0 else age for i, age in enumerate(AGES)]).encode()
SERIES = table([["month", "a", "b"], *zip(months(60), range(60), range(9, 69), strict=True)])


def own_table(content: bytes = CODED, **settings: object) -> dict[str, object]:
    file = uploads.put(content, "own", "people.csv")
    return {"dataset": "own_table", "file": file, "called": "people.csv", **settings}


@pytest.mark.parametrize(
    ("english", "chinese"),
    [(DOUBTS, DOUBTS_ZH), (REMEDIES, REMEDIES_ZH)],
    ids=["doubts", "remedies"],
)
def test_every_doubt_and_remedy_is_told_in_chinese_with_known_values(
    english: dict[str, str], chinese: dict[str, str]
) -> None:
    assert english.keys() == chinese.keys()
    for code, sentence in chinese.items():
        assert CHINESE.search(sentence) or not CHINESE.sub("", sentence), code
        # A sentence may leave out what goes without saying, and never asks for what is not there.
        assert places(sentence).keys() <= places(english[code]).keys(), code


def sayings() -> list[str]:
    """A line for every choice and each of its values."""
    lines = []
    for name, schema in Choices.model_json_schema()["properties"].items():
        options = schema.get("enum") or schema.get("additionalProperties", {}).get("enum") or ["x"]
        is_by_column = schema.get("type") == "object"
        key = f"{name}.age" if is_by_column else name
        options = ["true", "false"] if name == "day_first" else options
        lines += [f"{key}={option}" for option in options if option]
    return lines


@pytest.mark.parametrize("line", [*sayings(), "missing=-999", "measured=9999", "group=*"])
def test_whatever_was_said_is_told_in_both_languages(line: str) -> None:
    told = said_in_both(line)
    assert told["en"] != line and "{" not in told["en"]
    assert CHINESE.search(told["zh"]) and "{" not in told["zh"]


def test_a_use_of_a_column_is_named_in_its_language() -> None:
    assert "flag" in ColumnUse.__args__
    assert said_in_both("columns.a=b.c=number") == {
        "en": "“a=b.c” is used as: number",
        "zh": "“a=b.c”用作：数值",
    }
    assert said_in_both("missing.age=-999")["en"] == "-999 in “age” means “missing”"


def test_steps_and_reasons_are_words_of_ours() -> None:
    assert [step_in_chinese(step) for step in ("month", "15 minutes", "2 years", "moon")] == [
        "个月",
        "15 分钟",
        "2 年",
        "moon",
    ]
    told = reasons_in_chinese("3 in no folder, 1 damaged")
    assert told == "3 张不在文件夹中，1 张已损坏"


def test_a_click_on_a_remedy_changes_the_settings_and_is_told_as_settled(page: Page) -> None:  # noqa: F811
    data = own_table()
    status, facts = page.post("understood", {"data": data})
    assert status == 200 and (facts["kind"], facts["rows"], facts["called"]) == (
        "table",
        N,
        "people.csv",
    )
    asked = {doubt["code"]: doubt for doubt in facts["doubts"]}
    doubt = asked["suspected_missing"]
    assert doubt["message"]["en"].startswith("-999 stands 8 times in age")
    assert "缺失" in doubt["message"]["zh"]
    remedy, other = doubt["remedies"]
    assert remedy["data"] == {"choices": ["missing.age=-999"]}
    assert (remedy["in_force"], other["in_force"]) == (False, True)
    _, settled = page.post("understood", {"data": {**data, **remedy["data"]}})
    assert "suspected_missing" not in [doubt["code"] for doubt in settled["doubts"]]
    (line,) = settled["settled"]
    assert line["message"]["en"] == "-999 in “age” means “missing”"
    assert line["data"] == {"choices": []}
    ages = {column["name"]: column for column in settled["columns"]}["age"]
    assert ages["missing"] == 8


def test_a_target_has_a_field_of_its_own_and_is_asked_first(page: Page) -> None:  # noqa: F811
    _, facts = page.post("understood", {"data": own_table()})
    first = facts["doubts"][0]
    assert first["code"] == "target_by_name"
    assert first["remedies"][0]["data"] == {"target": "left"} and first["remedies"][0]["in_force"]
    _, chosen = page.post("understood", {"data": own_table(target="wage")})
    assert [line["data"] for line in chosen["settled"]] == [{"target": ""}]


def test_another_kind_of_file_is_asked_about_and_is_another_data_set(page: Page) -> None:  # noqa: F811
    content = SERIES.encode()
    status, answer = page.post("upload?kind=own&name=months.csv", content)
    assert status == 200 and answer["facts"]["kind"] == "series"
    assert answer["facts"]["columns"] == ["month", "a", "b"]
    file = answer["id"]
    _, facts = page.post("understood", {"data": {"dataset": "own_table", "file": file}})
    doubt = facts["doubts"][0]
    assert doubt["code"] == "other_kind"
    as_series, as_table = doubt["remedies"]
    assert as_series["data"] == {
        "dataset": "own_series",
        "file": file,
        "choices": ["kind=series"],
    }
    assert as_table["in_force"]
    _, settled = page.post(
        "understood", {"data": {"dataset": "own_table", "file": file, **as_table["data"]}}
    )
    assert "other_kind" not in [doubt["code"] for doubt in settled["doubts"]]
    assert settled["settled"][0]["message"]["en"] == "the file holds a table"


def test_where_a_choice_keeps_the_file_from_being_read_it_can_be_taken_back(page: Page) -> None:  # noqa: F811
    content = people(age=["?" if i == 4 else age for i, age in enumerate(AGES)])
    content = content.replace("?", "x1")
    data = own_table(content.encode(), choices=["odd.age=stop"])
    status, answer = page.post("understood", {"data": data})
    assert status == 422 and answer["error"]["code"] == "data_odd_cell"
    (repair,) = answer["error"]["repairs"]
    assert repair["data"]["choices"] == [] and repair["data"]["file"] == data["file"]
    assert repair["label"]["en"].startswith("Take back: stop at cells of “age”")


def test_a_table_among_pictures_is_refused_with_a_way_to_the_table(page: Page) -> None:  # noqa: F811
    _, answer = page.post("upload?kind=own&name=people.csv", CODED)
    data = {"dataset": "own_images", "file": answer["id"], "called": "people.csv"}
    status, refused = page.post("understood", {"data": data})
    (repair,) = refused["error"]["repairs"]
    assert status == 422 and repair["label"] == {"en": "Read it as a table", "zh": "按表格读取"}
    assert repair["data"] == {**data, "dataset": "own_table"}


def test_a_file_that_is_not_here_and_data_without_a_file_are_told(page: Page) -> None:  # noqa: F811
    gone = {"dataset": "own_table", "file": "0" * 64, "choices": ["columns.a=number"]}
    assert page.refused("understood", {"data": gone}) == (422, "upload_missing")
    assert page.refused("understood", {"data": {"dataset": "digits"}}) == (422, "upload_none")
    assert page.refused("understood", {"data": {"dataset": "own_table"}}) == (422, "upload_none")


KINDS = {
    "series": "own_series",
    "table": "own_table",
    "text": "own_texts",
    "images": "own_images",
}


def as_used(facts: dict[str, Any]) -> list[Any]:
    """All that is learnt from; not why a column is left out, which a choice changes."""
    columns = [{**column, "why": ""} for column in facts["columns"]]
    keys = ("rows", "classes", "values", "time", "proposed", "left_out")
    return [columns, *(facts[key] for key in keys)]


@pytest.mark.parametrize("name", FILES)
def test_the_remedy_in_force_changes_nothing_but_the_doubt(name: str) -> None:
    content = FILES[name]
    file = uploads.put(content if isinstance(content, bytes) else content.encode(), "own", "x")
    kind = str(uploads.facts(uploads.get(file), "own")["kind"])
    data = own_data(kind, file)
    before = understood_answer(data)
    for doubt in before["doubts"]:
        (remedy,) = [remedy for remedy in doubt["remedies"] if remedy["in_force"]]
        after = understood_answer(data.model_copy(update=remedy["data"]))
        assert as_used(after) == as_used(before), doubt["code"]


def own_data(kind: str, file: str) -> Any:
    """The data set for files of this kind."""
    return DATASETS.parse({"dataset": KINDS[kind], "file": file})


def test_the_way_back_of_an_error_is_told_in_both_languages() -> None:
    data = own_data("table", "f" * 64)
    with pytest.raises(ExperimentError) as refused:
        understood_answer(data)
    assert error_answer(refused.value)["error"]["code"] == "upload_missing"
