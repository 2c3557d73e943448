"""Makes reviews.tsv, real sentences of product reviews with what people felt in them, from vaderSentiment's source.

pip download --no-deps --no-binary :all: vaderSentiment==3.3.2
python playground/catalogues/datasets/files/make_reviews.py vaderSentiment-3.3.2.tar.gz
"""

import io
import sys
import tarfile
from pathlib import Path

FILE = Path(__file__).with_name("reviews.tsv")
INNER = "additional_resources/hutto_ICWSM_2014.tar.gz"
TABLE = "hutto_ICWSM_2014/amazonReviewSnippets_GroundTruth.txt"
CLEAR = 0.8  # of 4: sentences that people felt less strongly about are left out


def main(archive: str) -> None:
    """Writes one line a sentence, `positive|negative <tab> sentence`, in the package's order; each sentence once."""
    with tarfile.open(archive) as outer:
        name = next(each for each in outer.getnames() if each.endswith(INNER))
        packed = outer.extractfile(name)
        assert packed is not None
        with tarfile.open(fileobj=io.BytesIO(packed.read())) as inner:
            table = inner.extractfile(TABLE)
            assert table is not None
            text = table.read().decode("ascii")
    lines: dict[str, str] = {}
    for row in text.splitlines():
        _, mean, sentence = row.split("\t")
        if abs(float(mean)) >= CLEAR:
            lines.setdefault(
                " ".join(sentence.split()), "positive" if float(mean) > 0 else "negative"
            )
    FILE.write_text(
        "".join(f"{feeling}\t{sentence}\n" for sentence, feeling in lines.items()), encoding="utf-8"
    )
    print(f"{FILE.name}: {len(lines)} sentences, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
