"""Pieces of sentences that stand in faults as values, in Chinese: what was expected, what is wrong with a file."""

import re
from collections.abc import Mapping
from typing import Any

from .layers import CATALOGUE_ZH as LAYERS_ZH
from .losses import CATALOGUE_ZH as LOSSES_ZH
from .sequences import CATALOGUE_ZH as SEQUENCES_ZH

PHRASES: dict[str, str] = {
    # What was expected
    "a whole number": "整数",
    "a number": "数字",
    "true or false": "真或假",
    "a text": "文本",
    "a list": "列表",
    "an object": "对象",
    # Kinds of entries
    "layer": "层",
    "loss": "损失函数",
    "dataset": "数据集",
    "optimizer": "优化器",
    "schedule": "学习率调度",
    "init": "初始化",
    "challenge": "挑战",
    # Tasks
    "classification": "分类",
    "regression": "回归",
    "reconstruction": "重建",
    "labelling": "序列标注",
    "embedding": "嵌入",
    "two_tasks": "双任务",
    # Weights and checkpoints
    "it holds no tensors": "其中没有张量",
    "it is a pickle, which can hold code, so it is not opened; "
    "write it again with torch.save(model.state_dict(), …) or as safetensors": (
        "这是 pickle 文件，可能含有代码，因此不会打开；"
        "请用 torch.save(model.state_dict(), …) 或 safetensors 重新保存"
    ),
    "it is neither safetensors nor a state_dict saved by torch": (
        "既不是 safetensors，也不是 torch 保存的 state_dict"
    ),
    "it is damaged": "文件已损坏",
    "it is compressed, as torch never saves; unpack it first": (
        "文件被压缩过（torch 不会这样保存），请先解压"
    ),
    "it unpacks to more than is accepted": "解压后超过上限",
    "it holds more than numbers: a whole module, say, whose pickle can run code, so it is not opened; "
    "write torch.save(model.state_dict(), …) instead": (
        "其中不只有数字，例如整个模块，其 pickle 可能执行代码，因此不会打开；"
        "请改用 torch.save(model.state_dict(), …)"
    ),
    "it is not a state_dict: names with a tensor each": "不是 state_dict（每个名称对应一个张量）",
    "it is damaged: its checksum does not match": "文件已损坏：校验和不符",
    "it holds weights alone, which “Load weights” takes": "其中只有权重，请用“载入权重”",
    "it is nested too deeply": "嵌套过深",
    "nested too deeply": "嵌套过深",
    # Downloads
    "it could not be unpacked": "无法解压",
    # Questions to a network
    "there is no such question": "没有这个问题",
    "a sample is missing": "缺少样本",
    "a sample is a validation sample, drawn, or a point": "样本须是验证样本、手绘图像或一个点",
    "a picture must have 28 × 28 bytes": "图片必须有 28 × 28 个字节",
    "a point must be two finite numbers": "一个点必须是两个有限的数",
    "this network gives no embedding; choose a loss that does": "该网络不给出嵌入，请选择度量学习的损失函数",
    "this needs data in the plane": "这需要平面上的数据",
    "only values can be compared with the true ones": "只有数值才能与真实值比较",
    "this network does not read texts": "该网络不读取文本",
    "this network does not forecast a series": "该网络不预测时间序列",
    "this network does not learn which token comes next, so it cannot make up texts": (
        "该网络不学习预测下一个词元，因此无法生成文本"
    ),
    "the temperature must be from 0 to 10": "温度必须在 0 到 10 之间",
    "the network's numbers are no longer finite": "网络的数值已不再有限",
}
PATTERNS: tuple[tuple[str, str], ...] = (
    (r"“(.+)” in it is not a tensor", "其中的“{}”不是张量"),
    (r"“(.+)” is not an ordinary tensor of numbers", "“{}”不是普通的数值张量"),
    (
        r"“(.+)” claims ([\d,]+) numbers, which are not in the file",
        "“{}”声称有 {} 个数，但文件里没有",
    ),
    (r"“(.+)” holds numbers too large for the network", "“{}”含有对这个网络来说过大的数值"),
    (r"“(.+)” holds NaN or infinity", "“{}”含有 NaN 或无穷大"),
    (r"its format is (.+); this version reads (.+)", "格式为 {}，此版本读取 {}"),
    (r"(.+) of the optimiser has shape (.+)", "优化器的 {} 形状为 {}"),
    (r"(.+) is missing", "缺少 {}"),
    (r"(.+) is not a number", "{} 不是数字"),
    (r"(.+) is too large a number", "{} 的数值过大"),
    (
        r"torch cannot write this network as ONNX: (.+); its weights and its script can be taken along",
        "torch 无法把该网络导出为 ONNX：{}；仍可下载权重和脚本",
    ),
    (r"the ONNX file's outputs differ by (.+) from the network's", "ONNX 文件的输出与网络相差 {}"),
    # The table of a file's weights beside the network's, line by line
    (r"(\d+) of (\d+) tensors fit", "{} 个张量相符（网络共有 {} 个）"),
    (r"  (.+): (\[.*\]) in the file, (\[.*\]) in the network", "  {}：文件中为 {}，网络中为 {}"),
    (r"  (.+): not in the file", "  {}：文件中没有"),
    (r"  (.+): not in the network", "  {}：网络中没有"),
    (r"there are (\d+) kernels, counted from 0", "卷积核有 {} 个，编号从 0 开始"),
    (r"this network has no convolution of pictures", "该网络没有图像卷积层"),
    (
        r"the lab pads all sides alike, which an even kernel at stride 1 does not",
        "实验中各边填充相同，而步幅为 1 的偶数卷积核做不到",
    ),
    (r"there are (\d+) validation samples, counted from 0", "验证样本有 {} 个，编号从 0 开始"),
    (r"there is no layer “(.*)” in this run", "该训练中没有名为“{}”的层"),
    (
        r"this network takes samples of shape (.+); this one has another",
        "该网络的样本形状应为 {}，此样本不符",
    ),
    (r"a drawing must have (\d+ × \d+) bytes", "手绘图像必须有 {} 个字节"),
    (r"the network could not answer: (.+)", "网络无法回答：{}"),
    (
        r"“(.*)” needs a number, but got “(.*)”; leave it blank if it is not known",
        "“{}”需要数字，得到的是“{}”；未知时请留空",
    ),
    (r"there is no column “(.*)” that the network learns from", "网络学习的列中没有“{}”"),
    (
        r"this network takes (\d+) numbers, but sample (\d+) has (\d+)",
        "该网络需要 {} 个数，但样本 {} 有 {} 个",
    ),
    (
        r"this network takes numbers, but sample (\d+) holds something else",
        "该网络需要数值，但样本 {} 中有其他内容",
    ),
    (
        r"sample (\d+) has no number to start from, or an infinite one",
        "样本 {} 开头没有数值，或含有无穷大",
    ),
)
# Values that are labels of a catalogue, or several of them with commas between.
LABELS = {"layer", "loss"}
LABELS_ZH = LAYERS_ZH | LOSSES_ZH | SEQUENCES_ZH


