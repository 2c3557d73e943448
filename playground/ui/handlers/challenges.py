"""Somebody takes up a challenge, has a network judged, or sets one. Scores are computed here, not taken from a page."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...challenges import (
    Challenge,
    begin,
    bundled,
    bundled_challenge,
    challenge_of_link,
    check_is_of,
    genuine,
    read_result,
    verdict,
)
from ...engine.clients import Client
from ...engine.engine import Engine
from ...engine.run import Run
from ...experiment import Experiment
from ...faults import ExperimentError
from ..answers.challenges import (
    about_answer,
    index_answer,
    progress_answer,
    rules_answer,
    verdict_answer,
)
from ..shares.kinds import QUICK
from ..shares.work import share_of, work
from .requests import NOT_KEPT, Reply, read_json

MOST_TRIES = 5


class ChallengeRoom:
    """The handlers, over one engine."""

    def __init__(self, engine: Engine):
        self._engine = engine

    async def index(self, request: Request) -> Response:
        """The bundled challenges, with the words of their page."""
        return Reply(await work(request, index_answer))

    async def about(self, request: Request) -> Response:
        """In: `challenge`, an id or a link; `experiment`, a network to compare with its rules; `result`, a link of one.

        Out: the challenge, and which rules the network keeps. A result is read, not yet computed.
        """
        value = await self._json(request)
        return Reply(await work(request, self._about, value))

    async def judge(self, request: Request) -> Response:
        """Begins to train: `experiments`, or those of `result`. Out: the runs to ask for the verdict on."""
        value = await self._json(request)
        client = share_of(request).client
        return Reply(await work(request, self._judge, value, client))

    async def verdict(self, request: Request) -> Response:
        """In: `challenge` and `runs`. Out: how far they are, then what they reached."""
        value = await self._json(request)
        runs = await work(request, self._runs, value, kind=QUICK)
        for run in runs:
            run.watch(0)  # somebody waits for it
        if any(run.is_live for run in runs):
            return Reply(progress_answer(runs), headers=NOT_KEPT)
        return Reply(await work(request, self._verdict, value, runs), headers=NOT_KEPT)

    async def make(self, request: Request) -> Response:
        """In: a whole `challenge`. Out: it, under the link that it travels in."""
        value = await self._json(request)
        return Reply(await work(request, _made, value.get("challenge")))

    async def _json(self, request: Request) -> Mapping[str, Any]:
        return await read_json(request, self._engine.settings)

    def _about(self, value: Mapping[str, Any]) -> dict[str, Any]:
        challenge = _challenge_of(value)
        answer = about_answer(challenge)
        if value.get("result"):
            answer["experiments"] = len(_experiments_of(challenge, value))
        if value.get("experiment") is not None:
            answer |= rules_answer(challenge, value["experiment"], self._engine.settings)
        return answer

    def _judge(self, value: Mapping[str, Any], client: Client) -> dict[str, Any]:
        challenge = _challenge_of(value)
        runs = begin(challenge, _experiments_of(challenge, value), self._engine, client)
        for run in runs:
            run.expect_watcher()
        return {"runs": [run.id for run in runs]}

    def _runs(self, value: Mapping[str, Any]) -> list[Run]:
        ids = _list_of(value, "runs")
        return [self._engine.get(str(run_id)) for run_id in ids]

    def _verdict(self, value: Mapping[str, Any], runs: list[Run]) -> dict[str, Any]:
        return verdict_answer(verdict(_challenge_of(value), runs, self._engine))


def _challenge_of(value: Mapping[str, Any]) -> Challenge:
    """Raises: ExperimentError for what is neither the id of a bundled one nor a link."""
    given = value.get("challenge")
    if not isinstance(given, str):
        kind = type(given).__name__
        raise ExperimentError.at("challenge", "wrong_type", expected="a text", given=kind)
    is_name = given in bundled() or len(given) <= 40
    return bundled_challenge(given) if is_name else challenge_of_link(given)


def _experiments_of(challenge: Challenge, value: Mapping[str, Any]) -> list[Experiment]:
    """Those of a result, or those that were sent. Raises: ExperimentError, also for another challenge's result."""
    if value.get("result"):
        theirs, experiments = read_result(str(value["result"]))
        check_is_of(theirs, challenge)
        return experiments
    return [Experiment.from_dict(one) for one in _list_of(value, "experiments")]


def _list_of(value: Mapping[str, Any], name: str) -> list[Any]:
    members = value.get(name)
    if not isinstance(members, list):
        kind = type(members).__name__
        raise ExperimentError.at(name, "wrong_type", expected="a list", given=kind)
    if len(members) > MOST_TRIES:
        raise ExperimentError.at(name, "too_long", limit=MOST_TRIES)
    return members


def _made(value: Any) -> dict[str, Any]:
    return about_answer(genuine(Challenge.from_dict(value)))
