"""The lab about attention: its numbers against torch and hand values."""

import math

import pytest
import torch
import torch.nn.functional as F

from playground.faults import ExperimentError
from playground.labs import run
from playground.labs.attending import attention_scores, keys_in_use, split_heads, word_vectors


def weights_of(**state: object) -> torch.Tensor:
    return torch.tensor(run("attention", **state)["values"]["weights"], dtype=torch.float64)


def part_of(name: str, **state: object) -> dict:
    parts = run("attention", **state)["parts"]
    return next(part for part in parts if part["name"] == name)


def test_the_weights_of_a_row_are_its_softmax() -> None:
    weights = weights_of(scores=[[0, math.log(2), math.log(5)]])
    assert weights.tolist() == [pytest.approx([1 / 8, 2 / 8, 5 / 8])]


def test_a_hidden_key_gets_nothing_and_the_others_share_its_weight() -> None:
    weights = weights_of(scores=[[0, math.log(3), 100]], mask=[[1, 1, 0]])
    assert weights.tolist() == [pytest.approx([1 / 4, 3 / 4, 0])]


def test_a_mask_of_one_row_is_meant_for_all_rows() -> None:
    weights = weights_of(scores=[[0, 0, 0], [0, 0, 0]], mask=[1, 0, 1])
    assert weights.tolist() == [[0.5, 0, 0.5], [0.5, 0, 0.5]]


def test_a_single_row_of_scores_stays_a_row() -> None:
    assert weights_of(scores=[1, 1, 1, 1]).tolist() == [0.25] * 4


def test_a_row_without_any_key_is_nan_and_is_explained() -> None:
    state = {"scores": [[1, 2], [3, 4]], "mask": [[1, 1], [0, 0]]}
    played = run("attention", **state)["values"]
    assert played["weights"][1] == ["NaN", "NaN"]
    assert played["empty_rows"] == [1]
    said = part_of("empty", **state)
    assert said["tone"] == "fault" and said["values"] == {"rows": "q2"}
    assert math.isfinite(played["keys_in_use"])


def test_scaled_dot_product_attention_gives_zeros_there_as_the_lab_says() -> None:
    one = torch.ones(1, 2, 2)
    keeps = torch.tensor([[[True, True], [False, False]]])
    mixed = F.scaled_dot_product_attention(one, one, one, attn_mask=keeps)
    assert mixed[0, 1].tolist() == [0, 0]


@pytest.mark.parametrize("causal", [False, True])
def test_what_comes_out_is_that_of_torch(causal: bool) -> None:
    queries = [[1.0, 0.5], [-2.0, 1.0], [0.0, 3.0]]
    keys = [[0.5, 0.5], [2.0, -1.0], [-1.0, -1.0]]
    mixed = run("attention", queries=queries, keys=keys, causal=causal)["values"]["mixed"]
    looking, held = torch.tensor(queries)[None], torch.tensor(keys)[None]
    wanted = F.scaled_dot_product_attention(looking, held, held, is_causal=causal)
    assert torch.allclose(torch.tensor(mixed), wanted[0], atol=1e-6)


def test_a_low_temperature_chooses_and_a_high_one_takes_the_mean() -> None:
    scores = [[1, 2, 3]]
    assert weights_of(scores=scores, temperature=0.05)[0, 2].item() == pytest.approx(1)
    flat = weights_of(scores=scores, temperature=20.0)
    assert flat.max().item() - flat.min().item() < 0.04


def test_no_row_looks_at_what_comes_after_it() -> None:
    weights = weights_of(source="text", causal=True)
    assert weights.triu(1).abs().max().item() == 0
    assert weights[0, 0].item() == 1


def test_without_positions_the_same_word_has_the_same_row() -> None:
    same = weights_of(source="text", text="a b a", positions=0.0)
    assert torch.equal(same[0], same[2])
    told_apart = weights_of(source="text", text="a b a", positions=1.0)
    assert not torch.allclose(told_apart[0], told_apart[2], atol=0.01)
    assert part_of("twice", source="text", text="a b a", positions=0.0)["values"] == {
        "word": "a",
        "first": 1,
        "second": 3,
        "difference": "0",
    }