def in_chinese(value: Any) -> Any:
    """A value of a fault as it stands in a Chinese sentence; what is no known phrase stays as it is."""
    if not isinstance(value, str):
        return value
    if value in PHRASES:
        return PHRASES[value]
    for pattern, words in PATTERNS:
        match = re.fullmatch(pattern, value, re.DOTALL)
        if match:
            return words.format(*match.groups())
    return value


def chinese_values(code: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a fault for its Chinese sentence. What somebody typed (`given`) stays as it is."""
    chinese = {}
    for name, value in values.items():
        if name == "given":
            chinese[name] = value
        elif name in LABELS or (code == "wrong_loss" and name == "known"):
            chinese[name] = _labels_in_chinese(str(value))
        elif name == "targets":
            chinese[name] = LABELS_ZH.get(value, value)
        elif name == "table":
            chinese[name] = _lines_in_chinese(value)
        else:
            chinese[name] = in_chinese(value)
    return chinese


def _lines_in_chinese(table: str) -> str:
    """A table in which each line is a phrase of its own."""
    return "\n".join(map(in_chinese, table.split("\n")))


def _labels_in_chinese(labels: str) -> str:
    """“Focal loss, Huber” -> “焦点损失、Huber 损失”; “3 Positions” -> “3 位置编码”."""
    chinese = []
    for label in labels.split(", "):
        name = label.lstrip("0123456789. ")
        number = label.removesuffix(name)
        chinese.append(number + LABELS_ZH.get(name, name))
    return "、".join(chinese)
