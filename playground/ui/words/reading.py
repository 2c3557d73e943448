"""The reading step: what was understood of a person's own file, what is doubted, what its owner said."""

import re
from collections.abc import Mapping
from typing import Any

TEXT: dict[str, tuple[str, str]] = {
    "edit.own_data": ("use a file of your own", "使用自己的文件"),
    "edit.reading": ("read the file another way", "更改文件的读取方式"),
    "own_data.use": ("Use my own data…", "使用自己的数据…"),
    "own_data.other": ("Another file…", "换一个文件…"),
    "own_data.help": (
        "A table or a series (CSV), texts, or a ZIP of pictures; the kind is recognised.",
        "表格或序列（CSV）、文本，或图片 ZIP：类型会自动识别。",
    ),
    "own_data.drop": (
        "Choose a file, or drop it on this card: a table or a series (CSV), texts, or a ZIP of pictures. The kind is recognised.",
        "选择文件，或拖到这张卡片上：表格或序列（CSV）、文本，或图片 ZIP。类型会自动识别。",
    ),
    "own_data.needs": (
        "this experiment needs the file “{name}”, which is not on this server (or no longer): choose it",
        "此实验需要文件“{name}”，它不在此服务器上（或已被删除）：请选择该文件",
    ),
    "own_data.switched": ("The file holds {kind}.", "此文件是{kind}。"),
    "own_data.read_as": ("Read it as {kind}", "按{kind}读取"),
    "read.region": ("How the file was understood", "文件的理解结果"),
    "read.as.table": (
        "Understood as a table: {rows} rows, {columns} columns",
        "理解为表格：{rows} 行，{columns} 列",
    ),
    "read.as.series": (
        "Understood as a series: {rows} rows, {columns} columns",
        "理解为序列：{rows} 行，{columns} 列",
    ),
    "read.as.text": (
        "Understood as texts: {rows} rows, {columns} columns",
        "理解为文本：{rows} 行，{columns} 列",
    ),
    "read.as.images": (
        "Understood as pictures: {rows} in {classes} classes",
        "理解为图片：{rows} 张，{classes} 个类别",
    ),
    "read.parts": (
        "{train} to train with, {test} to test with",
        "{train} 张用于训练，{test} 张用于测试",
    ),
    "read.comma": ("commas", "逗号分隔"),
    "read.semicolon": ("semicolons", "分号分隔"),
    "read.tab": ("tabs", "制表符分隔"),
    "read.bar": ("vertical bars", "竖线分隔"),
    "read.blanks": ("spaces", "空格分隔"),
    "read.fixed": ("columns of a fixed width", "固定列宽"),
    "read.markdown": ("a Markdown table", "Markdown 表格"),
    "read.decimal_comma": ("decimal comma", "小数点为逗号"),
    "read.change": ("How the file is read", "文件的读取方式"),
    "read.kind": ("Read as", "读取为"),
    "read.kind.table": ("a table", "表格"),
    "read.kind.series": ("a series", "序列"),
    "read.kind.text": ("texts", "文本"),
    "read.kind.images": ("pictures", "图片"),
    "read.encoding": ("Letters", "文字编码"),
    "read.separator": ("Cells are separated by", "单元格分隔方式"),
    "read.names": ("Names of the columns", "列名"),
    "read.names.first_row": ("in the first row", "在第一行"),
    "read.names.none": ("there are none", "没有列名"),
    "read.names.auto": ("recognised", "自动判断"),
    "read.doubts": ("Please look at this", "请确认"),
    "read.now": ("as it is now", "目前如此"),
    "read.settled": ("You said", "你的说明"),
    "read.take_back.what": ("Take back: {what}", "撤回：{what}"),
    "read.told": ("Also noticed", "另外注意到"),
    "read.left_out.lines": (
        "Left out: {n} rows (file lines {places})",
        "未使用：{n} 行（文件第 {places} 行）",
    ),
    "read.left_out.files": ("Left out: {n} files ({places})", "未使用：{n} 个文件（{places}）"),
    "read.more": ("{list} and {n} more", "{list} 等，另有 {n} 个"),
    "read.time": (
        "One row = one {step}, {from} to {to}",
        "一行 = 一{step}，{from} 至 {to}",
    ),
    "read.time.uneven": (
        "Rows at uneven times, {from} to {to}",
        "各行时间间隔不均，{from} 至 {to}",
    ),
    "read.time.newest": ("newest first in the file", "文件中最新的在前"),
    "read.time.none": ("in no order in the file", "文件中无时间顺序"),
    "read.time.season": ("repeats every {n} steps", "每 {n} 步重复一次"),
    "read.classes": ("Classes of “{name}”", "“{name}”的类别"),
    "read.classes.folders": ("Classes", "类别"),
    "read.groups": ("{n} series in the file: {list}", "文件中有 {n} 个序列：{list}"),
    "read.first_rows": ("The first rows, as they were understood", "前几行的理解结果"),
    "read.use": ("Use of “{name}”", "“{name}”的用途"),
    "read.use.number": ("number", "数值"),
    "read.use.category": ("category", "类别"),
    "read.use.flag": ("yes or no", "是或否"),
    "read.use.date": ("date", "日期"),
    "read.use.text": ("text", "文本"),
    "read.use.leave_out": ("ignored", "不使用"),
    "read.role.target": ("predicted", "要预测"),
    "read.role.time": ("time", "时间"),
    "read.missing": ("{n} missing", "缺失 {n}"),
    "read.open": ("{n} questions about the file", "关于该文件有 {n} 个问题"),
    "read.open.none": ("no open questions about the file", "关于该文件没有待确认的问题"),
}

