"""Makes hyphenation.txt: common English words, and where a dictionary of typesetters lets them be broken.

pip install pyphen zxcvbn
python playground/catalogues/datasets/files/make_hyphenation.py
"""

import re
from pathlib import Path

import pyphen
from zxcvbn.frequency_lists import FREQUENCY_LISTS

FILE = Path(__file__).with_name("hyphenation.txt")
WORDS = 6_000


def main() -> None:
    """Writes one word a line, the most frequent first, hyphens where it may be broken: 6 to 14 letters, a to z."""
    dictionary = pyphen.Pyphen(lang="en_US")
    words = [
        word for word in FREQUENCY_LISTS["english_wikipedia"] if re.fullmatch("[a-z]{6,14}", word)
    ][:WORDS]
    FILE.write_text("".join(f"{dictionary.inserted(word)}\n" for word in words), encoding="utf-8")
    print(f"{FILE.name}: {len(words)} words, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
