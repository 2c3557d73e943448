"""Weights and checkpoints, out and in."""

TEXT: dict[str, tuple[str, str]] = {
    "weights.title": ("Weights and checkpoints", "权重与检查点"),
    "weights.help": (
        "of the network as it is now; a file is compared key by key. Whole pickled modules can run code and are never opened",
        "网络此刻的权重；上传的文件会逐项比对。整个模块的 pickle 可能执行代码，因此绝不打开",
    ),
    "code.onnx.checked": (
        "Checked with onnxruntime: outputs differ by {difference} at most",
        "已用 onnxruntime 核对：输出最多相差 {difference}",
    ),
    "weights.safetensors": ("Download .safetensors", "下载 .safetensors"),
    "weights.pt": ("Download state_dict .pt", "下载 state_dict .pt"),
    "weights.open": ("Load weights…", "载入权重…"),
    "weights.checkpoint.help": (
        "A checkpoint is all that a run needs to go on as if it had never stopped: weights, optimiser, random numbers, history. Take it while it trains or is paused",
        "检查点包含继续训练所需的一切：权重、优化器、随机数与历史，恢复后与从未中断完全一致。请在训练或暂停时保存",
    ),
    "weights.checkpoint": ("Download a checkpoint", "下载检查点"),
    "weights.go_on": ("Go on from a checkpoint…", "从检查点继续…"),
    "weights.resumed": (
        "{name}: paused at step {step}; press Resume to go on",
        "{name}：停在第 {step} 步；点击“继续”接着训练",
    ),
    "weights.reading": ("Reading {name} …", "正在读取 {name} …"),
    "weights.fit": (
        "{name}: {n} of the network’s {of} tensors fit",
        "{name}：网络的 {of} 个张量中有 {n} 个相符",
    ),
    "weights.shapes": (
        "{given} in the file, {wanted} in the network",
        "文件中为 {given}，网络中为 {wanted}",
    ),
    "weights.missing": ("not in the file", "文件中没有"),
    "weights.unexpected": ("not in the network", "网络中没有"),
    "weights.partly": ("Begin with the {n} that fit", "用相符的 {n} 个开始"),
    "weights.carried": (
        "The loaded weights are still in the network.",
        "载入的权重仍在网络中。",
    ),
    "weights.gone": (
        "The loaded weights do not fit the changed network: it begins from fresh ones. Undo, and load them again to have them.",
        "载入的权重不适合修改后的网络，已改用新的初始权重。撤销修改并重新载入即可恢复。",
    ),
    "weights.started": (
        "The network has these weights now; press Train to go on from them",
        "网络已采用这些权重；点击“训练”继续",
    ),
}
