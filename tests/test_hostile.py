"""The attacks of `benchmarks.hostile` in short, without what hangs on the clock; and its own arithmetic."""

import asyncio
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hostile.__main__ import SHORT, attacked
from benchmarks.hostile.attacks import ATTACKS, floods, runs, title_of
from benchmarks.hostile.attacks.base import Attack, Ground, one_token
from benchmarks.hostile.canary import EXPERIMENT, Newcomer, Window, p95, speed
from benchmarks.hostile.measuring import Result
from benchmarks.hostile.report import may_be_chance, speed_faults
from benchmarks.hostile.server import Facts, server
from benchmarks.hostile.tally import Tally
from benchmarks.hostile.wire import Reply, Sender, Target, Unanswered, lines_of, request
from benchmarks.hostile_sessions import all_sessions
from playground.experiment import Experiment
from playground.network.limits import admit
from playground.settings import Settings
from tests.event_loop import finished, in_thread

CHUNKED = (
    b'HTTP/1.1 422 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"e\r\n5\r\n":{}}\r\n0\r\n\r\n'
)


@pytest.mark.long
def test_no_attack_gets_further_than_a_refusal() -> None:
    # Every tenth: all of them take ten minutes, by `python -m benchmarks.hostile --short`.
    names = list(ATTACKS)[::10]
    results, faults = in_thread(attacked, names, SHORT)
    assert faults == []
    assert [result.name for result in results] == names


@pytest.mark.long
def test_no_command_of_a_stranger_is_obeyed(tmp_path: Path) -> None:
    with server(tmp_path) as running:
        tally, changed = finished(all_sessions(running.target, 40, 25, seed=0))
    assert (tally.acted, changed, tally.broken) == ([], [], [])


def test_every_attack_says_in_a_line_what_it_does() -> None:
    for name, kind in ATTACKS.items():
        assert title_of(kind), name
        assert kind.at_once <= 400 and kind.rest_s >= 0 and 0 < kind.lasts <= 1


@pytest.mark.parametrize(
    "experiment",
    [runs.LONG, runs.TINY, runs.LARGE, floods.deep_network(7), floods.wide_network(7), EXPERIMENT],
)
def test_what_is_sent_is_refused_for_no_mistake_in_it(experiment: dict[str, Any]) -> None:
    admit(Experiment.from_dict(experiment), Settings())


def test_the_slowest_in_twenty_is_left_out() -> None:
    assert p95(range(1, 21)) == 19
    assert p95([5.0]) == 5.0
    assert math.isnan(p95([]))


def test_speed_counts_between_two_pieces_of_news() -> None:
    news = [(0.0, 0), (1.0, 100), (2.0, 300), (3.0, 300)]
    assert speed(news, 0.0, 2.0) == 150
    assert speed(news, 0.5, 1.5) == 150  # from step 50 to step 200
    assert speed(news, 2.0, 3.0) == 0
    assert speed(news, 2.5, 5.0) == 0  # nothing was heard any more
    assert speed([], 0.0, 1.0) == 0


def measured(
    back_s: float | None, share: float = 0.8, refused: dict[int, int] | None = None
) -> Result:
    return Result(
        name="opens",
        alone=Window(0.02, 0.02, 100.0, {}),
        beside=Window(0.1, 0.2, share * 100, refused or {}),
        tally=Tally(),
        newcomer=Newcomer(Target(1), answer="granted"),
        before=Facts(True),
        after=Facts(True),
        back_share=0.9,
        back_s=back_s,
        tracebacks=0,
        broken_streams=0,
        state="running",
    )


def test_a_promise_of_speed_is_missed_where_it_is_most_of_the_times() -> None:
    kept, missed = measured(2.0), measured(None)
    assert speed_faults([kept]) == []
    assert speed_faults([missed]) == ["training back at 0.90"]
    assert speed_faults([missed, kept, kept]) == []
    assert speed_faults([missed, kept, missed]) == [
        "training back at 0.90, " * 2 + "training back at 0.90"
    ]


def test_two_promises_missed_once_each_are_both_kept() -> None:
    slow, late = measured(2.0, share=0.4), measured(None)
    assert speed_faults([slow, late, measured(2.0)]) == []
    assert speed_faults([slow]) == ["training at 0.40 of alone"]


