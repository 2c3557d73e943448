"""Healthy files and what may have happened to them on the way: cut, flipped, spliced, repacked, badly encoded."""

import io
import zipfile
import zlib

from hypothesis import strategies as st

from .cases import (
    HEAD,
    PEOPLE,
    WAVE,
    N,
    coded,
    hours,
    months,
    packed,
    people,
    picture,
    pictures,
    table,
)

TEXTS = [
    people().encode(),
    table([HEAD, *PEOPLE], ";").encode("utf-16"),
    people(town=["Köln"] * N).encode("cp1252"),
    people(город=["Москва", "Тверь"] * (N // 2)).encode("cp1251"),
    people(都市=["東京", "大阪"] * (N // 2)).encode("cp932"),
    table([["date", "value"], *zip(months(96), WAVE, strict=True)]).encode(),
    table([["hour", "value"], *zip(hours(96), WAVE, strict=True)], "\t").encode(),
    b"".join(
        b"ham\tsee you at %d in the station, please\nspam\twin %d\n" % (i, i) for i in range(30)
    ),
    "\n".join(f"| {i} | {i * i % 7} | x |" for i in range(20)).encode(),
    "\n".join(f"{i:<6}{i * i:>9}   word {i % 3}" for i in range(30)).encode(),
    b"@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n" + b"1,2\n3,4\n" * 10,
]
MOST_BYTES = 4 * 2**20  # several harms together could make hundreds of megabytes
PHOTOS = [coded(picture(0), form) for form in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")]
ARCHIVES = [
    packed(pictures()),
    packed(pictures("train/") | pictures("test/")),
    packed({f"{label}/{i}.png": photo for label in "ab" for i, photo in enumerate(PHOTOS)}),
    packed({"people.csv": people().encode()}),
    packed({"inside.zip": packed(pictures()), **pictures()}),
]
HEALTHY = [*TEXTS, *ARCHIVES, *PHOTOS]
OTHERS = pictures(n=2)
JUNK = (
    b'"', b'""', b'"a""b"', b"\n", b"\r", b"\r\n\r\n", b",,,", b";;", b"\t", b"\0", b"\0" * 40, b"\xff\xfe",
    b"\xef\xbb\xbf", b"99999999999", b"1e999", b"-0", b"nan", b"1/1/1", b"31.02.2020", b"24:00", b"2020-13-45T99:99",
    b"=cmd|' /C'!A0",
    b"\xe2\x80\xa8", b"\xc3", b"\x81\x30", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"(", b"#", b"sep=,\n",
    b"@data\n", b"|---|\n", b"\xf0\x9f\x98\x80", b"1.234.567,89", b"\x1b$B",
)  # fmt: skip
HUGE = (
    b"x",
    b"1",
    b'"',
    b",",
    b"\n",
    b" ",
    b"1,",
    b"\xff",
    b"(",
    b"-",
    b"a b ",
    b"1.",
    b"0:",
    b"\xe4\xba\x8c",
)
ENCODINGS = ("utf-16", "utf-32", "cp1252", "cp037", "gb18030", "shift_jis", "utf-7")
LINES = (b"\n", b"\r\n", b"\r", b"\n\n", b",\n", b"\n#")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A healthy file to which one to eight things happened."""
    data = draw(st.sampled_from(HEALTHY))
    for _ in range(draw(st.integers(1, 8))):
        harm = draw(st.sampled_from(HARMS))
        data = draw(harm(data))[:MOST_BYTES]
    return data


def flipped(data: bytes) -> st.SearchStrategy[bytes]:
    """Some bits turned over."""
    places = st.lists(st.integers(0, max(0, len(data) - 1)), min_size=1, max_size=12)

    def flip(bits: tuple[list[int], int]) -> bytes:
        changed = bytearray(data)
        for place in bits[0]:
            if place < len(changed):
                changed[place] ^= 1 << bits[1]
        return bytes(changed)

    return st.tuples(places, st.integers(0, 7)).map(flip)


def cut(data: bytes) -> st.SearchStrategy[bytes]:
    """A piece out of the middle, or everything from there on."""
    places = st.tuples(st.integers(0, len(data)), st.sampled_from((1, 2, 7, 60, len(data))))
    return places.map(lambda cut_: data[: cut_[0]] + data[cut_[0] + cut_[1] :])


def put(data: bytes) -> st.SearchStrategy[bytes]:
    """Something in the middle that does not belong there."""
    junk = st.binary(max_size=30) | st.sampled_from(JUNK)
    return st.tuples(st.integers(0, len(data)), junk).map(
        lambda put_: data[: put_[0]] + put_[1] + data[put_[0] :]
    )


def sown(data: bytes) -> st.SearchStrategy[bytes]:
    """The same sign behind every so many bytes: rows of all lengths, marks that never close."""
    steps = st.tuples(st.integers(2, 90), st.sampled_from(JUNK))

    def sow(step: tuple[int, bytes]) -> bytes:
        every, junk = step
        pieces = [data[start : start + every] for start in range(0, len(data), every)]
        return junk.join(pieces)

    return steps.map(sow)


def swollen(data: bytes) -> st.SearchStrategy[bytes]:
    """One cell, one row or one run of signs of up to 3 MB."""
    sizes = st.tuples(
        st.integers(0, len(data)),
        st.sampled_from(HUGE),
        st.sampled_from((300, 70_000, 140_000, 1_000_000)),
    )
    return sizes.map(lambda size: data[: size[0]] + size[1] * size[2] + data[size[0] :])


def repeated(data: bytes) -> st.SearchStrategy[bytes]:
    """The whole or a part over and over, up to a megabyte."""
    parts = st.tuples(st.integers(0, len(data)), st.integers(1, 200))

    def repeat(part: tuple[int, int]) -> bytes:
        start, times = part
        piece = data[start:]
        most = 1_000_000 // max(1, len(piece))
        return data + piece * min(times, most)

    return parts.map(repeat)


def spliced(data: bytes) -> st.SearchStrategy[bytes]:
    """The beginning of one file and the end of another."""
    parts = st.tuples(st.integers(0, len(data)), st.sampled_from(HEALTHY), st.floats(0, 1))

    def splice(part: tuple[int, bytes, float]) -> bytes:
        place, other, share = part
        return data[:place] + other[int(share * len(other)) :]

    return parts.map(splice)


def recoded(data: bytes) -> st.SearchStrategy[bytes]:
    """Taken for Latin letters, and written in another encoding."""
    text = data.decode("latin-1")
    return st.sampled_from(ENCODINGS).map(lambda encoding: text.encode(encoding, "replace"))


def relined(data: bytes) -> st.SearchStrategy[bytes]:
    """Other ends of lines, or a sign before each."""
    return st.sampled_from(LINES).map(lambda end: data.replace(b"\n", end))


def repacked(data: bytes) -> st.SearchStrategy[bytes]:
    """Inside an archive with healthy pictures, or as its only file."""

    def pack(how: tuple[str, bool, int]) -> bytes:
        name, has_others, method = how
        others = OTHERS if has_others else {}
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for member, body in {**others, name: data}.items():
                archive.writestr(zipfile.ZipInfo(member), body, method)
        return content.getvalue()

    names = st.sampled_from(
        ("ants/x.png", "a.csv", "x.zip", "train/ants/x.tif", "ants/x.heic", "x")
    )
    methods = st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    return st.tuples(names, st.booleans(), methods).map(pack)


def zipped(data: bytes) -> st.SearchStrategy[bytes]:
    """As a gzip, whole or cut."""
    content = zlib.compress(data, wbits=31)
    return st.integers(0, 20).map(lambda n: content[: len(content) - n])


HARMS = (flipped, cut, put, sown, swollen, repeated, spliced, recoded, relined, repacked, zipped)

KINDS = st.sampled_from(("", "table", "text", "series", "images"))
# What an owner may have said, whether it fits or not.
SAID = st.lists(
    st.sampled_from(
        (
            "encoding=utf-8", "encoding=cp1252", "encoding=utf-16", "encoding=gb18030", "separator=comma",
            "separator=;", "separator=fixed", "separator=blanks", "separator=none", "separator=markdown",
            "separator=xy",
            'separator="', "names=none", "names=first_row", "bad_rows=stop", "totals=keep", "decimal=,",
            "decimal=.", "units=powers", "units=as_written", "units=shares", "missing=x",
            "missing=nan", "missing=-999", "measured=-999", "odd=missing", "odd=stop", "columns=number", "columns=date",
            "columns=category", "columns=text", "columns=flag", "columns=leave_out", "columns=keep", "classes=apart",
            "target=left", "target=age", "target=column 1", "message=left", "day_first=true", "day_first=false",
            "value=value", "value=age", "time=none", "group=*", "group=a", "gaps=fill", "gaps=as_rows", "doubled=mean",
            "doubled=first", "doubled=last", "time=newest_first", "untimed=leave_out", "across=columns",
            "pictures=go_on", "pictures=stop", "same_pictures=leave_out",
            "class_level=inner", "class_level=outer", "class_level=names", "in_both_parts=leave_out",
            "without_part=leave_out", "folders.train=test", "folders.a=leave_out", "folders.a=class",
        )
    ),
    max_size=3,
)  # fmt: skip