def test_without_positions_words_in_another_order_give_the_rows_in_that_order() -> None:
    one = weights_of(source="text", text="a b c", positions=0.0)
    other = weights_of(source="text", text="c a b", positions=0.0)
    order = [2, 0, 1]
    assert torch.allclose(other, one[order][:, order], atol=1e-6)


def test_each_head_looks_at_its_part_of_the_features() -> None:
    vectors = word_vectors(["a", "b", "c"], 24, 1.0)
    heads = split_heads(vectors, 4)
    assert torch.equal(heads[1], vectors[:, 6:12])
    scores = attention_scores(heads, heads)
    wanted = vectors[:, 6:12] @ vectors[:, 6:12].T / math.sqrt(6)
    assert torch.allclose(scores[1], wanted)
    assert weights_of(source="text", text="a b c", heads=4).shape == (4, 3, 3)


def test_one_key_or_all_keys_are_in_use() -> None:
    weights = torch.tensor([[1.0, 0.0, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]])
    assert keys_in_use(weights).tolist() == pytest.approx([1, 4])


def test_the_softmax_of_the_row_is_worked_out() -> None:
    rows = part_of("row", scores=[[0, math.log(3), 7]], mask=[[1, 1, 0]])["rows"]
    assert [row[2] for row in rows] == pytest.approx([0.3333, 1, 0, 1.333])
    assert [row[3] for row in rows] == pytest.approx([0.25, 0.75, 0, 1])


def test_a_row_without_any_key_is_worked_out_to_nothing_divided_by_nothing() -> None:
    rows = part_of("row", scores=[[1, 2], [3, 4]], mask=[[1, 1], [0, 0]], query=1)["rows"]
    assert [row[2] for row in rows] == [0, 0, 0]
    assert [row[3] for row in rows] == ["NaN", "NaN", "NaN"]


def test_every_point_of_the_plane_is_a_handle_that_writes_its_pair() -> None:
    handles = part_of("plane", queries=[[1, 2]], keys=[[3, 4], [0, 1]])["handles"]
    assert [(handle["x_field"], handle["index"]) for handle in handles] == [
        ("queries", 0),
        ("keys", 0),
        ("keys", 1),
    ]
    assert handles[2]["whole"] == [[3, 4], [0, 1]]


def test_a_single_word_is_read_by_its_characters() -> None:
    assert weights_of(source="text", text="注意力").shape == (3, 3)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scores": [[1, 2], [3]]}, "scores: needs rows of numbers"),
        ({"scores": [[float("inf")]]}, "scores: needs rows of numbers"),
        ({"scores": [[0] * 17]}, "scores: needs rows of numbers"),
        ({"scores": [[1, 2]], "mask": [[1, 1, 1]]}, "mask: has the shape 1 × 3, but 1 × 2"),
        ({"scores": [[1, 2]], "mask": [[[1, 1]]]}, "mask: has the shape 1 × 1 × 2"),
        ({"mask": ["keep"]}, "mask: needs rows of numbers"),
        ({"queries": []}, "queries: "),
        ({"queries": [[1]]}, r"queries\[0\]: "),
        ({"keys": [[1, 5]]}, r"keys\[0\]\[1\]: must be at most 4"),
        ({"keys": [[0, 0]] * 9}, "keys: "),
        ({"source": "text", "text": "  "}, "text: write at least one character"),
        ({"source": "text", "text": "a " * 17}, "text: has 17 words; at most 16"),
        ({"temperature": 0}, "temperature: must be at least 0.05"),
        ({"heads": 5}, "heads: must be at most 4"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(changes: dict, sentence: str) -> None:
    with pytest.raises(ExperimentError, match=f"^{sentence}"):
        run("attention", **changes)


def test_every_end_of_its_fields_answers() -> None:
    text = " ".join("abcdefghijklmnop")
    for temperature in (0.05, 20.0):
        weights = weights_of(
            source="text", text=text, positions=3.0, heads=4, temperature=temperature, query=15
        )
        assert torch.allclose(weights.sum(-1), torch.ones(4, 16, dtype=torch.float64), atol=1e-6)
    huge = weights_of(scores=[[1e6, -1e6]], temperature=0.05)
    assert huge.tolist() == [[1, 0]]
