"""Labs compute on one thread, and the number of threads is the caller's again afterwards."""

import threading

import torch

from playground.labs.threads import one_thread


def test_inside_there_is_one_thread_and_afterwards_as_many_as_before() -> None:
    before = torch.get_num_threads()
    with one_thread():
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == before


def test_a_thread_that_trains_keeps_its_own_number() -> None:
    has_set, may_look = threading.Event(), threading.Event()
    seen: list[int] = []

    def train() -> None:
        # As the trainer does before each step: a thread takes torch's number over when it first asks for it.
        if torch.get_num_threads() != 2:
            torch.set_num_threads(2)
        has_set.set()
        may_look.wait()
        seen.append(torch.get_num_threads())

    trainer = threading.Thread(target=train)
    trainer.start()
    has_set.wait()
    with one_thread():
        may_look.set()
        trainer.join()
    assert seen == [2]
