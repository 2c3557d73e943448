"""One sheet of an .xlsx workbook as the text of a CSV file, with every row on the line of its own number.

The app and the exported script read with these functions. Only the standard library is used: a workbook is a ZIP of
XML. Formulas count as what they came to when it was saved.
"""


def sheet_as_csv(data, wanted=""):
    """In: the bytes of a workbook, the name of a sheet. Out: the text of that sheet, else of the first with any cell.

    Raises: ValueError, KeyError, ParseError … for a damaged workbook.
    """
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        places = sheets_of(archive)
        asked = [wanted] if wanted in places else list(places)
        facts = {
            "texts": shared_texts(archive),
            "dates": date_styles(archive),
            "first_day": first_day(archive),
        }
        for name in asked:
            text = "\n".join(sheet_lines(archive, places[name], facts))
            if text.strip(",\n"):
                return name, text
    raise ValueError("no sheet holds anything")


def xml_elements(archive, name, *wanted):
    """The elements of these names in a file of the workbook, each emptied when the next one is asked for."""
    from xml.etree import ElementTree

    if name not in archive.namelist():
        return
    with archive.open(name) as file:
        for _, element in ElementTree.iterparse(file):
            if local_name(element) in wanted:
                yield element
                element.clear()


def local_name(element):
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def sheets_of(archive):
    """The sheets that are shown, by name: where each lies in the ZIP. Raises: ValueError where there is none."""
    import posixpath

    targets = {}
    for element in xml_elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"):
        target = posixpath.join("/xl", element.get("Target", ""))
        targets[element.get("Id")] = posixpath.normpath(target)[1:]
    places = {}
    for element in xml_elements(archive, "xl/workbook.xml", "sheet"):
        relations = [value for key, value in element.items() if key.endswith("}id")]
        place = targets.get(relations[0], "") if relations else ""
        is_shown = element.get("state", "visible") == "visible"
        if is_shown and "/worksheets/" in place:
            places[element.get("name", "")] = place
    if not places:
        raise ValueError("it shows no sheet")
    return places


def first_day(archive):
    """The day 0 of the dates, chosen so that day 61 is the first of March 1900; old Macintoshes began in 1904."""
    from datetime import datetime

    for element in xml_elements(archive, "xl/workbook.xml", "workbookPr"):
        if element.get("date1904") in ("1", "true"):
            return datetime(1904, 1, 1)
    return datetime(1899, 12, 30)


def shared_texts(archive):
    """The texts that cells point to."""
    entries = xml_elements(archive, "xl/sharedStrings.xml", "si")
    return [text_in(element) for element in entries]


def text_in(element):
    """The text of an entry in one piece; how it is pronounced is left away."""
    parts = []
    for child in element:
        name = local_name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.append(text_in(child))
    return "".join(parts)


def date_styles(archive):
    """The places of the cell styles that show a number as a date or a time of day."""
    formats = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}  # those built in
    styles = []
    for element in xml_elements(archive, "xl/styles.xml", "numFmt", "cellXfs"):
        if local_name(element) == "cellXfs":
            styles = [int(style.get("numFmtId", "0")) for style in element]
        elif is_date_format(element.get("formatCode", "")):
            formats.add(int(element.get("numFmtId", "0")))
    return {place for place, number in enumerate(styles) if number in formats}


def is_date_format(code):
    """Whether a number format shows a date or a time of day: "dd.mm.yyyy", not "0.00 \\d"."""
    import re

    first_part, _, _ = code.partition(";")
    if re.search(r"\[[hms]+\]", first_part.lower()):
        return False  # hours beyond a day are a quantity
    # What stands for nothing itself: "km", \d, [Red], [$-409], _), *-
    letters = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].', "", first_part)
    return re.search("[ymdhs]", letters.lower()) is not None


def sheet_lines(archive, place, facts, most_cells=6_000_000):
    """The lines of a sheet as CSV. Raises: OverflowError for more cells than that, blank ones included."""
    n_lines = n_cells = 0
    for row in xml_elements(archive, place, "row"):
        cells = row_cells(row, facts)
        number = max(int(row.get("r", n_lines + 1)), n_lines + 1)
        n_cells += len(cells) + number - n_lines
        if n_cells > most_cells:
            raise OverflowError(f"more than {most_cells:,} cells")
        for _ in range(n_lines + 1, number):
            yield ""
        yield ",".join(map(csv_cell, cells))
        n_lines = number


def csv_cell(cell):
    """A cell between quotation marks, where it needs them."""
    if "," not in cell and '"' not in cell:
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def row_cells(row, facts):
    """The cells of a row as text, without blank ones at its end."""
    texts = {}
    place = 0
    for cell in row:
        place = place_of(cell.get("r", ""), place + 1)
        # A line break inside a cell would move the rows below away from their lines.
        text = " ".join(cell_text(cell, facts).split())
        if text:
            texts[place] = text
    width = max(texts, default=0)
    return [texts.get(place, "") for place in range(1, width + 1)]


def place_of(reference, usual):
    """ "C7" -> 3: the place of a column. In: where a cell without a reference stands. Raises: OverflowError."""
    letters = reference.rstrip("0123456789").upper()
    if not letters:
        return usual
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - ord("A") + 1
    if not 1 <= place <= 16_384:  # the last column of Excel
        raise OverflowError(f"a column called {letters[:20]}")
    return place


def cell_text(cell, facts):
    """A cell as a spreadsheet would write it into a CSV file, dates as 2019-01-31."""
    value = ""
    for child in cell:
        name = local_name(child)
        if name == "is":
            return text_in(child)
        if name == "v":
            value = child.text or ""
    kind = cell.get("t", "n")
    if kind == "s" and value:
        return facts["texts"][int(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n" or not value:
        return value
    number = float(value)
    is_date = int(cell.get("s", "0")) in facts["dates"]
    last_day = 2_958_465  # of the year 9999
    if is_date and 0 <= number <= last_day:
        return date_text(number, facts["first_day"])
    # It is stored with 17 digits; the shortest text of the same number is what was typed.
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def date_text(number, first_day):
    """Days since day 0 as a date, a time of day, or both."""
    from datetime import timedelta

    moment = first_day + timedelta(seconds=round(number * 86_400))
    if number < 1:
        return moment.strftime("%H:%M:%S")
    return moment.strftime("%Y-%m-%d" if number.is_integer() else "%Y-%m-%d %H:%M:%S")


FUNCTIONS = (
    sheet_as_csv,
    xml_elements,
    local_name,
    sheets_of,
    first_day,
    shared_texts,
    text_in,
    date_styles,
    is_date_format,
    sheet_lines,
    csv_cell,
    row_cells,
    place_of,
    cell_text,
    date_text,
)
