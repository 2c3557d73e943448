"""Lines of forms of their own: between quotation marks as a whole, labelled as for fastText, pairs as for LIBSVM.

The app reads with these functions, and the exported script carries those that it needs.
"""

from .cells import rows_by_sign, used_lines


def unwrapped_line(line):
    """A line without the quotation marks around all of it, and without the separators that follow them."""
    bare = line.rstrip(" \t,;")
    is_wrapped = len(bare) > 1 and bare[0] == bare[-1] == '"'
    return bare[1:-1].replace('""', '"') if is_wrapped else line


def unwrapped_lines(text):
    """A text of such lines without the marks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(map(unwrapped_line, lines))


def rows_by_wrapped_lines(text, layout):
    """Rows whose whole line stands between quotation marks: "1,2,""three\"""."""
    yield from rows_by_sign(unwrapped_lines(text), layout)


def rows_with_loose_commas(text, layout):
    """Rows in which numbers such as 7,75 stand without marks, although commas part the cells."""
    for line, row in rows_by_sign(text, layout):
        yield line, with_joined_numbers(row, layout["width"], layout["joined"])


def with_joined_numbers(row, width, places):
    """["a", "7", "75"] -> ["a", "7,75"]. places: columns of such numbers; a row of `width` cells has none."""
    if len(row) == width + len(places):
        row = list(row)
        for place in places:
            row[place : place + 2] = [",".join(row[place : place + 2])]
    return row


def label_cells(line):
    """ "__label__good a text" -> ["good", "a text"]; of several labels the first."""
    labels = []
    words = []
    for word in line.split():
        if word.startswith("__label__"):
            labels.append(word.removeprefix("__label__"))
        else:
            words.append(word)
    return [labels[0] if labels else "", " ".join(words)]


def rows_by_labels(text, layout):
    """Labels and texts, as for fastText."""
    for number, line in used_lines(text, layout):
        yield number, label_cells(line)


def pair_cells(line, width):
    """ "1 2:0.5" -> ["1", "0", "0.5"]: the label, and the value of every place; those that are not named are 0."""
    words = line.partition("#")[0].split()
    cells = words[:1] + ["0"] * (width - 1)
    for word in words[1:]:
        place, _, value = word.partition(":")
        if place.isdecimal() and 0 < int(place) < width:
            cells[int(place)] = value
    return cells


def rows_by_pairs(text, layout):
    """A label and pairs of place and value, as for LIBSVM."""
    for number, line in used_lines(text, layout):
        yield number, pair_cells(line, layout["width"])