REPAIRS: dict[str, tuple[str, str]] = {
    "read_as_kind": ("Read it as {kind_en}", "按{kind_zh}读取"),
    "take_back_choice": ("Take back: {said_en}", "撤回：{said_zh}"),
}

CATALOGUE_ZH: dict[str, str] = {
    "called": "文件名",
    "What its owner calls the file": "文件的名称",
}

DOUBTS_ZH: dict[str, str] = {
    "across": "“{first}”到“{last}”这 {count} 列按一个序列的各步读取",
    "all_different": "“{name}”每行都不同：名称或编号不能说明其他行，因此先不使用",
    "archives_inside": "压缩包中另有 {count} 个压缩包，不会打开：{names}",
    "autumn_hour": "“{name}”中重复的那一小时是夏令时结束造成的，两者都保留",
    "bad_letters": "有 {count} 个字符无法读取，显示为 �",
    "bad_rows": "{rows} 行中有 {count} 行的单元格数不是 {wanted}，已跳过（文件第 {lines} 行）",
    "comments": "表格之前的 {count} 行注释已跳过（第 {lines} 行）",
    "calendar_taiwan": "“{name}”中的年份如 {cell}，按民国纪年读取（比公历少 {ahead} 年）",
    "calendar_thai": "“{name}”中的年份如 {cell}，按泰国佛历读取（比公历多 {ahead} 年）",
    "day_or_month": "“{name}”中的日期如 {cell}，可能是日在前，也可能是月在前",
    "decimal": "“{name}”中的数如 {cell}，可能是 {thousand}，也可能是 {fraction}",
    "doubled": "有 {count} 行与另一行的时间相同",
    "empty_column": "“{name}”是空列，不使用",
    "encoding": "文字按 {encoding} 读取；也可能是 {others}",
    "filled_up": "有 {count} 行比其他行短，缺少的部分按缺失处理（文件第 {lines} 行）",
    "filled_down": "“{name}”只写在每组的第一行（合并单元格导出时如此），下面各行沿用它的值",
    "footer": "表格之后的 {count} 行已跳过（第 {lines} 行）",
    "further_names": "列名下面的 {count} 行没有数值，已跳过（第 {lines} 行）",
    "gaps": "按每{step}一步，有 {count} 步没有数据行；最大的空缺在 {before} 之后，共 {largest} 步",
    "gives_away": "由“{name}”就能完全确定“{target}”：预测时真的能事先知道它吗？",
    "group": "文件中有 {count} 个上下相接的序列，以“{by}”区分；目前显示“{name}”",
    "id": "“{name}”只是编号，不能说明其他行，因此先不使用",
    "kind": "各行按时间排列，但还有其他内容：是要预测的序列，还是表格？",
    "merged": "“{name}”中有仅大小写或空格不同的写法，各按一种计（{words}）",
    "misnamed_pictures": "有 {count} 个文件是图片，但文件名没有标明：{names}",
    "mixed_units": "“{name}”中的数值有多种单位（{units}），无法换算，因此每个单元格按文字处理",
    "near_empty": "“{name}”只有 {count} 个值，因此先不使用",
    "newest_first": "文件中最新的行在前，已按“{name}”倒转",
    "no_time": "无法确定各行的时间：“{name}”（如 {cell}）无法理解；各行按文件中的顺序使用",
    "no_text_files": "跳过了 {count} 个不是文本的文件：{names}",
    "no_target": "没有可预测的列：各列要么为空，要么只有一个值，要么每行都不同",
    "no_labels": "没有标签列，因此网络学习续写“{name}”中的文本",
    "nul_bytes": "已去掉 {count} 个 NUL 字符",
    "odd_cells": "“{name}”的 {rows} 个单元格中有 {count} 个不是数字，例如第 {line} 行的“{cell}”；它们按缺失处理",
    "one_value": "“{name}”每行都是 {value}，因此先不使用",
    "one_text": "按一篇文本读取，网络学习它如何继续",
    "other_files": "有 {count} 个文件不是图片，已跳过：{names}",
    "other_kind": "此文件看起来是{looks}，现在按{used}读取",
    "other_steps": "“{name}”有 {count} 行的步长不是 {step}，例如 {cell}，已跳过（文件第 {lines} 行）",
    "pictures_left_out": "有 {count} 张图片无法使用（{reasons}）：{names}",
    "preamble": "表格之前的 {count} 行已跳过（第 {lines} 行）",
    "repeated_names": "有 {count} 行重复了列名，已跳过（第 {lines} 行）",
    "row_number": "“{name}”只是行号，因此先不使用",
    "same_pictures": "有 {count} 张相同的图片分在不同类别中：{names}",
    "several_labels": "{count} 行有多个标签，每行只学习第一个（第 {lines} 行）",
    "sheet": "工作簿有 {count} 个工作表；目前读取“{name}”",
    "single_classes": "有 {count} 个类别只有一个文本，不使用（每类需要一个用于学习、一个用于测试）：{names}",
    "sorted": "各行已按“{name}”排序",
    "summer_time": "“{name}”中跳过的小时是夏令时造成的",
    "suspected_missing": "{names} 中出现 {count} 次 {value}，与其他值相差很远：它可能表示“缺失”",
    "target_by_name": "要预测哪一列？从名称看可能是“{name}”",
    "target_last": "要预测哪一列？“{name}”是最后一个可预测的列",
    "target_other": "要预测哪一列？可以是“{name}”",
    "totals": "最后一行（第 {line} 行）是合计，已跳过",
    "uneven": "各行的时间间隔不均，每行按一步计",
    "unpacked": "从压缩包中的“{name}”读取",
    "untimed": "有 {count} 行的“{name}”没有时间，已跳过",
    "value": "有 {count} 列是数值；目前预测“{name}”",
    "without_text": "有 {count} 行没有文本或标签，已跳过（文件第 {lines} 行）",
    "wrapped_lines": "每一行整体都在引号中，读取时已去掉这些引号",
    "word_missing": "“{name}”中出现 {count} 次“{word}”：它表示未知，还是一个类别？",
}
REMEDIES_ZH: dict[str, str] = {
    "apart": "不合并这些写法",
    "as_number": "{cell} 是 {value}",
    "columns_apart": "预测其中一列",
    "count_as_missing": "这 {count} 个按缺失处理",
    "years_taiwan": "民国纪年",
    "years_thai": "泰国佛历",
    "years_western": "年份按原样读取",
    "day_first": "日在前",
    "doubled_first": "取每个时间的第一行",
    "doubled_last": "取每个时间的最后一行",
    "doubled_mean": "取平均值",
    "encoding": "按 {encoding} 读取文字",
    "every_group": "全部使用，各自取窗口",
    "forecast": "预测“{name}”",
    "gaps_as_rows": "每行按一步计",
    "gaps_fill": "把缺少的步补为缺失值",
    "is_kind": "“{value}”是一个类别",
    "is_measured": "{value} 是测量值",
    "is_missing": "{value} 表示“缺失”",
    "keep": "保留“{name}”",
    "keep_row": "保留这一行",
    "keep_them": "保留",
    "kind_images": "图片",
    "kind_series": "要预测的序列",
    "kind_table": "表格",
    "kind_text": "文本",
    "leave_out": "不使用“{name}”",
    "month_first": "月在前",
    "one_group": "使用“{name}”",
    "one_unit": "只用单位为 {unit} 的数值，其余按缺失处理",
    "order_of_file": "各行按现有顺序",
    "predict": "预测“{name}”",
    "sheet": "读取“{name}”",
    "stop": "停下：我来改正文件",
    "turn_round": "最新的行在前：倒转顺序",
    "use_as": "把“{name}”用作{use}",
    "without_them": "不用它们继续",
}

