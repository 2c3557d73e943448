"""From the bytes of a file to even rows of cells, by what was found out about it before.

The app reads with these functions, and the exported script carries those that it needs as they stand. `layout` is a
dictionary of literals: see `layouts.py`, which makes it.
"""

from .workbook import sheet_as_csv


def bytes_of(path):
    """The bytes of a file."""
    with open(path, "rb") as file:
        return file.read()


def text_of(data, layout):
    """The text of a file: unpacked, decoded, without a mark at its beginning and without NUL characters."""
    import gzip
    import io
    import zipfile

    for name in layout["packed"]:
        if name == "gzip":
            data = gzip.decompress(data)
        elif name.startswith("xlsx:"):
            data = sheet_as_csv(data, name.removeprefix("xlsx:"))[1].encode()
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = archive.read(name)
    text = data.decode(layout["encoding"], "replace")
    return text.removeprefix("\ufeff").replace("\x00", "")


def cells_of(data, layout, parse):
    """The rows that are used, all of one width, as cells without blanks around them.

    In: the bytes of a file; `parse`, one of the functions below, which parts the cells. Out: a list of lists of str.
    """
    width = layout["width"]
    left_out = set(layout["left_out"])
    rows = []
    for line, row in parse(text_of(data, layout), layout):
        if line > layout["last_line"]:
            break
        if line in left_out:
            continue
        if len(row) != width:
            row = (row + [""] * width)[:width]
        rows.append(row)
    if layout.get("year_rows"):
        rows = with_years(rows)
    for place in layout.get("filled_down", ()):  # a blank cell repeats what stands above
        above = ""
        for row in rows:
            above = row[place] = row[place] or above
    for place, beside, out in layout.get("signed", ()):  # what was paid out is negative
        for row in rows:
            row[place] = signed_amount(row[place], row[beside] in out)
    return rows


def with_years(rows):
    """Rows of months with the year of the row above them: 2019, Jan, Feb … become Jan 2019, Feb 2019 …"""
    year = ""
    dated = []
    for row in rows:
        if is_year(row[0]):
            year = row[0]
        else:
            month = f"{year}-{row[0]:0>2}" if row[0].isdecimal() else f"{row[0]} {year}"
            dated.append([month, *row[1:]])
    return dated


def is_year(cell):
    """Whether a cell is a year and nothing else."""
    return len(cell) == 4 and cell.isdecimal()


def signed_amount(cell, is_out):
    """An amount that was paid out, with a minus before it."""
    return f"-{cell}" if is_out and cell and cell[0] not in "-−(" else cell


def lines_from(text, start):
    """Lines from a number on (the first is 1), with their ends. One StringIO would hold all of the text again."""
    import io

    piece = 1_000_000  # characters
    place = 0
    for _ in range(start - 1):
        place = text.find("\n", place) + 1
    while place < len(text):
        end = text.find("\n", place + piece) + 1 or len(text)
        yield from io.StringIO(text[place:end], newline="\n")
        place = end


def rows_by_sign(text, layout):
    """Rows in which a sign parts the cells, each with the line on which it begins. Blank rows are left away."""
    import csv

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = layout["first_line"]
    text, sign = single_sign(text, layout["separator"])
    options = {"delimiter": sign, "skipinitialspace": True}
    if layout["quote"]:
        options["quotechar"] = layout["quote"]
    else:
        options["quoting"] = csv.QUOTE_NONE
    reader = csv.reader(lines_from(text, start), **options)
    line = start
    for row in reader:
        if layout["strip"]:
            row = [cell.strip() for cell in row]
        if layout["formulas"]:
            row = [without_formula(cell) for cell in row]
        if any(row):
            yield line, row if layout["quote"] else [without_marks(cell) for cell in row]
        # A row whose cells hold line breaks takes several lines.
        line = start + reader.line_num


def single_sign(text, separator):
    """A text in which one character parts the cells, and that character: "::" becomes a sign that no text has."""
    if len(separator) == 1:
        return text, separator
    return text.replace(separator, "\x1f"), "\x1f"


def without_marks(cell):
    """A cell without the quotation marks around it; two of them inside are one."""
    is_quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if is_quoted else cell


def without_formula(cell):
    """="0123", as spreadsheets are told to keep a text, is 0123."""
    is_formula = cell.startswith('="') and cell.endswith('"') and len(cell) > 3
    return cell[2:-1] if is_formula else cell


def used_lines(text, layout):
    """The lines that hold anything, with their numbers."""
    for number, line in enumerate(text.splitlines(), 1):
        if number >= layout["first_line"] and line.strip() and not is_rule(line):
            yield number, line


def rows_by_line(text, layout):
    """Every line is a row of one cell; a blank one too where it stands for a missing value."""
    for number, line in enumerate(text.splitlines(), 1):
        is_row = layout["blank_rows"] or line.strip()
        if number >= layout["first_line"] and is_row:
            yield number, [line.strip()]


def rows_by_blanks(text, layout):
    """Runs of blanks part the cells."""
    for number, line in used_lines(text, layout):
        yield number, blank_cells(line)


def rows_by_bars(text, layout):
    """Cells between bars, as in Markdown."""
    for number, line in used_lines(text, layout):
        yield number, markdown_cells(line)


def rows_by_edges(text, layout):
    """Columns of a fixed width."""
    for number, line in used_lines(text, layout):
        yield number, fixed_cells(line, layout["edges"])


def is_rule(line):
    """Whether a line only parts the names from the rows: |---|:--:|, +====+====+, ┌──┬──┐, or ===  ===."""
    signs = set(line.strip())
    strokes = signs & set("-=─━═")
    corners = signs - strokes - set(" \t:")
    if not strokes or not corners <= set("|+┌┬┐├┼┤└┴┘╒╤╕╞╪╡╘╧╛╔╦╗╠╬╣╚╩╝"):
        return False
    length = 2 if corners else 3
    return any(stroke * length in line for stroke in strokes)


def markdown_cells(line):
    """The cells between the bars of a line."""
    import re

    inside = line.translate({ord("│"): "|", ord("┃"): "|", ord("║"): "|"}).strip()
    inside = inside.removeprefix("|")
    if inside.endswith("|") and not inside.endswith("\\|"):
        inside = inside[:-1]
    cells = re.split(r"(?<!\\)\|", inside)
    return [cell.strip().replace("\\|", "|") for cell in cells]


def blank_cells(line):
    """What runs of blanks part; a cell in quotation marks may hold some."""
    import re

    if '"' not in line:
        return line.split()
    words = re.findall(r'"([^"]*)"|(\S+)', line)
    return [quoted or plain for quoted, plain in words]


def fixed_cells(line, edges):
    """The cells of a line of a fixed table; the last one reaches to its end."""
    wide = line.expandtabs()
    cells = [wide[start:end].strip() for start, end in edges[:-1]]
    last_start = edges[-1][0]
    return [*cells, wide[last_start:].strip()]
