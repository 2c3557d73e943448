"""The English sentences of doubts, notes and remedies. `{…}` are their values; other languages use the same codes."""

from collections.abc import Mapping
from typing import Any

DOUBTS: Mapping[str, str] = {
    "across": "{count} columns, “{first}” to “{last}”, are read as steps of one series",
    "all_different": "“{name}” is different in nearly every row: a name or a code says nothing about other rows, so "
    "it is left out at first",
    "archives_inside": "{count} archives lie inside the archive and are not opened: {names}",
    "autumn_hour": "the hour that “{name}” shows twice is that of the end of summer time; both are kept",
    "bad_letters": "{count} characters could not be read and are shown as �",
    "bad_rows": "{count} of {rows} rows do not have {wanted} cells and are left out (file lines {lines})",
    "calendar_taiwan": "the years of “{name}”, such as {cell}, are taken as those of Taiwan, which began {ahead} years "
    "later than ours",
    "calendar_thai": "the years of “{name}”, such as {cell}, are taken as those of Thailand, which are {ahead} years "
    "ahead of ours",
    "comments": "{count} lines of comments before the table are passed over (lines {lines})",
    "day_or_month": "in “{name}” a date such as {cell} may begin with the day or with the month",
    "decimal": "“{name}” holds numbers such as {cell}, which may be {thousand} or {fraction}",
    "doubled": "{count} rows have the same time as another row",
    "empty_column": "“{name}” is empty and is left out",
    "encoding": "the letters are read as {encoding}; {others} would also be possible",
    "filled_up": "{count} rows are shorter than the others; what they lack counts as missing (file lines {lines})",
    "filled_down": "“{name}” stands only in the first row of its group, as merged cells are exported; the rows below "
    "take it over",
    "footer": "{count} lines after the table are passed over (lines {lines})",
    "further_names": "{count} rows below the names hold no values and are passed over (lines {lines})",
    "gaps": "{count} steps of one {step} have no row; the largest gap is of {largest} after {before}",
    "gives_away": "“{target}” follows exactly from “{name}”: would it be known beforehand?",
    "group": "{count} series lie one below the other, told apart by “{by}”; “{name}” is shown",
    "id": "“{name}” only numbers the rows and says nothing about others, so it is left out at first",
    "kind": "the rows are in order of time, but hold other things as well: a series to forecast, or a table?",
    "merged": "“{name}” has kinds that differ only in how they are written, such as capitals or blanks; each counts "
    "as one ({words})",
    "misnamed_pictures": "{count} files are pictures, although their names do not say so: {names}",
    "mixed_units": "“{name}” holds numbers of several units ({units}), which cannot be converted: each cell is taken "
    "as a word",
    "near_empty": "“{name}” has only {count} values, so it is left out at first",
    "newest_first": "the file begins with the newest row; it is turned around by “{name}”",
    "no_labels": "no column holds labels, so the network learns to go on writing the texts of “{name}”",
    "no_time": "nothing says when the rows were measured: “{name}”, such as {cell}, is not understood; the rows are "
    "taken in the order of the file",
    "no_text_files": "{count} files that are no texts are passed over: {names}",
    "no_target": "no column can be predicted: each is empty, has one value, or is different in every row",
    "nul_bytes": "{count} NUL characters were removed",
    "odd_cells": "{count} of {rows} cells of “{name}” are no numbers, such as “{cell}” in line {line}; they "
    "are counted as missing",
    "one_text": "this is read as one text, from which the network learns how it goes on",
    "one_value": "“{name}” is {value} in every row, so it is left out at first",
    "other_kind": "the file looks like {looks}, but is read as {used}",
    "other_files": "{count} files that are no pictures are passed over: {names}",
    "other_steps": "{count} rows of “{name}” are of other steps than one {step}, such as {cell}, and are left out "
    "(file lines {lines})",
    "pictures_left_out": "{count} pictures cannot be used ({reasons}): {names}",
    "preamble": "{count} lines before the table are passed over (lines {lines})",
    "repeated_names": "the names of the columns stand again in {count} rows, which are passed over (lines {lines})",
    "row_number": "“{name}” only counts the rows, so it is left out at first",
    "same_pictures": "{count} identical pictures lie in several classes: {names}",
    "several_labels": "{count} lines have several labels; only the first of each is learnt (lines {lines})",
    "sheet": "the workbook has {count} sheets; “{name}” is read",
    "single_classes": "{count} classes have only one text and are left out, since each needs one to learn from and "
    "one to be tested with: {names}",
    "sorted": "the rows are put in order of “{name}”",
    "summer_time": "the hours that “{name}” passes over are those of summer time",
    "suspected_missing": "{value} stands {count} times in {names}, far from every other value: it may mean “missing”",
    "target_by_name": "which column is to be predicted? “{name}” is called like one",
    "target_last": "which column is to be predicted? “{name}” is the last one that can be",
    "target_other": "which column is to be predicted? “{name}” can be",
    "totals": "the last rows (line {line}) hold totals and are left out",
    "uneven": "the rows lie unevenly in time; each counts as one step",
    "unpacked": "read from “{name}” inside the archive",
    "untimed": "{count} rows have no time in “{name}” and are left out",
    "value": "{count} columns hold numbers; “{name}” is forecast",
    "without_text": "{count} rows have no text or no label and are left out (file lines {lines})",
    "wrapped_lines": "every line stands between quotation marks as a whole; these are taken off",
    "word_missing": "“{word}” stands {count} times in “{name}”: does it mean that nothing is known, or is it a kind?",
}
REMEDIES: Mapping[str, str] = {
    "apart": "keep the spellings apart",
    "as_number": "{cell} is {value}",
    "columns_apart": "forecast one of the columns",
    "count_as_missing": "count the {count} as missing",
    "day_first": "the day comes first",
    "doubled_first": "take the first row of each time",
    "doubled_last": "take the last row of each time",
    "doubled_mean": "take their mean",
    "encoding": "read the letters as {encoding}",
    "every_group": "use all of them, each with windows of its own",
    "forecast": "forecast “{name}”",
    "gaps_as_rows": "count every row as one step",
    "gaps_fill": "insert the steps as missing values",
    "is_kind": "“{value}” is a kind",
    "is_measured": "{value} is a measurement",
    "is_missing": "{value} means “missing”",
    "keep": "keep “{name}”",
    "keep_row": "keep the row",
    "keep_them": "keep them",
    "kind_images": "pictures",
    "kind_series": "a series to forecast",
    "kind_table": "a table",
    "kind_text": "texts",
    "leave_out": "leave “{name}” out",
    "month_first": "the month comes first",
    "one_group": "use “{name}”",
    "one_unit": "take the numbers in {unit}, and count the others as missing",
    "order_of_file": "the rows are in order as they are",
    "predict": "predict “{name}”",
    "sheet": "read “{name}”",
    "stop": "stop: I will correct the file",
    "turn_round": "the newest row comes first: turn them round",
    "use_as": "use “{name}” as a {use}",
    "without_them": "go on without them",
    "years_taiwan": "years of Taiwan",
    "years_thai": "years of Thailand",
    "years_western": "take the years as they are written",
}
# What holds while a doubt is open is its first remedy, except for these.
IN_FORCE: Mapping[str, str] = {
    "gives_away": "keep",
    "same_pictures": "keep_them",
    "suspected_missing": "is_measured",
}


def doubt_text(code: str, values: Mapping[str, Any]) -> str:
    """The sentence of a doubt or a note."""
    return DOUBTS[code].format(**values)


def remedy_text(code: str, values: Mapping[str, Any]) -> str:
    """What the button of a remedy says."""
    return REMEDIES[code].format(**values)
