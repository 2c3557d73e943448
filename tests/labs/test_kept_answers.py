"""An answer that was given once is given again at once, unless it is a measurement of time."""

import pytest

from playground.faults import ExperimentError
from playground.labs import LABS, Answer, Lab
from playground.labs.parts import Say
from playground.settings import Settings
from playground.ui.answers.asked import ASKED


def asked(lab_id: str, state: dict[str, object]) -> dict[str, object]:
    return ASKED["lab"]({"lab": lab_id, "state": state}, Settings())


@pytest.mark.parametrize(("measures_time", "n"), [(False, 2), (True, 4)])
def test_a_state_is_answered_once_unless_time_is_measured(measures_time: bool, n: int) -> None:
    answered = []

    class Counting(Lab):
        """Counts its answers."""

        id, label = "test_counting", "Counting"
        number: int = 1

        def answer(self) -> Answer:
            answered.append(self.number)
            return Answer({"number": self.number}, [Say("number", "number", {})], "")

    Counting.measures_time = measures_time
    LABS.register(Counting)
    try:
        for number in (1, 2, 1, 2):
            assert asked("test_counting", {"number": number})["values"] == {"number": number}
        with pytest.raises(ExperimentError, match="number"):
            asked("test_counting", {"number": "many"})
    finally:
        LABS.unregister("test_counting")
    assert len(answered) == n


def test_the_labs_that_measure_time_say_so() -> None:
    assert {lab.id for lab in LABS if lab.measures_time} == {"vectorised", "own_function"}
