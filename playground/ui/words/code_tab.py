"""The Code tab: script, notebook, experiment file."""

TEXT: dict[str, tuple[str, str]] = {
    "code.title": ("PyTorch", "PyTorch"),
    "code.help": ("a stand-alone script of exactly this experiment", "与此实验完全一致的独立脚本"),
    "code.files": ("Take the script along", "导出脚本"),
    "code.copy": ("Copy", "复制"),
    "code.copied": ("Code copied", "代码已复制"),
    "code.download": ("Download .py", "下载 .py"),
    "code.script": ("The script", "脚本"),
    "code.notebook": ("Download .ipynb", "下载 .ipynb"),
    "code.onnx": ("Download .onnx", "下载 .onnx"),
    "code.example": ("Example for .onnx", ".onnx 示例"),
    "code.example.help": (
        "A short script that reads one raw sample, asks the .onnx file, and prints the same answer as this page",
        "读入一个原始样本、询问 .onnx 文件并输出与本页相同答案的短脚本",
    ),
    "code.drop_elsewhere": (
        "Only an experiment (.json) can be dropped here. Drop data on the box under Data, and a photo on its box under Draw.",
        "此处只能放入实验文件（.json）。数据请放到“数据”下的框中，照片请放到“手写”下的框中。",
    ),
    "code.none": (
        "The script appears once the problems in Build are fixed.",
        "修正“搭建”中的问题后，这里会显示脚本。",
    ),
    "code.experiment": ("The experiment", "实验文件"),
    "code.experiment.help": (
        "all settings as one file; opens here and on the command line",
        "包含全部设置的文件，可在此处或命令行打开",
    ),
    "code.save": ("Download .json", "下载 .json"),
    "code.open": ("Open a file…", "打开文件…"),
    "code.drop": ("or drop one anywhere on this page", "或将文件拖放到页面任意位置"),
    "code.opened": ("Opened {name}", "已打开 {name}"),
    "code.too.large": ("{name} is too large for an experiment.", "{name} 太大，不是实验文件。"),
    "code.not.json": (
        "{name} is not an experiment: it does not hold a JSON object.",
        "{name} 不是实验文件：其中没有 JSON 对象。",
    ),
    "code.name": ("Name", "名称"),
}
