"""Weights and checkpoints, out and in."""

TEXT: dict[str, tuple[str, str]] = {
    "weights.title": ("Weights and checkpoints", "权重与检查点"),
    "weights.help": (
        "of the network as it is now. A loaded file is compared tensor by tensor. Whole pickled modules can run code and are never opened",
        "当前网络的权重。载入的文件会逐个张量核对。整个模块的 pickle 可能执行代码，因此绝不打开",
    ),
    "code.onnx.checked": (
        "Checked with onnxruntime: outputs differ by at most {difference}",
        "已用 onnxruntime 核对：输出最多相差 {difference}",
    ),
    "weights.safetensors": ("Download .safetensors", "下载 .safetensors"),
    "weights.pt": ("Download state_dict .pt", "下载 state_dict .pt"),
    "weights.not_shared": (
        "You are watching: only the person who trains this network can download it, or let watchers download it",
        "你正在旁观：只有训练者本人可以下载该网络，或允许旁观者下载",
    ),
    "weights.open": ("Load weights…", "载入权重…"),
    "weights.checkpoint.help": (
        "A checkpoint holds everything a run needs to continue as if it had never stopped: weights, optimiser, random numbers, history. Download it while the run is training or paused",
        "检查点包含继续训练所需的一切：权重、优化器、随机数与历史记录，恢复后与从未中断完全一致。请在训练中或暂停时下载",
    ),
    "weights.checkpoint": ("Download a checkpoint", "下载检查点"),
    "weights.go_on": ("Continue from a checkpoint…", "从检查点继续…"),
    "weights.resumed": (
        "{name}: paused at step {step}; press Resume to continue",
        "{name}：停在第 {step} 步，点击“继续”接着训练",
    ),
    "weights.other_device": (
        "It was saved on a {from}. On this device, the random numbers of dropout and augmentation start again from the seed.",
        "它保存自 {from}。在当前设备上，dropout 和数据增强的随机数从种子重新开始。",
    ),
    "weights.reading": ("Reading {name}…", "正在读取 {name}…"),
    "weights.fit": (
        "{name}: {n} of the network’s {of} tensors match",
        "{name}：网络的 {of} 个张量中有 {n} 个匹配",
    ),
    "weights.shapes": (
        "{given} in the file, {wanted} in the network",
        "文件中为 {given}，网络中为 {wanted}",
    ),
    "weights.missing": ("not in the file", "文件中没有"),
    "weights.unexpected": ("not in the network", "网络中没有"),
    "weights.partly": ("Start with the {n} that match", "使用匹配的 {n} 个张量"),
    "weights.carried": ("The loaded weights are still in the network.", "载入的权重仍在网络中。"),
    "weights.gone": (
        "The loaded weights do not fit the changed network, which starts from new ones. Undo the change and load them again to use them.",
        "载入的权重不适合修改后的网络，已改用新的初始权重。撤销修改并重新载入即可恢复。",
    ),
    "weights.started": (
        "The network now has these weights; press Train to continue from them",
        "网络已采用这些权重，点击“训练”从此处继续",
    ),
}