def test_what_could_not_be_measured_is_missed() -> None:
    assert speed_faults([measured(2.0, share=math.nan)]) == ["training at nan of alone"]
    assert speed_faults([measured(2.0, refused={429: 1})]) == [
        "refused to the honest page (0: no answer): {429: 1}"
    ]


@pytest.mark.parametrize(
    ("back", "more"),
    [([2.0], False), ([None], True), ([None, 2.0], True), ([None, 2.0, 2.0], False)],
)
def test_an_attack_is_measured_twice_more_where_a_promise_was_missed(
    back: list[float | None], more: bool
) -> None:
    assert may_be_chance([measured(back_s) for back_s in back]) == more


def test_a_tally_survives_its_way_through_json() -> None:
    tally = Tally()
    tally.note(Reply(200, {}, b"{}"), "/check")
    tally.note(Reply(503, {}, b'{"error": {"code": "busy"}}'), "/check")
    tally.act("stop")
    again = Tally.from_json(json.loads(json.dumps(tally.to_json())))
    assert again == tally
    assert (again.server_errors, again.broken) == (1, ["503 /check busy"])
    assert again.text() == "200 × 1, 503 × 1"


def answered(data: bytes, method: str = "GET") -> tuple[Reply | str, bytes]:
    """What is read from a server that answers so, and what it was sent."""

    async def exchange() -> tuple[Reply | str, bytes]:
        sent = asyncio.get_running_loop().create_future()

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            sent.set_result(await reader.readuntil(b"\r\n\r\n"))
            writer.write(data)
            writer.close()

        listening = await asyncio.start_server(answer, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        sender = Sender("127.0.0.2", "a-token-of-its-own")
        async with listening:
            try:
                reply: Reply | str = await request(Target(port), sender, method, "/x")
            except Unanswered as error:
                reply = str(error)
            return reply, await sent

    return finished(exchange())


def test_an_answer_is_read_whatever_says_where_it_ends() -> None:
    chunked, sent = answered(CHUNKED)
    assert isinstance(chunked, Reply)
    assert (chunked.status, chunked.json(), chunked.code) == (422, {"e": {}}, "")
    assert sent.startswith(b"GET /x HTTP/1.1\r\n") and b"x-client: a-token-of-its-own" in sent
    sized, _ = answered(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcd")
    assert isinstance(sized, Reply) and sized.body == b"ab"
    to_the_end, _ = answered(b"HTTP/1.1 200 OK\r\n\r\nabcd")
    assert isinstance(to_the_end, Reply) and to_the_end.body == b"abcd"


@pytest.mark.parametrize(
    "data", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", b"no\r\n\r\n"]
)
def test_half_an_answer_is_none(data: bytes) -> None:
    reply, _ = answered(data)
    assert isinstance(reply, str)


def test_all_attackers_strike_until_the_time_is_over() -> None:
    class Counting(Attack):
        """Counts"""

        at_once, rest_s = 3, 0.0
        crowds = (one_token,)
        strikes: Counter[int] = Counter()

        async def strike(self, sender: Sender) -> None:
            number = self.number()
            self.strikes[number] += 1
            if number == 30:
                raise OSError("the server has hung up")
            if number == 60:
                raise KeyError("a mistake of the attack")

    one = Counting(Ground(Target(1), "", Path(), Path(), 0))
    with pytest.raises(KeyError):
        finished(one.run_for(60))
    assert set(one.strikes.values()) == {1} and max(one.strikes) >= 60
    assert one.tally.unanswered == {"OSError": 1}


@pytest.mark.parametrize("size", [1, 7, 65_536])
def test_an_event_that_is_cut_between_two_chunks_is_read_whole(size: int) -> None:
    body = b'data: {"step": 1}\n\n' + b'data: {"step": 22}\n\n'
    chunks = [body[i : i + size] for i in range(0, len(body), size)]
    sent = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"

    async def read() -> list[bytes]:
        reader = asyncio.StreamReader()
        reader.feed_data(sent)
        reader.feed_eof()
        return [line async for line in lines_of(reader, {"transfer-encoding": "chunked"}) if line]

    assert finished(read()) == [b'data: {"step": 1}', b'data: {"step": 22}']
