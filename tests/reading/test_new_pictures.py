"""The right answers for new pictures, as folders or names say them."""

import numpy as np
import pytest

from playground.reading.new_pictures import Wanted, class_numbers, new_pictures
from tests.reading.data.cases import coded, packed, picture

WANTED = Wanted(side=8, colour=True, digit=False)


@pytest.mark.parametrize(
    "form",
    ["{}/{}.png", "test/{}/{}.png", "./{}/{}.png", "fold1/{}/{}.png", "{}_{}.png", "new/{}.{}.png"],
)
def test_folders_or_names_that_are_classes_say_what_is_right(form: str) -> None:
    labels = ["cat", "cat", "dog", "dog"]
    members = {form.format(label, i): coded(picture(i % 3)) for i, label in enumerate(labels)}
    members["other/9.png"] = coded(picture(0))
    found = new_pictures(packed(members), WANTED)
    numbers = class_numbers(found.labels, found.names, ["Cat", "dog"])

    for name, number in zip(found.names, numbers, strict=True):
        if "other" in name:
            assert np.isnan(number)
        else:
            is_cat = "cat" in name
            assert number == (0 if is_cat else 1)
    assert len(found.names) == 5


def test_a_class_in_two_spellings_that_were_kept_apart() -> None:
    numbers = class_numbers(["Cat", "cat"], ["Cat/1.png", "cat/1.png"], ["Cat", "cat"])
    assert numbers.tolist() == [0, 1]
