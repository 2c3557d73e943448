"""Places for training: who gets one, who waits, who gives way. The runs have no worker: nothing moves by itself."""

from threading import Condition
from typing import Any

import pytest
import torch

from playground.engine.clients import OWNER, Client
from playground.engine.places import Places
from playground.engine.run import Run
from playground.engine.run_facts import facts_of
from playground.faults import ExperimentError
from playground.network.cost import FIXED_BYTES, plan_of
from playground.settings import Settings

from ..conftest import points

EXPERIMENT = points(epochs=100)
PLAN = plan_of(EXPERIMENT)
ONE_RUN = PLAN.cost.memory_bytes - FIXED_BYTES


class Home:
    """A worker that does nothing."""

    device = torch.device("cpu")

    def __init__(self) -> None:
        self.condition = Condition()

    def has(self, run: Run) -> bool:
        return True

    def remove(self, run: Run) -> None: ...


class Hall:
    """Places, and the runs that want them."""

    def __init__(self, **settings: Any):
        self.settings = Settings(**settings)
        self.places = Places(self.settings, lambda _: None)
        self.runs: list[Run] = []
        self.now = 1_000.0

    def look_at(self, client: Client) -> Run:
        """A run that somebody watches, and that never trained."""
        run = Run(
            EXPERIMENT,
            PLAN,
            Home(),
            owner="",
            client=client,
            paused=False,
            clock=lambda: self.now,
        )
        run.watch(+1)
        self.runs.append(run)
        return run

    def start(self, client: Client) -> Run:
        run = self.look_at(client)
        self.places.join(run, self.now)
        self.hand_out()
        self.places.check_line(client, facts_of(self.runs), self.now)
        return run

    def hand_out(self) -> None:
        self.places.fill(facts_of(self.runs), self.now)
        if self.places.make_way(facts_of(self.runs), self.now):
            self.places.fill(facts_of(self.runs), self.now)

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.hand_out()

    def who_has_one(self) -> list[Run]:
        return [run for run in self.runs if self.places.has_place(run) and not run.is_stopping]


def person(name: str, address: str = "") -> Client:
    """A browser; from an address of its own where none is said."""
    return Client(name, address or f"address of {name}")


def line(runs: list[Run]) -> list[int | None]:
    return [run.view().position for run in runs]


def test_a_place_that_falls_free_goes_to_the_one_who_waited_longest() -> None:
    hall = Hall(max_live_runs=1)
    first, second, third = (hall.start(person(name)) for name in "abc")
    assert line([first, second, third]) == [None, 1, 2]
    assert (first.state, second.state) == ("queued", "waiting")
    first.stop()
    hall.hand_out()
    assert (second.state, third.state) == ("queued", "waiting")
    assert line([second, third]) == [None, 1]


def test_one_browser_has_its_share_of_the_places_and_others_get_the_rest() -> None:
    hall = Hall(max_live_runs=20, client_share=0.15)
    greedy = [hall.start(person("greedy")) for _ in range(5)]
    assert [run.state for run in greedy] == ["queued"] * 3 + ["waiting"] * 2
    others = [hall.start(person(f"other {i}")) for i in range(17)]
    assert {run.state for run in others} == {"queued"}
    assert len(hall.who_has_one()) == 20


def test_one_address_with_many_made_up_browsers_has_half_of_the_places() -> None:
    hall = Hall(max_live_runs=10, address_share=0.5)
    many = [hall.start(person(f"made up {i}", "one address")) for i in range(12)]
    assert [run.state for run in many] == ["queued"] * 5 + ["waiting"] * 7
    honest = hall.start(person("honest"))
    assert honest.state == "queued"


def test_a_class_behind_one_address_may_have_all_places() -> None:
    hall = Hall(max_live_runs=10, address_share=1.0)
    assert {hall.start(person(f"pupil {i}", "school")).state for i in range(10)} == {"queued"}


def test_the_owner_of_the_machine_knows_only_the_number_of_places() -> None:
    hall = Hall(max_live_runs=3)
    assert [hall.start(OWNER).state for _ in range(4)] == ["queued"] * 3 + ["waiting"]


