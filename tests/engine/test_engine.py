"""Runs in the background: every ending, turns, questions, limits."""

from collections.abc import Callable
from threading import Barrier, Event, Thread
from time import perf_counter
from typing import Any

import pytest
import torch

import playground.engine.work as work_module
from playground.engine.engine import Engine
from playground.engine.question_queue import MOST_QUESTIONS
from playground.engine.run import Run
from playground.engine.work import Work
from playground.engine.worker import SLICE_S
from playground.experiment import Experiment
from playground.faults import ExperimentError
from playground.network import builder, cost
from playground.results import train
from playground.training.trainer import Trainer

from ..conftest import points

PATIENCE_S = 60
LONG = points(epochs=10_000)
DROPOUT = points(
    "moons", [{"layer": "linear", "units": 32}, {"layer": "relu"}, {"layer": "dropout"}], epochs=20
)
PLAIN = points("spirals", [{"layer": "linear", "units": 16}, {"layer": "tanh"}], epochs=20, seed=4)

Engines = Callable[..., Engine]


class Clock:
    """A clock that a test sets."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def at_step(n: int) -> Callable[[Run], bool]:
    return lambda run: run.view().step >= n


def step_of(trainer: Trainer) -> int:
    return trainer.step


def test_a_run_ends_done_with_all_of_its_history(engine: Engine) -> None:
    run = engine.start(points())
    assert run.wait(PATIENCE_S) == "done"
    assert run.history.column("steps", "step").tolist() == list(range(1, 25))
    assert run.history.column("epochs", "epoch").tolist() == [1, 2, 3]
    assert (run.view().step, run.view().epoch, run.reason) == (24, 3, None)


def test_two_runs_side_by_side_are_bit_equal_to_each_alone(engine: Engine) -> None:
    runs = [engine.start(DROPOUT, owner="a"), engine.start(PLAIN, owner="b")]
    assert [run.wait(PATIENCE_S) for run in runs] == ["done", "done"]
    for run, experiment in zip(runs, (DROPOUT, PLAIN), strict=True):
        alone = train(experiment).history
        assert alone is not None
        for table in ("steps", "layers", "epochs"):
            for name in set(run.history.table(table)) - run.history.TIMES:
                ours, theirs = (
                    torch.from_numpy(h.column(table, name)) for h in (run.history, alone)
                )
                assert torch.equal(ours, theirs)


def test_questions_while_it_trains_change_no_number(engine: Engine) -> None:
    run = engine.start(DROPOUT)

    def noisy(trainer: Trainer) -> float:
        return float(trainer.model(trainer.split.val_x).detach().sum())

    while run.is_live:
        run.ask(noisy)
    assert run.history.equals(train(DROPOUT).history)  # type: ignore[arg-type]


def test_pause_single_steps_resume_and_stop(engine: Engine) -> None:
    run = engine.start(LONG)
    assert run.wait_until(at_step(3), PATIENCE_S)
    run.pause()
    step = run.ask(step_of)
    assert run.state == "paused" and run.ask(step_of) == step
    run.step_once()
    run.step_once()
    assert run.wait_until(at_step(step + 2), PATIENCE_S)
    assert run.ask(step_of) == step + 2 and run.state == "paused"
    assert run.wait_until(
        lambda run: run.history.column("steps", "step")[-1] == step + 2, PATIENCE_S
    )
    run.resume()
    assert run.wait_until(at_step(step + 10), PATIENCE_S)
    run.stop()
    assert run.wait(PATIENCE_S) == "stopped"
    assert run.ask(step_of) == run.view().step


def test_a_run_stopped_before_its_first_step_has_none(engine: Engine) -> None:
    run = engine.start(LONG, paused=True)
    run.stop()
    assert run.wait(PATIENCE_S) == "stopped"
    assert run.view().step == 0
    run.stop()
    run.resume()
    assert run.state == "stopped"


def test_a_paused_run_answers_before_its_first_step(engine: Engine) -> None:
    run = engine.start(LONG, paused=True)
    assert run.ask(step_of) == 0 and run.state == "paused"


def test_a_new_learning_rate_is_used_and_remembered(engine: Engine) -> None:
    run = engine.start(LONG, paused=True)
    run.set("lr", 0.125)
    run.step_once()
    assert run.wait_until(lambda run: len(run.history.column("steps", "lr")) > 0, PATIENCE_S)
    assert run.history.column("steps", "lr").tolist() == [0.125]
    assert [(e.kind, e.value) for e in run.history.events] == [("lr", 0.125)]


@pytest.mark.parametrize("lr", [0, -1, float("nan"), float("inf"), 1e10, True, "0.1", None])
def test_a_bad_learning_rate_is_refused(engine: Engine, lr: Any) -> None:
    run = engine.start(LONG, paused=True)
    with pytest.raises(ExperimentError):
        run.set("lr", lr)


def test_decay_and_clipping_change_on_the_way_and_stand_in_the_history(engine: Engine) -> None:
    run = engine.start(LONG, paused=True)
    run.set("weight_decay", 0.5)
    run.set("clip_norm", 1e-6)
    before = run.ask(lambda trainer: trainer.model.state_dict()["head.bias"].clone())
    run.step_once()
    assert run.wait_until(at_step(1), PATIENCE_S)
    assert sorted((e.step, e.kind, e.value) for e in run.history.events) == [
        (0, "clip_norm", 1e-6),
        (0, "weight_decay", 0.5),
    ]
    assert run.ask(lambda trainer: [g["weight_decay"] for g in trainer.optimizer.param_groups]) == [
        0.5
    ]
    assert run.ask(
        lambda trainer: float(
            torch.stack([p.grad.norm() for p in trainer.model.parameters()]).norm()
        )
    ) <= (1.001e-6)
    assert not torch.equal(run.ask(lambda trainer: trainer.model.state_dict()["head.bias"]), before)


@pytest.mark.parametrize("name", ["momentum", "", None, [], {"lr": 1}])
def test_what_cannot_change_on_the_way_is_refused_by_name(engine: Engine, name: Any) -> None:
    run = engine.start(LONG, paused=True)
    with pytest.raises(ExperimentError, match="lr, weight_decay, clip_norm"):
        run.set(name, 0.5)


def test_nan_ends_the_run_as_failed_and_says_where(engine: Engine) -> None:
    layers = [{"layer": "linear", "units": 32}, {"layer": "relu"}] * 6
    run = engine.start(
        points(layers=layers, epochs=50, optimizer={"optimizer": "sgd", "lr": 1000.0})
    )
    assert run.wait(PATIENCE_S) == "failed"
    assert run.reason is not None and run.reason.code.startswith("nan_")
    assert run.reason.values["step"] > run.history.column("steps", "step")[-1]


def test_twenty_starts_by_one_owner_leave_one_live_run(engine: Engine) -> None:
    runs = [engine.start(LONG, owner="me") for _ in range(20)]
    for run in runs[:-1]:
        assert run.wait(PATIENCE_S) == "stopped"
    assert runs[-1].is_live


def test_starts_from_many_threads_leave_one_live_run(engine: Engine) -> None:
    runs: list[Run] = []
    together = Barrier(8)

    def start() -> None:
        together.wait()
        runs.append(engine.start(LONG, owner="me"))

    threads = [Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    newest = engine.runs()[-1]
    for run in runs:
        if run is not newest:
            assert run.wait(PATIENCE_S) == "stopped"
    assert newest.is_live


def test_where_all_places_are_taken_a_run_waits_and_begins_by_itself(engines: Engines) -> None:
    engine = engines(max_live_runs=2)
    first = engine.start(LONG, owner="a")
    engine.start(LONG, owner="b")
    third = engine.start(LONG, owner="c")
    assert (third.state, third.view().position) == ("waiting", 1)
    assert engine.start(LONG, owner="b").state in ("queued", "running")  # in place of its own
    first.stop()
    assert third.wait_until(at_step(1), PATIENCE_S)
    assert third.state == "running" and third.view().position is None


def test_the_oldest_ended_run_makes_room_and_answers_no_more(engines: Engines) -> None:
    engine = engines(max_runs=2)
    first = engine.start(points())
    first.wait(PATIENCE_S)
    second = engine.start(points())
    second.wait(PATIENCE_S)
    engine.start(points())
    with pytest.raises(ExperimentError, match="no longer exists"):
        engine.get(first.id)
    with pytest.raises(ExperimentError, match="no longer exists"):
        first.ask(step_of)
    assert engine.get(second.id) is second


def test_where_paused_runs_take_all_the_room_the_one_left_for_longest_goes(
    engines: Engines,
) -> None:
    clock = Clock()
    engine = engines(clock=clock, max_runs=2, gives_way_after_s=6)
    left, watched = (engine.start(LONG, owner=owner, paused=True) for owner in ("a", "b"))
    for run in (left, watched):
        run.watch(+1)
        run.step_once()
        assert run.wait_until(at_step(1), PATIENCE_S)
    with pytest.raises(ExperimentError, match="places for training are taken"):
        engine.start(points(), owner="c")
    left.watch(-1)
    clock.now += 7
    engine.start(points(), owner="c")
    with pytest.raises(ExperimentError, match="no longer exists"):
        engine.get(left.id)
    assert engine.get(watched.id) is watched


def test_a_run_that_nobody_watches_is_stopped_after_the_grace_time(engines: Engines) -> None:
    clock = Clock()
    engine = engines(clock=clock, unwatched_grace_s=120)
    run, never = (engine.start(LONG, owner=owner, paused=True) for owner in ("a", "b"))
    run.watch(+1)
    clock.now += 500
    engine.sweep()
    assert run.is_live
    run.watch(-1)
    clock.now += 119
    engine.sweep()
    assert run.is_live
    clock.now += 2
    engine.sweep()
    assert run.wait(PATIENCE_S) == "stopped"
    assert run.reason is not None and run.reason.code == "unwatched"
    assert "120 seconds" in run.reason.message
    assert never.is_live  # nobody ever watched it: it belongs to a program


def test_a_run_may_not_train_for_ever(engines: Engines) -> None:
    run = engines(max_run_s=0.05).start(LONG)
    assert run.wait(PATIENCE_S) == "stopped"
    assert run.reason is not None and run.reason.code == "time_limit"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"), "out_of_memory"),
        (MemoryError(), "out_of_memory"),
        (RuntimeError("CUDA error: device-side assert triggered"), "device_lost"),
        (ValueError("something else"), "crashed"),
    ],
)
def test_a_crash_ends_its_run_only(
    engine: Engine, monkeypatch: Any, error: Exception, code: str
) -> None:
    other = engine.start(LONG, owner="other")
    advance = Trainer.advance

    def fail(self: Trainer) -> None:
        if self.experiment is not LONG and self.step == 2:
            raise error
        advance(self)

    monkeypatch.setattr(Trainer, "advance", fail)
    run = engine.start(points(), owner="unlucky")
    assert run.wait(PATIENCE_S) == "failed"
    assert run.reason is not None and (run.reason.code, run.reason.values["step"]) == (code, 2)
    before = other.ask(step_of)
    assert other.wait_until(at_step(before + 1), PATIENCE_S) and other.state == "running"


def test_a_run_that_cannot_be_built_fails_and_refuses_questions(
    engine: Engine, monkeypatch: Any
) -> None:
    building, asked = Event(), Event()

    def broken(*args: Any) -> Trainer:
        building.set()
        asked.wait(PATIENCE_S)
        raise RuntimeError("no such kernel")

    monkeypatch.setattr(work_module, "Trainer", broken)
    run = engine.start(points())
    building.wait(PATIENCE_S)
    answer = run.ask_soon(step_of)
    asked.set()
    assert run.wait(PATIENCE_S) == "failed"
    with pytest.raises(ExperimentError, match="no such kernel"):
        answer.result(PATIENCE_S)


def test_a_question_that_fails_harms_nobody(engine: Engine) -> None:
    run = engine.start(LONG)
    with pytest.raises(ZeroDivisionError):
        run.ask(lambda trainer: 1 / 0)
    step = run.ask(step_of)
    assert run.wait_until(at_step(step + 1), PATIENCE_S)


def test_watching_is_not_controlling(engine: Engine) -> None:
    run = engine.start(LONG)
    assert run.id != run.control
    assert engine.controlled(run.id, run.control) is run
    for wrong in (run.id, "", None, 5, "é"):
        with pytest.raises(ExperimentError, match="not control"):
            engine.controlled(run.id, wrong)


def test_what_cannot_be_trained_is_refused_before_it_is_queued(engine: Engine) -> None:
    too_wide = Experiment.from_dict(
        {"data": {"dataset": "digits"}, "layers": [{"layer": "linear", "units": 60_000}]}
    )
    with pytest.raises(ExperimentError, match="parameters"):
        engine.start(too_wide)
    with pytest.raises(ExperimentError, match="no device"):
        engine.start(points(), "cuda:99")
    assert engine.runs() == []


def test_closing_leaves_nobody_waiting(engines: Engines) -> None:
    engine = engines()
    run = engine.start(LONG)
    run.ask(step_of)
    engine.close()
    assert run.wait(PATIENCE_S) == "stopped"
    with pytest.raises(ExperimentError):
        run.ask(step_of)


def test_a_device_lost_while_its_last_numbers_are_read_ends_that_run_only(
    engine: Engine, monkeypatch: Any
) -> None:
    """The worker must live on: the fault comes back when the dying run is flushed."""

    def lost(trainer: Trainer) -> None:
        if trainer.experiment.name == "doomed":
            raise RuntimeError("CUDA error: device-side assert triggered")

    monkeypatch.setattr(Trainer, "flush", lost)
    doomed = engine.start(LONG.model_copy(update={"name": "doomed"}), owner="a")
    assert doomed.wait(PATIENCE_S) == "failed"
    assert doomed.reason is not None and doomed.reason.code == "device_lost"
    other = engine.start(LONG, owner="b")
    assert other.wait_until(at_step(3), PATIENCE_S) and other.is_live


def test_runs_may_come_while_the_sweep_looks_at_them(engine: Engine, monkeypatch: Any) -> None:
    first = engine.start(LONG, owner="0", paused=True)

    def one_more(run: Run) -> bool:
        engine._runs.setdefault(f"new {len(engine._runs)}", first)
        return True

    monkeypatch.setattr(Run, "is_live", property(one_more))
    engine.sweep()


@pytest.mark.parametrize("control", ["\ud800", b"x", [], {}, 10**400])
def test_a_strange_key_opens_nothing(engine: Engine, control: Any) -> None:
    run = engine.start(LONG, paused=True)
    with pytest.raises(ExperimentError, match="not control"):
        engine.controlled(run.id, control)


def test_single_steps_over_the_end_of_an_epoch_show_its_validation(engine: Engine) -> None:
    run = engine.start(points(), paused=True)
    for _ in range(8):
        run.step_once()
    assert run.wait_until(at_step(8), PATIENCE_S)
    assert run.ask(step_of) == 8 and run.state == "paused"
    assert run.history.column("epochs", "epoch").tolist() == [1]


def test_a_failed_run_can_still_be_asked(engine: Engine) -> None:
    run = engine.start(LONG)

    def spoil(trainer: Trainer) -> None:
        with torch.no_grad():
            trainer.model.head.weight.fill_(float("nan"))

    run.ask(spoil)
    assert run.wait(PATIENCE_S) == "failed"
    assert run.reason is not None and run.reason.values["layer"] == "Output"
    assert run.ask(step_of) == run.reason.values["step"] - 1


def test_too_many_questions_are_refused_and_training_goes_on_between_the_rest(
    engine: Engine,
) -> None:
    run = engine.start(LONG)
    assert run.wait_until(at_step(1), PATIENCE_S)
    begun, gate = Event(), Event()

    def held(_trainer: Trainer) -> None:
        begun.set()
        assert gate.wait(PATIENCE_S)

    first = run.ask_soon(held)
    assert begun.wait(PATIENCE_S)
    steps: list[int] = []

    def slow(trainer: Trainer) -> None:  # each takes the whole share of a turn that questions have
        steps.append(trainer.step)
        end = perf_counter() + SLICE_S
        while perf_counter() < end:
            pass

    waiting = [run.ask_soon(slow) for _ in range(MOST_QUESTIONS)]
    with pytest.raises(ExperimentError) as refused:
        run.ask(slow)
    assert refused.value.faults[0].code == "too_busy"
    waiting[-1].cancel()
    room = run.ask_soon(step_of)
    gate.set()
    for each in (first, *waiting[:-1]):
        each.result(PATIENCE_S)
    assert room.result(PATIENCE_S) >= steps[-1]
    assert steps == sorted(steps) and len(set(steps)) > 0.7 * len(
        steps
    )  # a step, or part of a validation, after each
    run.stop()


def test_whoever_is_asked_does_not_wait_for_a_whole_round(engine: Engine) -> None:
    runs = [engine.start(LONG, owner=str(i)) for i in range(6)]
    assert all(run.wait_until(at_step(1), PATIENCE_S) for run in runs)
    turns: list[str] = []
    waited: list[int] = []
    for run in runs:
        take_turn = run.take_turn

        def counted(*arguments: Any, run: Run = run, take_turn: Any = take_turn) -> None:
            turns.append(run.id)
            take_turn(*arguments)

        run.take_turn = counted  # type: ignore[method-assign]
    worker = runs[0]._worker  # they all train on one device
    for asked in runs:
        with worker.condition:  # no turn is given out meanwhile
            # On a busy machine the last answer may have taken long, and training is owed as much.
            assert worker.condition.wait_for(lambda: worker._answer_time.is_left, PATIENCE_S)
            turns.clear()
            answer = asked.ask_soon(step_of)
            answer.add_done_callback(lambda _: waited.append(len(turns)))
        answer.result(PATIENCE_S)
    assert max(waited) <= 3  # the turn under way, perhaps one more, its own


def test_runs_that_are_only_looked_at_take_no_place_and_give_way(engines: Engines) -> None:
    engine = engines(max_live_runs=1, max_runs=3)
    looked_at = [engine.start(LONG, owner=str(i), paused=True) for i in range(3)]
    assert looked_at[0].ask(step_of) == 0
    training = engine.start(LONG, owner="trains")
    assert training.wait_until(at_step(1), PATIENCE_S)
    assert [run.id for run in engine.runs()] == [looked_at[1].id, looked_at[2].id, training.id]
    with pytest.raises(ExperimentError, match="no longer exists"):
        looked_at[0].ask(step_of)
    engine.let_step(looked_at[1], looked_at[1].step_once)
    assert looked_at[1].state == "waiting"
    engine.let_step(training, training.resume)
    assert training.state == "running"
    training.stop()
    assert looked_at[1].wait_until(at_step(1), PATIENCE_S)
    assert not looked_at[1].is_untouched and looked_at[2].is_untouched


def test_runs_have_room_together(engines: Engines) -> None:
    one = Run.held_bytes.fget(engines().start(LONG, paused=True))  # type: ignore[attr-defined]
    engine = engines(max_held_bytes=round(2.5 * one))
    runs = [engine.start(LONG, owner=str(i)) for i in range(2)]
    assert all(run.wait_until(at_step(1), PATIENCE_S) for run in runs)
    third = engine.start(LONG, owner="third")
    assert third.state == "waiting"
    with pytest.raises(ExperimentError) as full:
        engine.start(LONG, owner="looks", paused=True)
    assert full.value.faults[0].code == "no_room"
    again = engine.start(LONG, owner="0")  # in place of its own
    runs[1].stop()
    assert [run.wait(PATIENCE_S) for run in runs] == ["stopped", "stopped"]
    assert third.wait_until(at_step(1), PATIENCE_S) and again.is_live


def test_an_ending_that_fails_leaves_the_device_to_the_others(
    engine: Engine, monkeypatch: Any
) -> None:
    def refuse(_trainer: Trainer) -> None:
        raise RuntimeError("CUDA error: unspecified launch failure")

    with monkeypatch.context() as patched:
        patched.setattr(Trainer, "release", refuse)
        run = engine.start(points(), owner="a")
        assert run.wait(PATIENCE_S) == "failed"
        assert run.reason is not None and run.reason.code == "device_lost"
        patched.setattr(Work, "end", refuse)
        lost = engine.start(points(), owner="b")
        assert lost.wait(PATIENCE_S) == "failed"
    assert engine.start(points(), owner="c").wait(PATIENCE_S) == "done"


def test_a_dead_worker_is_replaced(engine: Engine) -> None:
    run = engine.start(points(), owner="a")
    assert run.wait(PATIENCE_S) == "done"
    run._worker.close()
    run._worker.thread.join(PATIENCE_S)
    assert engine.start(points(), owner="b").wait(PATIENCE_S) == "done"


def test_pace_and_time_left_count_what_the_device_does_for_others(
    engine: Engine, monkeypatch: Any
) -> None:
    run = engine.start(LONG, paused=True)
    run.step_once()
    assert run.wait_until(at_step(1), PATIENCE_S)
    monkeypatch.setattr(Trainer, "steps_per_s", 100.0)
    run._work.share.value = 0.25  # the rest of the time the device works for others
    view = run.view()
    assert view.samples_per_s == 100.0 * 0.25 * 20
    assert view.time_left_s == (view.total_steps - 1) / 25


def test_the_layers_are_traced_once_for_a_start_and_its_first_step(
    engine: Engine, monkeypatch: Any
) -> None:
    traced: list[Experiment] = []
    trace = builder.trace

    def counted(experiment: Experiment, *rest: Any) -> builder.Trace:
        traced.append(experiment)
        return trace(experiment, *rest)

    monkeypatch.setattr(builder, "trace", counted)
    monkeypatch.setattr(cost, "trace", counted)
    run = engine.start(points())
    assert run.wait(PATIENCE_S) == "done"
    assert len(traced) == 1


def test_a_run_whose_state_cannot_be_read_spoils_no_other_start_and_no_sweep(
    engines: Engines, monkeypatch: Any
) -> None:
    clock = Clock()
    engine = engines(clock=clock, unwatched_grace_s=120, max_live_runs=2)
    bad, other = (engine.start(LONG, owner=owner, paused=True) for owner in ("bad", "other"))
    for run in (bad, other):
        run.watch(0)
    step = Work.step.fget  # type: ignore[attr-defined]

    def unreadable(work: Work) -> int:
        if work is bad._work:
            raise TypeError("only one element tensors can be converted")
        return int(step(work))

    monkeypatch.setattr(Work, "step", property(unreadable))
    assert engine.start(points(), owner="third").wait(PATIENCE_S) == "done"
    clock.now += 500
    engine.sweep()
    assert other.wait(PATIENCE_S) == "stopped" and bad.wait(PATIENCE_S) == "failed"


def test_a_worker_whose_thread_died_is_started_again_with_its_runs(
    engine: Engine, monkeypatch: Any, caplog: Any
) -> None:
    other = engine.start(LONG, owner="other")
    assert other.wait_until(at_step(1), PATIENCE_S)
    advance = Trainer.advance

    def kill(self: Trainer) -> None:
        if self.experiment.name == "deadly":
            raise SystemExit  # no Exception: it ends the thread
        advance(self)

    monkeypatch.setattr(Trainer, "advance", kill)
    deadly = engine.start(LONG.model_copy(update={"name": "deadly"}), owner="deadly")
    deadly._worker.thread.join(PATIENCE_S)
    engine.sweep()
    assert deadly.wait(PATIENCE_S) == "failed"
    before = other.ask(step_of)
    assert other.wait_until(at_step(before + 1), PATIENCE_S)
    assert "thread playground-cpu died" in caplog.text


def test_a_sweeper_whose_thread_died_is_started_again(engine: Engine, monkeypatch: Any) -> None:
    engine.start(LONG, paused=True)
    died = Event()

    def kill(*_: Any) -> None:
        died.set()
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(engine._sweeper, "_sweep", kill)
        engine._sweeper.wake()
        assert died.wait(PATIENCE_S)
        engine._sweeper.thread.join(PATIENCE_S)
    assert not engine._sweeper.thread.is_alive()
    engine.look_after()
    assert engine._sweeper.thread.is_alive()


def test_a_run_whose_state_cannot_be_read_gets_no_turn_and_stops_no_other(
    engine: Engine, monkeypatch: Any
) -> None:
    other = engine.start(LONG, owner="other")
    bad = engine.start(LONG, owner="bad", paused=True)
    has_work = Run.has_work.fget  # type: ignore[attr-defined]

    def unreadable(run: Run) -> bool:
        if run is bad:
            raise TypeError("no state")
        return bool(has_work(run))

    monkeypatch.setattr(Run, "has_work", property(unreadable))
    assert bad.wait(PATIENCE_S) == "failed"
    before = other.view().step
    assert other.wait_until(at_step(before + 5), PATIENCE_S)


def test_too_little_memory_on_the_cpu_is_said_in_a_sentence(engine: Engine) -> None:
    run = engine.start(LONG)

    def too_much(_trainer: Trainer) -> None:
        torch.empty(2**55)

    with pytest.raises(RuntimeError) as refused:
        run.ask(too_much)
    fault = run._work.fault_of(refused.value)
    assert fault.code == "out_of_memory" and "smaller batch" in fault.message


def test_a_run_in_place_of_a_large_one_makes_nobody_forget_anything(engines: Engines) -> None:
    one = Run.full_bytes.fget(engines().start(LONG, paused=True))  # type: ignore[attr-defined]
    engine = engines(max_held_bytes=round(1.2 * one))
    ended = engine.start(points(), owner="a")
    assert ended.wait(PATIENCE_S) == "done"
    first = engine.start(LONG, owner="b")
    assert first.wait_until(at_step(1), PATIENCE_S)
    assert engine.start(LONG, owner="b").state in ("queued", "running")
    assert engine.get(ended.id) is ended


def test_a_page_of_a_waiting_run_that_starts_another_keeps_its_position(engines: Engines) -> None:
    engine = engines(max_live_runs=1)
    first = engine.start(LONG, owner="a")
    waits, last = engine.start(LONG, owner="b"), engine.start(LONG, owner="c")
    again = engine.start(LONG, owner="b")
    assert (again.view().position, last.view().position) == (1, 2)
    assert waits.wait(PATIENCE_S) == "stopped"
    first.stop()
    assert again.wait_until(at_step(1), PATIENCE_S)


def test_a_run_counts_as_watched_once_a_page_looks_at_it(engines: Engines) -> None:
    clock = Clock()
    run = engines(clock=clock).start(LONG, paused=True)
    assert run.is_watched_now  # a program's
    run.expect_watcher()
    assert not run.is_watched_now and run.unwatched_s == 0
    run.watch(+1)
    clock.now += 100
    assert run.is_watched_now
    run.watch(-1)
    clock.now += 2
    assert run.is_watched_now  # as a page that looks every second or two
    clock.now += 2
    assert not run.is_watched_now and run.unwatched_s == 4


def test_a_run_that_was_told_to_stop_is_next_whoever_else_trains(engine: Engine) -> None:
    others = [engine.start(LONG) for _ in range(3)]
    for other in others:
        other.watch(+1)
    left_alone = engine.start(LONG)
    (worker,) = engine._workers.values()
    with worker.condition:  # nobody gets a turn meanwhile
        left_alone.stop()
        turn = worker._next()
    assert turn is not None and turn[1] is left_alone
    assert left_alone.wait(PATIENCE_S) == "stopped"
