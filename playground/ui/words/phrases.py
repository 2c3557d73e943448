"""Pieces of sentences that stand in faults as values, in Chinese: what was expected, what is wrong with a file."""

import re
from typing import Any

PHRASES: dict[str, str] = {
    "a whole number": "整数",
    "a number": "数字",
    "true or false": "真或假",
    "a text": "文本",
    "a list": "列表",
    "an object": "对象",
    "layer": "层",
    "loss": "损失函数",
    "dataset": "数据集",
    "optimizer": "优化器",
    "schedule": "学习率计划",
    "init": "初始权重",
    "it holds no tensors": "其中没有张量",
    "it is a pickle, which can hold code, so it is not opened; "
    "write it again with torch.save(model.state_dict(), …) or as safetensors": "这是 pickle 文件，可能含有代码，因此不会打开；"
    "请用 torch.save(model.state_dict(), …) 或 safetensors 重新保存",
    "it is neither safetensors nor a state_dict saved by torch": "既不是 safetensors，也不是 torch 保存的 state_dict",
    "it is damaged": "文件已损坏",
    "it is compressed, as torch never saves; unpack it first": "文件被压缩过（torch 从不这样保存），请先解压",
    "it unpacks to more than is accepted": "解压后超过上限",
    "it holds more than numbers: a whole module, say, whose pickle can run code, so it is not opened; "
    "write torch.save(model.state_dict(), …) instead": "其中不只有数字，例如整个模块，其 pickle 可能执行代码，因此不会打开；"
    "请改用 torch.save(model.state_dict(), …)",
    "it is not a state_dict: names with a tensor each": "不是 state_dict（每个名字对应一个张量）",
    "it is damaged: its checksum is another": "文件已损坏：校验和不符",
    "it holds weights alone, which “Load weights” takes": "其中只有权重，请用“载入权重”",
    "this network gives no embedding; choose a loss that does": "该网络不给出嵌入，请选择度量学习的损失",
    "this needs data in the plane": "这需要平面上的数据",
}
PATTERNS: tuple[tuple[str, str], ...] = (
    (r"“(.+)” in it is not a tensor", "其中的“{}”不是张量"),
    (r"“(.+)” is not an ordinary tensor of numbers", "“{}”不是普通的数字张量"),
    (
        r"“(.+)” claims ([\d,]+) numbers, which are not in the file",
        "“{}”声称有 {} 个数字，但文件里没有",
    ),
    (r"“(.+)” holds numbers too large for the network", "“{}”含有对这个网络来说过大的数"),
    (r"“(.+)” holds NaN or infinity", "“{}”含有 NaN 或无穷"),
    (r"its format is (.+); this version reads (.+)", "格式为 {}，此版本读取 {}"),
    (
        r"torch cannot write this network as ONNX: (.+); its weights and its script can be taken along",
        "torch 无法把该网络写成 ONNX：{}；可以改为下载权重和脚本",
    ),
    (r"the ONNX file's outputs differ by (.+) from the network's", "ONNX 文件的输出与网络相差 {}"),
    (r"there are (\d+) validation samples, counted from 0", "验证样本有 {} 个，从 0 数起"),
    (r"there is no layer “(.*)” in this run", "该训练中没有名为“{}”的层"),
)


def in_chinese(value: Any) -> Any:
    """A value of a fault as it stands in a Chinese sentence; what is no known phrase stays as it is."""
    if not isinstance(value, str):
        return value
    if value in PHRASES:
        return PHRASES[value]
    for pattern, words in PATTERNS:
        found = re.fullmatch(pattern, value, re.DOTALL)
        if found:
            return words.format(*found.groups())
    return value