def test_who_has_fewest_places_is_next() -> None:
    hall = Hall(max_live_runs=4, client_share=0.75)
    busy = [hall.start(person("busy")) for _ in range(3)]
    other = hall.start(person("other"))
    more_of_busy = hall.start(person("busy"))
    new = hall.start(person("new"))
    assert line([new, more_of_busy]) == [1, 2]
    other.stop()
    hall.hand_out()
    assert (new.state, more_of_busy.state) == ("queued", "waiting")
    busy[0].stop()
    hall.hand_out()
    assert more_of_busy.state == "queued"


@pytest.mark.parametrize(
    ("limit", "made_by"),
    [
        ({"max_waiting_client": 2}, lambda i: person("same")),
        ({"max_waiting_address": 2}, lambda i: person(f"token {i}", "same")),
        ({"max_waiting": 2}, lambda i: person(f"person {i}")),
    ],
)
def test_a_line_that_is_too_long_says_when_to_come_again(limit: Any, made_by: Any) -> None:
    hall = Hall(max_live_runs=1, max_wait_s=45, **limit)
    hall.start(person("trains"))
    for i in range(2):
        assert hall.start(made_by(i)).state == "waiting"
    hall.now += 10
    with pytest.raises(ExperimentError) as full:
        hall.start(made_by(2))
    assert full.value.faults[0].code == "line_full"
    assert full.value.faults[0].values["seconds"] == 35


def test_in_a_line_that_is_too_long_who_is_gone_leaves_for_a_newcomer() -> None:
    hall = Hall(max_live_runs=1, max_waiting_address=2, address_share=1)
    hall.start(person("trains", "here"))
    gone, there = (hall.start(person(name, "here")) for name in ("gone", "there"))
    gone.watch(-1)
    hall.now += 4
    newcomer = hall.start(person("newcomer", "here"))
    hall.hand_out()
    assert gone.is_stopping and not there.is_stopping
    assert line([there, newcomer]) == [1, 2]


def test_who_left_the_page_gives_way_at_once_and_says_why() -> None:
    hall = Hall(max_live_runs=2, gives_way_after_s=6)
    left_first, left_later = hall.start(person("a")), hall.start(person("b"))
    left_first.watch(-1)
    hall.now += 3
    left_later.watch(-1)
    hall.now += 7
    waits = hall.start(person("c"))
    assert waits.state == "queued"
    assert left_first.is_stopping and not left_later.is_stopping
    reason = left_first._inbox.stop_reason
    assert reason is not None and reason.code == "gave_way_unwatched"
    assert reason.values["seconds"] == 10


def test_a_reload_of_the_page_costs_no_place() -> None:
    hall = Hall(max_live_runs=1, gives_way_after_s=6)
    run = hall.start(person("a"))
    run.watch(-1)
    waits = hall.start(person("b"))
    hall.wait(5)
    run.watch(+1)
    hall.wait(30)
    assert waits.state == "waiting" and not run.is_stopping


def test_nobody_gives_way_where_nobody_waits() -> None:
    hall = Hall(max_live_runs=2, gives_way_after_s=6)
    run = hall.start(person("a"))
    run.watch(-1)
    hall.wait(100)
    assert not run.is_stopping
    assert hall.start(person("b")).state == "queued"
    assert not run.is_stopping


def test_the_runs_of_a_program_never_give_way() -> None:
    hall = Hall(max_live_runs=1)
    run = hall.start(OWNER)
    run.watchers, run.watched_at = 0, None
    waits = hall.start(person("b"))
    hall.wait(1_000)
    assert waits.state == "waiting" and hall.who_has_one() == [run]


def test_whose_turn_is_over_waits_again_and_goes_on_where_it_was() -> None:
    hall = Hall(max_live_runs=1, max_wait_s=45, turn_s=300)
    first = hall.start(person("a"))
    second = hall.start(person("b"))
    hall.wait(299)
    assert (first.state, second.state) == ("queued", "waiting")
    hall.wait(1)
    assert (first.state, second.state) == ("waiting", "queued")
    assert not first.is_stopping and first.view().position == 1
    second.stop()
    hall.hand_out()
    assert first.state == "queued"


