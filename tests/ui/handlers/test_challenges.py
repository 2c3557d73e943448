"""Challenges as the page gets them: the server trains and judges; nobody is asked for a score."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from playground.challenges import bundled, result_link
from playground.engine.engine import Engine
from playground.ui.routes import routes

from ...challenges.solutions import changed
from ...challenges.test_judging import PASSES, PATIENCE_S, SMALL, small

LINK = small().to_link()
LINEAR = {"layer": "linear", "units": 4}


@pytest.fixture
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(engine))) as client:
        yield client


def asked(client: TestClient, path: str, **value: Any) -> tuple[int, Any]:
    response = client.post(f"/playground/challenge{path}", json=value)
    return response.status_code, response.json()


def judged(client: TestClient, engine: Engine, **value: Any) -> Any:
    """The verdict, once all trainings have ended."""
    status, begun = asked(client, "/judge", challenge=LINK, **value)
    assert status == 200, begun
    for run_id in begun["runs"]:
        engine.get(run_id).wait(PATIENCE_S)
    status, answer = asked(client, "/verdict", challenge=LINK, runs=begun["runs"])
    assert status == 200, answer
    return answer


def test_all_bundled_challenges_are_listed_in_both_languages(client: TestClient) -> None:
    answer = client.get("/playground/challenges").json()
    assert [card["id"] for card in answer["challenges"]] == list(bundled())
    for card in answer["challenges"]:
        assert card["title"]["zh"] and card["text"]["en"]
    for key, pair in answer["frame"].items():
        assert pair["en"] and pair["zh"], key


def test_the_network_on_the_screen_is_compared_with_every_rule(client: TestClient) -> None:
    start = bundled()["two_hidden_layers"].experiment()
    wide = start.model_copy(update={"layers": changed(small(), layers=[LINEAR] * 3).layers})
    status, answer = asked(
        client, "", challenge="two_hidden_layers", experiment=wide.model_dump(mode="json")
    )
    assert status == 200
    met = {rule["rule"]: rule["met"] for rule in answer["rules"]}
    assert met == {
        "data": True,
        "epochs": True,
        "hidden_layers": False,
        "parameters": True,
        "seconds": True,
    }
    (broken,) = [rule for rule in answer["rules"] if not rule["met"]]
    assert broken["fault"]["en"].startswith("3 hidden layers are too many")


def test_a_network_that_cannot_be_trained_is_said_beside_the_challenge(client: TestClient) -> None:
    broken = {**small().experiment().to_dict(), "layers": [{"layer": "conv2d"}]}
    status, answer = asked(client, "", challenge=LINK, experiment=broken)
    assert status == 200 and answer["rules"] == []
    assert answer["error"]["place"] == "layers[0]"


def test_a_network_is_trained_and_judged_and_its_link_gives_the_same_again(
    client: TestClient, engine: Engine
) -> None:
    network = changed(small(), **PASSES).to_dict()
    first = judged(client, engine, experiments=[network])
    assert first["passed"] and first["attempts"][0]["targets"][0]["score"] >= 0.9
    assert judged(client, engine, result=first["link"]) == first
    status, about = asked(client, "", challenge=LINK, result=first["link"])
    assert status == 200 and about["experiments"] == 1


def test_until_all_trainings_have_ended_the_verdict_is_how_far_they_are(
    client: TestClient, engine: Engine
) -> None:
    run = engine.start(small().experiment(), paused=True)
    status, answer = asked(client, "/verdict", challenge=LINK, runs=[run.id])
    assert status == 200
    assert answer == {"done": False, "waiting": False, "epoch": 0, "epochs": 1}


def test_a_run_that_its_owner_steered_does_not_count(client: TestClient, engine: Engine) -> None:
    run = engine.start(small().experiment(), paused=True)
    run.set("lr", 0.1)
    run.resume()
    run.wait(PATIENCE_S)
    status, answer = asked(client, "/verdict", challenge=LINK, runs=[run.id])
    assert status == 422 and answer["error"]["code"] == "challenge_touched"


def test_forged_requests_are_refused_with_a_sentence_in_both_languages(
    client: TestClient, engine: Engine
) -> None:
    easier = small(targets=[{"metric": "accuracy", "at_least": 0.1}])
    other = result_link(easier, [easier.experiment()])
    endless = {**small().experiment().to_dict(), "training": {"epochs": 10**9}}
    other_data = {**small().experiment().to_dict(), "data": {"dataset": "moons"}}
    for value, code in (
        ({"result": other}, "challenge_other"),
        ({"result": other[:-4]}, "broken_link"),
        ({"experiments": [endless]}, "too_large"),
        ({"experiments": [other_data]}, "challenge_data"),
        ({"experiments": []}, "challenge_tries"),
        ({"experiments": [{}] * 6}, "too_long"),
        ({"experiments": "all"}, "wrong_type"),
    ):
        status, answer = asked(client, "/judge", challenge=LINK, **value)
        assert status == 422 and answer["error"]["code"] == code
        assert answer["error"]["message"]["zh"] != answer["error"]["message"]["en"]
    assert engine.runs() == []


def test_a_run_of_another_experiment_reaches_nothing_here(
    client: TestClient, engine: Engine
) -> None:
    run = engine.start(bundled()["two_hidden_layers"].experiment())
    run.stop()
    run.wait(PATIENCE_S)
    status, answer = asked(client, "/verdict", challenge=LINK, runs=[run.id])
    assert status == 422 and answer["error"]["code"] == "challenge_data"
    assert asked(client, "/verdict", challenge=LINK, runs=["nothing"])[0] == 404


def test_a_teachers_challenge_is_checked_and_comes_back_under_its_link(client: TestClient) -> None:
    status, answer = asked(client, "/made", challenge=SMALL)
    assert status == 200
    assert answer["id"] == LINK and answer["fingerprint"] == small().fingerprint()
    status, answer = asked(client, "/made", challenge={**SMALL, "targets": []})
    assert status == 422 and answer["error"]["place"] == "targets"


@pytest.mark.parametrize("challenge", ["nothing", "x" * 100, 7, None])
def test_a_challenge_that_there_is_not_is_said(client: TestClient, challenge: Any) -> None:
    status, answer = asked(client, "", challenge=challenge)
    assert status == 422 and answer["error"]["message"]["zh"]
