"""The labs as the page gets them: all as cards, one with its words and controls, and its answer to a change."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from playground.engine.engine import Engine
from playground.labs import COURSE, LABS, Lab, play
from playground.ui.answers import labs as answers
from playground.ui.answers.boot import lab_doors
from playground.ui.answers.labs import about, describe_lab_fields, frame, words_for
from playground.ui.page import FOLDER, styles
from playground.ui.routes import routes
from playground.ui.words import table
from playground.ui.words.labs import GROUPS

CHINESE = re.compile(r"[\u4e00-\u9fff]")
OF_THE_PAGE = {"run", "preset", "lab", "tab", "lang", "__theme"}  # core/link.js


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(engine))) as client:
        yield client


def answered(client: TestClient, lab: Any, state: Any) -> tuple[int, Any]:
    response = client.post("/playground/lab", json={"lab": lab, "state": state})
    return response.status_code, response.json()


def test_the_index_has_every_lab_in_the_order_of_the_course(client: TestClient) -> None:
    index = client.get("/playground/labs").json()
    ids = [card["id"] for card in index["labs"]]
    assert ids == [lab.id for lab in LABS]
    in_course = [lab_id for lab_id in ids if lab_id in COURSE]
    assert in_course == sorted(in_course, key=COURSE.index)
    groups = [group["id"] for group in index["groups"]]
    assert groups == [group for group in GROUPS if group in groups]
    assert {card["group"] for card in index["labs"]} == set(groups)


def test_a_card_has_its_small_picture_and_the_words_in_it(client: TestClient) -> None:
    index = client.get("/playground/labs").json()
    cards = {card["id"]: card for card in index["labs"]}
    assert cards["broadcasting"]["preview"]["part"] == "axes"
    assert cards["broadcasting"]["title"] == {"en": "Broadcasting", "zh": "广播"}
    for card in cards.values():
        assert card["preview"] is not None, card["id"]
        assert card["words"].items() <= words_for(LABS[card["id"]]).items()


@pytest.mark.parametrize("address", ["labs", "labs/graph"])
def test_what_a_browser_has_kept_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(f"/playground/{address}")
    tag = first.headers["etag"]
    again = client.get(f"/playground/{address}", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"/playground/{address}", headers={"if-none-match": '"old"'})
    assert other.status_code == 200 and other.content == first.content


def test_one_lab_comes_with_its_controls_its_words_and_its_neighbours(client: TestClient) -> None:
    told = client.get("/playground/labs/graph").json()
    controls = {field["name"]: field["control"] for field in told["fields"]}
    assert controls == {"expression": "text", "at": "json", "step": "integer", "passes": "integer"}
    assert told["default"]["expression"] == "w*x + b"
    assert told["text"]["title"] == {"en": "A graph of gradients", "zh": "梯度的计算图"}
    passes = next(field for field in told["fields"] if field["name"] == "passes")
    assert (passes["min"], passes["max"]) == (1, 5)
    assert passes["label"] == {"en": "Backward passes", "zh": "反向传播次数"}
    ids = [lab.id for lab in LABS]
    assert told["previous"][0]["id"] == ids[ids.index("graph") - 1]
    assert told["next"][0]["id"] == ids[ids.index("graph") + 1]
    assert {door["id"] for door in told["leads_to"]} <= set(ids)


def test_the_first_lab_has_none_before_it_and_the_last_none_after() -> None:
    labs = list(LABS)
    assert about(labs[0])["previous"] == [] and about(labs[-1])["next"] == []


def test_an_answer_is_what_the_lab_says_to_programs(client: TestClient) -> None:
    state = {"shapes": [[2, 3], [3, 2]]}
    status, answer = answered(client, "broadcasting", state)
    assert status == 200
    assert answer == json.loads(json.dumps(play("broadcasting", state).to_json()))
    assert answer["values"]["clash_axis"] == -1


@pytest.mark.parametrize(
    ("lab", "state", "place", "code"),
    [
        ("nothing", {}, "lab", "unknown_entry"),
        (None, {}, "lab", "wrong_type"),
        (["graph"], {}, "lab", "wrong_type"),
        ("graph", [], "state", "wrong_type"),
        ("graph", None, "state", "wrong_type"),
        ("graph", {"nothing": 1}, "nothing", "unknown_key"),
        ("graph", {"passes": 99}, "passes", "too_large"),
        ("broadcasting", {"shapes": [[3], [-2]]}, "shapes[1][0]", "too_small"),
    ],
)
def test_what_cannot_be_answered_is_said_at_its_field_in_both_languages(
    client: TestClient, lab: Any, state: Any, place: str, code: str
) -> None:
    status, answer = answered(client, lab, state)
    assert status == 422
    assert (answer["error"]["place"], answer["error"]["code"]) == (place, code)
    assert CHINESE.search(answer["error"]["message"]["zh"])


def test_a_lab_that_there_is_not_is_refused_by_name(client: TestClient) -> None:
    response = client.get("/playground/labs/nothing")
    assert response.status_code == 422
    assert "no lab called “nothing”" in response.json()["error"]["message"]["en"]


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.id)
def test_every_field_has_a_control_and_a_name_that_the_address_does_not_use(lab: type[Lab]) -> None:
    fields = describe_lab_fields(lab, words_for(lab))
    assert [field["name"] for field in fields] == list(lab.model_fields)
    controls = {"integer", "number", "choice", "toggle", "text", "json", "entry"}
    assert {field["control"] for field in fields} <= controls
    assert not OF_THE_PAGE & set(lab.model_fields)
    for field in fields:
        assert field["label"]["en"] and field["help"]["en"] and field["help"]["zh"]


def test_a_field_that_chooses_from_a_catalogue_offers_what_is_there() -> None:
    fields = {field["name"]: field for field in about(LABS["losses"])["fields"]}
    choices = {choice["value"]: choice["label"] for choice in fields["loss"]["choices"]}
    assert fields["loss"]["control"] == "choice" and fields["loss"]["catalogue"] == "loss"
    assert choices["cross_entropy"] == {"en": "Cross-entropy", "zh": "交叉熵"}
    assert "options" in fields["loss"]["resets"]
    owners = {name for name, field in fields.items() if field["options_of"] == "loss"}
    assert owners == {"options"}


def test_a_lab_that_fails_has_a_card_without_a_picture(monkeypatch: Any) -> None:
    def broken(_lab: Lab) -> None:
        raise RuntimeError("no kernel for this")

    monkeypatch.setattr(LABS["graph"], "answer", broken)
    answers._index_of.cache_clear()
    cards = {card["id"]: card for card in json.loads(answers.index_text())["labs"]}
    answers._index_of.cache_clear()
    assert cards["graph"]["preview"] is None and cards["broadcasting"]["preview"]


def test_every_word_of_the_frame_is_used_and_there_in_both_languages() -> None:
    scripts = "".join(path.read_text("utf-8") for path in FOLDER.rglob("*.js"))
    for key, text in frame().items():
        without_words = key == "part.place"  # x and y are the same everywhere
        assert CHINESE.search(text["zh"]) or without_words, key
        assert not CHINESE.search(text["en"]), key
        if key.startswith("labs."):
            assert f'"{key}"' in scripts, key
    named = set(re.findall(r'"(labs\.[a-z_.]+)"', scripts))
    files = {name for name in named if name.endswith((".js", ".css"))}
    assert named - files <= frame().keys()


def test_a_page_without_labs_has_neither_their_words_nor_their_styles() -> None:
    assert not [key for key in table()["en"] if key.startswith("labs.")]
    assert not [name for name in styles() if name.startswith("labs")]


def test_words_of_the_page_lead_to_the_labs_about_them() -> None:
    doors = lab_doors()
    known = {lab.id for lab in LABS}
    assert set(doors.values()) <= known
    wanted = {
        "loss": "losses",
        "optimizer": "optimizers",
        "schedule": "schedules",
        "field.lr": "schedules",
        "family.conv": "convolution",
        "fact.attends": "attention",
        "family.seq": "recurrent",
        "family.norm": "first_weights",
    }
    assert {key: doors[key] for key in wanted if wanted[key] in known} == wanted


def test_no_two_labs_claim_the_same_word() -> None:
    claimed = [key for lab in LABS for key in lab.explains]
    assert len(set(claimed)) == len(claimed)