def test_nobody_loses_a_place_to_one_who_waits_only_a_moment() -> None:
    hall = Hall(max_live_runs=1, max_wait_s=45, turn_s=300)
    first = hall.start(person("a"))
    hall.wait(1_000)
    second = hall.start(person("b"))
    hall.wait(44)
    assert (first.state, second.state) == ("queued", "waiting")
    hall.wait(1)
    assert second.state == "queued"


def test_the_client_with_most_places_gives_way_first() -> None:
    hall = Hall(max_live_runs=3, client_share=0.7, max_wait_s=45, turn_s=300)
    alone = hall.start(person("one"))
    hall.now += 10
    older, newer = hall.start(person("two")), hall.start(person("two"))
    waits = hall.start(person("new"))
    hall.wait(400)
    assert waits.state == "queued"
    assert (alone.state, older.state, newer.state) == ("queued", "waiting", "queued")


def test_a_run_that_rests_gives_way_without_a_turn_and_stays_paused() -> None:
    hall = Hall(max_live_runs=2, max_wait_s=45, turn_s=300)
    resting, training = hall.start(person("a")), hall.start(person("b"))
    resting._inbox.paused = True
    resting._status.rest(True)
    resting._work.trainer = _Stepped()  # type: ignore[assignment]
    waits = hall.start(person("c"))
    hall.wait(46)
    assert (resting.state, training.state, waits.state) == ("paused", "queued", "queued")
    assert not hall.places.has_place(resting)


class _Stepped:
    step = 5


def test_who_waits_and_is_gone_is_passed_and_then_dropped() -> None:
    hall = Hall(max_live_runs=1, gives_way_after_s=6, line_grace_s=20)
    first, gone, there = (hall.start(person(name)) for name in "abc")
    gone.watch(-1)
    hall.now += 10
    first.stop()
    hall.hand_out()
    assert (gone.state, there.state) == ("waiting", "queued")
    hall.now += 11
    hall.places.drop_absent(facts_of(hall.runs))
    reason = gone._inbox.stop_reason
    assert gone.is_stopping and reason is not None and reason.code == "left_line"


def test_pausing_leaves_the_line() -> None:
    hall = Hall(max_live_runs=1)
    hall.start(person("a"))
    waits, last = hall.start(person("b")), hall.start(person("c"))
    waits.pause()
    hall.hand_out()
    assert waits.state == "paused"
    assert line([waits, last]) == [None, 1]


def test_what_waits_cannot_be_asked_before_it_is_built() -> None:
    hall = Hall(max_live_runs=1)
    hall.start(person("a"))
    waits = hall.start(person("b"))
    with pytest.raises(ExperimentError) as refused:
        waits.ask(lambda trainer: trainer.step)
    assert refused.value.faults[0].code == "waits_in_line"


def test_too_little_memory_is_waited_for_too() -> None:
    hall = Hall(max_held_bytes=round(1.5 * ONE_RUN), max_training_bytes=ONE_RUN)
    first, second = hall.start(person("a")), hall.start(person("b"))
    assert (first.state, second.state) == ("queued", "waiting")
    first.stop()
    hall.hand_out()
    assert second.state == "queued"


def test_memory_is_freed_after_a_long_wait_by_the_end_of_a_run_whose_turn_is_over() -> None:
    hall = Hall(
        max_held_bytes=round(1.5 * ONE_RUN), max_training_bytes=ONE_RUN, max_wait_s=45, turn_s=300
    )
    first = hall.start(person("a"))
    waits = hall.start(person("b"))
    hall.wait(301)
    reason = first._inbox.stop_reason
    assert first.is_stopping and reason is not None and reason.code == "gave_way_memory"
    assert waits.state == "queued"


def test_a_run_that_cannot_be_read_is_ended_and_harms_no_other(monkeypatch: Any) -> None:
    hall = Hall(max_live_runs=1)
    broken = hall.start(person("a"))
    monkeypatch.setattr(
        Run, "is_untouched", property(lambda run: 1 // (0 if run is broken else 1) == 0)
    )
    assert hall.start(person("b")).state == "queued"
    assert broken.state == "failed"