# What its owner said about a file, by the key of the choice; by key=value where each value has its own sentence.
SAID: dict[str, tuple[str, str]] = {
    "sheet": ("the sheet “{value}” is read", "读取工作表“{value}”"),
    "kind": ("the file holds {value}", "文件是{value}"),
    "encoding": ("the letters are {value}", "文字编码是 {value}"),
    "separator": ("cells are separated by “{value}”", "单元格以“{value}”分隔"),
    "decimal": ("“{column}” has “{value}” as its decimal sign", "“{column}”的小数点是“{value}”"),
    "names=first_row": ("the first row holds the names", "第一行是列名"),
    "names=none": ("the columns have no names", "各列没有名称"),
    "names=auto": ("whether there are names is found out", "列名自动判断"),
    "bad_rows=leave_out": ("rows of another length are left out", "单元格数不同的行不使用"),
    "bad_rows=stop": ("stop at rows of another length", "遇到单元格数不同的行就停下"),
    "totals=leave_out": ("the row of totals is left out", "合计行不使用"),
    "totals=keep": ("the last row is kept", "保留最后一行"),
    "missing": ("{value} in “{column}” means “missing”", "“{column}”中的 {value} 表示“缺失”"),
    "missing.*": ("{value} means “missing”", "{value} 表示“缺失”"),
    "measured": ("{value} in “{column}” is a value", "“{column}”中的 {value} 是一个值"),
    "measured.*": ("{value} is a value", "{value} 是一个值"),
    "odd=missing": (
        "cells of “{column}” that are no numbers count as missing",
        "“{column}”中不是数字的单元格按缺失处理",
    ),
    "odd=stop": (
        "stop at cells of “{column}” that are no numbers",
        "遇到“{column}”中不是数字的单元格就停下",
    ),
    "columns": ("“{column}” is used as: {value}", "“{column}”用作：{value}"),
    "columns=leave_out": ("“{column}” is left out", "不使用“{column}”"),
    "columns=keep": ("“{column}” is kept", "保留“{column}”"),
    "classes=merge": ("spellings of one class are joined", "合并同一类别的不同写法"),
    "classes=apart": ("spellings are kept apart", "不合并不同写法"),
    "target": ("“{value}” is predicted", "预测“{value}”"),
    "message": ("“{value}” holds the texts", "“{value}”是文本列"),
    "calendar=thai": ("“{column}” counts years as in Thailand", "“{column}”按泰国佛历计年"),
    "calendar=taiwan": ("“{column}” counts years as in Taiwan", "“{column}”按民国纪年"),
    "calendar=western": ("the years of “{column}” are as written", "“{column}”的年份按原样读取"),
    "day_first=true": ("in “{column}” the day comes first", "“{column}”中日在前"),
    "day_first=false": ("in “{column}” the month comes first", "“{column}”中月在前"),
    "value": ("“{value}” is forecast", "预测“{value}”"),
    "time=auto": ("times are looked for", "自动查找时间列"),
    "time=none": ("the rows are in order as they are", "各行按现有顺序"),
    "time=newest_first": ("the newest row comes first", "最新的行在前"),
    "across=auto": ("months side by side are steps of one series", "并列的各月是同一序列的各步"),
    "across=columns": ("each column is a series of its own", "每列是单独的序列"),
    "untimed=ask": ("rows without a time are asked about", "询问没有时间的行"),
    "untimed=leave_out": ("rows without a time are left out", "没有时间的行不使用"),
    "group": ("the series “{value}” is used", "使用序列“{value}”"),
    "group=*": ("all series are used, each with windows of its own", "使用全部序列，各自取窗口"),
    "gaps=ask": ("steps without a row are asked about", "询问没有数据行的步"),
    "gaps=as_rows": ("every row is one step", "每行按一步计"),
    "gaps=fill": ("steps without a row are missing values", "没有数据行的步按缺失处理"),
    "doubled=ask": ("rows of one time are asked about", "询问时间相同的行"),
    "doubled=mean": ("of rows of one time the mean is taken", "时间相同的行取平均值"),
    "doubled=first": ("of rows of one time the first is taken", "时间相同的行取第一行"),
    "doubled=last": ("of rows of one time the last is taken", "时间相同的行取最后一行"),
    "pictures=ask": ("pictures that cannot be used are asked about", "询问无法使用的图片"),
    "pictures=go_on": ("go on without pictures that cannot be used", "不用无法使用的图片继续"),
    "pictures=stop": ("stop at pictures that cannot be used", "遇到无法使用的图片就停下"),
    "same_pictures=ask": ("identical pictures are asked about", "询问相同的图片"),
    "same_pictures=keep": ("identical pictures are kept", "保留相同的图片"),
    "same_pictures=leave_out": ("identical pictures are left out", "不使用相同的图片"),
}

