"""What is kept of answers that never change, and what goes."""

from playground.ui.shares.kept_answers import KeptAnswers


def test_what_is_kept_is_for_the_same_request_alone() -> None:
    kept = KeptAnswers()
    kept.keep(("check", b"a"), b"answer")
    assert kept.get(("check", b"a")) == b"answer"
    assert kept.get(("check", b"b")) is None
    assert kept.get(("preview", b"a")) is None


def test_what_nobody_has_asked_for_goes_first() -> None:
    kept = KeptAnswers(most_bytes=30)  # two of twelve bytes each: 1 + 1 + 10
    for name in (b"a", b"b"):
        kept.keep(("t", name), bytes(10))
    assert kept.get(("t", b"a")) is not None
    kept.keep(("t", b"c"), bytes(10))
    present = [name for name in (b"a", b"b", b"c") if kept.get(("t", name)) is not None]
    assert present == [b"a", b"c"]


def test_one_large_answer_does_not_push_out_the_others() -> None:
    kept = KeptAnswers(most_bytes=30)
    kept.keep(("t", b"a"), bytes(10))
    kept.keep(("t", b"b"), bytes(100))
    assert kept.get(("t", b"a")) is not None and kept.get(("t", b"b")) is None


def test_an_answer_that_comes_twice_counts_once() -> None:
    kept = KeptAnswers(most_bytes=30)
    for _ in range(5):
        kept.keep(("t", b"a"), bytes(10))
    kept.keep(("t", b"b"), bytes(10))
    assert kept.get(("t", b"a")) is not None and kept.get(("t", b"b")) is not None
