"""A whole file answered at once."""

TEXT: dict[str, tuple[str, str]] = {
    "whole.title": ("Test with another file", "用另一个文件测试"),
    "whole.help": (
        "every row, text or picture gets an answer from the network as it is now; where the file says what is right, there is a report",
        "用当前的网络回答文件中的每一行、每段文本或每张图片；文件若含正确答案，还会给出报告",
    ),
    "whole.choose": ("Choose a file", "选择文件"),
    "whole.line.table": (
        "a table with the same columns, in any order; the predicted one may be missing",
        "含有相同列的表格，顺序不限，可以没有要预测的列",
    ),
    "whole.line.points": ("a table with the columns x and y", "含有 x 和 y 两列的表格"),
    "whole.line.text": (
        "a table with a column of texts, or one text a line",
        "含有一列文本的表格，或每行一段文本",
    ),
    "whole.line.image": (
        "a ZIP of pictures, or one picture; folders named after classes say what is right",
        "图片的 ZIP 或单张图片；以类别命名的文件夹表示正确答案",
    ),
    "whole.line.series": (
        "a table with the series; its next steps are forecast",
        "含有序列的表格，将预测其后的值",
    ),
    "whole.uploading": ("Uploading …", "正在上传……"),
    "whole.reading": ("Reading the file …", "正在读取文件……"),
    "whole.answering": ("Answering …", "正在回答……"),
    "whole.done": (
        "{name}: {n} answers, with the network as it was at step {step}",
        "{name}：{n} 个答案，来自第 {step} 步时的网络",
    ),
    "whole.forecast": (
        "{name}: {n} further steps, with the network as it was at step {step}",
        "{name}：往后 {n} 步的预测，来自第 {step} 步时的网络",
    ),
    "whole.download": ("Download the answers (CSV)", "下载答案（CSV）"),
    "whole.left_out": ("{n} could not be answered", "{n} 个无法回答"),
    "whole.strange": (
        "Not understood in “{column}”: {n}, such as “{cell}”. These cells count as not known.",
        "“{column}”中无法理解的单元格：{n} 个，例如“{cell}”。它们按未知处理。",
    ),
    "whole.why.bad_row": ("another number of cells", "单元格数不同"),
    "whole.why.no_text": ("no text", "没有文本"),
    "whole.why.unread": ("cannot be read", "无法读取"),
    "whole.no_report": (
        "The file does not say what is right, so there is no report.",
        "文件中没有正确答案，因此没有报告。",
    ),
    "whole.report": (
        "{n} of {of} samples of the file have a known answer",
        "文件中 {of} 个样本里有 {n} 个已知答案",
    ),
}
