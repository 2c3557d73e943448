"""One class in several spellings: “Hot dog”, “hot_dog”."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

BETWEEN_WORDS = re.compile(r"(?<=[^\W_])[\s_-]+(?=[^\W_])")


@lru_cache(maxsize=4096)
def spelling_key(label: str) -> str:
    """The same for names that differ only in capitals, or in what stands between words. A lone letter stays itself."""
    label = label.strip()
    if len(label) < 2:
        return label
    return BETWEEN_WORDS.sub(" ", label.casefold())


def usual_spellings(labels: Sequence[str]) -> dict[str, str]:
    """Each spelling that another one stands for -> that one, which is the most frequent. In: the labels of pictures."""
    counts = Counter(labels)
    by_key: dict[str, list[str]] = {}
    for label in sorted(counts):
        by_key.setdefault(spelling_key(label), []).append(label)
    usual = {}
    for spellings in by_key.values():
        best = max(spellings, key=counts.__getitem__)
        for label in spellings:
            if label != best:
                usual[label] = best
    return usual