# Values of these sentences that are words of ours, by their English.
PHRASES: dict[str, str] = {
    "number": "数值",
    "category": "类别",
    "flag": "是或否",
    "date": "日期",
    "text": "文本",
    "a table": "表格",
    "a series": "序列",
    "texts": "文本",
    "pictures": "图片",
    "comma": "逗号",
    "semicolon": "分号",
    "tab": "制表符",
    "bar": "竖线",
    "blanks": "空格",
    "fixed": "固定列宽",
    # Why a picture cannot be used
    "in a folder without classes": "在没有类别的文件夹中",
    "in no folder": "不在文件夹中",
    "damaged": "已损坏",
    "alone in a class": "所在类别只有一张",
    "of a class that has no pictures for training": "所在类别没有训练图片",
    "too large": "过大",
    "empty": "为空",
    "identical under another class": "与另一类别中的相同",
    # What a file is that is of no use
    "a single picture": "一张图片",
    "a PDF": "PDF",
    "a Parquet file": "Parquet 文件",
    "an HDF5 file": "HDF5 文件",
    "a database": "数据库",
    "a 7z archive": "7z 压缩包",
    "a RAR archive": "RAR 压缩包",
    "a Python pickle": "Python pickle 文件",
    "a NumPy array": "NumPy 数组",
    "a damaged archive": "损坏的压缩包",
    "an archive of many files": "含许多文件的压缩包",
    "an archive inside an archive": "压缩包中的压缩包",
    "an archive of a very large file": "解压后过大的压缩包",
}
KINDS = {"table": "a table", "series": "a series", "text": "texts", "images": "pictures"}
STEPS_ZH: dict[str, str] = {
    "second": "秒",
    "minute": "分钟",
    "hour": "小时",
    "day": "天",
    "weekday": "个工作日",
    "week": "周",
    "month": "个月",
    "quarter": "个季度",
    "year": "年",
}
WORDS_OF_OURS = ("use", "looks", "used", "what")
STEP = re.compile(r"(?:([\d.]+) )?([a-z]+?)s?")
REASON = re.compile(r"(\d+) ([^\d]+?)(?:, (?=\d)|$)")


def step_in_chinese(step: str) -> str:
    """ "month" -> "个月"; "15 minutes" -> "15 分钟". What is none of our steps stays as it is."""
    match = STEP.fullmatch(step)
    if match is None or match[2] not in STEPS_ZH:
        return step
    unit = STEPS_ZH[match[2]]
    return f"{match[1]} {unit}" if match[1] else unit


def reasons_in_chinese(reasons: str) -> str:
    """ "3 in no folder, 1 damaged" -> "3 张不在文件夹中，1 张已损坏"."""
    told = []
    for count, why in REASON.findall(reasons):
        told.append(f"{count} 张{PHRASES.get(why, why)}")
    return "，".join(told) or reasons


def values_in_chinese(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a doubt or remedy for its Chinese sentence; names and cells of the file stay as they are."""
    chinese = dict(values)
    for name in WORDS_OF_OURS:
        if name in values:
            chinese[name] = PHRASES.get(values[name], values[name])
    if "step" in values:
        chinese["step"] = step_in_chinese(values["step"])
    if "reasons" in values:
        chinese["reasons"] = reasons_in_chinese(values["reasons"])
    return chinese
