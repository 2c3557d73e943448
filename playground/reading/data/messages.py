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
    "beside_text": "only the text and its label are used; other columns are left out ({names})",
    "calendar_taiwan": "the years of “{name}”, such as {cell}, are taken as those of Taiwan, which began {ahead} years "
    "later than ours",
    "calendar_thai": "the years of “{name}”, such as {cell}, are taken as those of Thailand, which are {ahead} years "
    "ahead of ours",
    "class_level": "the pictures are in two levels of folders: {outer}, and inside them {inner}; which are the "
    "classes?",
    "classes_in_names": "the pictures are not sorted into one folder per class; their classes are taken from "
    "the start of their file names: {names}",
    "comments": "{count} lines of comments before the table are passed over (lines {lines})",
    "dash": "“{word}” appears {count} times among the amounts in “{name}”, where it may mean 0; it is counted "
    "as missing",
    "dash_is_0": "“{cell}” in “{name}” is read as 0, as accountants write it",
    "copied_pictures": "{count} pictures are in the archive twice, in folders of the same names, and are used "
    "once: {names}",
    "day_or_month": "in “{name}” a date such as {cell} may begin with the day or with the month",
    "decimal": "“{name}” holds numbers such as {cell}, which may be {thousand} or {fraction}",
    "doubled": "{count} rows have the same time as another row",
    "empty_column": "“{name}” is empty and is left out",
    "encoding": "the letters are read as {encoding}; {others} would also be possible",
    "filled_up": "{count} rows are shorter than the others; what they lack counts as missing (file lines {lines})",
    "filled_down": "“{name}” is filled in only in the first row of each group, as exports of merged cells do; "
    "the rows below get the same value",
    "footer": "{count} lines after the table are passed over (lines {lines})",
    "further_names": "{count} rows below the names hold no values and are passed over (lines {lines})",
    "gaps": "{count} steps of one {step} have no row; the largest gap is of {largest} after {before}",
    "gives_away": "“{target}” follows exactly from “{name}”: would it be known beforehand?",
    "group": "{count} series lie one below the other, told apart by “{by}”; “{name}” is shown",
    "id": "“{name}” only numbers the rows and says nothing about others, so it is left out at first",
    "kind": "the rows are in order of time, but hold other things as well: a series to forecast, or a table?",
    "letter_codes": "cells of “{name}” such as “{cell}” may be codes, or numbers whose letter means thousands "
    "or more; they are taken as codes",
    "letters": "{count} numbers in “{name}” are followed by a letter ({letters}), such as “{cell}” in line "
    "{line}; the letter is ignored",
    "long_times": "all times in “{name}” are converted to {unit}; a year counts as 365.25 days, a month as a "
    "twelfth of that",
    "masks": "“{name}” ({count} pictures) seems to hold masks for other pictures; segmentation is not supported",
    "merged": "“{name}” has kinds that differ only in how they are written, such as capitals or blanks; each counts "
    "as one ({words})",
    "merged_folders": "classes whose names differ only in capital letters or separators count as one ({words})",
    "loose_commas": "numbers such as {cell} in {names} are not quoted, although commas separate the cells; they "
    "are joined again",
    "merged_cells": "“{name}” has a value such as “{cell}” only in the first row of a block, and {count} blank cells "
    "below: they may repeat it",
    "misnamed_pictures": "{count} files are pictures, although their names do not say so: {names}",
    "mixed_units": "“{name}” holds numbers of several units ({units}), which cannot be converted: each cell is taken "
    "as a word",
    "nameless_first": "there is one name fewer than columns; the first column is taken as the one without a name",
    "near_empty": "“{name}” has only {count} values, so it is left out at first",
    "newest_first": "the file begins with the newest row; it is turned around by “{name}”",
    "no_labels": "no column holds labels, so the network learns to go on writing the texts of “{name}”",
    "no_time": "nothing says when the rows were measured: “{name}”, such as {cell}, is not understood; the rows "
    "are used in the order of the file",
    "no_text_files": "{count} files that are no texts are passed over: {names}",
    "no_target": "no column can be predicted: each is empty, has one value, or is different in every row",
    "nul_bytes": "{count} NUL characters were removed",
    "odd_cells": "{count} of {rows} cells of “{name}” are no numbers, such as “{cell}” in line {line}; they "
    "are counted as missing",
    "odd_dates": "{count} of {rows} cells of “{name}” are no dates, such as “{cell}” in line {line}; they "
    "are counted as missing",
    "one_text": "this is read as one text, from which the network learns how it goes on",
    "one_value": "“{name}” is {value} in every row, so it is left out at first",
    "other_units": "{count} of {rows} cells of “{name}” are numbers followed by another unit or word, such as "
    "“{cell}” in line {line}; they are counted as missing",
    "other_kind": "the file looks like {looks}, but is read as {used}",
    "other_files": "{count} files that are no pictures are passed over: {names}",
    "part_or_class": "“{name}” ({count} pictures) is next to the folders of classes: is it a class, or does it "
    "hold test pictures without labels?",
    "other_steps": "{count} rows of “{name}”, such as {cell}, do not stand for one {step} and are left out "
    "(file lines {lines})",
    "pictures_left_out": "{count} pictures cannot be used ({reasons}): {names}",
    "pictures_without_part": "{count} pictures are in none of the training and test folders and are used for "
    "training: {names}",
    "preamble": "{count} lines before the table are passed over (lines {lines})",
    "remarks": "{count} rows have one extra word at the end, such as “{word}”, which is ignored (lines {lines})",
    "repeated_names": "the names of the columns stand again in {count} rows, which are passed over (lines {lines})",
    "row_number": "“{name}” only counts the rows, so it is left out at first",
    "same_in_parts": "{count} training pictures are also among the test pictures, so the results look better "
    "than they are: {names}",
    "same_pictures": "{count} identical pictures lie in several classes: {names}",
    "second_table": "another table begins after a blank line (line {line}); its {count} rows are left out",
    "several_labels": "{count} lines have several labels; only the first of each is learnt (lines {lines})",
    "shares": "“{name}” mixes percentages, such as {percent}, with numbers without %, such as {cell}, which are "
    "taken as fractions of 1; the percentages are divided by 100",
    "sheet": "the workbook has {count} sheets; “{name}” is read",
    "sides": "in “{name}”, numbers with {minus} count as negative",
    "sides_beside": "“{name}” has no negative numbers, but “{other}” marks {count} rows as {cell}; latitudes in "
    "the south and longitudes in the west are usually negative",
    "signs": "in “{name}”, Cr (credit) counts as positive and Dr (debit) as negative",
    "signs_beside": "“{name}” has no negative numbers, but “{other}” marks {count} rows as paid out ({cell})",
    "single_classes": "{count} classes have only one text and are left out, since each needs one to learn from and "
    "one to be tested with: {names}",
    "sorted": "the rows are put in order of “{name}”",
    "stray_folder": "“{name}” ({count} pictures) is next to the training and test folders: what is it for?",
    "subtotals": "{count} rows hold totals of the rows above them and are left out (lines {line})",
    "summer_time": "the hours that “{name}” passes over are those of summer time",
    "suspected_missing": "{value} stands {count} times in {names}, far from every other value: it may mean “missing”",
    "target_by_name": "which column is to be predicted? “{name}” is called like one",
    "target_last": "which column is to be predicted? “{name}” is the last column that can be predicted",
    "target_other": "which column is to be predicted? “{name}” can be",
    "texts_left_out": "“{name}” holds texts such as “{cell}”, which a network for tables does not read: it is "
    "left out",
    "totals": "the last rows (line {line}) hold totals and are left out",
    "uneven": "the rows lie unevenly in time; each counts as one step",
    "unpacked": "read from “{name}” inside the archive",
    "untimed": "{count} rows have no time in “{name}” and are left out",
    "value": "{count} columns hold numbers; “{name}” is forecast",
    "without_text": "{count} rows have no text or no label and are left out (file lines {lines})",
    "wrapped_lines": "every line stands between quotation marks as a whole; these are taken off",
    "word_missing": "“{word}” stands {count} times in “{name}”: does it mean that nothing is known, or is it a kind?",
    "year_rows": "{count} rows begin with a year, such as {cell}, above the rows of its months or quarters, such as "
    "{below}: these get the year, and the rows of years are left out (file lines {lines})",
}
REMEDIES: Mapping[str, str] = {
    "apart": "keep the spellings apart",
    "as_number": "{cell} is {value}",
    "as_written": "ignore what follows the numbers",
    "blanks_missing": "blank cells are missing",
    "columns_apart": "forecast one of the columns",
    "count_as_missing": "count the {count} as missing",
    "day_first": "the day comes first",
    "doubled_first": "take the first row of each time",
    "doubled_last": "take the last row of each time",
    "doubled_mean": "take their mean",
    "encoding": "read the letters as {encoding}",
    "every_group": "use all of them, each with windows of its own",
    "forecast": "forecast “{name}”",
    "from_above": "blank cells repeat what stands above",
    "gaps_as_rows": "count every row as one step",
    "gaps_fill": "insert the steps as missing values",
    "is_class": "“{name}” is a class",
    "is_kind": "“{value}” is a kind",
    "is_measured": "{value} is a measurement",
    "is_missing": "{value} means “missing”",
    "is_zero": "“{value}” means 0",
    "keep": "keep “{name}”",
    "keep_row": "keep the row",
    "keep_them": "keep them",
    "kind_images": "pictures",
    "kind_series": "a series to forecast",
    "kind_table": "a table",
    "kind_text": "texts",
    "leave_out": "leave “{name}” out",
    "level_inner": "the classes are {inner}",
    "level_names": "take the classes from the file names",
    "level_outer": "the classes are {outer}",
    "month_first": "the month comes first",
    "one_group": "use “{name}”",
    "one_unit": "take the numbers in {unit}, and count the others as missing",
    "powers": "{letter} multiplies by {size}",
    "order_of_file": "the rows are already in order",
    "predict": "predict “{name}”",
    "sides_as_written": "leave the numbers as they are",
    "signs_as_written": "all amounts are positive",
    "signs_beside": "“{cell}” is negative",
    "shares": "{cell} is a fraction: 1 is 100 %",
    "sheet": "read “{name}”",
    "stop": "stop: I will correct the file",
    "to_test": "use “{name}” for testing",
    "to_train": "use “{name}” for training",
    "train_with_them": "use them for training",
    "turn_round": "the newest row comes first: reverse the order",
    "use_as": "use “{name}” as a {use}",
    "without_them": "go on without them",
    "years_taiwan": "years of Taiwan",
    "years_thai": "years of Thailand",
    "years_western": "take the years as they are written",
}
# What holds while a doubt is open is its first remedy, except for these.
IN_FORCE: Mapping[str, str] = {
    "gives_away": "keep",
    "same_in_parts": "keep_them",
    "merged_cells": "blanks_missing",
    "same_pictures": "keep_them",
    "sides_beside": "sides_as_written",
    "signs_beside": "signs_as_written",
    "suspected_missing": "is_measured",
}


def doubt_text(code: str, values: Mapping[str, Any]) -> str:
    """The sentence of a doubt or a note."""
    return DOUBTS[code].format(**values)


def remedy_text(code: str, values: Mapping[str, Any]) -> str:
    """What the button of a remedy says."""
    return REMEDIES[code].format(**values)
